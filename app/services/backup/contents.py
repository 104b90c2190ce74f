"""How much the shop holds now, counted as a copy's manifest counts it, so that the two can stand side by side."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.loyalty import PointEntry
from app.storage.soundness import COUNTED


@dataclass(frozen=True, slots=True)
class Contents:
    """Rows by table, and the points all customers hold together."""

    counts: dict[str, int]
    points: int


def contents(session: Session) -> Contents:
    """What a copy made now would hold."""
    tables = Base.metadata.tables
    counts = {name: session.scalar(select(func.count()).select_from(tables[name])) or 0 for name in COUNTED}
    return Contents(counts, session.scalar(select(func.coalesce(func.sum(PointEntry.points), 0))) or 0)
