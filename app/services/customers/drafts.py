"""What a person filled in about a customer, and what of it is refused."""

from dataclasses import dataclass

from app.domain.birthdays import Birthday
from app.domain.errors import ShopError


class NothingToCallThem(ShopError):
    """A card needs a name or a phone."""


class PhoneUnreadable(ShopError):
    """A phone has too few digits, or is a number a spreadsheet has rounded (1.38E+10). Number: place, from 0."""


class ChangedElsewhere(ShopError):
    """Another window changed the card since it was opened here; nothing was saved."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A phone, a mail or an address, and what it is for: `label` is "mobile", "home", "work" or the shop's own word."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class CustomerDraft:
    """A card as it was filled in. A name or a phone is enough; a card without a name is called by its phone."""

    name: str = ""
    phones: tuple[Labelled, ...] = ()
    wechat: str = ""
    emails: tuple[Labelled, ...] = ()
    addresses: tuple[Labelled, ...] = ()
    birthday: Birthday | None = None
    tags: tuple[str, ...] = ()
    company: str = ""
    gender: str = ""
    source: str = ""
    note: str = ""
    preferred_channel: str = ""
    do_not_contact: bool = False
