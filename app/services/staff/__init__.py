"""The people who work in the shop."""

from app.services.staff.people import OWNER_ID, StaffRow, acting, everyone

__all__ = ["OWNER_ID", "StaffRow", "acting", "everyone"]
