"""Why a customer moved between tiers, and from where to where."""

from PySide6.QtCore import QCoreApplication

from app.domain.tiers.history import MoveCause
from app.services.customers import TierMark
from app.services.loyalty import MoveRow
from app.views.shared.people_words import staff_name, tier_name


def cause(row: MoveRow) -> str:
    """Why, and who gave the reason where it was a person."""
    said = {
        MoveCause.REACHED: QCoreApplication.translate("TierMoves", "bought enough"),
        MoveCause.RENEWED: QCoreApplication.translate("TierMoves", "bought enough again"),
        MoveCause.RAN_OUT: QCoreApplication.translate("TierMoves", "ended without enough purchases"),
        MoveCause.BY_HAND: QCoreApplication.translate("TierMoves", "given by hand"),
        MoveCause.HAND_ENDED: QCoreApplication.translate("TierMoves", "what was given by hand ended"),
        MoveCause.RULES_CHANGED: QCoreApplication.translate("TierMoves", "the shop's rules changed"),
    }[row.cause]
    return " · ".join(part for part in (said, row.reason, staff_name(row.staff) if row.staff else "") if part)


def step(row: MoveRow, tiers: dict[int, TierMark]) -> str:
    """From one tier to another, or the one that holds longer."""
    after = tier_name(tiers[row.to_rank]) if row.to_rank in tiers else ""
    if row.from_rank == row.to_rank:
        return QCoreApplication.translate("TierMoves", "{tier}, for longer").replace("{tier}", after)
    before = tier_name(tiers[row.from_rank]) if row.from_rank in tiers else ""
    return f"{before} → {after}"
