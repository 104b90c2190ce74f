"""What a slip says: the bill, how it was paid, how the customer stands with points, tier, cards and coupons."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.months import month_end
from app.models.sales import Sale, SaleOrigin
from app.services.loyalty.holdings import holding
from app.services.loyalty.standing import Standing, standing
from app.services.rewards.coupons import BillCoupon, coupons_of_bill
from app.services.rewards.held import Held, held
from app.services.sales import SaleCard, sale, slip_code
from app.services.settings import settings
from app.services.till.days import day_of
from app.services.till.paying import PaymentRow, payments_of


@dataclass(frozen=True, slots=True)
class Member:
    """How a customer stands on the day a slip is made: points, what keeps or raises the tier, what is left on cards."""

    name: str
    balance: int
    expiring: int
    """Points whose last day is `expiring_by` or earlier."""
    expiring_by: date
    standing: Standing
    held: Held


@dataclass(frozen=True, slots=True)
class Slip:
    """One bill as it is handed over. Money in minor units, below 0 for a return."""

    card: SaleCard
    code: str
    """What its barcode says."""
    of_number: str
    """Of a return: the number of the sale; empty for a return without one."""
    payments: tuple[PaymentRow, ...]
    member: Member | None
    coupons: tuple[BillCoupon, ...] = ()
    """Used on this bill, then brought by it."""

    @property
    def change(self) -> int:
        return sum((row.tendered or row.amount) - row.amount for row in self.payments)


def slip(session: Session, bill_id: int, *, at: datetime) -> Slip:
    """The slip of a sale or a return, as it is made at this moment: what a customer holds is what they hold now."""
    card = sale(session, bill_id)
    row, day = card.row, day_of(settings(session), at)
    member = None
    if row.customer_id is not None and card.customer:
        points, by = holding(session, row.customer_id), month_end(day, 1)
        where, cards = standing(session, row.customer_id, day), held(session, row.customer_id, day)
        member = Member(card.customer, points.balance, points.expiring(day, by), by, where, cards)
    of_number = session.scalar(select(Sale.number).where(Sale.id == row.returns_id)) if row.returns_id else ""
    code = slip_code(row.number, row.shop_day)
    coupons = tuple(coupons_of_bill(session, bill_id, row.customer_id))
    return Slip(card, code, of_number or "", tuple(payments_of(session, bill_id)), member, coupons)


def last_bill(session: Session) -> int | None:
    """The last bill of the till that stands; None where there is none."""
    query = select(Sale.id).where(Sale.origin == SaleOrigin.TILL, Sale.voided_at.is_(None))
    return session.scalar(query.order_by(Sale.id.desc()).limit(1))
