"""A return without its sale: the money that is agreed on, and points where an earlier sale of the goods is found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.loyalty.returns import returned_part
from app.domain.money import PRICE_UNITS, QUANTITY_UNITS, currency, divide_half_up
from app.domain.payments import Paid
from app.domain.shop import ShopSettings
from app.models.sales import Sale, SaleLine, SaleOrigin
from app.services.loyalty.adjusting import following
from app.services.loyalty.expiry import expire_of
from app.services.loyalty.holdings import Holding, holding_of
from app.services.loyalty.posting import Posting
from app.services.loyalty.tier_moves import refresh
from app.services.sales import next_number
from app.services.settings import settings
from app.services.till import paying
from app.services.till.buyer import cards_of
from app.services.till.days import day_of, latest_day
from app.services.till.points_of_sale import Taken, taken_back
from app.services.till.refusals import NothingToReturn
from app.services.till.return_done import ReturnDone, return_done
from app.services.till.sold import NotASale, SoldLine, SoldSale, sold
from app.services.till.voiding import check_return, mark_void
from app.storage import journal
from app.storage.unit_of_work import acting_staff


@dataclass(frozen=True, slots=True)
class LooseLine:
    """Goods that come back without their sale: thousandths above 0, and the money for all of it in minor units."""

    product_id: int | None = None
    quantity: int = 1000
    money: int = 0
    description: str = ""


@dataclass(frozen=True, slots=True)
class UnlinkedDraft:
    """What somebody brings back that no sale is named for."""

    customer_id: int | None = None
    lines: tuple[LooseLine, ...] = ()
    payment: str = "cash"


@dataclass(frozen=True, slots=True)
class LoosePart:
    """A line, or the part of one that was found on an earlier sale."""

    line: LooseLine
    sold: SoldLine | None = None


@dataclass(slots=True)
class Matched:
    """An earlier sale some of whose goods come back, and by how much of each line: thousandths."""

    sale: SoldSale
    after: list[int]


@dataclass(frozen=True, slots=True)
class UnlinkedBill:
    """An unlinked return worked out; minor units and points, above 0."""

    customer_id: int | None
    parts: tuple[LoosePart, ...]
    money: int
    taken: tuple[tuple[SoldSale, Taken], ...]
    """By the sale whose points go."""
    balance: int
    balance_after: int

    @property
    def taken_points(self) -> int:
        return sum(taken.points for _, taken in self.taken)


def quote_unlinked_return(session: Session, draft: UnlinkedDraft, *, at: datetime) -> UnlinkedBill:
    """What the return comes to if it were taken at this moment. Changes nothing.

    The goods of a known customer are looked for on their newest earlier sales that still hold them; points are taken
    back from those, and none are given back: the money is what was agreed on. Raises NothingToReturn.
    """
    return _worked_out(session, draft, settings(session), at)


def take_unlinked_return(session: Session, draft: UnlinkedDraft, *, operation_id: str, at: datetime) -> ReturnDone:
    """Post goods that come back without their sale: money, the points of earlier sales found, and the tier.

    It lowers its own day, as no sale is named. The same operation id again posts nothing and gives the first answer.
    Raises NothingToReturn.
    """
    known = session.scalars(select(Sale).where(Sale.operation_id == operation_id)).one_or_none()
    if known is not None:
        return return_done(session, known)
    shop = settings(session)
    cards = cards_of(session, draft.customer_id)
    if cards:
        posting = Posting(session, shop, cards[0], operation_id, at)
        expire_of(session, posting.cards, posting.day, posting.zone)
    bill = _worked_out(session, draft, shop, at)
    paid = (Paid(draft.payment, bill.money),) if bill.money else ()
    paying.checked(session, paid, bill.money, bill.customer_id)
    back = _post(session, bill, draft.payment, shop, operation_id, at)
    paying.post_back(session, back, paid, back.id)
    if cards:
        for sale, taken in bill.taken:
            posting.sale_id = sale.id
            posting.take_back(taken.own_lots, taken.points)
        session.flush()
        refresh(session, [cards[0]], latest_day(session, shop, back.shop_day))
    journal.taken_back_by(session, void_unlinked_return, back.id, operation_id=following(operation_id))
    return return_done(session, back)


def void_unlinked_return(session: Session, return_id: int, *, operation_id: str, at: datetime | None = None) -> None:
    """Take such a return back (semantics.md, points rule 10). `at` is the moment of the act if not given.

    Raises NotASale for anything else, AlreadyVoided, ImportedSale, or LaterReturn.
    """
    back = session.get_one(Sale, return_id)
    if back.returns_id is not None or not back.returned:
        raise NotASale
    check_return(session, back)
    mark_void(session, back, operation_id, at)
    lines = tuple(LooseLine(line.product_id, -line.quantity, -line.amount, line.description) for line in back.lines)
    draft = UnlinkedDraft(back.customer_id, lines, back.payment)
    journal.taken_back_by(session, take_unlinked_return, draft, operation_id=following(operation_id), at=back.at)


def _worked_out(session: Session, draft: UnlinkedDraft, shop: ShopSettings, at: datetime) -> UnlinkedBill:
    if not draft.lines or any(line.quantity <= 0 or line.money < 0 for line in draft.lines):
        raise NothingToReturn
    cards, day = cards_of(session, draft.customer_id), day_of(shop, at)
    found = _Finding(session, cards, at)
    parts = tuple(part for line in draft.lines for part in found.parts(line))
    held = holding_of(session, cards) if cards else Holding((), 0)
    taken = [
        (one.sale, taken_back(session, one.sale, one.after, held.lots, shop, day)) for one in found.matched.values()
    ]
    balance = held.balance_on(day)
    return UnlinkedBill(
        cards[0] if cards else None,
        parts,
        sum(line.money for line in draft.lines),
        tuple(taken),
        balance,
        balance - sum(each.points for _, each in taken),
    )


@dataclass
class _Finding:
    """Looks for the sales that the goods of one return came from, the newest first."""

    session: Session
    cards: Sequence[int]
    at: datetime
    matched: dict[int, Matched] = field(default_factory=dict)

    def parts(self, line: LooseLine) -> Iterator[LoosePart]:
        """The line cut up by the sales it was found on, and what of it was found on none."""
        place = 0
        for sold_line, quantity in self._found(line):
            yield LoosePart(_cut(line, place, quantity), sold_line)
            place += quantity
        if place < line.quantity:
            yield LoosePart(_cut(line, place, line.quantity - place))

    def _found(self, line: LooseLine) -> Iterator[tuple[SoldLine, int]]:
        open_quantity = line.quantity
        for sale in self._candidates(line.product_id):
            for place, sold_line in enumerate(sale.sale.lines):
                left = sold_line.quantity - sale.after[place]
                part = min(open_quantity, left) if sold_line.product_id == line.product_id else 0
                if part > 0:
                    self.matched[sale.sale.id] = sale
                    sale.after[place] += part
                    open_quantity -= part
                    yield sold_line, part
            if not open_quantity:
                return

    def _candidates(self, product_id: int | None) -> Iterator[Matched]:
        if product_id is None or not self.cards:
            return
        query = (
            select(Sale.id)
            .join(SaleLine, SaleLine.sale_id == Sale.id)
            .where(
                Sale.customer_id.in_(self.cards),
                Sale.voided_at.is_(None),
                Sale.at <= self.at,
                SaleLine.product_id == product_id,
                SaleLine.is_return.is_(False),
                SaleLine.quantity > 0,
            )
            .group_by(Sale.id)
            .order_by(Sale.at.desc(), Sale.id.desc())
        )
        for sale_id in self.session.scalars(query).all():
            if sale_id in self.matched:
                yield self.matched[sale_id]
            else:
                sale = sold(self.session, sale_id)
                yield Matched(sale, [line.back for line in sale.lines])


def _cut(line: LooseLine, place: int, quantity: int) -> LooseLine:
    """`quantity` of a line from `place` on; the money of all parts adds up to the line's."""
    before, after = (returned_part(line.money, end, line.quantity) for end in (place, place + quantity))
    return replace(line, quantity=quantity, money=after - before)


def _post(
    session: Session, bill: UnlinkedBill, payment: str, shop: ShopSettings, operation_id: str, at: datetime
) -> Sale:
    day, digits = day_of(shop, at), currency(shop.currency).digits
    back = Sale(
        number=next_number(session, day),
        customer_id=bill.customer_id,
        at=at,
        shop_day=day,
        staff_id=acting_staff(session),
        origin=SaleOrigin.TILL,
        gross=-bill.money,
        points_earned=-bill.taken_points,
        total=-bill.money,
        payment=payment,
        returned=bill.money,
        operation_id=operation_id,
        lines=[_line(part, digits) for part in bill.parts],
    )
    session.add(back)
    session.flush()
    return back


def _line(part: LoosePart, digits: int) -> SaleLine:
    line = part.line
    return SaleLine(
        product_id=line.product_id,
        description=line.description,
        quantity=-line.quantity,
        unit_price=divide_half_up(line.money * PRICE_UNITS * QUANTITY_UNITS, line.quantity * 10**digits),
        amount=-line.money,
        is_return=True,
        returns_line_id=part.sold.id if part.sold else None,
    )
