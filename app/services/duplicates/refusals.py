"""Why two cards cannot be merged, or a merge not be taken back."""

from app.domain.errors import ShopError


class SameCard(ShopError):
    """A card cannot be compared or merged with itself."""


class AlreadyMerged(ShopError):
    """One of the two was merged into another card before: that one answers for it."""


class CardErased(ShopError):
    """One of the two was erased at the person's wish; nobody may be put back into it."""


class MergeTakenBack(ShopError):
    """This merge was taken back before."""


class MergedSince(ShopError):
    """The card that stayed was merged again since: the later merge is taken back first. Number: merge (its id)."""
