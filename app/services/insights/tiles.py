"""The five figures at the top: net sales, repeat rate, churn, new customers and the points the shop owes."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, dropwhile, pairwise
from operator import not_

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.loyalty.spending import points_value
from app.domain.segments.rates import Rate, churn
from app.domain.shop_rules import spending_rule
from app.services.insights.histories import Histories, histories
from app.services.insights.months import buyers_of
from app.services.insights.periods import Period, Span, spans
from app.services.settings import settings

POINTS = 12
"""How many periods a line shows."""
_NET = text("""
SELECT shop_day, sum(revenue - returned), count(*) FILTER (WHERE counted_lines > 0) FROM sales
WHERE voided_at IS NULL AND shop_day BETWEEN :first AND :last GROUP BY shop_day ORDER BY shop_day
""")
_LEDGER = text("""
SELECT max(p.shop_day, coalesce(p.available_from, lot.available_from, p.shop_day)), sum(p.points)
FROM point_entries p LEFT JOIN point_entries lot ON lot.id = p.lot_id
WHERE p.opens_lot OR p.lot_id IS NOT NULL GROUP BY 1 ORDER BY 1
""")


@dataclass(frozen=True, slots=True)
class Count:
    """A number, what it was over the same days before, and its line over the last periods, oldest first.

    The line begins with the first period that has anything.
    """

    now: int
    before: int
    line: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RateTile:
    """A share with its counts, what it was before, and its line; a period without anyone to count is left out."""

    now: Rate
    before: Rate
    line: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Tiles:
    """Money in minor units. `repeat` is of everyone who ever bought up to the day; the others are of the period."""

    span: Span
    before: Span
    net: Count
    bills: int
    repeat: RateTile
    churn: RateTile
    new: Count
    """Whose first purchase fell into the period."""
    buyers: int
    points: Count
    points_worth: int

    @property
    def anything(self) -> bool:
        """Whether this shop has anything to show yet."""
        return bool(any(self.net.line) or self.repeat.now.of or self.points.now)


def tiles(session: Session, period: Period, as_of: date) -> Tiles:
    """The five figures of the period that holds `as_of`, up to that day."""
    return tiles_of(session, histories(session, as_of), period, as_of)


def tiles_of(session: Session, known: Histories, period: Period, as_of: date) -> Tiles:
    """The same from histories that were read already."""
    line = spans(period, as_of, POINTS + 1)
    before, now = line[-2:]
    nets, bills = _nets(session, line)
    buyers = [buyers_of(session, span) for span in line]
    points = _points(session, [span.last for span in line])
    return Tiles(
        now,
        before,
        net=_count(nets),
        bills=bills[-1],
        repeat=_rate(_repeat(known, [span.last for span in line])),
        churn=_rate([churn(earlier, later) for earlier, later in pairwise(buyers)]),
        new=_count(_new(known, line)),
        buyers=len(buyers[-1]),
        points=_count(points),
        points_worth=points_value(points[-1], spending_rule(settings(session))),
    )


def _count(values: Sequence[int]) -> Count:
    line = values[-POINTS:]
    return Count(values[-1], values[-2], tuple(dropwhile(not_, line)))


def _rate(rates: Sequence[Rate]) -> RateTile:
    line = tuple(rate.value for rate in rates[-POINTS:] if rate.value is not None)
    return RateTile(rates[-1], rates[-2], line)


def _nets(session: Session, line: Sequence[Span]) -> tuple[list[int], list[int]]:
    """Net minor units and bills of each span, of known customers and of nobody known."""
    bound = {"first": line[0].first.isoformat(), "last": line[-1].last.isoformat()}
    rows = [(date.fromisoformat(day), net, bills) for day, net, bills in session.execute(_NET, bound)]
    within = [[row for row in rows if span.first <= row[0] <= span.last] for span in line]
    return [sum(row[1] for row in rows) for rows in within], [sum(row[2] for row in rows) for rows in within]


def _repeat(known: Histories, days: Sequence[date]) -> list[Rate]:
    """For each day who had come back by then, of everyone who had bought."""
    once = sorted(h.bought[0] for h in known.values() if h.bought)
    twice = sorted(h.bought[1] for h in known.values() if len(h.bought) > 1)
    return [Rate(bisect_right(twice, day), bisect_right(once, day)) for day in days]


def _new(known: Histories, line: Sequence[Span]) -> list[int]:
    """For each span how many bought for the first time."""
    firsts = sorted(h.bought[0] for h in known.values() if h.bought)
    return [bisect_right(firsts, span.last) - bisect_left(firsts, span.first) for span in line]


def _points(session: Session, days: Sequence[date]) -> list[int]:
    """What lots held at the end of each day: a replay of the ledger, pending points and debts left out (rule 12)."""
    rows = session.execute(_LEDGER).all()
    moments, sums = [row[0] for row in rows], [0, *accumulate(row[1] for row in rows)]
    return [sums[bisect_right(moments, day.isoformat())] for day in days]
