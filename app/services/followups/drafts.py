"""What a follow-up is booked from, and why a booking may be refused."""

from dataclasses import dataclass
from datetime import date, time

from app.domain.errors import ShopError
from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.recurrence import Repeat


class NothingToDo(ShopError):
    """A follow-up names neither a customer nor anything to do."""


class FollowUpGone(ShopError):
    """The follow-up was taken away meanwhile."""


class FollowUpChanged(ShopError):
    """Somebody saved the follow-up after it was opened here."""


@dataclass(frozen=True, slots=True)
class FollowUpDraft:
    """One thing to do: for a customer, or with words that say what."""

    due_on: date
    kind: FollowUpKind = FollowUpKind.CALL
    customer_id: int | None = None
    due_at: time | None = None
    """The hour in the shop; None: any time of the day."""
    purpose: FollowUpPurpose | None = None
    """None: what the kind is usually for."""
    text: str = ""
    staff_id: int | None = None
    """Who shall do it; None: whoever books it."""
    complaint_id: int | None = None
    repeat: Repeat | None = None
    """How it comes again; None: once."""
