"""Why a follow-up that nobody wrote words for is there, in numbers: screens make the sentence."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.birthdays import age_on, nearest_date
from app.domain.followups import FollowUpKind
from app.domain.months import month_end
from app.domain.segments import silence
from app.models.complaints import Complaint
from app.models.customers import Customer
from app.models.sales import Sale
from app.services.customers.families import answered_each
from app.services.followups.birthdays import birthday_of
from app.services.followups.rows import FollowUpRow, ids_of
from app.storage import plain_sql

RHYTHMS = frozenset({FollowUpKind.REORDER, FollowUpKind.SILENCE, FollowUpKind.THANKS})


@dataclass(frozen=True, slots=True)
class Interest:
    """What somebody was last told or said of goods, in words; each may be empty."""

    on: date
    quoted: str
    shown: str
    objection: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about the reason; None or 0 where nothing is."""

    last_on: date | None = None
    """The last purchase."""
    usual_days: int | None = None
    """Between two purchases, the median; None under three purchase days."""
    birthday_on: date | None = None
    turns: int | None = None
    points: int = 0
    """Usable points that end by `points_by`."""
    points_by: date | None = None
    case: int | None = None
    """The number of the complaint it is about."""
    case_due: datetime | None = None
    """When that should have been solved, in the shop's own time; None while it is in time."""
    interest: Interest | None = None


def facts(session: Session, rows: list[FollowUpRow], today: date) -> dict[int, Facts]:
    """By follow-up. What a person wrote is the reason: only the number of a complaint is added to it."""
    silent = [row for row in rows if not row.text]
    usual = usual_days(session, ids_of(silent, RHYTHMS))
    booked = {row.id: (row.who.id, row.due_on) for row in silent if row.who and row.kind is FollowUpKind.BIRTHDAY}
    born = birthday_facts(session, booked)
    ending = _ending(session, ids_of(silent, {FollowUpKind.POINTS_EXPIRING}), today)
    known = _Known(
        usual,
        born,
        ending,
        _cases(session, {row.complaint_id for row in rows if row.complaint_id is not None}),
        _interests(session, ids_of(silent, {FollowUpKind.QUOTE})),
    )
    return {row.id: _facts(row, known, today) for row in rows}


@dataclass(frozen=True, slots=True)
class _Known:
    """By customer, but birthdays by follow-up and cases by complaint."""

    usual: Mapping[int, int]
    born: Mapping[int, tuple[date, int | None]]
    ending: Mapping[int, int]
    cases: Mapping[int, int]
    interests: Mapping[int, Interest]


def _facts(row: FollowUpRow, known: _Known, today: date) -> Facts:
    case = known.cases.get(row.complaint_id or 0)
    if row.who is None or row.text:
        return Facts(case=case)
    who, (on, turns) = row.who, known.born.get(row.id, (None, None))
    points = known.ending.get(who.id, 0) if row.kind is FollowUpKind.POINTS_EXPIRING else 0
    by = month_end(today) if points else None
    interest = known.interests.get(who.id) if row.kind is FollowUpKind.QUOTE else None
    return Facts(who.last_sale_on, known.usual.get(who.id), on, turns, points, by, case, interest=interest)


def usual_days(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """Days between two purchases, the median, of those of these customers who have bought on three days."""
    owners = answered_each(session, list(ids))
    query = (
        select(Sale.customer_id, Sale.shop_day)
        .where(Sale.customer_id.in_(owners), Sale.revenue > 0, Sale.voided_at.is_(None))
        .distinct()
        .order_by(Sale.customer_id, Sale.shop_day)
    )
    days: dict[int, set[date]] = defaultdict(set)
    for key, day in session.execute(query):
        days[owners[key or 0]].add(day)
    gaps = {key: silence.gaps(sorted(bought)) for key, bought in days.items()}
    return {key: round(median(own)) for key, own in gaps.items() if len(own) >= silence.FEWEST_OWN_GAPS}


def birthday_facts(session: Session, asked: Mapping[int, tuple[int, date]]) -> dict[int, tuple[date, int | None]]:
    """By the key asked under: the birthday of a customer closest to a day, even past, and what they turn."""
    people = {customer for customer, _ in asked.values()}
    query = select(Customer).where(Customer.id.in_(people), Customer.birth_month.is_not(None))
    born = {row.id: birthday_of(row) for row in session.scalars(query)}
    known = {key: (born[who], nearest_date(born[who], day)) for key, (who, day) in asked.items() if who in born}
    return {key: (on, age_on(birthday, on)) for key, (birthday, on) in known.items()}


_ENDING = (
    "SELECT l.customer_id, l.points + coalesce((SELECT sum(d.points) FROM point_entries d WHERE d.lot_id = l.id), 0) "
    "FROM point_entries l WHERE l.customer_id IN (SELECT value FROM json_each(?)) AND l.opens_lot = 1 "
    "AND l.expires_on BETWEEN ? AND ? AND coalesce(l.available_from, l.shop_day) <= ?"
)
"""One statement for the whole list: what somebody holds, asked for one by one, takes a millisecond each."""


def _ending(session: Session, ids: Iterable[int], today: date) -> dict[int, int]:
    """Usable points that end this month."""
    owners = answered_each(session, list(ids))
    day, last = today.isoformat(), month_end(today).isoformat()
    found: dict[int, int] = defaultdict(int)
    for card, left in session.connection().exec_driver_sql(_ENDING, (json.dumps(list(owners)), day, last, day)):
        found[owners[card]] += max(0, left)
    return found


_INTERESTS = (
    "SELECT customer_id, shop_day, quoted, demonstrated, objection FROM interactions "
    "WHERE customer_id IN (SELECT value FROM json_each(?)) AND reached = 1 "
    "AND (quoted <> '' OR demonstrated <> '' OR objection <> '') ORDER BY shop_day, id"
)


def _interests(session: Session, ids: Iterable[int]) -> dict[int, Interest]:
    """The last contact in which goods were spoken of."""
    owners = answered_each(session, list(ids))
    rows = plain_sql.rows(session, _INTERESTS, (json.dumps(list(owners)),))
    return {owners[card]: Interest(date.fromisoformat(day), *words) for card, day, *words in rows}


def _cases(session: Session, ids: Iterable[int]) -> dict[int, int]:
    query = select(Complaint.id, Complaint.number).where(Complaint.id.in_(ids))
    return {row[0]: row[1] for row in session.execute(query)}
