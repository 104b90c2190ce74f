"""How a margin is said: of what it is, and whether remedies are off it."""

from PySide6.QtCore import QCoreApplication

from app.services.complaints import LeftOver
from app.views.shared.desk import Desk


def margin_words(said: str, left: LeftOver, desk: Desk) -> str:
    """What the margin called `said` is of: of all lines or of those with a cost, and less what remedies cost."""
    if left.bills is not None and not left.bills.whole:
        part = QCoreApplication.translate("Margins", "{margin} (only what has a cost)")
        said = part.replace("{margin}", said)
    if left.remedies:
        less = QCoreApplication.translate("Margins", "{margin}, less {cost} of remedies")
        said = less.replace("{margin}", said).replace("{cost}", desk.money(left.remedies, drop_zeros=True))
    return said


def margin_money(left: LeftOver | None, desk: Desk) -> str:
    """The amount; nothing where no cost is known."""
    return "" if left is None or left.margin is None else desk.money(left.margin)
