"""What a tier brings that people keep by hand, as the card, the till and the members page say it."""

from PySide6.QtCore import QCoreApplication

from app.domain.tiers.benefits import BenefitKind, BenefitNature
from app.services.loyalty import Benefit, TierRow


def benefits(tier: TierRow) -> str:
    """All of them in one line; nothing where there is none."""
    return " · ".join(benefit(each) for each in tier.benefits)


def benefit(each: Benefit) -> str:
    """One of them: the shop's words, after what kind of thing it is."""
    if each.kind is BenefitKind.WORDS:
        return each.words
    separator = QCoreApplication.translate("Tiers", ": ")
    return f"{kind(each.kind)}{separator}{each.words}" if each.words else kind(each.kind)


def kind(code: BenefitKind) -> str:
    return {
        BenefitKind.GIFT: QCoreApplication.translate("Tiers", "Gift"),
        BenefitKind.OWN_CLERK: QCoreApplication.translate("Tiers", "Own clerk"),
        BenefitKind.PRIORITY: QCoreApplication.translate("Tiers", "Served first"),
        BenefitKind.WORDS: QCoreApplication.translate("Tiers", "Something else"),
    }[code]


def nature(code: BenefitNature) -> str:
    """Which kind of bond it makes."""
    return {
        BenefitNature.PRICE: QCoreApplication.translate("Tiers", "price"),
        BenefitNature.SOCIAL: QCoreApplication.translate("Tiers", "social"),
        BenefitNature.STRUCTURAL: QCoreApplication.translate("Tiers", "structural"),
    }[code]
