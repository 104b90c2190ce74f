"""How a person is spoken of on every screen: their tier, their phone, and how long ago something was."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.highlight import Span
from app.services.customers import TierMark
from app.views.shared import badges
from app.views.shared.badges import BadgeView

_MONTHS_FROM, _YEARS_FROM = 120, 730


def tier_name(mark: TierMark) -> str:
    """The shop's own word for a tier, else the shipped one."""
    shipped = {
        "potential": QCoreApplication.translate("People", "Potential"),
        "ordinary": QCoreApplication.translate("People", "Ordinary"),
        "vip": QCoreApplication.translate("People", "VIP"),
    }
    return mark.name or shipped.get(mark.code, mark.code)


def tier_badge(mark: TierMark, *, crown: bool = False) -> BadgeView:
    """A tier as a badge; the crown of the highest one is for headings, lists do without."""
    view = badges.tier(tier_name(mark), mark.hue, top=mark.top, bought=mark.rank > 0)
    return view if crown else BadgeView(view.words, view.tone)


def ago(day: date, today: date) -> str:
    """How long ago a day was: in days up to four months, then in months, from two years on in years."""
    days = (today - day).days
    if days <= 0:
        return QCoreApplication.translate("People", "today")
    if days < _MONTHS_FROM:
        return QCoreApplication.translate("People", "%n day(s) ago", "", days)
    if days < _YEARS_FROM:
        return QCoreApplication.translate("People", "%n month(s) ago", "", days // 30)
    return QCoreApplication.translate("People", "%n year(s) ago", "", days // 365)


def tail(digits: str) -> str:
    """The last four digits of a phone, as a counter says them."""
    return QCoreApplication.translate("People", "…{digits}").replace("{digits}", digits[-4:])


def phone(digits: str) -> str:
    """A phone in groups that can be read aloud: "138 0013 6628"; other lengths as they are."""
    if len(digits) == 11 and digits.startswith("1"):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    return digits


def phone_spans(digits: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans of the digits as spans of `phone(digits)`."""
    shown = phone(digits)
    places = [at for at, char in enumerate(shown) if char != " "] if shown != digits else list(range(len(shown)))
    return tuple((places[start], places[end - 1] + 1) for start, end in spans)
