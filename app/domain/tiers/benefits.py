"""What a tier brings, and which kind of bond it makes: by price, by company, or by the way things are done."""

from enum import StrEnum


class BenefitNature(StrEnum):
    """The three levels of a bond with a customer: the first is the easiest to copy, the last the hardest."""

    PRICE = "price"
    SOCIAL = "social"
    STRUCTURAL = "structural"


class BenefitKind(StrEnum):
    """What people keep by hand; prices and multipliers are columns of the tier, which the till applies itself."""

    GIFT = "gift"
    OWN_CLERK = "own_clerk"
    PRIORITY = "priority"
    WORDS = "words"


USUAL_NATURE = {
    BenefitKind.GIFT: BenefitNature.PRICE,
    BenefitKind.OWN_CLERK: BenefitNature.SOCIAL,
    BenefitKind.PRIORITY: BenefitNature.STRUCTURAL,
    BenefitKind.WORDS: BenefitNature.SOCIAL,
}
"""What is proposed for each; the shop may see it otherwise."""
