"""Why a reward, a coupon or a card cannot be used, with what a person needs to put it right.

Sums of money come written out, with the sign of the shop's currency.
"""

from app.domain.errors import ShopError


class NotEnoughStored(ShopError):
    """Numbers: short_by (minor units); the service writes it out."""


class NotEnoughOnCard(ShopError):
    """Visits or stamps are missing. Numbers: short_by."""


class SpentSince(ShopError):
    """What is to be taken back has been used meanwhile; that comes first."""


class CouponMistyped(ShopError):
    """What was typed is no code: its check sign does not fit."""


class CouponUnknown(ShopError):
    """No coupon has this code."""


class CouponExpired(ShopError):
    """Numbers: on (its last day)."""


class CouponNotYet(ShopError):
    """Numbers: day (its first day)."""


class CouponUsed(ShopError):
    """Numbers: on (the day of its last use)."""


class CouponWithdrawn(ShopError):
    """The shop took it back."""


class CouponNotTheirs(ShopError):
    """It was given to another customer."""


class CouponNeedsCustomer(ShopError):
    """It was given to one customer, and nobody is on the ticket."""


class CouponLimit(ShopError):
    """One customer may use so many of this kind. Numbers: most."""


class CouponTwice(ShopError):
    """There is one of this kind on the ticket already."""


class BillBelow(ShopError):
    """Numbers: least (money that the goods it counts for must come to)."""


class CouponFitsNothing(ShopError):
    """Nothing on the ticket is of the goods it counts for."""


class RewardGone(ShopError):
    """Nothing is left in stock."""


class RewardPutAway(ShopError):
    """It is offered no longer."""


class RewardNotNow(ShopError):
    """Numbers: first, last (the days within which it is offered; a dash where there is none)."""


class RewardLimit(ShopError):
    """One customer may have so many. Numbers: most."""


class CardNeedsCustomer(ShopError):
    """A card belongs to somebody, and nobody is on the ticket."""


class CardFitsNothing(ShopError):
    """The ticket holds fewer goods that the card counts for. Numbers: most."""


class StoredPaysNoTopUp(ShopError):
    """Stored value cannot pay for a card or a top-up. Numbers: most (money it can pay on this bill)."""
