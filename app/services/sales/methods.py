"""The ways to pay that the shop takes, in its own order and words."""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.payments import MethodKind
from app.domain.text import one_line
from app.models.sales import PaymentMethod
from app.services.settings.ordered import in_order, is_taken, next_place, put_at


class MethodNeedsAName(ShopError):
    """A way to pay is called by a word."""


class MethodNameTaken(ShopError):
    """Another way to pay, used or put away, is called so."""


class LastMethod(ShopError):
    """At least one way to pay stays in use."""


@dataclass(frozen=True, slots=True)
class MethodRow:
    """One way to pay; `name` is empty for a shipped one that the shop calls as everyone does."""

    id: int
    code: str
    kind: MethodKind
    name: str
    active: bool


CASH, STORED, VISITS = "cash", "stored", "visits"
FIRST = (
    ("wechat", MethodKind.TRANSFER),
    ("alipay", MethodKind.TRANSFER),
    (CASH, MethodKind.CASH),
    ("card", MethodKind.TRANSFER),
    (STORED, MethodKind.STORED),
)
"""What a new shop takes."""


def found_methods(session: Session) -> None:
    """WeChat, Alipay, cash, card and stored value; visits paid ahead are never chosen, and so never offered."""
    session.add_all(PaymentMethod(code=code, kind=kind, position=place) for place, (code, kind) in enumerate(FIRST))
    session.add(PaymentMethod(code=VISITS, kind=MethodKind.VISITS, position=len(FIRST), active=False))


def methods(session: Session, *, away: bool = False) -> list[MethodRow]:
    """The ways to pay in their order; those put away only when asked for, last."""
    kind = PaymentMethod
    query = in_order(kind, kind.id, kind.code, kind.kind, kind.name, kind.active, away=away)
    return [MethodRow(*row) for row in session.execute(query)]


def add_method(session: Session, name: str, *, cash: bool = False) -> int:
    """A new way to pay at the end; `cash` is counted in the drawer. Returns its id.

    Raises MethodNeedsAName, MethodNameTaken.
    """
    kind = MethodKind.CASH if cash else MethodKind.TRANSFER
    method = PaymentMethod(code=uuid4().hex, kind=kind, position=next_place(session, PaymentMethod))
    method.name = _checked(session, name, method)
    session.add(method)
    session.flush()
    return method.id


def rename_method(session: Session, method_id: int, name: str) -> None:
    """Call a way to pay otherwise; an empty name gives a shipped one its usual word.

    Raises MethodNeedsAName, MethodNameTaken.
    """
    method = session.get_one(PaymentMethod, method_id)
    method.name = _checked(session, name, method)


def move_method(session: Session, method_id: int, place: int) -> None:
    """Let a way to pay stand at this place (from 0) among those in use."""
    put_at(session, PaymentMethod, method_id, place)


def archive_method(session: Session, method_id: int) -> None:
    """Offer a way to pay no longer; what was paid by it stays. Raises LastMethod."""
    others = select(PaymentMethod.id).where(PaymentMethod.active, PaymentMethod.id != method_id)
    if session.scalar(others.limit(1)) is None:
        raise LastMethod
    session.get_one(PaymentMethod, method_id).active = False


def unarchive_method(session: Session, method_id: int) -> None:
    """Offer a way to pay again."""
    session.get_one(PaymentMethod, method_id).active = True


def _checked(session: Session, name: str, method: PaymentMethod) -> str:
    words, shipped = one_line(name), method.code in {code for code, _ in FIRST} or method.kind is MethodKind.STORED
    if not words and not shipped:
        raise MethodNeedsAName
    if words and is_taken(session, PaymentMethod.name, words, method.id):
        raise MethodNameTaken
    return words
