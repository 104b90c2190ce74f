"""The figures of the shop over a span of days and as of a day: what the screens show and the command line prints."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState
from app.domain.money import divide_half_up
from app.domain.segments.lifecycle import Phase
from app.domain.segments.pareto import AbcClass, ParetoPair, top_share
from app.domain.segments.rates import Rate, repeat_rate
from app.domain.segments.stages import Stage
from app.models.customers import Customer
from app.services.insights.cases import CaseStanding, cases
from app.services.insights.groups import (
    RFM_CODES,
    abc_classes,
    counted,
    phases,
    rfm_groups,
    silent_customers,
    stages,
)
from app.services.insights.histories import Histories, histories
from app.services.insights.tiers import counts_by_code

TOP = 10
_TOTALS = text("""
SELECT count(*) FILTER (WHERE counted_lines > 0), coalesce(sum(counted_lines), 0), coalesce(sum(revenue), 0),
       coalesce(sum(returned), 0)
FROM sales WHERE voided_at IS NULL AND customer_id IS NOT NULL AND shop_day BETWEEN :first AND :last
""")
_MONTHS = text("""
SELECT substr(shop_day, 1, 7), sum(revenue), count(*) FILTER (WHERE counted_lines > 0)
FROM sales WHERE voided_at IS NULL AND customer_id IS NOT NULL AND shop_day BETWEEN :first AND :last
GROUP BY 1 HAVING count(*) FILTER (WHERE counted_lines > 0) > 0 ORDER BY 1
""")


@dataclass(frozen=True, slots=True)
class TopCustomer:
    """One of the best, with their revenue in minor units."""

    id: int
    external_id: str | None
    name: str
    revenue: int


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """A month as "2010-12": revenue of known customers in minor units, and their bills."""

    month: str
    revenue: int
    sales: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Money in minor units. Sales, lines and revenue are those of known customers; anonymous ones are left out."""

    customers: int
    """All cards but those merged into another."""
    buyers: int
    sales: int
    lines: int
    revenue: int
    returns: int
    """Positive."""
    repeat: Rate
    """Customers with at least two purchase days, of those with one."""
    top: tuple[TopCustomer, ...]
    top20: ParetoPair
    """What the best ⌈20 %⌉ of buyers brought."""
    abc: dict[str, int]
    """Of the buyers, by net."""
    tiers: dict[str, int]
    rfm: dict[str, int]
    phases: dict[str, int]
    stages: dict[str, int]
    months: tuple[MonthFigures, ...]
    complaints: dict[str, int]

    @property
    def net(self) -> int:
        return self.revenue - self.returns

    @property
    def average_sale(self) -> int:
        """Revenue of one bill, rounded half up; 0 without any."""
        return divide_half_up(self.revenue, self.sales) if self.sales else 0


def figures(session: Session, as_of: date, from_: date | None = None, to: date | None = None) -> Figures:
    """The figures of the days `from_` to `to` (all days up to `as_of` where not given), groups as of `as_of`.

    Counts of abc and rfm add up to the buyers, those of tiers, phases and stages to the customers.
    """
    first, last = from_ or date.min, as_of if to is None else to
    known = histories(session, max(last, as_of))
    bought = {who: h.sums(first, last)[0] for who, h in known.items() if h.purchase_days(first, last)}
    span = {"first": first.isoformat(), "last": last.isoformat()}
    sales, lines, revenue, returns = session.execute(_TOTALS, span).one()
    everyone = list(session.scalars(select(Customer.id).where(Customer.merged_into.is_(None))))
    standing = cases(session, as_of)
    return Figures(
        customers=len(everyone),
        buyers=len(bought),
        sales=sales,
        lines=lines,
        revenue=revenue,
        returns=returns,
        repeat=repeat_rate(known[who].purchase_days(first, last) for who in bought),
        top=_top(session, bought),
        top20=top_share(bought.values()),
        abc=_abc(known, bought, first, last),
        tiers=counts_by_code(session, as_of, len(everyone)),
        rfm=_rfm(known, bought, as_of),
        months=tuple(MonthFigures(*row) for row in session.execute(_MONTHS, span)),
        complaints=counted((case.state.value for case in standing), ComplaintState),
        **_lifecycle(everyone, known, standing, as_of),
    )


def _top(session: Session, bought: dict[int, int]) -> tuple[TopCustomer, ...]:
    best = sorted(bought, key=lambda who: (-bought[who], who))[:TOP]
    query = select(Customer.id, Customer.external_id, Customer.name).where(Customer.id.in_(best))
    cards = {row.id: row for row in session.execute(query)}
    return tuple(TopCustomer(who, cards[who].external_id, cards[who].name, bought[who]) for who in best)


def _abc(known: Histories, bought: dict[int, int], first: date, last: date) -> dict[str, int]:
    classes = abc_classes({who: known[who].net(first, last) for who in bought})
    return counted((found.value for found in classes.values()), AbcClass)


def _rfm(known: Histories, bought: dict[int, int], as_of: date) -> dict[str, int]:
    """Of the buyers; one who first buys after `as_of` has no past yet and is among the others."""
    groups = rfm_groups({who: known[who] for who in bought if known[who].up_to(as_of)}, as_of)
    return counted((groups.get(who, RFM_CODES[-1]) for who in bought), RFM_CODES)


def _lifecycle(
    everyone: list[int], known: Histories, standing: list[CaseStanding], as_of: date
) -> dict[str, dict[str, int]]:
    quiet = silent_customers(known, as_of)
    return {
        "phases": counted((p.value for p in phases(everyone, known, quiet, standing, as_of).values()), Phase),
        "stages": counted(
            (str(s.value) for s in stages(everyone, known, quiet, standing, as_of).values()),
            [str(s.value) for s in Stage],
        ),
    }
