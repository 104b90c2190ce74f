"""The fields of a card that a merge decides about one by one, and which side each takes unless a person chooses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.models.base import Base
from app.models.customers import (
    Customer,
    CustomerAddress,
    CustomerDate,
    CustomerEmail,
    CustomerPhone,
    CustomerTag,
    PersonalPrice,
)


class Side(StrEnum):
    """Whose word holds: of the card that stays, of the one that goes, or both (lists and longer texts alone)."""

    KEPT = "kept"
    GONE = "gone"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose, by field; a field that is not named takes what `side_by_side` proposes.

    Fields: those of `ONE_VALUE` and `LISTS`, "photo", and "custom:<id>" for the shop's own.
    """

    sides: Mapping[str, Side] = field(default_factory=dict)


ONE_VALUE: dict[str, tuple[str, ...]] = {
    "name": ("name", "sort_key"),
    "company": ("company",),
    "gender": ("gender",),
    "wechat": ("wechat",),
    "birthday": ("birth_lunar", "birth_year", "birth_month", "birth_day", "birth_leap"),
    "source": ("source",),
    "note": ("note",),
    "preferred_channel": ("preferred_channel",),
    "needs": ("needs",),
    "preferences": ("preferences",),
    "buys_elsewhere": ("buys_elsewhere",),
    "values_ranked": ("values_ranked",),
    "credit": ("credit_note", "credit_limit"),
    "personal_discount": ("personal_discount",),
    "household": ("household_id",),
    "referrer": ("referrer_id",),
}
"""Field → the columns of the card that say it; they change sides together."""
LISTS: dict[str, tuple[type[Base], tuple[str, ...]]] = {
    "phones": (CustomerPhone, ("e164", "digits")),
    "emails": (CustomerEmail, ("address",)),
    "addresses": (CustomerAddress, ("text",)),
    "tags": (CustomerTag, ("name",)),
    "dates": (CustomerDate, ("label", "lunar", "year", "month", "day", "leap")),
    "prices": (PersonalPrice, ("product_id",)),
}
"""Field → its rows, and the columns by which two of them say the same."""
PHOTO = "photo"
CUSTOM = "custom:"
JOINED = frozenset({"note", "needs", "preferences", "buys_elsewhere"})
"""Texts that stand one below the other where both cards say something."""


def is_said(name: str, values: tuple[Any, ...]) -> bool:
    """Whether a card says something in a field; a name that is only a number says nothing."""
    if name == "name":
        return any(char.isalpha() for char in values[0])
    return any(value not in (None, "", [], False) for value in values)


def values_of(card: Customer, name: str) -> tuple[Any, ...]:
    return tuple(getattr(card, column) for column in ONE_VALUE[name])


def proposed(name: str, kept: tuple[Any, ...], gone: tuple[Any, ...]) -> Side:
    """Empty fields are filled, nothing that is said is overwritten."""
    if not is_said(name, gone) or kept == gone:
        return Side.KEPT
    if not is_said(name, kept):
        return Side.GONE
    return Side.BOTH if name in JOINED else Side.KEPT
