"""The number on a member card: the shop's own scheme with its check digit, or whatever a printer put on plastic."""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.domain.text import half_width

SHORTEST, LONGEST = 4, 32
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_CODE = re.compile(r"[0-9A-Z]+")
PREFIX = re.compile(r"[A-Z]{0,4}")


class CardEventKind(StrEnum):
    """What happens to a card; the last of them says how it stands."""

    ISSUED = "issued"
    LOST = "lost"
    FOUND = "found"
    """The loss is taken back: the card is good again."""
    WITHDRAWN = "withdrawn"
    """The issue is taken back: the number is as if it had never been given."""


def card_number(typed: str) -> str:
    """A number as it is kept: capitals and digits alone; "" for what can be none.

    Blanks and hyphens are for the eye; a scanner reads none.
    """
    bare = _BETWEEN.sub("", half_width(typed)).upper()
    return bare if SHORTEST <= len(bare) <= LONGEST and _CODE.fullmatch(bare) else ""


def grouped(number: str) -> str:
    """A number in groups of four from its end, as it is read aloud; a shorter one as it is."""
    if len(number) <= 8:
        return number
    head = len(number) % 4
    return " ".join(filter(None, (number[:head], *(number[at : at + 4] for at in range(head, len(number), 4)))))


def check_digit(digits: str) -> str:
    """The digit that makes the whole right by Luhn's rule (ISO/IEC 7812-1, annex B): one slip or swap is seen."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


@dataclass(frozen=True, slots=True)
class Scheme:
    """How this shop numbers its cards: a prefix of letters, so many running digits, one check digit."""

    prefix: str
    digits: int

    def numbered(self, running: int) -> str:
        """The number of the card with this running number."""
        body = str(running).zfill(self.digits)
        return f"{self.prefix}{body}{check_digit(body)}"

    def running(self, number: str) -> int | None:
        """The running number of a card of this scheme; None for any other."""
        body, check = number[len(self.prefix) : -1], number[-1:]
        right = number.startswith(self.prefix) and len(body) == self.digits and body.isdigit()
        return int(body) if right and check == check_digit(body) else None

    def is_mistyped(self, number: str) -> bool:
        """Whether it looks like a card of this scheme with a wrong check digit. Bare digits may be other plastic."""
        body = number[len(self.prefix) :]
        looks = bool(self.prefix) and number.startswith(self.prefix) and len(body) == self.digits + 1 and body.isdigit()
        return looks and self.running(number) is None
