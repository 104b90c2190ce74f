"""Which events and marks of a case count: those that were not taken back, and that take nothing back themselves."""

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy.orm import aliased

from app.models.complaints import ComplaintEvent, ComplaintMark


def _in_words(row: str, table: str) -> str:
    return f"""
+{row}.takes_back_id IS NULL AND NOT EXISTS (SELECT 1 FROM {table} b WHERE b.takes_back_id = {row}.id)
"""  # noqa: S608


STANDS, MARK_STANDS = _in_words("e", ComplaintEvent.__tablename__), _in_words("m", ComplaintMark.__tablename__)
"""`stands` for a query in words, where the event is called `e` and the mark `m`.

The sign keeps SQLite from looking through every row that takes nothing back, because that column has an index.
"""


def stands(kind: type[ComplaintEvent] | type[ComplaintMark]) -> ColumnElement[bool]:
    """Whether a row counts."""
    back = aliased(kind)
    return and_((kind.takes_back_id + 0).is_(None), ~exists().where(back.takes_back_id == kind.id))
