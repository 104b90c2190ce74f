"""Reading the audit trail."""

from app.services.audit.trail import TrailRow, count, last_change, trail

__all__ = ["TrailRow", "count", "last_change", "trail"]
