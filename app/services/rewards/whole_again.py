"""What makes the purses of two cards whole again when a merge is taken back (semantics.md, points ledger rule 11).

As for points: where one side drew on a lot of the other, that lot is filled again and the side that spent it owes as
much; where one side paid what the other owed, it gets that back. Coupons need nothing: a code that was used is used.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.domain.rewards.kinds import Move
from app.models.rewards import PurseEntry
from app.services.rewards.posting import Posting
from app.services.rewards.purses import LEDGERS, Pocket, pocket_of
from app.services.settings import settings


@dataclass(frozen=True, slots=True)
class PurseCorrection:
    """So much goes into a lot of a purse and is owed by, or taken from what was paid for, a card."""

    pocket: Pocket
    customer_id: int
    """Whose rows these are: who owes it now, or gets it back."""
    lot_owner: int
    lot_id: int | None
    """The lot that is filled again; None: a new one, where nothing says which it was."""
    units: int
    expires_on: date | None
    """Of the lot, where there is one."""
    worth: int = 0
    """Of visits: what the lot gets back, in minor units."""


def needed(session: Session, sides: Iterable[Collection[int]]) -> list[PurseCorrection]:
    """What keeps these sides, each the cards that answer together from now on, from being whole by themselves."""
    found: list[PurseCorrection] = []
    for side in sides:
        for entry in LEDGERS.values():
            spent = list(_spent(session, entry, side))
            found += spent
            found += _paid(session, entry, side, spent)
    return found


def _spent(session: Session, entry: type[PurseEntry], side: Collection[int]) -> Iterator[PurseCorrection]:
    """Lots of others that the cards of a side have drawn on, and what of it was not put back."""
    lot = aliased(entry)
    worth = func.sum(getattr(entry, "worth", entry.units * 0))
    query = (
        select(entry.customer_id, lot, func.sum(entry.units), worth)
        .join(lot, lot.id == entry.lot_id)
        .where(entry.customer_id.in_(side), lot.customer_id.not_in(side))
        .group_by(entry.customer_id, lot.id)
        .having(func.sum(entry.units) < 0)
        .order_by(lot.id, entry.customer_id)
    )
    for card, filled, units, value in session.execute(query).all():
        yield PurseCorrection(pocket_of(filled), card, filled.customer_id, filled.id, -units, filled.expires_on, -value)


def _paid(
    session: Session, entry: type[PurseEntry], side: Collection[int], spent: Collection[PurseCorrection]
) -> Iterator[PurseCorrection]:
    """A side that has paid more than it owed has paid for the other: its newest repayments come back first."""
    for pocket in _loose(session, entry, side):
        owed_more = sum(each.units for each in spent if each.pocket == pocket)
        over = _loose_sum(session, pocket, side) - owed_more
        for lot, repaid, worth in _repaid(session, pocket, side) if over > 0 else ():
            part = min(over, repaid)
            if part > 0:
                value = worth * part // repaid
                yield PurseCorrection(pocket, lot.customer_id, lot.customer_id, lot.id, part, lot.expires_on, value)
                over -= part
        if over > 0:
            owner = next(iter(side))
            yield PurseCorrection(pocket, owner, owner, None, over, None)


def _loose(session: Session, entry: type[PurseEntry], side: Collection[int]) -> list[Pocket]:
    """The purses of a side to which something is or was owed."""
    query = select(entry).where(entry.customer_id.in_(side), entry.lot_id.is_(None), ~entry.opens_lot)
    return list(dict.fromkeys(pocket_of(row) for row in session.scalars(query.order_by(entry.id))))


def _loose_sum(session: Session, pocket: Pocket, side: Collection[int]) -> int:
    entry = pocket.ledger
    query = select(func.coalesce(func.sum(entry.units), 0)).where(
        entry.customer_id.in_(side), entry.lot_id.is_(None), ~entry.opens_lot, *pocket.among(entry)
    )
    return session.scalars(query).one()


def _repaid(session: Session, pocket: Pocket, side: Collection[int]) -> list[tuple[PurseEntry, int, int]]:
    """The side's own lots that paid what was owed: how much, and its worth; the newest first."""
    entry = pocket.ledger
    lot = aliased(entry)
    worth = func.sum(getattr(entry, "worth", entry.units * 0))
    query = (
        select(lot, -func.sum(entry.units), -worth)
        .join(lot, lot.id == entry.lot_id)
        .where(
            entry.customer_id.in_(side),
            lot.customer_id.in_(side),
            entry.move.in_((Move.REPAY, Move.CORRECT)),
            *pocket.among(entry),
        )
        .group_by(lot.id)
        .having(func.sum(entry.units) < 0)
        .order_by(lot.id.desc())
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def post(session: Session, corrections: Collection[PurseCorrection], operation_id: str, at: datetime) -> None:
    """Write each correction as its pair of rows; a lot that has ended since then ends again."""
    postings: dict[int, Posting] = {}
    for each in corrections:
        posting = postings.setdefault(
            each.customer_id,
            Posting(session, settings(session), each.customer_id, f"{operation_id}:{each.customer_id}", at),
        )
        posting.correct(each.pocket, each.units, each.lot_id, each.worth)
    for each in corrections:
        postings[each.customer_id].lots(each.pocket)
