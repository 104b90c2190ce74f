"""Paying out what is left of a customer's stored value: money leaves the till, the bonus ends."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.payments import Paid, mostly
from app.models.rewards import StoredEntry
from app.models.sales import Sale, SaleLine, SaleOrigin
from app.services.customers.families import answering
from app.services.loyalty.adjusting import following
from app.services.rewards import written
from app.services.rewards.stored import refund_stored
from app.services.sales import next_number
from app.services.sales.methods import CASH
from app.services.settings import settings
from app.services.till import paying
from app.services.till.days import day_of
from app.services.till.deposits import ONE
from app.services.till.refusals import AlreadyVoided
from app.services.till.voiding import mark_void
from app.storage import journal
from app.storage.unit_of_work import acting_staff


class OtherToPayOut(ShopError):
    """Something was bought or paid in meanwhile. Numbers: money (what can be paid out now)."""


def pay_out(
    session: Session,
    customer_id: int,
    reason: str,
    *,
    method: str = CASH,
    money: int | None = None,
    operation_id: str,
    at: datetime,
) -> int:
    """Pay the customer's own money out by a method; minor units. A bill below 0 keeps it, so that the drawer agrees.

    `money` is what somebody was told would be paid out, where somebody was. The same operation id again posts nothing
    and gives the first answer. Raises NothingToRefund, OtherToPayOut, or UnknownMethod.
    """
    known = session.scalars(select(Sale).where(Sale.operation_id == operation_id)).one_or_none()
    if known is not None:
        return -known.total
    owner, day = answering(session, customer_id), day_of(settings(session), at)
    out = refund_stored(session, owner, reason, operation_id=operation_id, at=at)
    if money is not None and out.principal != money:
        raise OtherToPayOut(money=written.money(settings(session), out.principal))
    paid = (Paid(method, out.principal),)
    paying.checked(session, paid, out.principal, owner)
    bill = Sale(
        number=next_number(session, day),
        customer_id=owner,
        at=at,
        shop_day=day,
        staff_id=acting_staff(session),
        origin=SaleOrigin.TILL,
        gross=-out.principal,
        total=-out.principal,
        payment=mostly(paid),
        operation_id=operation_id,
        lines=[SaleLine(quantity=-ONE, unit_price=0, amount=-out.principal, deposit=True)],
    )
    session.add(bill)
    session.flush()
    paying.post_back(session, bill, paid, bill.id)
    journal.taken_back_by(session, undo_pay_out, bill.id, operation_id=following(operation_id))
    return out.principal


def undo_pay_out(session: Session, bill_id: int, *, operation_id: str, at: datetime | None = None) -> None:
    """Take a pay-out back: the money and the bonus are the customer's again. Raises AlreadyVoided."""
    bill = session.get_one(Sale, bill_id)
    if bill.voided_at is not None:
        raise AlreadyVoided
    assert bill.customer_id is not None
    mark_void(session, bill, operation_id, at)
    reason = session.scalar(select(StoredEntry.reason).where(StoredEntry.operation_id == bill.operation_id).limit(1))
    again = {"method": bill.payment, "money": -bill.total, "operation_id": following(operation_id), "at": bill.at}
    journal.taken_back_by(session, pay_out, bill.customer_id, reason or "", **again)
