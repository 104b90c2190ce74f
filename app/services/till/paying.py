"""What was paid for a bill and by which method; a method may move a ledger of its own along with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.payments import MethodKind, Paid, check_paid
from app.models.sales import Payment, PaymentMethod, Sale
from app.storage import journal, plain_sql


class UnknownMethod(ShopError):
    """There is no such way to pay."""


class MethodNeedsACustomer(ShopError):
    """What was paid in before belongs to somebody: choose the customer first."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What moves a ledger along with a payment: whose it is, for which sale, under which operation, when."""

    customer_id: int
    sale_id: int
    operation_id: str
    at: datetime


class Purse(Protocol):
    """The ledger behind a kind of method. Each act refuses by ShopError, and then nothing of the bill is posted."""

    def pay(self, session: Session, on: Occasion, amount: int) -> None:
        """Take so many minor units out."""

    def give_back(self, session: Session, on: Occasion, amount: int) -> None:
        """Put so many minor units back in: goods of the sale came back."""

    def reverse(self, session: Session, on: Occasion, posted: str) -> None:
        """Turn round what was posted under that operation: its bill was taken back."""


KIND = "SELECT kind FROM payment_methods WHERE code = ?"
"""As the driver takes it: each payment asks."""
PURSES: dict[MethodKind, Purse] = {}
"""By kind, the ledger that moves along; kinds that are not here are money alone. Each ledger registers itself where the
services of the till are put together (`app.services.till`)."""


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment of a bill: minor units, below 0 where money went back."""

    method: str
    kind: MethodKind
    name: str
    """The shop's own word for the method; empty: the shipped one for its code."""
    amount: int
    tendered: int | None


def payments_of(session: Session, sale_id: int) -> list[PaymentRow]:
    """How a bill was paid, in the order of payment; one that keeps no payments was paid by its one method.

    Empty for a bill that came to nothing, and for an import that does not say.
    """
    query = (
        select(Payment.method, PaymentMethod.kind, PaymentMethod.name, Payment.amount, Payment.tendered)
        .join(PaymentMethod, PaymentMethod.code == Payment.method)
        .where(Payment.sale_id == sale_id)
        .order_by(Payment.id)
    )
    rows = [PaymentRow(*row) for row in session.execute(query)]
    return rows or _by_its_one_method(session, sale_id)


def _by_its_one_method(session: Session, sale_id: int) -> list[PaymentRow]:
    sale = session.get_one(Sale, sale_id)
    known = select(PaymentMethod.kind, PaymentMethod.name).where(PaymentMethod.code == sale.payment)
    found = session.execute(known).one_or_none()
    if not sale.total or not sale.payment:
        return []
    kind, name = found or (MethodKind.TRANSFER, sale.payment)
    return [PaymentRow(sale.payment, kind, name, sale.total, None)]


def checked(session: Session, paid: Sequence[Paid], total: int, customer_id: int | None) -> tuple[Paid, ...]:
    """The payments of a bill of `total` minor units, each by a method the shop takes.

    Raises PaymentsDoNotAddUp, TenderedTooLittle, UnknownMethod, MethodNeedsACustomer.
    """
    check_paid(paid, total)
    for each in paid:
        if _kind(session, each.method) in PURSES and customer_id is None:
            raise MethodNeedsACustomer
    return tuple(paid)


def post(session: Session, bill: Sale, paid: Sequence[Paid]) -> None:
    """Keep the payments of a posted sale and move what stands behind them."""
    _keep(session, bill, paid, bill.id)


def post_back(session: Session, back: Sale, paid: Sequence[Paid], of_sale: int) -> None:
    """Keep what went back for a posted return of that sale; the amounts are above 0, and kept below 0."""
    _keep(session, back, [Paid(each.method, -each.amount) for each in paid], of_sale)


def _keep(session: Session, bill: Sale, paid: Sequence[Paid], of_sale: int) -> None:
    for place, each in enumerate(paid):
        journal.post(session, Payment, sale_id=bill.id, method=each.method, amount=each.amount, tendered=each.tendered)
        purse = PURSES.get(_kind(session, each.method))
        if purse is None or bill.customer_id is None or bill.operation_id is None:
            continue
        on = Occasion(bill.customer_id, of_sale, _operation(bill.operation_id, place), bill.at)
        if each.amount > 0:
            purse.pay(session, on, each.amount)
        else:
            purse.give_back(session, on, -each.amount)


def reverse(session: Session, bill: Sale, operation_id: str, at: datetime) -> None:
    """Turn round what the payments of a bill moved behind them."""
    if bill.customer_id is None or bill.operation_id is None:
        return
    for place, row in enumerate(payments_of(session, bill.id)):
        purse = PURSES.get(row.kind)
        if purse is not None:
            on = Occasion(bill.customer_id, bill.returns_id or bill.id, _operation(operation_id, place), at)
            purse.reverse(session, on, _operation(bill.operation_id, place))


def _operation(operation_id: str, place: int) -> str:
    """A posting for each payment: two of one bill may move the same ledger."""
    return f"{operation_id}:{place}"


def _kind(session: Session, code: str) -> MethodKind:
    kind: str | None = plain_sql.value(session, KIND, (code,))
    if kind is None:
        raise UnknownMethod
    return MethodKind(kind)
