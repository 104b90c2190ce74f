"""Who works here, and on whose behalf the program acts."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.staff import Role
from app.models.staff import Staff

OWNER_ID = 1
"""The row every new shop has; it acts until sign-in is switched on."""


@dataclass(frozen=True, slots=True)
class StaffRow:
    id: int
    name: str
    role: Role


def everyone(session: Session) -> list[StaffRow]:
    """The active staff by name."""
    query = select(Staff.id, Staff.name, Staff.role).where(Staff.active).order_by(Staff.name)
    return [StaffRow(*row) for row in session.execute(query)]


def acting(session: Session) -> StaffRow:
    """The person the running session acts for."""
    row = session.get_one(Staff, session.info["staff_id"])
    return StaffRow(row.id, row.name, row.role)
