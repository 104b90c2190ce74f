"""Merging two cards of one person, and taking that back: no row of a ledger or a history changes hands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.customers import Customer, CustomerMerge, CustomValue
from app.services.customers.families import answered_for
from app.services.duplicates import correcting, corrections, snapshot
from app.services.duplicates.corrections import Correction
from app.services.duplicates.fields import LISTS, Choices, Side
from app.services.duplicates.refusals import AlreadyMerged, CardErased, MergedSince, MergeTakenBack, SameCard
from app.services.duplicates.uniting import unite
from app.services.loyalty import refresh
from app.services.rewards import whole_again
from app.services.rewards.whole_again import PurseCorrection
from app.services.settings import settings
from app.storage import journal
from app.storage.unit_of_work import acting_staff

NO_CHOICES = Choices()
_TOLD: tuple[type[Base], ...] = (Customer, *(kind for kind, _ in LISTS.values()), CustomValue)


@dataclass(frozen=True, slots=True)
class Merged:
    merge_id: int
    kept_id: int
    gone_id: int


@dataclass(frozen=True, slots=True)
class Unmerged:
    """What taking a merge back brought; `corrections` are the rows by which both ledgers are whole again."""

    kept_id: int
    gone_id: int
    corrections: tuple[Correction, ...]
    purses: tuple[PurseCorrection, ...] = ()
    """The same for stored value, visits and stamps."""


def merge(
    session: Session, kept_id: int, gone_id: int, choices: Choices = NO_CHOICES, *, at: datetime | None = None
) -> Merged:
    """Let `kept` answer for `gone`: fields as chosen, lists united, ledgers untouched (semantics.md, rule 11).

    `at` is the moment of the act if not given.
    Raises SameCard, AlreadyMerged, CardErased, or NoResultFound when there is no such card.
    """
    kept, gone = two_cards(session, kept_id, gone_id)
    book, when = journal.journal_of(session), at or journal.journal_of(session).at
    session.flush()
    first = len(book.rows)
    told = {"kept": _told(session, kept), "gone": _told(session, gone)}
    unite(session, kept, gone, choices.sides)
    for card in session.scalars(select(Customer).where(Customer.merged_into == gone.id)).all():
        card.merged_into = kept.id  # one step leads from every card to the one that answers
    gone.merged_into = kept.id
    kept.version += 1  # whoever has the card open must not save over what came to it
    session.flush()
    told |= {"changes": snapshot.written(book.rows[first:]), "choices": dict(choices.sides)}
    done = CustomerMerge(kept_id=kept.id, gone_id=gone.id, at=when, staff_id=acting_staff(session), snapshot=told)
    session.add(done)
    session.flush()
    _stand_anew(session, [kept.id], when)
    journal.taken_back_by(session, unmerge, done.id)
    return Merged(done.id, kept.id, gone.id)


def unmerge(session: Session, merge_id: int, *, at: datetime | None = None) -> Unmerged:
    """Take a merge back: exact when nothing happened since (semantics.md, points ledger rule 11).

    Rows made since stay with the card that made them; where they drew on the other's points, corrections make both
    whole. The card that stayed keeps what was edited since, and loses what only the other card had brought.
    Raises MergeTakenBack, MergedSince, or CardErased.
    """
    done = session.get_one(CustomerMerge, merge_id)
    _check_unmergeable(session, done)
    when = at or journal.journal_of(session).at
    sides = _sides(session, done)
    snapshot.put_back(session, done.snapshot["changes"])
    kept = session.get_one(Customer, done.kept_id)
    kept.version += 1
    done.undone_at = when
    session.flush()
    found = corrections.needed(session, sides)
    correcting.post(session, found, sides, f"unmerge:{merge_id}", when)
    purses = whole_again.needed(session, sides)
    whole_again.post(session, purses, f"unmerge:{merge_id}", when)
    _stand_anew(session, [done.kept_id, done.gone_id], when)
    chosen = Choices({name: Side(side) for name, side in done.snapshot["choices"].items()})
    journal.taken_back_by(session, merge, done.kept_id, done.gone_id, chosen)
    return Unmerged(done.kept_id, done.gone_id, tuple(found), tuple(purses))


def unmerge_brings(session: Session, merge_id: int) -> tuple[Correction, ...]:
    """The corrections that taking this merge back would post now: shown before a person says yes.

    Raises MergeTakenBack, MergedSince, or CardErased.
    """
    done = session.get_one(CustomerMerge, merge_id)
    _check_unmergeable(session, done)
    return tuple(corrections.needed(session, _sides(session, done)))


def unmerge_brings_purses(session: Session, merge_id: int) -> tuple[PurseCorrection, ...]:
    """The same for stored value, visits and stamps. Raises MergeTakenBack, MergedSince, or CardErased."""
    done = session.get_one(CustomerMerge, merge_id)
    _check_unmergeable(session, done)
    return tuple(whole_again.needed(session, _sides(session, done)))


def two_cards(session: Session, one: int, other: int) -> tuple[Customer, Customer]:
    """Two cards that may be merged. Raises SameCard, AlreadyMerged, CardErased, or NoResultFound."""
    if one == other:
        raise SameCard
    cards = session.get_one(Customer, one), session.get_one(Customer, other)
    if any(card.merged_into is not None for card in cards):
        raise AlreadyMerged
    _check_not_erased(cards)
    return cards


def _check_not_erased(cards: Collection[Customer]) -> None:
    if any(card.erased_at is not None for card in cards):
        raise CardErased


def _check_unmergeable(session: Session, done: CustomerMerge) -> None:
    if done.undone_at is not None:
        raise MergeTakenBack
    later = later_merge(session, done)
    if later is not None:
        raise MergedSince(merge=later)
    _check_not_erased([session.get_one(Customer, key) for key in (done.kept_id, done.gone_id)])


def later_merge(session: Session, done: CustomerMerge) -> int | None:
    """The last merge that built on this one and stands; what each of them took over could not be told apart."""
    touching = (CustomerMerge.kept_id == done.kept_id) | (CustomerMerge.gone_id == done.kept_id)
    query = select(CustomerMerge.id).where(touching, CustomerMerge.id > done.id, CustomerMerge.undone_at.is_(None))
    return session.scalar(query.order_by(CustomerMerge.id.desc()).limit(1))


def _told(session: Session, card: Customer) -> Any:
    return snapshot.images(session, _TOLD, card.id)


def _sides(session: Session, done: CustomerMerge) -> tuple[list[int], list[int]]:
    """The cards that answer together once this merge is taken back: those that stay, those that went."""
    moved = [
        change["key"][0]
        for change in done.snapshot["changes"]
        if change["table"] == "customers" and (change["before"] or {}).get("merged_into") == done.gone_id
    ]
    went = [done.gone_id, *moved]
    return [card for card in answered_for(session, done.kept_id) if card not in went], went


def _stand_anew(session: Session, cards: Collection[int], at: datetime) -> None:
    """Tiers are worked out over all cards that answer together."""
    zone = ZoneInfo(settings(session).timezone)
    latest = max(at, journal.journal_of(session).at)
    refresh(session, cards, latest.astimezone(zone).date())
