"""What a person filled in about a complaint, and what of it is refused."""

from dataclasses import dataclass

from app.domain.complaints import Severity
from app.domain.errors import ShopError
from app.domain.interactions import Channel
from app.services.complaints.remedy_cost import RemedyDraft

CATEGORIES = ("product", "service", "price", "delivery", "wait", "place", "other")
"""What complaints are about, in the order of their digits. A file may bring others: they are kept as they are."""
ANSWERS = range(1, 6)
"""What a customer may answer when asked how satisfied they are."""


class NothingSaid(ShopError):
    """A complaint needs the customer's words."""


class NoCategory(ShopError):
    """A complaint needs to be about something."""


class NoSuchAnswer(ShopError):
    """Satisfaction is answered from 1 to 5."""


class CaseChanged(ShopError):
    """Another window changed the case since it was opened here; nothing was saved."""


@dataclass(frozen=True, slots=True)
class ComplaintDraft:
    """A complaint as it was filled in. No customer: somebody who gave no name."""

    category: str
    severity: Severity
    words: str
    customer_id: int | None = None
    wish: str = ""
    channel: str = Channel.VISIT
    on_the_spot: bool = False
    """Solved while the customer stood there: the case begins as resolved, with its `remedy`."""
    remedy: str = ""
    sale_id: int | None = None
    product_id: int | None = None
    given: tuple[RemedyDraft, ...] = ()
    """What was given on the spot, each to be posted in its ledger; only of a case that is being logged."""
    operation_id: str = ""
    """Under which that is posted."""


def require_answer(answer: int) -> int:
    """Raises NoSuchAnswer."""
    if answer not in ANSWERS:
        raise NoSuchAnswer
    return answer
