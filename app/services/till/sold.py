"""A sale as it was sold, and what of it has come back since."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from app.domain.errors import ShopError
from app.domain.loyalty.matching import match_returns
from app.domain.payments import MethodKind, Paid
from app.models.products import Product
from app.models.sales import Payment, PaymentMethod, Sale, SaleLine, SaleOrigin
from app.services.customers.families import answered_for, answering
from app.services.sales.methods import CASH, STORED, methods
from app.services.sales.past_lines import Imports, past_lines, spans_before
from app.services.till.paying import payments_of
from app.services.till.refusals import AlreadyVoided


class NotASale(ShopError):
    """What is to be returned is a return itself, or nothing that was sold."""


@dataclass(frozen=True, slots=True)
class SoldLine:
    """One line that was sold: thousandths, 1/10,000 unit, and minor units; `back` of the quantity came back before."""

    id: int
    product_id: int | None
    name: str
    unit: str
    quantity: int
    unit_price: int
    amount: int
    discount: int
    points_value: int
    back: int
    plan_id: int | None = None
    """The card whose visits or stamps paid for it."""
    earns: bool = True
    """Whether it counts for points: a line of an import may not."""

    @property
    def left(self) -> int:
        """Thousandths that the customer still has."""
        return self.quantity - self.back

    @property
    def revenue(self) -> int:
        """What it came to after discount, before points."""
        return self.amount - self.discount

    @property
    def base(self) -> int:
        """What was paid for it in money."""
        return self.revenue - self.points_value


@dataclass(frozen=True, slots=True)
class SoldSale:
    """A sale with the lines that can come back."""

    id: int
    number: str
    at: datetime
    shop_day: date
    customer_id: int | None
    origin: SaleOrigin
    operation_id: str | None
    paid: tuple[Paid, ...]
    """By which methods, each one that the shop knows."""
    back_before: int
    """Minor units that went back for it before."""
    stored_left: int
    """Of what stored value paid for the goods, what has not gone back to it."""
    points_used: int
    lines: tuple[SoldLine, ...]


def sold(session: Session, sale_id: int) -> SoldSale:
    """The sale, with what can still be returned of each line.

    Raises AlreadyVoided for a sale taken back, NotASale for a return.
    """
    sale = session.get_one(Sale, sale_id)
    if sale.voided_at is not None:
        raise AlreadyVoided
    lines = _lines(session, sale_id)
    if sale.origin is SaleOrigin.IMPORT:
        lines = _imported(session, sale, lines)
    if not lines:
        raise NotASale
    paid = _paid(session, sale_id)
    return SoldSale(
        sale.id,
        sale.number,
        sale.at,
        sale.shop_day,
        sale.customer_id,
        sale.origin,
        sale.operation_id,
        paid,
        _back_before(session, sale_id),
        max(0, sum(each.amount for each in paid if each.method == STORED) - _back_before(session, sale_id, STORED)),
        sale.points_used,
        tuple(lines),
    )


def _paid(session: Session, sale_id: int) -> tuple[Paid, ...]:
    """What paid for the goods: not the visits of a card, which go back by themselves, nor what a card was bought with.

    An import may name a method nobody here knows, or none: its money goes back in cash.
    """
    known = {row.code for row in methods(session, away=True)}
    ahead = select(func.coalesce(func.sum(SaleLine.amount), 0)).where(SaleLine.sale_id == sale_id, SaleLine.deposit)
    deposited, paid = session.scalars(ahead).one(), list[Paid]()
    for row in reversed(payments_of(session, sale_id)):
        if row.kind is MethodKind.VISITS:
            continue
        part = min(row.amount, deposited) if row.kind is not MethodKind.STORED else 0
        deposited -= part
        paid.append(Paid(row.method if row.method in known else CASH, row.amount - part))
    return tuple(reversed(paid)) or (Paid(CASH, 0),)


def _back_before(session: Session, sale_id: int, method: str = "") -> int:
    """What went back before, by this method or by any but visits."""
    query = (
        select(func.coalesce(-func.sum(Payment.amount), 0))
        .join(Sale, Sale.id == Payment.sale_id)
        .join(PaymentMethod, PaymentMethod.code == Payment.method)
        .where(Sale.returns_id == sale_id, Sale.voided_at.is_(None), PaymentMethod.kind != MethodKind.VISITS)
    )
    if method:
        query = query.where(Payment.method == method)
    return session.scalars(query).one()


def _imported(session: Session, sale: Sale, lines: list[SoldLine]) -> list[SoldLine]:
    """What came with an import: a return of a later import may have brought some of it back (docs/decisions.md)."""
    connection = session.connection()
    imports = Imports(spans_before(connection))
    matched: Counter[int] = Counter()
    if sale.customer_id is not None:
        family = answered_for(session, answering(session, sale.customer_id))
        goods = (line.goods for line in past_lines(connection, imports, family) if line.goods is not None)
        for match in match_returns(goods).matches:
            matched[match.sold.id] += match.quantity
    return [replace(line, back=line.back + matched[line.id], earns=imports.earns(line.id)) for line in lines]


def _lines(session: Session, sale_id: int) -> list[SoldLine]:
    """The lines of a sale that were sold, in their order; what came with an import as a return is none of them."""
    return [SoldLine(*row) for row in session.execute(_lines_of(), {"sale": sale_id})]


@cache
def _lines_of() -> Select[*tuple[Any, ...]]:
    """Of any `sale`: put together once, which takes longer than asking it."""
    return_line, return_sale = aliased(SaleLine), aliased(Sale)
    back = (
        select(-func.sum(return_line.quantity))
        .join(return_sale, return_sale.id == return_line.sale_id)
        .where(return_line.returns_line_id == SaleLine.id, return_sale.voided_at.is_(None))
        .correlate(SaleLine)
        .scalar_subquery()
    )
    return (
        select(
            SaleLine.id,
            SaleLine.product_id,
            func.coalesce(func.nullif(SaleLine.description, ""), Product.name, ""),
            func.coalesce(Product.unit, ""),
            SaleLine.quantity,
            SaleLine.unit_price,
            SaleLine.amount,
            SaleLine.discount,
            SaleLine.points_value,
            func.coalesce(back, 0),
            SaleLine.plan_id,
        )
        .outerjoin(Product, Product.id == SaleLine.product_id)
        .where(
            SaleLine.sale_id == bindparam("sale"),
            SaleLine.is_return.is_(False),
            ~SaleLine.deposit,
            SaleLine.quantity > 0,
        )
        .order_by(SaleLine.id)
    )
