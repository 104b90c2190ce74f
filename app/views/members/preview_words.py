"""What a change of the tiers would do, a sentence for each tier that it touches."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.services.loyalty import LadderPreview, TierChange, TierDraft
from app.views.members import words
from app.views.shared.paint import figure


def foretold(seen: LadderPreview, tiers: Sequence[TierDraft], removed: Sequence[TierDraft]) -> list[str]:
    """Nothing where everybody stays and keeps; `tiers` is the settled draft, `removed` what was left out of it."""
    said = [_removed(tier, seen.removed.get(tier.code, 0)) for tier in removed]
    rows = list(zip(tiers, seen.tiers, strict=True))
    said += [_tier(words.draft_name(tier), change) for tier, change in reversed(rows) if _touched(change)]
    return said


def _touched(change: TierChange) -> bool:
    return change.now != change.then or bool(change.ups or change.downs or change.at_their_date)


def _tier(name: str, change: TierChange) -> str:
    head = QCoreApplication.translate("TierPreview", "{tier} would have {then} instead of {now} members")
    parts = [head.replace("{tier}", name).replace("{then}", figure(change.then)).replace("{now}", figure(change.now))]
    ups, downs, later = change.ups, change.downs, change.at_their_date
    if ups:
        parts.append(_number(QCoreApplication.translate("TierPreview", "%n move(s) up", "", ups), ups))
    if downs:
        parts.append(_number(QCoreApplication.translate("TierPreview", "%n fall(s) into it at once", "", downs), downs))
    if later:
        said = QCoreApplication.translate("TierPreview", "%n later fall(s), at their date", "", later)
        parts.append(_number(said, later))
    return " · ".join(parts)


def _removed(tier: TierDraft, members: int) -> str:
    said = QCoreApplication.translate(
        "TierPreview", "{tier} is removed; its %n member(s) stand where they then fit", "", members
    )
    return _number(said, members).replace("{tier}", words.draft_name(tier))


def _number(said: str, number: int) -> str:
    return said.replace(str(number), figure(number), 1)
