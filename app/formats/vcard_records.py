"""What a vCard file looks like once it is read: cards, what of each could not be kept, and what was no card at all."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.domain.birthdays import Birthday
from app.domain.text import is_han

MAX_PHOTO = 2 * 1024 * 1024


class Trouble(StrEnum):
    """Why something in a file is not what its writer meant; the first three are the end of a whole card."""

    NOTHING_IN_IT = "nothing_in_it"
    CARD_TOO_LARGE = "card_too_large"
    OUTSIDE_A_CARD = "outside_a_card"
    NO_BEGIN = "no_begin"
    NO_END = "no_end"
    BAD_LINE = "bad_line"
    LINE_TOO_LONG = "line_too_long"
    UNDECODABLE = "undecodable"
    BAD_DATE = "bad_date"
    ROUNDED_PHONE = "rounded_phone"
    PHOTO_TOO_LARGE = "photo_too_large"
    PHOTO_UNREADABLE = "photo_unreadable"


class Notice(NamedTuple):
    """One trouble: the line of the file it stands on, counted from 1, and the property it concerns ("" for none)."""

    trouble: Trouble
    line: int
    what: str = ""


@dataclass(frozen=True, slots=True)
class BrokenCard:
    """Lines from which no card could be made; `what` is the first of them, shortened, for the person who brought it."""

    line: int
    trouble: Trouble
    what: str = ""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A phone, a mail or a web address; the label is "mobile", "home", "work", "fax", … or the writer's own word."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """An address in the parts a vCard has. A text of one piece stands in `street`."""

    street: str = ""
    label: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    extended: str = ""
    po_box: str = ""

    @property
    def text(self) -> str:
        """In the order of its country: largest first and unbroken where it is Chinese, else smallest first."""
        if any(map(is_han, self.street + self.city + self.region)):
            return self._largest_first()
        place = " ".join(part for part in (self.region, self.postal_code) if part)
        parts = (self.po_box, self.extended, self.street, self.city, place, self.country)
        return ", ".join(line for part in parts for line in part.splitlines() if line.strip())

    def _largest_first(self) -> str:
        parts = [self.country, self.region, self.city, self.street, self.extended, self.po_box]
        # Of a municipality, 北京市, the phone writes both region and city.
        kept = [part for before, part in zip(["", *parts], parts, strict=False) if part != before]
        joined = "".join(line.strip() for part in kept for line in part.splitlines())
        return f"{joined} {self.postal_code}".strip()


@dataclass(frozen=True, slots=True)
class LabelledDate:
    """Another day that matters: "anniversary", or the writer's own word."""

    date: Birthday
    label: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture as it lay in the card; nothing has looked inside but at its first bytes."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Card:
    """One person or firm. `name` is the display name, "" only when there is nothing but phones to call them by.

    Phones, mails and addresses come with the preferred one first. `own` holds what only this program writes
    (X-REGULARS-NAME: value), `left_out` every property that has no place here, with as much of its value as a
    person needs to recognise it.
    """

    name: str = ""
    family: str = ""
    given: str = ""
    additional: str = ""
    prefix: str = ""
    suffix: str = ""
    nickname: str = ""
    organisation: str = ""
    department: str = ""
    title: str = ""
    phones: tuple[LabelledText, ...] = ()
    emails: tuple[LabelledText, ...] = ()
    addresses: tuple[Address, ...] = ()
    urls: tuple[LabelledText, ...] = ()
    wechat: str = ""
    birthday: Birthday | None = None
    lunar_birthday: Birthday | None = None
    dates: tuple[LabelledDate, ...] = ()
    gender: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    photo: Photo | None = None
    uid: str = ""
    rev: datetime | None = None
    own: tuple[tuple[str, str], ...] = ()
    left_out: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)
    line: int = field(default=0, compare=False)
    version: str = field(default="", compare=False)

    @property
    def anniversary(self) -> Birthday | None:
        """The first of the dates called so."""
        return next((day.date for day in self.dates if day.label == "anniversary"), None)

    @property
    def says_something(self) -> bool:
        """Does it hold anything by which a person could be known or reached?"""
        return any(getattr(self, one) for one in _TELLING)


_TELLING = ("name", "phones", "emails", "addresses", "urls", "wechat", "note", "uid", "birthday", "lunar_birthday")
