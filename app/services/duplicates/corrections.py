"""What makes two ledgers whole again when a merge is taken back (semantics.md, points ledger rule 11).

Each card gets its own rows back. Where rows of one side drew on a lot of the other, that lot is filled again and the
points are owed by the side that spent them; where one side paid what the other owed, it gets its points back. Every
correction is a pair of rows on one card, so no balance changes: only what lies in lots and what is owed.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models.loyalty import PointEntry
from app.services.loyalty.sale_lots import room


class Because(StrEnum):
    SPENT_OTHERS_LOT = "spent_others_lot"
    PAID_OTHERS_DEBT = "paid_others_debt"


@dataclass(frozen=True, slots=True)
class Correction:
    """So many points go into a lot and are owed by (or taken from what was paid for) a card."""

    because: Because
    customer_id: int
    """Whose rows these are: who owes the points now, or gets them back."""
    lot_owner: int
    lot_id: int | None
    """The lot that is filled again; None: a new one, where nothing says which it was."""
    points: int
    expires_on: date | None
    """Of the lot, where there is one."""


_FOREIGN = text("""
SELECT p.customer_id, lot.customer_id, lot.id, lot.expires_on, sum(p.points)
FROM point_entries p JOIN point_entries lot ON lot.id = p.lot_id
WHERE p.customer_id IN (SELECT value FROM json_each(:side))
AND lot.customer_id NOT IN (SELECT value FROM json_each(:side))
GROUP BY p.customer_id, lot.id HAVING sum(p.points) < 0 ORDER BY lot.id, p.customer_id
""")
"""Which lots of others the cards of a side have drawn on, and what of it was not put back."""
_LOOSE = text("""
SELECT coalesce(sum(points), 0) FROM point_entries
WHERE lot_id IS NULL AND NOT opens_lot AND customer_id IN (SELECT value FROM json_each(:side))
""")
_REPAID_FROM = text("""
SELECT lot.customer_id, lot.id, lot.expires_on, -sum(p.points) FROM point_entries p
JOIN point_entries lot ON lot.id = p.lot_id
WHERE p.customer_id IN (SELECT value FROM json_each(:side)) AND p.kind IN ('repay', 'correct')
AND lot.customer_id IN (SELECT value FROM json_each(:side))
GROUP BY lot.id HAVING sum(p.points) < 0 ORDER BY lot.id DESC
""")


def needed(session: Session, sides: Iterable[Collection[int]]) -> list[Correction]:
    """What keeps these sides, each the cards that answer together from now on, from being whole by themselves."""
    found: list[Correction] = []
    for side in sides:
        spent = _spent(session, side)
        found += spent
        found += _paid(session, side, sum(each.points for each in spent))
    return found


def _spent(session: Session, side: Collection[int]) -> list[Correction]:
    rows = session.execute(_FOREIGN, {"side": json.dumps(sorted(side))})
    return [
        Correction(Because.SPENT_OTHERS_LOT, card, owner, lot, -points, _day(last))
        for card, owner, lot, last, points in rows
    ]


def _paid(session: Session, side: Collection[int], owed_more: int) -> list[Correction]:
    """A side that has paid more than it owed has paid for the other: its newest repayments come back first."""
    bound = {"side": json.dumps(sorted(side))}
    over = session.execute(_LOOSE, bound).scalar_one() - owed_more
    found = []
    for card, lot, last, repaid in session.execute(_REPAID_FROM, bound).all() if over > 0 else ():
        part = min(over, repaid, room(session, session.get_one(PointEntry, lot)))
        if part > 0:
            found.append(Correction(Because.PAID_OTHERS_DEBT, card, card, lot, part, _day(last)))
            over -= part
    if over > 0:
        owner = next(iter(side))
        found.append(Correction(Because.PAID_OTHERS_DEBT, owner, owner, None, over, None))
    return found


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
