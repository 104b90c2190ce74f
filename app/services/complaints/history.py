"""Which events of a case count: those that were not taken back, and that take nothing back themselves."""

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session, aliased

from app.domain.complaints import StateChange
from app.models.complaints import ComplaintEvent

STANDS = """
+e.takes_back_id IS NULL AND NOT EXISTS (SELECT 1 FROM complaint_events b WHERE b.takes_back_id = e.id)
"""
"""The same for a query in words, where the event is called `e`.

The sign keeps SQLite from looking through every event that takes nothing back, because that column has an index.
"""


def stands() -> ColumnElement[bool]:
    """Whether a `ComplaintEvent` counts."""
    back = aliased(ComplaintEvent)
    return and_((ComplaintEvent.takes_back_id + 0).is_(None), ~exists().where(back.takes_back_id == ComplaintEvent.id))


def history(session: Session, complaint_id: int) -> list[StateChange]:
    """The states a case has passed through, the first opens it."""
    query = (
        select(ComplaintEvent.at, ComplaintEvent.state)
        .where(ComplaintEvent.complaint_id == complaint_id, stands())
        .order_by(ComplaintEvent.at, ComplaintEvent.id)
    )
    return [StateChange(*row) for row in session.execute(query)]
