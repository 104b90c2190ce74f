"""Other earning rules tried on the sales of the past: what they would have given, beside what the present ones would.

Every sale of a known customer counts as it was paid, imported ones included, less what came back of it since; with the
tier the customer had when that day began, and the birthday.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday, in_year
from app.domain.loyalty.matching import match_returns
from app.domain.loyalty.replaying import Earner, as_fraction
from app.domain.loyalty.returns import returned_part
from app.domain.loyalty.rules import BirthdaySpan, EarningRules, TierTimes, check_rules
from app.domain.loyalty.spending import points_value
from app.domain.money import currency
from app.domain.shop_rules import spending_rule
from app.models.customers import Customer
from app.models.loyalty import TierMove
from app.services.loyalty.accounts import owners
from app.services.loyalty.rules import earning_rules, rates_by_product, times_of
from app.services.loyalty.tiers import tiers
from app.services.sales.past_lines import Imports, past_lines, spans_before
from app.services.settings import settings

Progress = Callable[[int, int], None]
Month = tuple[int, int]
AT_ONCE = 20_000
"""Rows fetched in one go."""
TOLD_EVERY = 1_000
"""Bills between two words about how far it has come."""
MOST_SHOWN = 100
"""People named on each side."""
_SPAN = "s.customer_id IS NOT NULL AND s.voided_at IS NULL AND s.shop_day BETWEEN :first AND :last"
_COUNT = text(f"SELECT count(*) FROM sales s WHERE {_SPAN} AND s.counted_lines > 0")  # noqa: S608
_LINES = text(
    "SELECT s.customer_id, s.id, s.shop_day, l.id, l.product_id, l.amount - l.discount - l.points_value, l.quantity, "  # noqa: S608
    "coalesce(b.back, 0) FROM sales s JOIN sale_lines l ON l.sale_id = s.id LEFT JOIN ("
    "SELECT returns_line_id, -sum(r.quantity) AS back FROM sale_lines r JOIN sales t ON t.id = r.sale_id "
    "WHERE returns_line_id IS NOT NULL AND t.voided_at IS NULL GROUP BY returns_line_id) b ON b.returns_line_id = l.id "
    f"WHERE {_SPAN} AND l.is_return = 0 AND l.quantity > 0 AND l.unit_price > 0 ORDER BY s.customer_id, s.id, l.id"
)
_RETURNERS = text(
    "SELECT DISTINCT customer_id FROM sales "
    "WHERE customer_id IS NOT NULL AND origin = 'import' AND voided_at IS NULL AND returned > 0"
)


@dataclass(frozen=True, slots=True)
class Given:
    """What each of the two rules gives, in points."""

    now: int = 0
    then: int = 0

    @property
    def more(self) -> int:
        return self.then - self.now


@dataclass(frozen=True, slots=True)
class TierGiven:
    """What the sales earned that were made while somebody stood in this tier."""

    rank: int
    people: int
    given: Given


@dataclass(frozen=True, slots=True)
class PersonGiven:
    """Somebody who would have got more, or less."""

    id: int
    name: str
    given: Given


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it. Money in minor units."""

    first: date
    last: date
    sales: int
    revenue: int
    """What was paid in money and kept."""
    given: Given
    worth: Given
    """The points in money, as if all of them were spent."""
    by_tier: tuple[TierGiven, ...]
    """The highest first."""
    winners: tuple[int, ...]
    """Whoever would have got more, the most first."""
    losers: tuple[int, ...]
    same: int
    most: tuple[PersonGiven, ...]
    """The first of the winners by name."""
    least: tuple[PersonGiven, ...]


def try_rules(
    session: Session,
    rules: EarningRules,
    tier_times: Mapping[int, TierTimes],
    *,
    first: date,
    last: date,
    day: date,
    progress: Progress = lambda done, total: None,
) -> Trial:
    """Lay these rules, with these multipliers by rank, over the sales of `first` to `last`; the present are those of
    `day`.

    `progress` may raise Cancelled. Raises BadRules.
    """
    check_rules(rules)
    present = {tier.rank: times_of(tier) for tier in tiers(session)}
    sides = (
        _Side(session, earning_rules(session, day), present),
        _Side(session, rules, {**present, **tier_times}),
    )
    replay = _Replay(session, sides, first, last)
    for bill in _bills(session, first, last, progress):
        replay.count(bill)
    return replay.trial()


class _Bill(NamedTuple):
    owner: int
    day: date
    kept: list[tuple[int | None, int]]
    everything_back: bool


class _Side:
    """One of the two rules."""

    def __init__(self, session: Session, rules: EarningRules, tier_times: Mapping[int, TierTimes]) -> None:
        digits = currency(settings(session).currency).digits
        self.rules = rules
        self._earner = Earner(rules.per_unit, rules.per_visit, rates_by_product(session, rules), digits)
        self._fraction = cache(
            lambda day, rank, birthday: as_fraction(
                rules.times(day, tier_times.get(rank, TierTimes()), is_birthday=birthday)
            )
        )

    def points(self, bill: _Bill, rank: int, *, birthday: bool) -> int:
        factor, divisor = self._fraction(bill.day, rank, birthday)
        return self._earner.points(bill.kept, factor, divisor, everything_back=bill.everything_back)


@dataclass
class _Sum:
    now: int = 0
    then: int = 0

    def add(self, now: int, then: int) -> None:
        self.now += now
        self.then += then

    @property
    def given(self) -> Given:
        return Given(self.now, self.then)


@dataclass
class _Replay:
    """The running sums."""

    session: Session
    sides: tuple[_Side, _Side]
    first: date
    last: date
    sales: int = 0
    revenue: int = 0
    people: defaultdict[int, _Sum] = field(default_factory=lambda: defaultdict(_Sum))
    tiers: defaultdict[int, _Sum] = field(default_factory=lambda: defaultdict(_Sum))
    stood: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self._ranks = _Ranks(self.session)
        self._birthdays = _Birthdays(self.session, self.first, self.last)

    def count(self, bill: _Bill) -> None:
        rank = self._ranks.on(bill.owner, bill.day)
        now, then = (
            side.points(bill, rank, birthday=self._birthdays.falls(bill.owner, bill.day, side.rules.birthday_span))
            for side in self.sides
        )
        self.sales += 1
        self.revenue += sum(base for _, base in bill.kept)
        self.people[bill.owner].add(now, then)
        self.tiers[rank].add(now, then)
        self.stood[rank].add(bill.owner)

    def trial(self) -> Trial:
        rule = spending_rule(settings(self.session))
        total = _Sum()
        for each in self.tiers.values():
            total.add(each.now, each.then)
        changed = sorted((each.now - each.then, owner) for owner, each in self.people.items() if each.now != each.then)
        winners = tuple(owner for less, owner in changed if less < 0)
        losers = tuple(owner for less, owner in reversed(changed) if less > 0)
        return Trial(
            self.first,
            self.last,
            self.sales,
            self.revenue,
            total.given,
            Given(points_value(total.now, rule), points_value(total.then, rule)),
            tuple(
                TierGiven(rank, len(self.stood[rank]), self.tiers[rank].given)
                for rank in sorted(self.tiers, reverse=True)
            ),
            winners,
            losers,
            len(self.people) - len(changed),
            self._named(winners[:MOST_SHOWN]),
            self._named(losers[:MOST_SHOWN]),
        )

    def _named(self, ids: tuple[int, ...]) -> tuple[PersonGiven, ...]:
        found = self.session.execute(select(Customer.id, Customer.name).where(Customer.id.in_(ids)))
        names = {number: name for number, name in found}  # noqa: C416
        return tuple(PersonGiven(number, names[number], self.people[number].given) for number in ids)


class _Ranks:
    """In which tier everybody stood when a day began."""

    def __init__(self, session: Session) -> None:
        self._lowest = min((tier.rank for tier in tiers(session)), default=0)
        self._moves: defaultdict[int, list[tuple[date, int]]] = defaultdict(list)
        query = select(TierMove.customer_id, TierMove.on, TierMove.to_rank).order_by(TierMove.on, TierMove.id)
        for owner, on, rank in session.execute(query):
            self._moves[owner].append((on, rank))

    def on(self, owner: int, day: date) -> int:
        rank = self._lowest
        for since, reached in self._moves.get(owner, ()):
            if since >= day:
                break
            rank = reached
        return rank


class _Birthdays:
    """On which days, and in which months, everybody's birthday is kept between two days.

    Worked out year after year: the calendar of the moon costs a hundred times as much when it leaps between years.
    """

    def __init__(self, session: Session, first: date, last: date) -> None:
        columns = (Customer.birth_month, Customer.birth_day, Customer.birth_lunar, Customer.birth_leap)
        query = select(Customer.id, *columns).where(Customer.birth_month.is_not(None))
        self._born = {number: (month, day, moon, leap) for number, month, day, moon, leap in session.execute(query)}
        self._kept: dict[Any, tuple[set[date], set[Month]]] = {born: (set(), set()) for born in self._born.values()}
        for year in range(first.year - 1, last.year + 1):
            for born in self._kept:
                self._keep(born, year)

    def falls(self, owner: int, day: date, span: BirthdaySpan) -> bool:
        """As `Born.falls_on`."""
        born = self._born.get(owner)
        if born is None:
            return False
        days, months = self._kept[born]
        return day in days if span is BirthdaySpan.DAY else (day.year, day.month) in months

    def _keep(self, born: Any, year: int) -> None:
        month, day, lunar, leap = born
        days, months = self._kept[born]
        if day is not None:
            on = in_year(Birthday(month, day, lunar=lunar, leap=leap), year)
            days.add(on)
            months.add((on.year, on.month))
        elif not lunar:
            months.add((year, month))


def _bills(session: Session, first: date, last: date, progress: Progress) -> Iterator[_Bill]:
    """Every sale of the days with what was kept of it."""
    connection, answers = session.connection(), owners(session)
    bound = {"first": first.isoformat(), "last": last.isoformat()}
    total = connection.execute(_COUNT, bound).scalar_one()
    matched = _matched(connection, answers)
    rows = _rows(connection.execute(_LINES, bound).partitions(AT_ONCE))
    for done, ((card, _, day), lines) in enumerate(groupby(rows, key=itemgetter(0, 1, 2))):
        if done % TOLD_EVERY == 0:
            progress(done, total)
        yield _bill(answers.get(card, card), _day(day), lines, matched)
    progress(total, total)


def _rows(parts: Iterable[Iterable[Any]]) -> Iterator[Any]:
    for part in parts:
        yield from part


def _bill(owner: int, day: date, lines: Iterable[Any], matched: Mapping[int, int]) -> _Bill:
    kept: list[tuple[int | None, int]] = []
    everything_back = True
    for _, _, _, line, product, base, quantity, returned in lines:
        back = min(quantity, returned + matched.get(line, 0))
        if back < quantity:
            everything_back = False
            kept.append((product, base - returned_part(base, back, quantity) if back else base))
    return _Bill(owner, day, kept, everything_back)


def _matched(connection: Connection, answers: Mapping[int, int]) -> Counter[int]:
    """How much of each imported line came back by an imported return (docs/decisions.md)."""
    imports = Imports(spans_before(connection))
    found: Counter[int] = Counter()
    returners = {answers.get(card, card) for card in connection.scalars(_RETURNERS)}
    families: defaultdict[int, list[int]] = defaultdict(list)
    for card, owner in answers.items():
        families[owner].append(card)
    for owner in returners:
        lines = past_lines(connection, imports, [owner, *families.get(owner, ())])
        for match in match_returns(line.goods for line in lines if line.goods is not None).matches:
            found[match.sold.id] += match.quantity
    return found


@lru_cache(maxsize=1 << 12)
def _day(iso: str) -> date:
    return date.fromisoformat(iso)
