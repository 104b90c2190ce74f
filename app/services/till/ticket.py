"""What the cashier has put together, before anything is posted."""

from dataclasses import dataclass

from app.domain.errors import ShopError
from app.domain.payments import Paid


class EmptyTicket(ShopError):
    """There is nothing on the ticket."""


class BadLine(ShopError):
    """A line has no quantity above 0, a price below 0, or neither product nor price. Numbers: line (from 1)."""


class DiscountTooLarge(ShopError):
    """The discount is below 0 or above what is to be paid. Numbers: most (minor units)."""


class DiscountNotAllowed(ShopError):
    """The person at the till may not take off so much. Numbers: most (percent, a plain decimal)."""


class PointsNeedACustomer(ShopError):
    """An anonymous sale cannot be paid with points."""


@dataclass(frozen=True, slots=True)
class TicketLine:
    """So much of an article, or of an open price: thousandths, and 1/10,000 unit of currency."""

    product_id: int | None = None
    quantity: int = 1000
    unit_price: int | None = None
    """None: the article's price of today."""
    description: str = ""


@dataclass(frozen=True, slots=True)
class CardUse:
    """A card of the buyer pays for so many goods: visits, or goods free for a full punch card each."""

    plan_id: int
    times: int = 1


@dataclass(frozen=True, slots=True)
class CardSale:
    """A card is sold; without one, stored value is topped up by `amount` minor units."""

    plan_id: int | None = None
    amount: int | None = None
    """None: what the card costs."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A sale to be: nothing here has happened yet."""

    customer_id: int | None = None
    lines: tuple[TicketLine, ...] = ()
    discount: int = 0
    """Off the whole bill, in minor units, after member prices."""
    points: int = 0
    """To pay with."""
    payment: str = "cash"
    """The code of the method that pays all of it, where `payments` does not say otherwise."""
    payments: tuple[Paid, ...] = ()
    """By several methods, or with the cash that was handed over; they add up to what is due."""
    coupons: tuple[str, ...] = ()
    """Codes, as typed or scanned, in the order in which they are used."""
    uses: tuple[CardUse, ...] = ()
    cards: tuple[CardSale, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.lines and not self.cards

    def paid(self, total: int) -> tuple[Paid, ...]:
        """What pays a bill that comes to so much; nothing where nothing is to be paid."""
        return self.payments or ((Paid(self.payment, total),) if total else ())
