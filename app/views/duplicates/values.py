"""What the fields of two cards are called, and their values as lines of words."""

from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.birthdays import Birthday
from app.domain.interactions import Channel
from app.domain.wishes import Wish
from app.services.customers import Labelled
from app.services.duplicates import FieldPair
from app.views.shared.birthday_words import lunar_words
from app.views.shared.contact_words import channel_words
from app.views.shared.desk import Desk
from app.views.shared.people_words import phone

PRICE_UNIT = 100
"""A price is kept in hundredths of a minor unit."""


def field_words(field: FieldPair) -> str:
    """The name of a field; the shop's own fields bring theirs."""
    return field.label or _names()[field.name]


def _names() -> dict[str, str]:
    return {
        "name": QCoreApplication.translate("CardFields", "Name"),
        "company": QCoreApplication.translate("CardFields", "Company"),
        "gender": QCoreApplication.translate("CardFields", "Gender"),
        "wechat": QCoreApplication.translate("CardFields", "WeChat"),
        "birthday": QCoreApplication.translate("CardFields", "Birthday"),
        "source": QCoreApplication.translate("CardFields", "Found us by"),
        "note": QCoreApplication.translate("CardFields", "Note"),
        "preferred_channel": QCoreApplication.translate("CardFields", "Reached best by"),
        "needs": QCoreApplication.translate("CardFields", "Needs"),
        "preferences": QCoreApplication.translate("CardFields", "Preferences"),
        "buys_elsewhere": QCoreApplication.translate("CardFields", "Buys elsewhere"),
        "values_ranked": QCoreApplication.translate("CardFields", "Cares most for"),
        "credit": QCoreApplication.translate("CardFields", "Credit"),
        "personal_discount": QCoreApplication.translate("CardFields", "Own discount"),
        "household": QCoreApplication.translate("CardFields", "Household"),
        "referrer": QCoreApplication.translate("CardFields", "Brought by"),
        "phones": QCoreApplication.translate("CardFields", "Phones"),
        "emails": QCoreApplication.translate("CardFields", "E-mails"),
        "addresses": QCoreApplication.translate("CardFields", "Addresses"),
        "tags": QCoreApplication.translate("CardFields", "Tags"),
        "dates": QCoreApplication.translate("CardFields", "Other days"),
        "prices": QCoreApplication.translate("CardFields", "Own prices"),
        "photo": QCoreApplication.translate("CardFields", "Photo"),
    }


def value_lines(name: str, value: Any, desk: Desk) -> list[str]:
    """A value of `FieldPair` as a person reads it, one line for each of several; none for nothing."""
    if not value:
        return []
    if name == "tags":
        return [" · ".join(value)]
    if name in _WORDS:
        return [_WORDS[name](value)]
    if name == "credit":
        return [part for part in (value[0], "" if value[1] is None else desk.money(value[1])) if part]
    if name == "dates":
        return [" ".join(part for part in (label, _birthday(day) if day else "") if part) for label, day in value]
    if name == "prices":
        return [f"{product} {desk.money(price // PRICE_UNIT)}" for product, price in value]
    if name in ("phones", "emails", "addresses"):
        return [_labelled(name, each) for each in value]
    return [line for line in str(value).splitlines() if line.strip()]


def _labelled(name: str, each: Labelled) -> str:
    return phone(each.text) if name == "phones" else each.text


def _birthday(day: Birthday) -> str:
    if day.lunar:
        return " ".join(part for part in (str(day.year or ""), lunar_words(day)) if part)
    figures = f"{day.month:02}-{day.day:02}"
    return f"{day.year}-{figures}" if day.year else figures


def _gender(code: str) -> str:
    known = {
        "female": QCoreApplication.translate("CardFields", "female"),
        "male": QCoreApplication.translate("CardFields", "male"),
    }
    return known.get(code, code)


def _channel(code: str) -> str:
    return channel_words(Channel(code)) if code in set(Channel) else code


def _wishes(codes: tuple[str, ...]) -> str:
    known: dict[str, str] = {
        Wish.PRICE: QCoreApplication.translate("CardFields", "price"),
        Wish.QUALITY: QCoreApplication.translate("CardFields", "quality"),
        Wish.SERVICE: QCoreApplication.translate("CardFields", "service"),
        Wish.SPEED: QCoreApplication.translate("CardFields", "speed"),
        Wish.CHOICE: QCoreApplication.translate("CardFields", "choice"),
        Wish.TRUST: QCoreApplication.translate("CardFields", "trust"),
        Wish.NOVELTY: QCoreApplication.translate("CardFields", "novelty"),
        Wish.CONVENIENCE: QCoreApplication.translate("CardFields", "convenience"),
    }
    return " › ".join(known.get(code, code) for code in codes)


_WORDS: dict[str, Any] = {
    "birthday": _birthday,
    "gender": _gender,
    "preferred_channel": _channel,
    "values_ranked": _wishes,
    "personal_discount": lambda thousandths: f"−{thousandths / 10:g} %",
    "photo": lambda _jpeg: QCoreApplication.translate("CardFields", "a photo"),
}
