"""Taking goods back against the sale they came from, and taking that back."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.payments import mostly
from app.models.sales import Sale, SaleLine, SaleOrigin
from app.services.loyalty.adjusting import following
from app.services.loyalty.expiry import expire_of
from app.services.loyalty.posting import Posting
from app.services.loyalty.tier_moves import refresh
from app.services.sales import next_number
from app.services.settings import settings
from app.services.till import card_moves, paying
from app.services.till.days import day_of, latest_day
from app.services.till.return_bill import ReturnBill, ReturnDraft, ReturnedLine, ReturnLine, worked_out
from app.services.till.return_done import ReturnDone, return_done
from app.services.till.sold import NotASale
from app.services.till.voiding import check_return, mark_void
from app.storage import journal
from app.storage.unit_of_work import acting_staff


def take_return(session: Session, draft: ReturnDraft, *, operation_id: str, at: datetime) -> ReturnDone:
    """Post what comes back of a sale: money and goods, points taken back, then points given back, and the tier.

    Earned points go and spent points come back by what has come back of the sale in all, so that returns of one day in
    any split equal one whole return (semantics.md, points rules 5 and 7). The same operation id again posts nothing and
    gives the first answer.
    Raises AlreadyVoided, NotASale, NothingToReturn, TooMuchReturned, or why the money cannot go back so.
    """
    known = session.scalars(select(Sale).where(Sale.operation_id == operation_id)).one_or_none()
    if known is not None:
        return return_done(session, known)
    shop = settings(session)
    day = day_of(shop, at)
    bill = worked_out(session, draft, shop, day)
    paying.checked(session, bill.paid, bill.money, bill.sale.customer_id)
    back = _post(session, bill, operation_id, at)
    paying.post_back(session, back, bill.paid, bill.sale.id)
    card_moves.post_back(session, bill, back)
    if back.customer_id is not None:
        posting = Posting(session, shop, back.customer_id, operation_id, at, sale_id=bill.sale.id)
        expire_of(session, posting.cards, posting.day, posting.zone)
        posting.take_back(bill.taken.own_lots, bill.taken.points)
        posting.give_back(bill.given)
        session.flush()
        refresh(session, [back.customer_id], latest_day(session, shop, day))
    journal.taken_back_by(session, void_return, back.id, operation_id=following(operation_id))
    return return_done(session, back)


def void_return(session: Session, return_id: int, *, operation_id: str, at: datetime | None = None) -> None:
    """Take a return back: the goods are sold again, and the points as they were (semantics.md, points rule 10).

    `at` is the moment of the act if not given.
    Raises NotASale for anything but a return of a sale, AlreadyVoided, ImportedSale, or LaterReturn.
    """
    back = session.get_one(Sale, return_id)
    if back.returns_id is None:
        raise NotASale
    check_return(session, back)
    mark_void(session, back, operation_id, at)
    lines = tuple(ReturnLine(line.returns_line_id, -line.quantity) for line in back.lines if line.returns_line_id)
    paid = paying.payments_of(session, back.id)
    draft = ReturnDraft(back.returns_id, lines, paid[0].method if len(paid) == 1 else "")
    journal.taken_back_by(session, take_return, draft, operation_id=following(operation_id), at=back.at)


def _post(session: Session, bill: ReturnBill, operation_id: str, at: datetime) -> Sale:
    day = day_of(settings(session), at)
    gross, discount = sum(line.amount for line in bill.lines), sum(line.discount for line in bill.lines)
    back = Sale(
        number=next_number(session, day),
        customer_id=bill.sale.customer_id,
        at=at,
        shop_day=day,
        staff_id=acting_staff(session),
        origin=SaleOrigin.TILL,
        gross=-gross,
        discount=-discount,
        points_used=-bill.given_points,
        points_value=-sum(line.points_value for line in bill.lines),
        points_earned=-bill.taken_points,
        total=-bill.money,
        payment=mostly(bill.paid),
        returned=gross - discount,
        returns_id=bill.sale.id,
        operation_id=operation_id,
        lines=[_line(line) for line in bill.lines],
    )
    session.add(back)
    session.flush()
    return back


def _line(line: ReturnedLine) -> SaleLine:
    sold = line.sold
    return SaleLine(
        product_id=sold.product_id,
        description="" if sold.product_id else sold.name,
        quantity=-line.quantity,
        unit_price=sold.unit_price,
        amount=-line.amount,
        discount=-line.discount,
        points_value=-line.points_value,
        is_return=True,
        returns_line_id=sold.id,
    )
