"""Reading bills: one with its lines, a customer's, a day's, and the number of the next one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.models.customers import Customer
from app.models.products import Product
from app.models.sales import Sale, SaleLine, SaleOrigin
from app.models.staff import Staff
from app.services.customers.families import answered_for
from app.storage import plain_sql


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of a bill: thousandths, 1/10,000 unit, minor units."""

    id: int
    product_id: int | None
    name: str
    unit: str
    quantity: int
    unit_price: int
    amount: int
    """At list price; below 0: a return."""
    discount: int
    points_value: int
    is_return: bool
    deposit: bool
    """A card that is sold or money that is paid in; below 0: what is paid out of it. It has no price of its own."""


@dataclass(frozen=True, slots=True)
class SaleRow:
    """One bill in a list; money in minor units."""

    id: int
    number: str
    at: datetime
    shop_day: date
    customer_id: int | None
    gross: int
    discount: int
    points_used: int
    points_value: int
    points_earned: int
    total: int
    revenue: int
    returned: int
    payment: str
    origin: SaleOrigin
    voided: bool
    returns_id: int | None
    """The sale whose goods came back with this bill."""

    @property
    def of_till(self) -> bool:
        """Whether it was posted here, and can be taken back by itself."""
        return self.origin is SaleOrigin.TILL

    @property
    def is_return(self) -> bool:
        """Whether it only brings back."""
        return self.returns_id is not None or (self.revenue == 0 and self.returned > 0)


@dataclass(frozen=True, slots=True)
class SaleCard:
    """One bill with all that is on it."""

    row: SaleRow
    customer: str
    staff: str
    lines: tuple[LineRow, ...]


_ROW = (
    Sale.id,
    Sale.number,
    Sale.at,
    Sale.shop_day,
    Sale.customer_id,
    Sale.gross,
    Sale.discount,
    Sale.points_used,
    Sale.points_value,
    Sale.points_earned,
    Sale.total,
    Sale.revenue,
    Sale.returned,
    Sale.payment,
    Sale.origin,
    Sale.voided_at.is_not(None),
    Sale.returns_id,
)


def sale(session: Session, sale_id: int) -> SaleCard:
    """One bill with its lines, the names that belong to it, and whether it was taken back."""
    query = (
        select(*_ROW, func.coalesce(Customer.name, ""), Staff.name)
        .join(Staff, Staff.id == Sale.staff_id)
        .outerjoin(Customer, Customer.id == Sale.customer_id)
        .where(Sale.id == sale_id)
    )
    *row, customer, staff = session.execute(query).one()
    return SaleCard(SaleRow(*row), customer, staff, tuple(_lines(session, sale_id)))


def _lines(session: Session, sale_id: int) -> list[LineRow]:
    name = func.coalesce(func.nullif(SaleLine.description, ""), Product.name, "")
    query = (
        select(
            SaleLine.id,
            SaleLine.product_id,
            name,
            func.coalesce(Product.unit, ""),
            SaleLine.quantity,
            SaleLine.unit_price,
            SaleLine.amount,
            SaleLine.discount,
            SaleLine.points_value,
            SaleLine.is_return,
            SaleLine.deposit,
        )
        .outerjoin(Product, Product.id == SaleLine.product_id)
        .where(SaleLine.sale_id == sale_id)
        .order_by(SaleLine.id)
    )
    return [LineRow(*row) for row in session.execute(query)]


def sales_of(session: Session, customer_id: int, *, offset: int = 0, limit: int = 100) -> list[SaleRow]:
    """A customer's bills, the newest first, those of cards merged into this one among them."""
    query: Select[*tuple[Any, ...]] = (
        select(*_ROW)
        .where(Sale.customer_id.in_(answered_for(session, customer_id)))
        .order_by(Sale.shop_day.desc(), Sale.at.desc(), Sale.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [SaleRow(*row) for row in session.execute(query)]


@dataclass(frozen=True, slots=True)
class DaySales:
    """How many bills a shop day has seen, and what they came to less returns, in minor units."""

    bills: int
    net: int


def day_sales(session: Session, day: date) -> DaySales:
    """The bills of a shop day that stand: not taken back, and no bare returns."""
    query = select(
        func.count().filter(Sale.revenue > 0), func.coalesce(func.sum(Sale.revenue - Sale.returned), 0)
    ).where(Sale.shop_day == day, Sale.voided_at.is_(None))
    return DaySales(*session.execute(query).one())


def next_number(session: Session, day: date) -> str:
    """What the next bill of the till is called: MMDD-nnn, counted anew each shop day; a number is never used twice."""
    last = plain_sql.value(session, LAST_NUMBER, (day.isoformat(),))
    return f"{day:%m%d}-{int(last or 0) + 1:03}"


LAST_NUMBER = """
SELECT substr(number, 6) FROM sales WHERE shop_day = ? AND origin = 'till'
ORDER BY length(number) DESC, number DESC LIMIT 1
"""
"""As the driver takes it, from an index of its own: the thousandth bill of a day is posted as quickly as the first."""
