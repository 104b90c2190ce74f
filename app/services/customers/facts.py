"""Facts pinned to a card ("allergic to nuts"), with who noted each and when."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.text import one_line
from app.models.customers import PinnedFact
from app.services.settings import settings
from app.storage.unit_of_work import acting_staff


class EmptyFact(ShopError):
    """There is nothing to remember."""


class FactGone(ShopError):
    """Somebody took the pinned fact off meanwhile."""


def pin_fact(session: Session, customer_id: int, text: str, *, at: datetime) -> int:
    """Remember something about a person; returns the fact's id. Raises EmptyFact."""
    words = one_line(text)
    if not words:
        raise EmptyFact
    day = at.astimezone(ZoneInfo(settings(session).timezone)).date()
    fact = PinnedFact(customer_id=customer_id, text=words, at=at, shop_day=day, staff_id=acting_staff(session))
    session.add(fact)
    session.flush()
    return fact.id


def reword_fact(session: Session, fact_id: int, text: str) -> None:
    """Say a pinned fact in other words; who noted it and when stays. Raises EmptyFact, FactGone."""
    words, fact = one_line(text), session.get(PinnedFact, fact_id)
    if not words:
        raise EmptyFact
    if fact is None:
        raise FactGone
    fact.text = words


def unpin(session: Session, fact_id: int) -> None:
    """Forget a pinned fact."""
    session.delete(session.get_one(PinnedFact, fact_id))
