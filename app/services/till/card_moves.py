"""What a bill moves on cards and coupons, beside its payments: posted, brought back, and turned round."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.money import QUANTITY_UNITS
from app.domain.rewards.kinds import Move, PlanKind
from app.models.products import Product
from app.models.rewards import CardPlan, CouponEntry
from app.models.sales import Sale
from app.services.rewards.carrying import (
    give_units_back,
    moved,
    stamp,
    take_stamps_back,
    use_stamps,
    use_visits,
)
from app.services.rewards.coupons import give_back_coupons, use
from app.services.rewards.held import covers_of
from app.services.rewards.issuing import Issue, issue_after_sale, turn_round
from app.services.rewards.posting import Posting, posted
from app.services.rewards.purses import Pocket, stamps
from app.services.settings import settings
from app.services.till.bill import Bill
from app.services.till.days import day_of
from app.services.till.deposits import hand_over
from app.services.till.return_bill import ReturnBill
from app.services.till.sold import SoldLine, SoldSale
from app.storage import plain_sql

STAMPED = "SELECT id FROM card_plans WHERE kind = 'stamps' AND archived_at IS NULL ORDER BY id"
"""As the driver takes it: each sale asks, and most shops have none."""


def post(session: Session, bill: Bill, sale: Sale) -> list[str]:
    """Cards pay, coupons are used, cards are sold, goods are stamped; the codes of the coupons the sale brings."""
    assert sale.operation_id is not None
    for used in bill.coupons:
        act = Issue(sale.operation_id, sale.at, sale.shop_day, sale.id)
        use(session, used.coupon, sale.customer_id, used.off, act)
    if bill.buyer is None:
        return []
    posting = _posting(session, sale, sale.operation_id, sale.at, sale.id)
    posting.cards = bill.buyer.cards
    for line in bill.lines:
        if line.plan_id is not None:
            plan, units = session.get_one(CardPlan, line.plan_id), line.quantity // QUANTITY_UNITS
            pay = use_visits if plan.kind is PlanKind.VISITS else use_stamps
            pay(posting, plan, units)
    hand_over(session, bill.deposits, posting)
    for plan in _stamped(session):
        covers = covers_of(plan)
        goods = [line for line in bill.lines if line.plan_id is None and covers.counts(line.product_id, line.category)]
        stamp(posting, plan, sum(line.quantity // QUANTITY_UNITS for line in goods))
    return issue_after_sale(session, sale)


def post_back(session: Session, bill: ReturnBill, back: Sale) -> None:
    """Visits and stamps that paid for what comes back are given back, stamps for it go; coupons when all came back."""
    sale = bill.sale
    assert back.operation_id is not None
    if bill.everything:
        give_back_coupons(session, sale.id, Issue(back.operation_id, back.at, back.shop_day, sale.id))
        _withdraw(session, sale, back)
    if back.customer_id is None:
        return
    posting = _posting(session, back, back.operation_id, back.at, sale.id)
    now = {line.sold.id: line.quantity for line in bill.lines}
    for plan_id in dict.fromkeys(line.plan_id for line in sale.lines if line.plan_id is not None):
        _give_back(posting, session.get_one(CardPlan, plan_id), sale, now)
    for plan in session.scalars(select(CardPlan).where(CardPlan.kind == PlanKind.STAMPS)):
        _take_stamps(session, posting, plan, sale, now)


def reverse(session: Session, bill: Sale, operation_id: str, at: datetime) -> None:
    """Turn round what a bill moved. Of coupons it brought that were used since, what is left goes.

    Raises SpentSince when a card it sold, or stamps it brought, have been used meanwhile.
    """
    if bill.operation_id is None:
        return
    of_sale = bill.returns_id or bill.id
    rows = session.scalars(
        select(CouponEntry).where(CouponEntry.operation_id == bill.operation_id).order_by(CouponEntry.ordinal)
    ).all()
    day = day_of(settings(session), at)
    turn_round(session, rows, Issue(operation_id, at, day, of_sale), leave_used=True)
    if bill.customer_id is not None:
        _posting(session, bill, operation_id, at, of_sale).reverse(posted(session, bill.operation_id))


def _give_back(posting: Posting, plan: CardPlan, sale: SoldSale, now: dict[int, int]) -> None:
    """As many of the visits or stamps a card paid with as of what it paid for has come back.

    How many it paid with says the ledger: what the card asks for may have been changed since.
    """
    pocket = Pocket(plan.kind, plan_id=plan.id)
    paid, goods = -moved(posting, pocket, sale.id, Move.SPEND), [line for line in sale.lines if line.plan_id == plan.id]
    give_units_back(posting, pocket, sale.id, _falling_on(goods, now, paid))


def _falling_on(goods: Sequence[SoldLine], now: dict[int, int], units: int) -> int:
    """The part of so many units that falls on what comes back of these goods now, after what came back before."""
    bought = sum(line.quantity // QUANTITY_UNITS for line in goods)
    before, after = sum(line.back // QUANTITY_UNITS for line in goods), sum(_whole(line, now) for line in goods)
    return units * after // bought - units * before // bought if bought else 0


def _take_stamps(session: Session, posting: Posting, plan: CardPlan, sale: SoldSale, now: dict[int, int]) -> None:
    """As many of the stamps a sale brought as of the goods that brought them have come back."""
    brought = moved(posting, stamps(plan.id), sale.id, Move.STAMP)
    if not brought:
        return
    covers, categories = covers_of(plan), _categories(session, sale.lines)
    goods = [
        line
        for line in sale.lines
        if line.plan_id is None and covers.counts(line.product_id, categories.get(line.product_id or 0, ""))
    ]
    due = _falling_on(goods, now, brought)
    if due:
        take_stamps_back(posting, plan, sale.id, due)


def _whole(line: SoldLine, now: dict[int, int]) -> int:
    """How many whole ones of a line have come back once this return is posted."""
    return (line.back + now.get(line.id, 0)) // QUANTITY_UNITS


def _withdraw(session: Session, sale: SoldSale, back: Sale) -> None:
    """Coupons that the sale brought for the next visit end with it, unless they were used."""
    query = select(CouponEntry).where(
        CouponEntry.sale_id == sale.id, CouponEntry.move == Move.ISSUE, CouponEntry.operation_id == sale.operation_id
    )
    act = Issue(f"{back.operation_id}:issued", back.at, back.shop_day, sale.id)
    turn_round(session, session.scalars(query).all(), act, leave_used=True)


def _stamped(session: Session) -> Sequence[CardPlan]:
    """The punch cards on offer."""
    found = plain_sql.values(session, STAMPED)
    return [session.get_one(CardPlan, number) for number in found]


def _categories(session: Session, lines: Sequence[SoldLine]) -> dict[int, str]:
    ids = {line.product_id for line in lines if line.product_id is not None}
    query = select(Product.id, Product.category).where(Product.id.in_(ids))
    return {number: category for number, category in session.execute(query)}  # noqa: C416


def _posting(session: Session, bill: Sale, operation_id: str, at: datetime, of_sale: int) -> Posting:
    assert bill.customer_id is not None
    return Posting(session, settings(session), bill.customer_id, operation_id, at, sale_id=of_sale)
