"""What was sold and brought back: sales and their lines."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.payments import MethodKind
from app.models.base import Base, Coded, Id


class SaleOrigin(StrEnum):
    TILL = "till"
    IMPORT = "import"


_RETURNS = text("returns_id IS NOT NULL")
"""An index of what few rows have costs the others nothing: each sale would write a page more for it."""


class Sale(Base):
    """One bill. The sums are facts of its lines, fixed when posted; `voided_at` takes the bill out of every figure."""

    __tablename__ = "sales"
    __table_args__ = (
        Index("ix_sales_customer", "customer_id", "shop_day", "revenue", "returned", "voided_at", "returns_id"),
        Index("ix_sales_day", "shop_day", "customer_id", "revenue", "returned", "counted_lines", "voided_at"),
        Index("ix_sales_invoice", "invoice"),
        Index("ix_sales_number", "shop_day", text("length(number)"), "number", sqlite_where=text("origin = 'till'")),
        Index("ix_sales_of_batch", "batch_id", sqlite_where=text("batch_id IS NOT NULL")),
        Index("ix_sales_of_sale", "returns_id", "returned", "voided_at", sqlite_where=_RETURNS),
        Index("ix_sales_returns", "customer_id", "returns_id", "returned", "voided_at", sqlite_where=_RETURNS),
        Index("ix_sales_points_used", "customer_id", "at", "points_used", sqlite_where=text("points_used > 0")),
    )

    id: Mapped[Id]
    number: Mapped[str]
    """What a person reads: the invoice of the old system, or our own MMDD-nnn."""
    invoice: Mapped[str] = mapped_column(default="")
    """The key under which a later import finds this sale again."""
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"))
    at: Mapped[datetime]
    shop_day: Mapped[date]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    origin: Mapped[SaleOrigin] = mapped_column(Coded(SaleOrigin))
    gross: Mapped[int] = mapped_column(default=0)
    """Minor units at list price, before member price, discount and points."""
    discount: Mapped[int] = mapped_column(default=0)
    points_used: Mapped[int] = mapped_column(default=0)
    points_value: Mapped[int] = mapped_column(default=0)
    points_earned: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    """Minor units to pay: gross − discount − points_value (for an import revenue − returned). A return of the till has
    all its sums below 0: money, points given back as `points_used`, points taken back as `points_earned`."""
    payment: Mapped[str] = mapped_column(default="")
    """The code of the method that paid most of it; for an import, what the file says. `payments` has them all."""
    revenue: Mapped[int] = mapped_column(default=0)
    """Σ of its counted lines after discount, before points: what tiers and insight count."""
    returned: Mapped[int] = mapped_column(default=0)
    """Σ of its returned lines, positive."""
    counted_lines: Mapped[int] = mapped_column(default=0)
    """Lines that are no return, with quantity and price above 0."""
    returns_id: Mapped[int | None] = mapped_column(ForeignKey("sales.id"))
    """The sale whose goods came back; empty for a return without its sale."""
    operation_id: Mapped[str | None] = mapped_column(unique=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batches.id"))
    voided_at: Mapped[datetime | None]
    voided_after_id: Mapped[int | None] = mapped_column(ForeignKey("day_closes.id"))
    """The newest close of the drawer when it was taken back: those up to it may have counted it, later ones have not.
    A clock may be set back, the order of closes is not."""

    lines: Mapped[list["SaleLine"]] = relationship(order_by="SaleLine.id")


class SaleLine(Base):
    """One line: quantity in thousandths, unit price in 1/10,000 unit, amount in minor units (below 0: a return)."""

    __tablename__ = "sale_lines"
    __table_args__ = (
        Index("ix_sale_lines_returns", "returns_line_id", sqlite_where=text("returns_line_id IS NOT NULL")),
    )

    id: Mapped[Id]
    sale_id: Mapped[int] = mapped_column(ForeignKey("sales.id", ondelete="CASCADE"), index=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"), index=True)
    description: Mapped[str] = mapped_column(default="")
    """Only where it says something else than the product's name."""
    quantity: Mapped[int]
    unit_price: Mapped[int]
    amount: Mapped[int]
    discount: Mapped[int] = mapped_column(default=0)
    """Member price and this line's share of the bill discount."""
    points_value: Mapped[int] = mapped_column(default=0)
    """This line's share of what was paid by points."""
    unit_cost: Mapped[int | None]
    """What one unit cost the shop when it was sold, in 1/10,000 unit; empty: not known then."""
    is_return: Mapped[bool] = mapped_column(default=False)
    returns_line_id: Mapped[int | None] = mapped_column(ForeignKey("sale_lines.id"))
    """The line whose goods these are, where the till knows it: what came back of a line is the sum of these."""
    deposit: Mapped[bool] = mapped_column(default=False, server_default="0")
    """Money taken ahead for a card, or paid out again: no revenue, and nothing to return."""
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("card_plans.id"))
    """The card that was sold, or whose visits or stamps paid for this line."""
    identity: Mapped[bytes | None] = mapped_column(unique=True)
    """Imported lines: digest of invoice, product, quantity, price, moment and ordinal among equals."""


class PaymentMethod(Base):
    """A way to pay that the shop takes, or took: put away, it stays for what was paid by it."""

    __tablename__ = "payment_methods"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[MethodKind] = mapped_column(Coded(MethodKind))
    name: Mapped[str] = mapped_column(default="")
    """Given by the shop; empty: the shipped word for `code`."""
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class Payment(Base):
    """What was paid for a bill by one method, below 0 where money went back. Void with its bill."""

    __tablename__ = "payments"
    append_only = True

    id: Mapped[Id]
    sale_id: Mapped[int] = mapped_column(ForeignKey("sales.id"), index=True)
    method: Mapped[str] = mapped_column(ForeignKey("payment_methods.code"))
    amount: Mapped[int]
    tendered: Mapped[int | None]
    """Cash that was handed over, in minor units; what is above the amount was given as change."""
