"""A return worked out: which goods, how much money, which points both ways. Pure reading; taking it posts the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.loyalty.returns import Given, returned_part
from app.domain.money import quantity_to_decimal_string
from app.domain.payments import Paid, money_back
from app.domain.shop import ShopSettings
from app.services.loyalty.holdings import Holding, holding_of
from app.services.sales.methods import STORED, VISITS
from app.services.settings import settings
from app.services.till.buyer import cards_of
from app.services.till.days import day_of
from app.services.till.points_of_sale import Taken, given_back, taken_back
from app.services.till.refusals import NothingToReturn, TooMuchReturned
from app.services.till.sold import SoldLine, SoldSale, sold


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """So many thousandths of a line of the sale."""

    line_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class ReturnDraft:
    """What a customer brings back of one sale."""

    sale_id: int
    lines: tuple[ReturnLine, ...] | None = None
    """None: all that is left."""
    payment: str = ""
    """The method by which the money goes back that no card had paid; empty: as the sale was paid, the last first."""


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """What comes back of one line, above 0: thousandths and minor units; `money` is what was paid for it."""

    sold: SoldLine
    quantity: int
    amount: int
    discount: int
    points_value: int

    @property
    def revenue(self) -> int:
        return self.amount - self.discount

    @property
    def money(self) -> int:
        return self.revenue - self.points_value


@dataclass(frozen=True, slots=True)
class ReturnBill:
    """A return worked out, in minor units and points, all above 0."""

    sale: SoldSale
    lines: tuple[ReturnedLine, ...]
    money: int
    """What goes back: the lines' paid share."""
    taken: Taken
    given: tuple[Given, ...]
    paid: tuple[Paid, ...]
    """By which methods the money goes back, above 0."""
    everything: bool
    """Whether nothing of the sale is left with the customer after this."""
    balance: int
    balance_after: int
    """Points; below 0: the customer owes them, and the next ones earned pay for it."""

    @property
    def taken_points(self) -> int:
        return self.taken.points

    @property
    def given_points(self) -> int:
        return sum(part.points for part in self.given)


def quote_return(session: Session, draft: ReturnDraft, *, at: datetime) -> ReturnBill:
    """What the return comes to if it were taken at this moment. Changes nothing.

    Raises AlreadyVoided, NotASale, TooMuchReturned, and NothingToReturn where no line has anything left to bring back.
    """
    shop = settings(session)
    return worked_out(session, draft, shop, day_of(shop, at))


def worked_out(session: Session, draft: ReturnDraft, shop: ShopSettings, day: date) -> ReturnBill:
    """The same under settings just read."""
    sale = sold(session, draft.sale_id)
    back = _wanted(sale, draft.lines)
    after = [line.back + more for line, more in zip(sale.lines, back, strict=True)]
    lines = tuple(_returned(line, more) for line, more in zip(sale.lines, back, strict=True) if more)
    held, taken = Holding((), 0), Taken()
    given: tuple[Given, ...] = ()
    if sale.customer_id is not None:
        held = holding_of(session, cards_of(session, sale.customer_id))
        taken = taken_back(session, sale, after, held.lots, shop, day)
        given = given_back(session, sale, after, shop, day)
    money = sum(line.money for line in lines)
    balance = held.balance_on(day)
    return ReturnBill(
        sale,
        lines,
        money=money,
        taken=taken,
        given=given,
        paid=_paid_back(sale, draft.payment, money, sum(line.money for line in lines if line.sold.plan_id)),
        everything=all(line.quantity == whole for line, whole in zip(sale.lines, after, strict=True)),
        balance=balance,
        balance_after=balance - taken.points + sum(part.points for part in given),
    )


def _paid_back(sale: SoldSale, method: str, money: int, visits: int) -> tuple[Paid, ...]:
    """What visits or stored value had paid goes back to the card, whatever else the money goes back by.

    Stored value is paid out by an act of its own, which a manager does and which ends the bonus.
    """
    by_visits = (Paid(VISITS, visits),) if visits else ()
    as_paid = money_back(sale.paid, sale.back_before, money - visits)
    if not method:
        return (*as_paid, *by_visits)
    onto_card = (
        0 if method == STORED else min(sale.stored_left, sum(each.amount for each in as_paid if each.method == STORED))
    )
    parts = (Paid(method, money - visits - onto_card), Paid(STORED, onto_card))
    return (*(each for each in parts if each.amount), *by_visits)


def _wanted(sale: SoldSale, lines: Sequence[ReturnLine] | None) -> list[int]:
    """How much of each line comes back now."""
    if lines is None:
        wanted = {line.id: line.left for line in sale.lines}
    else:
        wanted = dict.fromkeys((line.line_id for line in lines), 0)
        for line in lines:
            wanted[line.line_id] += line.quantity
    if not any(wanted.values()) or any(quantity < 0 for quantity in wanted.values()):
        raise NothingToReturn
    for place, sold_line in enumerate(sale.lines, 1):
        if wanted.get(sold_line.id, 0) > sold_line.left:
            raise TooMuchReturned(line=place, left=quantity_to_decimal_string(sold_line.left))
    back = [wanted.pop(line.id, 0) for line in sale.lines]
    if wanted:
        raise NothingToReturn
    return back


def _returned(line: SoldLine, more: int) -> ReturnedLine:
    """What falls on `more` of a line after what came back before: the parcels of a line add up to the line."""
    return ReturnedLine(
        line,
        more,
        points_value=_part(line.points_value, line, more),
        discount=_part(line.discount, line, more),
        amount=_part(line.base, line, more) + _part(line.points_value, line, more) + _part(line.discount, line, more),
    )


def _part(whole: int, line: SoldLine, more: int) -> int:
    return returned_part(whole, line.back + more, line.quantity) - returned_part(whole, line.back, line.quantity)
