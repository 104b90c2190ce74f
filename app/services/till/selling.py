"""Posting a sale with its lines, points and tier in one transaction, and taking it back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.loyalty.kinds import PointKind
from app.domain.loyalty.terms import written
from app.domain.money import QUANTITY_UNITS, currency, line_amount
from app.domain.payments import MethodKind, Paid, mostly
from app.domain.rewards.refusals import StoredPaysNoTopUp
from app.domain.shop import ShopSettings
from app.models.sales import Sale, SaleLine, SaleOrigin
from app.services.loyalty.adjusting import following
from app.services.loyalty.expiry import expire_of
from app.services.loyalty.footing import count_purchase
from app.services.loyalty.holdings import balance
from app.services.loyalty.posting import Posting
from app.services.rewards.coupons import codes_used
from app.services.rewards.written import money
from app.services.sales import next_number
from app.services.sales.methods import STORED, VISITS
from app.services.settings import settings
from app.services.till import card_moves, paying
from app.services.till.bill import Bill, BillLine
from app.services.till.buyer import Buyer, cards_of
from app.services.till.days import day_of, latest_day
from app.services.till.deposits import post_line
from app.services.till.quoting import quote, quote_for
from app.services.till.refusals import AlreadyVoided, HasReturns, ImportedSale
from app.services.till.sold import sold
from app.services.till.ticket import CardSale, CardUse, EmptyTicket, Ticket, TicketLine
from app.services.till.voiding import mark_void
from app.storage import journal, plain_sql
from app.storage.unit_of_work import acting_staff

POSTED = "SELECT id FROM sales WHERE operation_id = ?"
COSTS = "SELECT id, cost FROM products WHERE id IN (SELECT value FROM json_each(?)) AND cost IS NOT NULL"
"""As the driver takes them: each sale asks."""


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
    coupons: tuple[str, ...] = ()
    """Codes for the next visit that the sale brought."""
    pending: int = 0
    """Of the points after this sale, what waits for a return window."""


def sell(session: Session, ticket: Ticket, *, operation_id: str, at: datetime) -> SaleDone:
    """Post the ticket: the sale, its lines, the points spent and earned, and the tier.

    The same operation id again posts nothing and gives the first answer.
    Raises EmptyTicket, BadLine, DiscountTooLarge, why points cannot be spent, or why it cannot be paid so
    (`app.services.till.paying`).
    """
    posted: int | None = plain_sql.value(session, POSTED, (operation_id,))
    if posted is not None:
        known = session.get_one(Sale, posted)
        return _answer(known, balance(session, known.customer_id) if known.customer_id is not None else 0)
    if ticket.empty:
        raise EmptyTicket
    shop = settings(session)
    bill = _final_bill(session, ticket, shop, at)
    paid = _paid(session, bill, ticket)
    sale = _post(session, bill, paid, operation_id, at, day_of(shop, at))
    paying.post(session, sale, paid)
    codes = card_moves.post(session, bill, sale)
    if bill.buyer:
        _move_points(session, bill, bill.buyer, sale, shop)
        latest = latest_day(session, shop, sale.shop_day)
        count_purchase(session, bill.buyer.cards, bill.buyer.footing, sale.revenue, bill.ladder.rules, latest)
    journal.taken_back_by(session, void_sale, sale.id, operation_id=following(operation_id))
    return replace(_answer(sale, bill.balance_after), coupons=tuple(codes), pending=bill.pending_after)


def void_sale(session: Session, sale_id: int, *, operation_id: str, at: datetime | None = None) -> None:
    """Take a sale back whole: it leaves every figure, and its points go back onto the lots they came from (rule 10).

    `at` is the moment of the act if not given.
    Raises AlreadyVoided, HasReturns, ImportedSale, or NotASale for a return.
    """
    sale = session.get_one(Sale, sale_id)
    _check_voidable(session, sale)
    mark_void(session, sale, operation_id, at)
    ticket = _ticket_of(session, sale)
    journal.taken_back_by(session, sell, ticket, operation_id=following(operation_id), at=sale.at)


def _check_voidable(session: Session, sale: Sale) -> None:
    if sale.voided_at is not None:
        raise AlreadyVoided
    if sale.origin is SaleOrigin.IMPORT:
        raise ImportedSale
    only_cards = sale.total >= 0 and all(line.deposit for line in sale.lines)
    if not only_cards and any(line.back for line in sold(session, sale.id).lines):
        raise HasReturns


def _final_bill(session: Session, ticket: Ticket, shop: ShopSettings, at: datetime) -> Bill:
    """The bill as it will be posted: what has ended is gone first (rule 4), and nothing stands against it."""
    cards = cards_of(session, ticket.customer_id)
    if cards:
        expire_of(session, cards, day_of(shop, at), ZoneInfo(shop.timezone))
    bill = quote_for(session, ticket, cards, shop, at)
    if bill.problem is not None:
        raise bill.problem
    return bill


def _paid(session: Session, bill: Bill, ticket: Ticket) -> tuple[Paid, ...]:
    """What pays the bill, the visits that pay for lines among it. Raises StoredPaysNoTopUp, or what `checked` does."""
    paid = paying.checked(session, ticket.paid(bill.due), bill.due, bill.buyer.customer_id if bill.buyer else None)
    by_stored = sum(each.amount for each in paid if each.method == STORED)
    if by_stored > bill.due - bill.deposited:
        raise StoredPaysNoTopUp(most=money(settings(session), bill.due - bill.deposited))
    return (*paid, Paid(VISITS, bill.visits_value)) if bill.visits_value else paid


def _post(session: Session, bill: Bill, paid: Sequence[Paid], operation_id: str, at: datetime, day: date) -> Sale:
    costs = _costs(session, bill)
    sale = Sale(
        number=next_number(session, day),
        customer_id=bill.buyer.customer_id if bill.buyer else None,
        at=at,
        shop_day=day,
        staff_id=acting_staff(session),
        origin=SaleOrigin.TILL,
        gross=bill.gross + bill.deposited,
        discount=sum(line.off for line in bill.lines),
        points_used=bill.points,
        points_value=bill.points_value,
        points_earned=bill.earns,
        total=bill.total,
        payment=mostly(paid),
        revenue=bill.revenue,
        counted_lines=sum(1 for line in bill.lines if line.unit_price > 0),
        operation_id=operation_id,
    )
    journal.put(session, sale)
    for line in bill.lines:
        _post_line(session, sale, line, costs.get(line.product_id))
    for deposit in bill.deposits:
        post_line(session, sale, deposit)
    return sale


def _costs(session: Session, bill: Bill) -> dict[int | None, int | None]:
    """What the articles cost the shop today."""
    ids = {line.product_id for line in bill.lines if line.product_id is not None}
    if not ids:
        return {}
    return dict(plain_sql.rows(session, COSTS, (json.dumps(list(ids)),)))


def _post_line(session: Session, sale: Sale, line: BillLine, cost: int | None) -> None:
    journal.post(
        session,
        SaleLine,
        sale_id=sale.id,
        unit_cost=cost,
        product_id=line.product_id,
        description=line.description,
        quantity=line.quantity,
        unit_price=line.unit_price,
        amount=line.amount,
        discount=line.off,
        points_value=line.points_value,
        plan_id=line.plan_id,
    )


def _move_points(session: Session, bill: Bill, buyer: Buyer, sale: Sale, shop: ShopSettings) -> None:
    """Redeem, then earn: what this sale brings cannot pay for it."""
    assert sale.operation_id is not None
    posting = Posting(session, shop, buyer.customer_id, sale.operation_id, sale.at, sale_id=sale.id)
    posting.cards = buyer.cards
    if bill.points:
        posting.redeem(bill.points)
    if bill.earns:
        posting.open_lot(PointKind.EARN, bill.earns, rate=written(bill.terms), owed=buyer.held.debt)


def _ticket_of(session: Session, sale: Sale) -> Ticket:
    """The ticket that sells the same again at the same prices."""
    goods = [line for line in sale.lines if not line.deposit]
    by_hand = [row for row in paying.payments_of(session, sale.id) if row.kind is not MethodKind.VISITS]
    ticket = Ticket(
        sale.customer_id,
        tuple(_joined(goods, currency(settings(session).currency).digits)),
        points=sale.points_used,
        payments=tuple(Paid(row.method, row.amount, row.tendered) for row in by_hand),
        coupons=tuple(codes_used(session, sale.id)),
        uses=tuple(CardUse(line.plan_id, line.quantity // QUANTITY_UNITS) for line in goods if line.plan_id),
        cards=tuple(CardSale(line.plan_id, line.amount) for line in sale.lines if line.deposit),
    )
    bill = quote(session, replace(ticket, points=0), at=sale.at)
    off = bill.saved + bill.card_off + bill.coupon_off
    return replace(ticket, discount=max(0, sale.discount - off))


def _joined(goods: Sequence[SaleLine], digits: int) -> list[TicketLine]:
    """The lines as they stood on the ticket: what a card paid for was part of one, which was rounded as a whole."""
    found: list[TicketLine] = []
    amount, parted = 0, False
    for line in goods:
        this = TicketLine(line.product_id, line.quantity, line.unit_price, line.description)
        whole = replace(this, quantity=found[-1].quantity + line.quantity) if parted else this
        rounded = line_amount(whole.quantity, line.unit_price, digits)
        if parted and replace(found[-1], quantity=whole.quantity) == whole and amount + line.amount == rounded:
            found[-1], amount = whole, rounded
        else:
            found.append(this)
            amount = line.amount
        parted = line.plan_id is not None
    return found


def _answer(sale: Sale, held: int) -> SaleDone:
    return SaleDone(sale.id, sale.number, sale.customer_id, sale.total, sale.points_earned, sale.points_used, held)
