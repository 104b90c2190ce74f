"""What a person fills in about a contact, what is read back, and what is refused."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.errors import ShopError
from app.domain.interactions import Channel, Direction, Noticed, Purpose


class NobodyToLog(ShopError):
    """A contact belongs to a customer, and none was chosen."""


class ContactChanged(ShopError):
    """Somebody saved the contact since it was opened here; nothing was saved."""


class ContactGone(ShopError):
    """The contact was taken out of the log meanwhile."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to a question of a script; empty words are no answer."""

    question_id: int
    text: str


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A contact as it was filled in. `reached` says whether the person was spoken to: only these are real contacts."""

    channel: Channel = Channel.CALL
    direction: Direction = Direction.OUT
    purpose: Purpose = Purpose.CARE
    reached: bool = True
    summary: str = ""
    noticed: Noticed | None = None
    objection: str = ""
    reply: str = ""
    reply_worked: bool | None = None
    """None: not known yet."""
    demonstrated: str = ""
    quoted: str = ""
    """What was offered at which price, in words."""
    product_id: int | None = None
    staff_id: int | None = None
    """Who spoke; None: whoever acts."""
    answers: tuple[Answered, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactRow:
    id: int
    at: datetime
    day: date
    channel: Channel
    direction: Direction
    purpose: Purpose
    reached: bool
    summary: str
    staff: str


@dataclass(frozen=True, slots=True)
class ContactSeen:
    """One contact to be mended: what it says, whose it is, its version, and the complaint opened from it."""

    id: int
    customer_id: int
    at: datetime
    draft: ContactDraft
    script_id: int | None
    """The script its answers belong to."""
    complaint_id: int | None
    complaint_number: int | None
    version: int
