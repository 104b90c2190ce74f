"""Reading the audit trail."""

from app.services.audit.trail import trail

__all__ = ["trail"]
