"""Posting a sale with its lines, points and tier in one transaction, and taking it back."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.loyalty.kinds import PointKind
from app.domain.shop import ShopSettings
from app.models.sales import Sale, SaleLine, SaleOrigin
from app.services.loyalty.adjusting import following, moment
from app.services.loyalty.expiry import expire_of
from app.services.loyalty.holdings import balance
from app.services.loyalty.posting import Posting, posted
from app.services.loyalty.tier_moves import refresh, refresh_one
from app.services.sales import next_number
from app.services.settings import settings
from app.services.till.bill import Bill, BillLine
from app.services.till.buyer import Buyer, family_of
from app.services.till.quoting import quote, quote_for
from app.services.till.ticket import EmptyTicket, Ticket, TicketLine
from app.storage import journal
from app.storage.unit_of_work import acting_staff


class AlreadyVoided(ShopError):
    """The sale was taken back before."""


class ImportedSale(ShopError):
    """The sale came with an import, which is taken back as a whole."""


class HasReturns(ShopError):
    """Goods of this sale were brought back; it can no longer be taken back whole."""


@dataclass(frozen=True, slots=True)
class SaleDone:
    """What was posted; money in minor units."""

    sale_id: int
    number: str
    customer_id: int | None
    total: int
    earned: int
    points_used: int
    balance: int
    """Points after this sale; 0 when anonymous."""


def sell(session: Session, ticket: Ticket, *, operation_id: str, at: datetime) -> SaleDone:
    """Post the ticket: the sale, its lines, the points spent and earned, and the tier.

    The same operation id again posts nothing and gives the first answer.
    Raises EmptyTicket, BadLine, DiscountTooLarge, or why points cannot be spent.
    """
    known = session.scalars(select(Sale).where(Sale.operation_id == operation_id)).one_or_none()
    if known is not None:
        return _answer(known, balance(session, known.customer_id) if known.customer_id is not None else 0)
    if not ticket.lines:
        raise EmptyTicket
    shop = settings(session)
    bill = _final_bill(session, ticket, shop, at)
    sale = _post(session, bill, ticket, operation_id, at, _day(shop, at))
    if bill.buyer:
        _move_points(session, bill, bill.buyer, sale, shop)
        history = bill.buyer.history.plus(sale.shop_day, sale.revenue)
        refresh_one(session, bill.buyer.cards, bill.ladder.moves(history, _latest(session, shop, sale)))
    journal.taken_back_by(session, void_sale, sale.id, operation_id=following(operation_id))
    return _answer(sale, bill.balance_after)


def void_sale(session: Session, sale_id: int, *, operation_id: str, at: datetime | None = None) -> None:
    """Take a sale back whole: it leaves every figure, and its points go back onto the lots they came from (rule 10).

    `at` is the moment of the act if not given.
    Raises AlreadyVoided, HasReturns, or ImportedSale.
    """
    sale = session.get_one(Sale, sale_id)
    _check_voidable(session, sale)
    when = at or moment(session)
    sale.voided_at = when
    session.flush()
    if sale.customer_id is not None and sale.operation_id is not None:
        shop = settings(session)
        posting = Posting(session, shop, sale.customer_id, operation_id, when, sale_id=sale.id)
        expire_of(session, posting.cards, posting.day, posting.zone)
        posting.reverse(posted(session, sale.operation_id))
        refresh(session, [sale.customer_id], _latest(session, shop, sale))
    ticket = _ticket_of(session, sale)
    journal.taken_back_by(session, sell, ticket, operation_id=following(operation_id), at=sale.at)


def _check_voidable(session: Session, sale: Sale) -> None:
    if sale.voided_at is not None:
        raise AlreadyVoided
    if sale.origin is SaleOrigin.IMPORT:
        raise ImportedSale
    if session.scalar(select(Sale.id).where(Sale.returns_id == sale.id, Sale.voided_at.is_(None)).limit(1)):
        raise HasReturns


def _final_bill(session: Session, ticket: Ticket, shop: ShopSettings, at: datetime) -> Bill:
    """The bill as it will be posted: what has ended is gone first (rule 4), and nothing stands against it."""
    cards = family_of(session, ticket.customer_id)
    if cards:
        expire_of(session, cards, _day(shop, at), ZoneInfo(shop.timezone))
    bill = quote_for(session, ticket, cards, shop, at)
    if bill.problem is not None:
        raise bill.problem
    return bill


def _day(shop: ShopSettings, at: datetime) -> date:
    return at.astimezone(ZoneInfo(shop.timezone)).date()


def _post(session: Session, bill: Bill, ticket: Ticket, operation_id: str, at: datetime, day: date) -> Sale:
    sale = Sale(
        number=next_number(session, day),
        customer_id=bill.buyer.customer_id if bill.buyer else None,
        at=at,
        shop_day=day,
        staff_id=acting_staff(session),
        origin=SaleOrigin.TILL,
        gross=bill.gross,
        discount=bill.saved + bill.discount,
        points_used=bill.points,
        points_value=bill.points_value,
        points_earned=bill.earns,
        total=bill.total,
        payment=ticket.payment,
        revenue=bill.revenue,
        counted_lines=sum(1 for line in bill.lines if line.unit_price > 0),
        operation_id=operation_id,
        lines=[_line(line) for line in bill.lines],
    )
    session.add(sale)
    session.flush()
    return sale


def _line(line: BillLine) -> SaleLine:
    return SaleLine(
        product_id=line.product_id,
        description=line.description,
        quantity=line.quantity,
        unit_price=line.unit_price,
        amount=line.amount,
        discount=line.saved + line.discount,
        points_value=line.points_value,
    )


def _move_points(session: Session, bill: Bill, buyer: Buyer, sale: Sale, shop: ShopSettings) -> None:
    """Redeem, then earn: what this sale brings cannot pay for it."""
    assert sale.operation_id is not None
    posting = Posting(session, shop, buyer.customer_id, sale.operation_id, sale.at, sale_id=sale.id)
    if bill.points:
        posting.redeem(bill.points, buyer.held.lots)
    if bill.earns:
        posting.open_lot(PointKind.EARN, bill.earns, rate=_rate(bill), owed=buyer.held.debt)


def _rate(bill: Bill) -> str:
    """What the points were worked out with, kept with the entry (rule 2): "1*2+5" is a point a unit, doubled, and 5."""
    times = "".join(f"*{multiplier}" for multiplier in bill.multipliers)
    visit = f"+{bill.visit_points}" if bill.visit_points else ""
    return f"{bill.rate}{times}{visit}"


def _latest(session: Session, shop: ShopSettings, sale: Sale) -> date:
    """As of which day the tier is looked at: a sale entered late must not hide what came after it."""
    return max(sale.shop_day, _day(shop, moment(session)))


def _ticket_of(session: Session, sale: Sale) -> Ticket:
    """The ticket that sells the same again at the same prices."""
    lines = tuple(TicketLine(line.product_id, line.quantity, line.unit_price, line.description) for line in sale.lines)
    ticket = Ticket(sale.customer_id, lines, points=sale.points_used, payment=sale.payment)
    member = quote(session, replace(ticket, points=0), at=sale.at).saved
    return replace(ticket, discount=max(0, sale.discount - member))


def _answer(sale: Sale, held: int) -> SaleDone:
    return SaleDone(sale.id, sale.number, sale.customer_id, sale.total, sale.points_earned, sale.points_used, held)
