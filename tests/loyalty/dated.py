"""Points with their dates, for tests: the days of 2026 by month and day, at noon in Shanghai, on card 1."""

from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from app.domain.loyalty.account import GRACE, Account, Entry, Occasion
from app.domain.loyalty.kinds import PointKind

ZONE = ZoneInfo("Asia/Shanghai")
FIRST_NEW = 101


def d(day: str) -> date:
    return date.fromisoformat(f"2026-{day}")


def noon(day: str) -> datetime:
    return datetime.combine(d(day), time(12), ZONE)


def on(day: str, operation: str = "now") -> Occasion:
    return Occasion(operation, noon(day), d(day), 1)


def lot(
    number: int,
    day: str,
    points: int,
    last: str | None = "12-31",
    sale: int | None = None,
    kind: PointKind = PointKind.EARN,
    rate: str = "1",
) -> Entry:
    """The row that opened a lot, usable from that day on."""
    ends = None if last is None else d(last)
    return Entry(number, 1, noon(day), d(day), kind, points, sale, True, None, d(day), ends, rate, f"old-{number}", 0)


def moved(
    number: int, day: str, kind: PointKind, points: int, from_lot: int | None = None, sale: int | None = None
) -> Entry:
    """A row that draws on a lot, fills it up again, or, without one, moves what is owed."""
    return Entry(number, 1, noon(day), d(day), kind, points, sale, False, from_lot, None, None, "", f"old-{number}", 0)


def account(*rows: Entry, grace: timedelta = GRACE) -> Account:
    """An account with these rows in its ledger; the next are numbered from 101."""
    opened = Account(ZONE, count(FIRST_NEW).__next__, grace)
    for row in rows:
        opened.recall(row)
    return opened


def posted(of: Account) -> list[tuple[PointKind, int, int | None]]:
    """Kind, points and lot of what was posted."""
    return [(entry.kind, entry.points, entry.id if entry.opens_lot else entry.lot_id) for entry in of.new]
