"""Reading the audit trail."""

from app.services.audit.trail import TrailRow, count, trail

__all__ = ["TrailRow", "count", "trail"]
