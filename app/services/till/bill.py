"""A ticket worked out: what each line costs, what points do, what is to be paid, and what it changes."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.domain.errors import ShopError
from app.domain.loyalty.returns import EarnedFor
from app.domain.loyalty.rules import Times
from app.services.loyalty.standing import Ladder, Standing
from app.services.till.buyer import Buyer
from app.services.till.couponed import CouponUsed
from app.services.till.deposits import Deposit
from app.services.till.pricing import PricedBy


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line worked out: thousandths, 1/10,000 unit, and minor units."""

    product_id: int | None
    name: str
    description: str
    unit: str
    quantity: int
    unit_price: int
    amount: int
    """At list price."""
    saved: int
    """By the member price, or by a price or a discount of the customer's own."""
    discount: int
    """Its share of the bill discount."""
    points_value: int
    """Its share of what points pay."""
    by: PricedBy = PricedBy.LIST
    """Which price applied."""
    category: str = ""
    place: int = 0
    """Of the line of the ticket it is, or is a part of, from 0."""
    plan_id: int | None = None
    """The card that pays for it."""
    card_off: int = 0
    """What the card takes off beyond what its visits were paid with."""
    coupon: int = 0
    """Its share of what coupons take off."""

    @property
    def price(self) -> int:
        """What it costs this customer, before cards, coupons, bill discount and points."""
        return self.amount - self.saved

    @property
    def off(self) -> int:
        """All that is taken off the list price."""
        return self.saved + self.card_off + self.coupon + self.discount

    @property
    def base(self) -> int:
        """What it counts for when points are earned."""
        return self.amount - self.off - self.points_value


@dataclass(frozen=True, slots=True)
class LotUse:
    """Points that go from lots with the same last day (None: without end)."""

    points: int
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class PointChoices:
    """The amounts of points offered, each allowed on this bill; 0 where there is nothing to offer."""

    expiring: int
    last: int
    """As many as last time."""
    most: int


@dataclass(frozen=True)
class Bill:
    """A ticket worked out, in minor units.

    gross − saved − card_off − coupon_off − discount = revenue; revenue − points_value + deposited = total.
    """

    buyer: Buyer | None
    lines: tuple[BillLine, ...]
    gross: int
    saved: int
    discount: int
    revenue: int
    points: int
    """What will really be used: 0 while `problem` stands against what was asked for."""
    points_value: int
    total: int
    spendable: int
    cap: int
    """The most points this bill takes from anyone."""
    choices: PointChoices
    lots: tuple[LotUse, ...]
    """Which points go, the first to go first."""
    earns: int
    times: tuple[Times, ...]
    """What multiplies the points, each with its reason."""
    terms: EarnedFor
    """What the points are worked out with, kept with the entry."""
    balance: int
    balance_after: int
    pending_after: int
    """Of these, what waits for a return window."""
    problem: ShopError | None
    """Why the ticket cannot be charged as it stands (discount or points)."""
    ladder: Ladder
    """The tiers it was worked out with."""
    card_off: int = 0
    """What cards take off beyond what their visits were paid with."""
    visits_value: int = 0
    """What the visits that pay for lines had been paid with: part of the total, and paid already."""
    coupons: tuple[CouponUsed, ...] = ()
    coupon_off: int = 0
    deposits: tuple[Deposit, ...] = ()
    deposited: int = 0
    """What is paid for the cards on this bill."""

    @cached_property
    def after(self) -> Standing | None:
        """Where the buyer stands once this is paid."""
        return self.ladder.after(self.buyer.footing, self.revenue) if self.buyer else None

    @property
    def due(self) -> int:
        """What is to be paid now."""
        return self.total - self.visits_value

    @property
    def earning_base(self) -> int:
        """Minor units that earn: what is paid in money for goods that are not left out."""
        return sum(line.base for line in self.lines if self.terms.rate_of(line.product_id))
