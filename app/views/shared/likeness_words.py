"""Why two cards look like one person, and how much they do, in words and colour."""

from PySide6.QtCore import QCoreApplication

from app.domain.duplicates import Likeness, Reason, Strength
from app.views.shared.badges import BadgeView
from app.views.shared.people_words import phone

TAIL = 4


def strength_badge(likeness: Likeness) -> BadgeView:
    """Likely in gold, possible in blue; the word says it too."""
    if likeness.strength is Strength.LIKELY:
        return BadgeView(QCoreApplication.translate("Likeness", "Likely the same"), "gold")
    return BadgeView(QCoreApplication.translate("Likeness", "Possibly the same"), "blue")


def reasons_words(likeness: Likeness, digits: str = "", *, same_name: bool = False) -> str:
    """Every reason in one line; `digits` are of the phone both have, where they are known."""
    said = [_reason(reason, digits) for reason in likeness.reasons]
    same_name = same_name or Reason.PHONE_ONE_DIGIT_APART in likeness.reasons
    if same_name and Reason.SAME_NAME_AND_BIRTHDAY not in likeness.reasons:
        said.append(QCoreApplication.translate("Likeness", "same name"))
    return QCoreApplication.translate("Likeness", ", ").join(said)


def shared_phone(one: str, other: str) -> str:
    """The digits of a phone that two cards have in common: the whole number, or its end."""
    if one and one == other:
        return one
    return one if len(one) > TAIL and one[-TAIL:] == other[-TAIL:] else ""


def _reason(reason: Reason, digits: str) -> str:
    words = {
        Reason.SAME_PHONE: QCoreApplication.translate("Likeness", "same phone"),
        Reason.SAME_PINYIN_AND_TAIL: QCoreApplication.translate(
            "Likeness", "names sound alike and the phones end alike"
        ),
        Reason.SAME_NAME_AND_BIRTHDAY: QCoreApplication.translate("Likeness", "same name and birthday"),
        Reason.PHONE_ONE_DIGIT_APART: QCoreApplication.translate("Likeness", "phones one digit apart"),
    }
    if reason is Reason.SAME_PHONE and digits:
        said = QCoreApplication.translate("Likeness", "same phone {number}")
        return said.replace("{number}", phone(digits))
    if reason is Reason.SAME_PINYIN_AND_TAIL and digits:
        said = QCoreApplication.translate("Likeness", "names sound alike and both phones end in {digits}")
        return said.replace("{digits}", digits[-TAIL:])
    return words[reason]
