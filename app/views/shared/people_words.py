"""How a person is spoken of on every screen: their tier, their phone, and how long ago something was."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.domain.staff import Role
from app.domain.text import Span
from app.services.customers import TierMark
from app.views.shared import badges, look
from app.views.shared.badges import BadgeView

_MONTHS_FROM, _YEARS_FROM = 120, 730


def tier_name(mark: TierMark) -> str:
    """The shop's own word for a tier, else the shipped one."""
    shipped = {
        "potential": QCoreApplication.translate("People", "Potential"),
        "ordinary": QCoreApplication.translate("People", "Ordinary"),
        "vip": QCoreApplication.translate("People", "VIP"),
    }
    return mark.own_name(look.current().language) or shipped.get(mark.code, mark.code)


def staff_name(name: str) -> str:
    """Who did something; the owner of a shop that has named nobody is called so in the language on screen."""
    return QCoreApplication.translate("People", "Owner") if name == Role.OWNER.value else name


def tier_badge(mark: TierMark, *, crown: bool = False) -> BadgeView:
    """A tier as a badge; the crown of the highest one is for headings, lists do without."""
    view = badges.tier(tier_name(mark), mark.hue, top=mark.top, bought=mark.rank > 0)
    return view if crown else BadgeView(view.words, view.tone)


def with_tier(words: str, name: str) -> str:
    """A sentence with `{tier}` in it: a Latin name among Han characters has blanks around it, a Han name none."""
    before, _, after = words.partition("{tier}")
    if name[:1].isascii() and _han(before[-1:]):
        before += " "
    if name[-1:].isascii() and _han(after[:1]):
        after = " " + after
    return before + name + after


def _han(char: str) -> bool:
    """Whether it is a Han character; a stop or a comma keeps its own distance."""
    return "\u3400" <= char <= "\u9fff"


def ago(day: date, today: date) -> str:
    """How long ago a day was: in days up to four months, then in months, from two years on in years."""
    days = (today - day).days
    if days <= 0:
        return QCoreApplication.translate("People", "today")
    if days < _MONTHS_FROM:
        return QCoreApplication.translate("People", "%n day(s) ago", "", days)
    months, years = days // 30, days // 365
    if days < _YEARS_FROM:
        return QCoreApplication.translate("People", "%n month(s) ago", "", months)
    return QCoreApplication.translate("People", "%n year(s) ago", "", years)


def grouped(words: str, number: int) -> str:
    """Words with a number in them, its thousands grouped; Qt writes it plain."""
    return words.replace(str(number), f"{number:,}", 1)


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


def on_day(day: date, today: date) -> str:
    """A day as it is said: without its year in this year."""
    form = (
        QCoreApplication.translate("People", "d MMM")
        if day.year == today.year
        else QCoreApplication.translate("People", "d MMM yyyy")
    )
    return QLocale(look.current().language).toString(QDate(day.year, day.month, day.day), form)


def month(day: date) -> str:
    """A month with its year."""
    form = QCoreApplication.translate("People", "MMMM yyyy")
    return QLocale(look.current().language).toString(QDate(day.year, day.month, day.day), form)


def stamp(day: date, clock: str, today: date) -> str:
    """A day in figures for a row of many, with the time of day where it is known."""
    figures = f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"
    return f"{figures} {clock}".strip()
