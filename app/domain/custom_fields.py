"""The fields a shop adds to its cards: their kinds, and the one form in which a value of each kind is kept."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.text import comparison_key, half_width, one_line


class FieldKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"


YES, NO = "yes", "no"
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def canonical(kind: FieldKind, typed: str, choices: Sequence[str] = ()) -> str:
    """A value as it is kept: plain decimal, ISO date, one of the choices, "yes" or "no", words on one line; or "".

    Raises ValueError for what is none of these. No locale is asked: a decimal sign is a point, and nothing groups.
    """
    said = one_line(typed)
    match kind:
        case _ if not said:
            return ""
        case FieldKind.NUMBER:
            return _number(half_width(said))
        case FieldKind.DATE:
            return _day(half_width(said))
        case FieldKind.CHOICE:
            return _choice(said, choices)
        case FieldKind.YES_NO:
            return _choice(said, (YES, NO))
    return said


def _number(said: str) -> str:
    if not _NUMBER.fullmatch(said):
        raise ValueError("not a number")
    number = Decimal(said)
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain if number else "0"


def _day(said: str) -> str:
    if not _DAY.fullmatch(said):
        raise ValueError("not a day")
    return date.fromisoformat(said).isoformat()


def _choice(said: str, choices: Sequence[str]) -> str:
    known = {comparison_key(choice): choice for choice in choices}
    found = known.get(comparison_key(said))
    if found is None:
        raise ValueError("not one of the choices")
    return found
