"""Who looks like the card a person is filling in, or like another card; and which pairs of the base look alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.duplicates import Face, Found, Likeness, Pair, compare, face, find
from app.domain.phones import normalise
from app.models.customers import NotSame
from app.services.customers import CustomerDraft, CustomerRow, rows
from app.services.duplicates.faces import faces, near
from app.services.settings import settings

MOST_COMPARED = 60
NOBODY = 0

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A card that looks like the one asked about."""

    row: CustomerRow
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two cards that look alike; `one` has bought more often (or is older): the one to keep unless a person says so."""

    one: CustomerRow
    other: CustomerRow
    likeness: Likeness


def look_alikes(session: Session, draft: CustomerDraft, besides: int | None = None, limit: int = 5) -> list[LookAlike]:
    """Cards that may be the person of a draft, the likeliest first: asked while it is typed.

    `besides` is the card that is edited: it is left out, with those judged to be somebody else.
    """
    region = settings(session).phone_region
    numbers = [normalise(phone.text, region) for phone in draft.phones if phone.text.strip()]
    asked = face(besides or NOBODY, draft.name, numbers, draft.birthday)
    ids = near(session, asked, MOST_COMPARED)
    if besides is not None:
        ids -= _judged_besides(session, besides)
    return _alike(session, asked, ids, limit) if ids else []


def _alike(session: Session, asked: Face, ids: set[int], limit: int) -> list[LookAlike]:
    compared = ((each.id, compare(asked, each)) for each in faces(session, ids))
    found = {key: likeness for key, likeness in compared if likeness is not None}
    best = sorted(found, key=lambda key: (-found[key].score, key))[:limit]
    return [LookAlike(row, found[row.id]) for row in rows(session, best)]


def look_over(session: Session, *, progress: Progress = lambda done, total: None) -> Found:
    """Every pair of the base that looks alike, the strongest first, and what is too common to say anything.

    Pairs judged not to be the same are left out, as are cards merged away or erased. Reads every card: ask for it
    later, not while a person waits. `progress` may raise Cancelled.
    """
    return find(faces(session), frozenset(_judged(session)), step=progress)


def pair_rows(session: Session, pairs: Sequence[Pair]) -> list[PairRow]:
    """What a list shows of these pairs, in their order; a pair one of whose cards is gone is left out."""
    shown = {row.id: row for row in rows(session, sorted({key for pair in pairs for key in (pair.low, pair.high)}))}
    return [
        _pair_row(shown[pair.low], shown[pair.high], pair.likeness)
        for pair in pairs
        if pair.low in shown and pair.high in shown
    ]


def pairs(session: Session, offset: int = 0, limit: int = 100) -> list[PairRow]:
    """A page of the pairs of the base. Who shows several pages asks `look_over` once and `pair_rows` for each."""
    return pair_rows(session, look_over(session).pairs[offset : offset + limit])


def pair_count(session: Session) -> int:
    """How many pairs of the base look alike."""
    return len(look_over(session).pairs)


def _pair_row(low: CustomerRow, high: CustomerRow, likeness: Likeness) -> PairRow:
    first, second = sorted((low, high), key=lambda row: (row.archived, -row.purchase_days, row.id))
    return PairRow(first, second, likeness)


def _judged(session: Session) -> list[tuple[int, int]]:
    return [(row[0], row[1]) for row in session.execute(select(NotSame.low_id, NotSame.high_id))]


def _judged_besides(session: Session, customer_id: int) -> set[int]:
    found = select(NotSame.low_id, NotSame.high_id).where(
        (NotSame.low_id == customer_id) | (NotSame.high_id == customer_id)
    )
    return {key for row in session.execute(found) for key in (row[0], row[1])} - {customer_id}
