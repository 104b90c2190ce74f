"""What is left of a sale, or of a customer's sales, once the goods are paid: where the shop says what they cost."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.money import currency, line_amount
from app.services.customers.families import answered_for
from app.services.settings import settings


@dataclass(frozen=True, slots=True)
class Margin:
    """Minor units; of a return below 0."""

    net: int
    """What was paid in money for the lines that have a cost: after discount and points."""
    cost: int
    whole: bool
    """Whether every line has a cost; else the margin is of a part."""

    @property
    def margin(self) -> int:
        return self.net - self.cost


_LINES = """
SELECT l.quantity, coalesce(l.unit_cost, o.unit_cost, p.cost) AS cost, sum(l.amount - l.discount - l.points_value),
    count(*)
FROM sales s JOIN sale_lines l ON l.sale_id = s.id LEFT JOIN products p ON p.id = l.product_id
LEFT JOIN sale_lines o ON o.id = l.returns_line_id
WHERE s.voided_at IS NULL AND NOT l.deposit
"""
_ALIKE = "GROUP BY l.quantity, cost"
"""Lines of one quantity and cost cost the same, each rounded by itself: few are left of a year's."""
_OF_SALE = text(f"{_LINES} AND s.id = :sale {_ALIKE}")
_OF_CARDS = text(f"{_LINES} AND s.customer_id IN (SELECT value FROM json_each(:cards)) {_ALIKE}")  # noqa: S608
_OF_PRODUCT = text(f"{_LINES} AND l.product_id = :product AND s.shop_day BETWEEN :first AND :last {_ALIKE}")
_OF_DAYS = text(f"{_LINES} AND s.shop_day BETWEEN :first AND :last {_ALIKE}")


def margin_of_sale(session: Session, sale_id: int) -> Margin | None:
    """What a bill brought beyond the cost of its goods; None where no line has a cost, or it was taken back."""
    return _margin(session, session.execute(_OF_SALE, {"sale": sale_id}).all())


def margin_of_customer(session: Session, customer_id: int) -> Margin | None:
    """The same of all a customer bought and brought back, with the cards merged into theirs."""
    cards = answered_for(session, customer_id)
    return _margin(session, session.execute(_OF_CARDS, {"cards": str(cards)}).all())


def margin_of_product(session: Session, product_id: int, first: date, last: date) -> Margin | None:
    """The same of one article over shop days, both included."""
    bound = {"product": product_id, "first": first.isoformat(), "last": last.isoformat()}
    return _margin(session, session.execute(_OF_PRODUCT, bound).all())


def margin_of_days(session: Session, first: date, last: date) -> Margin | None:
    """The same of everything sold on these shop days, both included, to anybody."""
    bound = {"first": first.isoformat(), "last": last.isoformat()}
    return _margin(session, session.execute(_OF_DAYS, bound).all())


def _margin(session: Session, lines: Collection[tuple[int, int | None, int, int]]) -> Margin | None:
    digits = currency(settings(session).currency).digits
    known = [
        (net, count * line_amount(quantity, cost, digits)) for quantity, cost, net, count in lines if cost is not None
    ]
    if not known:
        return None
    net, cost = sum(net for net, _ in known), sum(cost for _, cost in known)
    return Margin(net, cost, whole=len(known) == len(lines))
