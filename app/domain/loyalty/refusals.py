"""Why points cannot be spent, with the numbers a person needs to put it right."""

from app.domain.errors import ShopError


class NotEnoughPoints(ShopError):
    """Numbers: short_by (points)."""


class NotAStep(ShopError):
    """Points are spent in multiples of a step, and more than none of them. Numbers: points, step."""


class AboveCap(ShopError):
    """More of the bill would be paid by points than the shop allows. Numbers: points, most (points)."""
