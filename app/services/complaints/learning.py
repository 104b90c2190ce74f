"""What the complaints of some days have in common, how they were dealt with, and what putting them right cost."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.domain.complaint_learning import Bar, months_up_to, pareto, per_hundred
from app.domain.complaints import ON_THE_RAIL, ComplaintState, Severity, StateChange, clock, on_the_spot, reopenings
from app.domain.segments.rates import Rate
from app.domain.shop_rules import complaint_targets, opening_hours
from app.models.complaints import Complaint, ComplaintRemedy
from app.services.complaints.history import STANDS
from app.services.complaints.remedy_cost import counted, kept_cost
from app.services.customers.families import answering_each
from app.services.settings import settings

Progress = Callable[[int, int], None]
MONTHS = 12
"""The trend shows so many months, the last as far as it has come."""
AT_ONCE = 1_000


class By(StrEnum):
    """By what cases are told apart."""

    CAUSE = "cause"
    GOODS = "goods"
    SOLD_BY = "sold_by"
    LOGGED_BY = "logged_by"
    OWNER = "owner"
    CHANNEL = "channel"
    SEVERITY = "severity"
    COST_BY_KIND = "cost_by_kind"
    COST_BY_CAUSE = "cost_by_cause"
    COST_BY_CUSTOMER = "cost_by_customer"

    @property
    def is_cost(self) -> bool:
        return self in (By.COST_BY_KIND, By.COST_BY_CAUSE, By.COST_BY_CUSTOMER)


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, both included."""

    first: date
    last: date

    @property
    def before(self) -> "Days":
        """As many days right before."""
        return Days(self.first - (self.last - self.first) - timedelta(days=1), self.first - timedelta(days=1))

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Cause:
    """What a case came from: the root cause somebody found, or else what it is about."""

    code: str
    found: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A rate, and the same of as many days before; `ids` are the cases that are not as they should be."""

    now: Rate
    before: Rate
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MonthOfCases:
    """`month` is its first day; `cost` what remedies given in it cost, in minor units."""

    month: date
    ids: tuple[int, ...]
    purchases: int
    cost: int
    cost_ids: tuple[int, ...]

    @property
    def per_hundred(self) -> float | None:
        return per_hundred(len(self.ids), self.purchases)


@dataclass(frozen=True, slots=True)
class Learned:
    """Bars by what they tell apart, with the weight of the same key in the days before, and the names of keys."""

    days: Days
    ids: tuple[int, ...]
    """The cases logged in these days."""
    count_before: int
    purchases: int
    purchases_before: int
    bars: dict[By, tuple[Bar, ...]]
    before: dict[By, dict[Hashable, int]]
    names: dict[By, dict[Hashable, str]]
    bought: dict[By, dict[Hashable, int]]
    """How many purchases of these days held an article, or were sold by somebody."""
    on_the_spot: Compared
    in_time: Compared
    """Of those whose term has ended one way or the other: solved within it."""
    reopened: Compared
    """Of those that were resolved at least once: opened again."""
    cost: int
    cost_before: int
    cost_ids: tuple[int, ...]
    months: tuple[MonthOfCases, ...]

    @property
    def anything(self) -> bool:
        return bool(self.ids or self.count_before or any(month.ids for month in self.months))


@dataclass(frozen=True, slots=True)
class _Case:
    id: int
    day: date
    who: int | None
    cause: Cause
    goods: int | None
    sold_by: int | None
    logged_by: int
    owner: int | None
    channel: str
    severity: Severity
    spot: bool
    resolved: bool
    """At least once."""
    reopened: bool
    ended: bool
    late: bool


@dataclass(frozen=True, slots=True)
class _Cost:
    """One remedy; `root` and `category` are those of its case."""

    day: date
    case: int
    kind: str
    cost: int
    root: str
    category: str
    who: int | None


_CASES = text("""
SELECT c.id, c.customer_id, c.shop_day, c.category, c.root_cause, c.product_id, s.staff_id, c.staff_id,
    c.cause_staff_id, c.channel, c.severity
FROM complaints c LEFT JOIN sales s ON s.id = c.sale_id WHERE c.shop_day BETWEEN :first AND :last ORDER BY c.id
""")
_EVENTS = text(f"""
SELECT e.complaint_id, e.at, e.state FROM complaints c JOIN complaint_events e ON e.complaint_id = c.id
WHERE c.shop_day BETWEEN :first AND :last AND e.at < :until AND {STANDS} ORDER BY e.complaint_id, e.at, e.id
""")  # noqa: S608
_PURCHASES = text("""
SELECT shop_day, count(*) FROM sales
WHERE shop_day BETWEEN :first AND :last AND revenue > 0 AND voided_at IS NULL GROUP BY shop_day
""")
_BOUGHT = text("""
SELECT l.product_id, count(DISTINCT l.sale_id) FROM sales s JOIN sale_lines l ON l.sale_id = s.id
WHERE s.shop_day BETWEEN :first AND :last AND s.revenue > 0 AND s.voided_at IS NULL AND l.amount > 0
AND l.product_id IN (SELECT DISTINCT product_id FROM complaints WHERE shop_day BETWEEN :first AND :last)
GROUP BY l.product_id
""")
_SOLD_BY = text("""
SELECT staff_id, count(*) FROM sales
WHERE shop_day BETWEEN :first AND :last AND revenue > 0 AND voided_at IS NULL GROUP BY staff_id
""")
_NAMES = {
    By.CAUSE: "SELECT code, name FROM complaint_causes",
    By.GOODS: "SELECT id, name FROM products WHERE id IN (SELECT product_id FROM complaints)",
    By.LOGGED_BY: "SELECT id, name FROM staff",
}


def learned(session: Session, days: Days, *, at: datetime, progress: Progress = lambda done, total: None) -> Learned:
    """What the cases logged in these days teach, as everything stood at `at`; a month is compared with its trend.

    Goods, staff and causes that nobody named make no bar. Reads every case of a year: ask for it later. `progress`
    may raise Cancelled.
    """
    months = months_up_to(days.last, MONTHS)
    first = min(days.before.first, months[0])
    bound = {"first": first.isoformat(), "last": days.last.isoformat()}
    cases = _cases(session, bound, at, progress)
    now = [case for case in cases if days.holds(case.day)]
    earlier = [case for case in cases if days.before.holds(case.day)]
    costs = _costs(session, Days(first, days.last))
    sold = {date.fromisoformat(day): many for day, many in session.execute(_PURCHASES, bound)}
    people = answering_each(session, {one.who for one in costs if one.who is not None})
    owners = {card: person.id for card, person in people.items()}
    spent = {span: [one for one in costs if span.holds(one.day)] for span in (days, days.before)}
    weighed = [_weighed(by, now, spent[days], owners) for by in By]
    weighed_before = [_weighed(by, earlier, spent[days.before], owners) for by in By]
    return Learned(
        days,
        tuple(case.id for case in now),
        len(earlier),
        _within(sold, days),
        _within(sold, days.before),
        {by: pareto(found) for by, found in zip(By, weighed, strict=True)},
        {by: _sums(found) for by, found in zip(By, weighed_before, strict=True)},
        _names(session) | {By.COST_BY_CUSTOMER: {person.id: person.name for person in people.values()}},
        _bought(session, days),
        _compared(now, earlier, of=lambda case: True, hit=lambda case: case.spot),
        _compared(now, earlier, of=lambda case: case.ended, hit=lambda case: not case.late),
        _compared(now, earlier, of=lambda case: case.resolved, hit=lambda case: case.reopened, wrong_is_hit=True),
        sum(one.cost for one in spent[days]),
        sum(one.cost for one in spent[days.before]),
        tuple(dict.fromkeys(one.case for one in spent[days])),
        tuple(_month(month, days.last, cases, sold, costs) for month in months),
    )


def _costs(session: Session, days: Days) -> list[_Cost]:
    query = (
        select(
            ComplaintRemedy.shop_day,
            ComplaintRemedy.complaint_id,
            ComplaintRemedy.kind,
            kept_cost(),
            Complaint.root_cause,
            Complaint.category,
            Complaint.customer_id,
        )
        .join(Complaint, Complaint.id == ComplaintRemedy.complaint_id)
        .where(ComplaintRemedy.shop_day.between(days.first, days.last))
        .order_by(ComplaintRemedy.id)
    )
    rows: Any = session.execute(counted(query))
    return [_Cost(*row) for row in rows]


def _cases(session: Session, bound: dict[str, str], at: datetime, progress: Progress) -> list[_Case]:
    shop = settings(session)
    hours, targets = opening_hours(shop), complaint_targets(shop)
    until = {"until": (at.astimezone(UTC) + timedelta(milliseconds=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    rows = session.execute(_CASES, bound).all()
    events: dict[int, list[StateChange]] = {}
    for key, moment, state in session.execute(_EVENTS, bound | until):
        passed = events.setdefault(key, [])
        passed.append(StateChange(datetime.fromisoformat(moment), ComplaintState(state), len(passed)))
    found = list[_Case]()
    for place, row in enumerate(rows):
        if place % AT_ONCE == 0:
            progress(place, len(rows))
        passed = events.get(row[0], [])
        if passed:  # one that was logged later than `at` was not known then
            read = clock(passed, targets[Severity(row[10])].resolve, hours, at)
            found.append(_case(row, passed, late=read.late))
    progress(len(rows), len(rows))
    return found


def _case(row: Any, passed: list[StateChange], *, late: bool) -> _Case:
    key, who, day, category, root, goods, sold_by, logged_by, owner, channel, severity = row
    resolved = any(event.state in (ComplaintState.RESOLVED, ComplaintState.CLOSED) for event in passed)
    return _Case(
        key,
        date.fromisoformat(day),
        who,
        Cause(root or category, bool(root)),
        goods,
        sold_by,
        logged_by,
        owner,
        channel,
        Severity(severity),
        spot=on_the_spot(passed),
        resolved=resolved,
        reopened=bool(reopenings(passed)),
        ended=late or passed[-1].state not in ON_THE_RAIL,
        late=late,
    )


def _weighed(
    by: By, cases: Sequence[_Case], costs: Sequence[_Cost], owners: dict[int, int]
) -> list[tuple[Hashable, int, int]]:
    """Key, case and weight of everything that can be told apart this way."""
    if by.is_cost:
        return list(_costly(by, costs, owners))
    read: dict[By, Callable[[_Case], Hashable]] = {
        By.CAUSE: lambda case: case.cause,
        By.GOODS: lambda case: case.goods,
        By.SOLD_BY: lambda case: case.sold_by,
        By.LOGGED_BY: lambda case: case.logged_by,
        By.OWNER: lambda case: case.owner,
        By.CHANNEL: lambda case: case.channel or None,
        By.SEVERITY: lambda case: case.severity,
    }
    keyed = ((read[by](case), case.id) for case in cases)
    return [(key, case, 1) for key, case in keyed if key is not None]


def _costly(by: By, costs: Sequence[_Cost], owners: dict[int, int]) -> Iterator[tuple[Hashable, int, int]]:
    for one in costs:
        if by is By.COST_BY_KIND:
            yield one.kind, one.case, one.cost
        elif by is By.COST_BY_CAUSE:
            yield Cause(one.root or one.category, bool(one.root)), one.case, one.cost
        elif one.who is not None:
            yield owners[one.who], one.case, one.cost


def _sums(weighed: Sequence[tuple[Hashable, int, int]]) -> dict[Hashable, int]:
    found = Counter[Hashable]()
    for key, _, weight in weighed:
        found[key] += weight
    return dict(found)


def _names(session: Session) -> dict[By, dict[Hashable, str]]:
    found: dict[By, dict[Hashable, str]] = {
        by: {row[0]: row[1] for row in session.execute(text(query))} for by, query in _NAMES.items()
    }
    staff = found[By.LOGGED_BY]
    return found | {By.OWNER: staff, By.SOLD_BY: staff, By.COST_BY_CAUSE: found[By.CAUSE]}


def _bought(session: Session, days: Days) -> dict[By, dict[Hashable, int]]:
    bound = {"first": days.first.isoformat(), "last": days.last.isoformat()}
    asked = {By.GOODS: _BOUGHT, By.SOLD_BY: _SOLD_BY}
    return {by: {row[0]: row[1] for row in session.execute(query, bound)} for by, query in asked.items()}


def _within(sold: dict[date, int], days: Days) -> int:
    return sum(many for day, many in sold.items() if days.holds(day))


def _compared(
    now: Sequence[_Case],
    earlier: Sequence[_Case],
    *,
    of: Callable[[_Case], bool],
    hit: Callable[[_Case], bool],
    wrong_is_hit: bool = False,
) -> Compared:
    counted, before = [case for case in now if of(case)], [case for case in earlier if of(case)]
    return Compared(
        Rate(sum(map(hit, counted)), len(counted)),
        Rate(sum(map(hit, before)), len(before)),
        tuple(case.id for case in counted if hit(case) is wrong_is_hit),
    )


def _month(
    month: date, last: date, cases: Sequence[_Case], sold: dict[date, int], costs: Sequence[_Cost]
) -> MonthOfCases:
    follows = (month + timedelta(days=31)).replace(day=1)
    days = Days(month, min(last, follows - timedelta(days=1)))
    paid = [one for one in costs if days.holds(one.day)]
    return MonthOfCases(
        month,
        tuple(case.id for case in cases if days.holds(case.day)),
        _within(sold, days),
        sum(one.cost for one in paid),
        tuple(dict.fromkeys(one.case for one in paid)),
    )
