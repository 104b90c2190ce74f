"""Reading the audit trail."""

from app.services.audit.trail import TrailEnd, TrailRow, count, goes_on, last_change, trail

__all__ = ["TrailEnd", "TrailRow", "count", "goes_on", "last_change", "trail"]
