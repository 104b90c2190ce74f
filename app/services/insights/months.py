"""The shop's net sales month by month, and who bought in one."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.months import month_end
from app.services.insights.histories import merged_cards
from app.services.insights.periods import Span

_MONTHS = text("""
SELECT substr(shop_day, 1, 7), coalesce(sum(revenue - returned) FILTER (WHERE customer_id IS NOT NULL), 0),
       coalesce(sum(revenue - returned) FILTER (WHERE customer_id IS NULL), 0),
       count(*) FILTER (WHERE counted_lines > 0)
FROM sales WHERE voided_at IS NULL AND shop_day BETWEEN :first AND :last GROUP BY 1
""")
_SOME_BUYERS = text("""
SELECT DISTINCT customer_id FROM sales
WHERE voided_at IS NULL AND revenue > 0 AND customer_id IS NOT NULL AND shop_day BETWEEN :first AND :last
""")
_BUYERS = text("""
SELECT customer_id, sum(revenue - returned) FROM sales
WHERE voided_at IS NULL AND customer_id IS NOT NULL AND shop_day BETWEEN :first AND :last
GROUP BY customer_id HAVING sum(revenue) > 0
""")


@dataclass(frozen=True, slots=True)
class MonthSales:
    """One month: net minor units of known customers and of nobody known, and bills."""

    first: date
    known: int
    unknown: int
    bills: int

    @property
    def net(self) -> int:
        return self.known + self.unknown


def sales_by_month(session: Session, until: date, months: int = 12) -> list[MonthSales]:
    """The last `months` months up to the day `until`, oldest first, those without a sale too."""
    firsts = [month_end(until, back).replace(day=1) for back in range(1 - months, 1)]
    rows = session.execute(_MONTHS, {"first": firsts[0].isoformat(), "last": until.isoformat()})
    found = {month: numbers for month, *numbers in rows}
    return [MonthSales(first, *found.get(first.isoformat()[:7], (0, 0, 0))) for first in firsts]


def buyers_of(session: Session, span: Span) -> set[int]:
    """Who bought on some day of the span."""
    owners = merged_cards(session)
    found = session.scalars(_SOME_BUYERS, {"first": span.first.isoformat(), "last": span.last.isoformat()}).all()
    return {owners.get(card, card) for card in found}


def people_of_month(session: Session, month: date, until: date) -> tuple[int, ...]:
    """Who bought in the month of the day `month` up to `until`, the best first."""
    owners, nets = merged_cards(session), dict[int, int]()
    span = {"first": month.replace(day=1).isoformat(), "last": min(month_end(month), until).isoformat()}
    for card, net in session.execute(_BUYERS, span):
        owner = owners.get(card, card)
        nets[owner] = nets.get(owner, 0) + net
    return tuple(sorted(nets, key=lambda who: (-nets[who], who)))
