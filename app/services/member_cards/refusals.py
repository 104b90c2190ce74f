"""Why a member card is not given."""

from app.domain.errors import ShopError


class BadCardNumber(ShopError):
    """Code "card_number_unreadable" (4 to 32 letters and digits) or "card_number_mistyped" (a wrong check digit)."""


class CardNumberTaken(ShopError):
    """The number is, or was, that of another card. Numbers: customer_id."""


class NotAGoodCard(ShopError):
    """The card is not in use: it was lost before, or never given."""


class LossReasonMissing(ShopError):
    """A card is reported lost with a reason."""
