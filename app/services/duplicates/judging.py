"""A person's verdict that two cards are two people: remembered, and taken back by putting the row away."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.customers import Customer, NotSame
from app.services.duplicates.refusals import SameCard
from app.storage.unit_of_work import acting_staff


def judge_not_same(session: Session, one: int, other: int, *, at: datetime) -> None:
    """Never show these two as a pair again. Saying it twice changes nothing.

    Raises SameCard, or NoResultFound when there is no such card.
    """
    low, high = ordered(one, other)
    for key in (low, high):
        session.get_one(Customer, key)
    if verdict(session, low, high) is None:
        session.add(NotSame(low_id=low, high_id=high, at=at, staff_id=acting_staff(session)))


def verdict(session: Session, one: int, other: int) -> NotSame | None:
    """The verdict about these two, where there is one. Raises SameCard."""
    low, high = ordered(one, other)
    return session.scalars(select(NotSame).where(NotSame.low_id == low, NotSame.high_id == high)).one_or_none()


def ordered(one: int, other: int) -> tuple[int, int]:
    if one == other:
        raise SameCard
    return min(one, other), max(one, other)
