"""One timeline of everything that happened with a customer: newest first, by kind, a page at a time.

Each kind is one indexed statement asking for no more than the page; the pages are merged here. A cursor names the last
entry shown, so that a page is exact even while new entries arrive on top.
"""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from heapq import nlargest
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.services.customers import happenings as told
from app.services.customers.families import answered_for
from app.services.customers.happenings import What
from app.services.settings import settings


class Kind(StrEnum):
    """What a person may filter by. Ties of one moment stand in this order, the last on top."""

    SALE = "sale"
    CONTACT = "contact"
    COMPLAINT = "complaint"
    FOLLOWUP = "followup"
    POINTS = "points"
    TIER = "tier"
    CONSENT = "consent"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """The place of an entry: entries are ordered by it, the largest first. A move between tiers ends its day."""

    day: date
    at: datetime
    rank: int
    id: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `at` is absent where only the day is known (a move between tiers)."""

    cursor: Cursor
    kind: Kind
    day: date
    at: datetime | None
    staff: str
    what: What

    @property
    def id(self) -> tuple[Kind, int]:
        return self.kind, self.cursor.id


EVERY_KIND = frozenset(Kind)
RANK = {kind: rank for rank, kind in enumerate(Kind)}
END_OF_DAY = datetime.max.replace(tzinfo=UTC, microsecond=999000)
_LAST = "'9999-12-31T23:59:59.999Z'"
_TOP = Cursor(date.max, END_OF_DAY, len(Kind), 0)
_ABOVE_ALL_IDS = 1 << 62
_ONE, _MANY = "= :whose", "IN (SELECT value FROM json_each(:whose))"
_BELOW = "({day} < :day OR ({day} = :day AND ({at} < :at OR ({at} = :at AND {id} < :id))))"


def timeline(
    session: Session,
    customer_id: int,
    kinds: Collection[Kind] = EVERY_KIND,
    before: Cursor | None = None,
    limit: int = 50,
) -> list[Entry]:
    """The newest entries of these kinds, or those just below `before` (the last entry of the page above)."""
    return page_for(session, answered_for(session, customer_id), kinds, before, limit)


def page_for(
    session: Session, family: Sequence[int], kinds: Collection[Kind], before: Cursor | None, limit: int
) -> list[Entry]:
    """The same for cards that are already known to answer together."""
    found: list[Entry] = []
    for kind in Kind:
        if kind in kinds:
            found += _entries(session, kind, family, before or _TOP, limit)
    return nlargest(limit, found, key=_place)


def timeline_count(session: Session, customer_id: int, kinds: Collection[Kind] = EVERY_KIND) -> int:
    """How many entries there are of these kinds."""
    return count_for(session, answered_for(session, customer_id), kinds)


def count_for(session: Session, family: Sequence[int], kinds: Collection[Kind]) -> int:
    """The same for cards that are already known to answer together."""
    return sum(counts_for(session, family, kinds).values())


def counts_for(session: Session, family: Sequence[int], kinds: Collection[Kind]) -> dict[Kind, int]:
    """By kind, of those there are any of: what is not there need not be asked for."""
    row = session.connection().exec_driver_sql(_whose(_COUNTS, family), {"whose": _bound(family)}).one()
    return {kind: number for kind, number in zip(Kind, row, strict=True) if number and kind in kinds}


def _entries(session: Session, kind: Kind, family: Sequence[int], before: Cursor, limit: int) -> list[Entry]:
    same = RANK[kind] - before.rank
    below = before.id if same == 0 else _ABOVE_ALL_IDS if same < 0 else -1
    bound = {
        "whose": _bound(family),
        "day": before.day.isoformat(),
        "at": _text(_moment(session, before) if kind is Kind.FOLLOWUP else before.at),
        "id": below,
        "limit": limit,
    }
    rows = session.connection().exec_driver_sql(_whose(_STATEMENTS[kind], family), bound).all()
    if kind is Kind.SALE:
        lines = told.goods_of(session, [row.id for row in rows])
        return [_entry(kind, row, told.sale(row, lines.get(row.id, ()))) for row in rows]
    if kind is Kind.FOLLOWUP:
        days = _days_of(session, rows)
        return [_entry(kind, row, told.followup(row), day) for row, day in zip(rows, days, strict=True)]
    return [_entry(kind, row, _TELLERS[kind](row)) for row in rows]


def _place(entry: Entry) -> tuple[date, datetime, int, int]:
    """The cursor as a plain tuple, which is compared in half the time."""
    cursor = entry.cursor
    return cursor.day, cursor.at, cursor.rank, cursor.id


def _moment(session: Session, before: Cursor) -> datetime:
    """Where the cursor stands among moments: the end of a day is the midnight of the shop's own zone."""
    if before.at != END_OF_DAY or before.day == date.max:
        return before.at
    return datetime.combine(before.day + timedelta(days=1), time(), ZoneInfo(settings(session).timezone))


def _entry(kind: Kind, row: Any, what: What, day: date | None = None) -> Entry:
    day = day or date.fromisoformat(row.day)
    at = END_OF_DAY if row.at is None else datetime.fromisoformat(row.at)
    shown = None if row.at is None else at
    return Entry(Cursor(day, at, RANK[kind], row.id), kind, day, shown, row.staff, what)


def _days_of(session: Session, rows: Sequence[Any]) -> list[date]:
    """A done follow-up keeps its moment alone; the shop's zone says on which day that was."""
    if not rows:
        return []
    zone = ZoneInfo(settings(session).timezone)
    return [datetime.fromisoformat(row.at).astimezone(zone).date() for row in rows]


def _whose(statement: str, family: Sequence[int]) -> str:
    """One card is looked up by equality, so that the index gives the order too."""
    return statement.replace("{whose}", _ONE if len(family) == 1 else _MANY)


def _bound(family: Sequence[int]) -> int | str:
    return family[0] if len(family) == 1 else json.dumps(list(family))


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


_SHOWN_POINTS = "p.kind IN ('bonus', 'expire', 'adjust', 'correct') AND p.sale_id IS NULL"
"""Points of a sale or return are told with it; one posting is one entry, whatever number of lots it touched."""
_STATEMENTS = {
    Kind.SALE: told.SALES.replace("{below}", _BELOW.format(day="s.shop_day", at="s.at", id="s.id")),
    Kind.CONTACT: told.CONTACTS.replace("{below}", _BELOW.format(day="i.shop_day", at="i.at", id="i.id")),
    Kind.COMPLAINT: told.COMPLAINTS.replace("{below}", _BELOW.format(day="k.shop_day", at="k.opened_at", id="k.id")),
    Kind.FOLLOWUP: told.FOLLOWUPS,
    Kind.POINTS: told.POINTS.replace("{shown}", _SHOWN_POINTS).replace(
        "{below}", _BELOW.format(day="max(p.shop_day)", at="max(p.at)", id="min(p.id)")
    ),
    Kind.TIER: told.TIERS.replace("{below}", _BELOW.format(day='m."on"', at=_LAST, id="m.id")),
    Kind.CONSENT: told.CONSENTS.replace("{below}", _BELOW.format(day="k.shop_day", at="k.at", id="k.id")),
    Kind.ANSWER: told.ANSWERS.replace("{below}", _BELOW.format(day="a.shop_day", at=_LAST, id="a.id")),
}
_COUNTS = told.COUNTS.replace("{shown}", _SHOWN_POINTS)
_TELLERS: dict[Kind, Callable[[Any], What]] = {
    Kind.CONTACT: told.contact,
    Kind.COMPLAINT: told.complaint,
    Kind.POINTS: told.points,
    Kind.TIER: told.tier_move,
    Kind.CONSENT: told.consent,
    Kind.ANSWER: told.answer,
}
