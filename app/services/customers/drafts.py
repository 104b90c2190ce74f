"""What a person filled in about a customer, and what of it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.birthdays import Birthday
from app.domain.errors import ShopError


class NothingToCallThem(ShopError):
    """A card needs a name or a phone."""


class PhoneUnreadable(ShopError):
    """A phone has too few digits, or is a number a spreadsheet has rounded (1.38E+10). Number: place, from 0."""


class ChangedElsewhere(ShopError):
    """Another window changed the card since it was opened here; nothing was saved."""


class CreditRefused(ShopError):
    """A credit limit is below 0, or beyond what the file can count."""


class PersonalDiscountRefused(ShopError):
    """A discount of one's own takes off between 0 and 1000 thousandths."""


class CustomValueRefused(ShopError):
    """A value is not of the kind of its field. Numbers: field (its id), kind."""


class NoSuchHousehold(ShopError):
    """The household is not there (any more)."""


class ReferrerRefused(ShopError):
    """Nobody brought themselves, directly or through those they brought; or the one named is not there."""


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
    needs: str = ""
    preferences: str = ""
    buys_elsewhere: str = ""
    values_ranked: tuple[str, ...] = ()
    """What counts most for this person, the dearest first: codes of `app.domain.wishes` or the shop's own words."""
    credit_note: str = ""
    credit_limit: int | None = None
    """Minor units this person may owe; None: never asked."""
    personal_discount: int | None = None
    """Thousandths off every price, in place of the tier's; None: the tier's."""
    dates: tuple[tuple[str, Birthday], ...] = ()
    """Other days that matter, each with its label."""
    custom: Mapping[int, str] = field(default_factory=dict)
    """The shop's own fields by id, in the form of `app.domain.custom_fields`; fields put away are left as they are."""
    referrer_id: int | None = None
    household_id: int | None = None
