"""The ways to pay that the shop takes, in its own order and words."""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.payments import MethodKind
from app.domain.text import comparison_key, one_line
from app.models.sales import PaymentMethod


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
    query = select(
        PaymentMethod.id, PaymentMethod.code, PaymentMethod.kind, PaymentMethod.name, PaymentMethod.active
    ).order_by(PaymentMethod.active.desc(), PaymentMethod.position, PaymentMethod.id)
    if not away:
        query = query.where(PaymentMethod.active)
    return [MethodRow(*row) for row in session.execute(query)]


def add_method(session: Session, name: str, *, cash: bool = False) -> int:
    """A new way to pay at the end; `cash` is counted in the drawer. Returns its id.

    Raises MethodNeedsAName, MethodNameTaken.
    """
    last = session.scalar(select(func.max(PaymentMethod.position)))
    kind = MethodKind.CASH if cash else MethodKind.TRANSFER
    method = PaymentMethod(code=uuid4().hex, kind=kind, position=0 if last is None else last + 1)
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
    moved = session.get_one(PaymentMethod, method_id)
    query = select(PaymentMethod).where(PaymentMethod.active).order_by(PaymentMethod.position, PaymentMethod.id)
    others = [method for method in session.scalars(query) if method is not moved]
    others.insert(max(0, min(place, len(others))), moved)
    for position, method in enumerate(others):
        method.position = position


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
    others = session.scalars(select(PaymentMethod.name).where(PaymentMethod.id != (method.id or 0)))
    if words and comparison_key(words) in {comparison_key(other) for other in others}:
        raise MethodNameTaken
    return words
