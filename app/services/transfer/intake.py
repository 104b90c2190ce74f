"""What every import does around its rows: refuse a plan that cannot work, count, report progress, find what is new."""

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.formats.dates import DateOrder
from app.formats.tables import Row, Table
from app.services import loyalty, search
from app.services.search import documents
from app.services.settings import settings
from app.services.transfer import columns
from app.services.transfer.outcome import ColumnsMissing, DateOrderUnknown, Rejection
from app.services.transfer.plan import Plan, Progress
from app.services.transfer.reading import whole_rows
from app.storage import search_index

EVERY = 1_000
AT_ONCE = 5_000
"""Documents made in one go, so that a hundred thousand people need little memory."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Set aside what is in memory already, for as long as an import runs.

    Every now and then Python looks through all objects at once for what nobody needs, and lets nobody else run: half a
    second in which the window stands still.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def no_progress(_done: int, _total: int = 0) -> None:
    """For whoever does not wait."""


def require_workable(plan: Plan) -> None:
    """Raises ColumnsMissing and DateOrderUnknown."""
    if plan.missing:
        raise ColumnsMissing(columns=", ".join(plan.missing))
    if plan.date_order is DateOrder.AMBIGUOUS:
        dates = [name for name in columns.DATES[plan.kind] if name in plan.columns]
        raise DateOrderUnknown(column=plan.header(plan.columns[dates[0]]))


class Tally:
    """The five counts while they grow."""

    def __init__(self) -> None:
        self.created = self.updated = self.unchanged = self.skipped = 0
        self.rejections: list[Rejection] = []
        self.notes: Counter[str] = Counter()
        """What a person is told besides, by code."""

    def refuse(self, row: Row) -> None:
        """A row the file itself has broken."""
        self.rejections.append(Rejection(row.line, str(row.problem)))


def rows_of(table: Table, total: int, progress: Progress) -> Iterator[Row]:
    """Every row of the file; `progress` hears of every thousandth and may stop it by raising."""
    progress(0, total)
    for count, row in enumerate(whole_rows(table), 1):
        if count % EVERY == 0:
            progress(count, total)
            gc.freeze()  # what the import itself keeps in mind grows with its rows
        yield row


def index_new_customers(session: Session, ids: Sequence[int]) -> None:
    """Make people findable who have no document yet."""
    for start in range(0, len(ids), AT_ONCE):
        search_index.append(session.connection(), documents.customers(session, ids[start : start + AT_ONCE]))


def index_changed_customers(session: Session, ids: Sequence[int]) -> None:
    """Index people anew."""
    for start in range(0, len(ids), AT_ONCE):
        search.index_customers(session, ids[start : start + AT_ONCE])


def refresh_tiers(session: Session, at: datetime) -> None:
    """Work out everyone's tier from the history that is now there."""
    loyalty.refresh(session, None, shop_day(session, at))


def shop_day(session: Session, at: datetime) -> date:
    """The shop's own day of a moment."""
    return at.astimezone(ZoneInfo(settings(session).timezone)).date()
