"""Why a bill of the till cannot be taken back or brought back."""

from app.domain.errors import ShopError


class AlreadyVoided(ShopError):
    """The sale or return was taken back before."""


class ImportedSale(ShopError):
    """The sale came with an import, which is taken back as a whole."""


class HasReturns(ShopError):
    """Goods of this sale were brought back; it can no longer be taken back whole."""


class LaterReturn(ShopError):
    """More of the same sale came back after this return, which is to be taken back first."""


class NothingToReturn(ShopError):
    """No line was chosen, or nothing of the sale is left to bring back."""


class TooMuchReturned(ShopError):
    """More of a line would come back than is left of it. Numbers: line (from 1), left (a plain decimal)."""
