"""Writing what makes two ledgers whole again, each correction a pair of rows on one card (semantics.md, rule 11)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.loyalty.earning import expiry_of
from app.domain.loyalty.kinds import PointKind
from app.domain.shop_rules import spending_rule
from app.models.loyalty import PointEntry
from app.services.duplicates.corrections import Correction
from app.services.loyalty.expiry import expire_of
from app.services.loyalty.holdings import debt_of
from app.services.loyalty.sale_lots import left_in, room, taken_elsewhere
from app.services.settings import settings
from app.storage.unit_of_work import acting_staff

LOOSE: dict[str, Any] = {}
"""Without a lot: what is owed, or paid of it."""


def post(
    session: Session,
    corrections: Collection[Correction],
    sides: Sequence[Collection[int]],
    operation_id: str,
    at: datetime,
) -> None:
    """Write each correction as its pair of rows; a lot that has ended since then ends again."""
    if not corrections:
        return
    pairs = _Pairs(session, operation_id, at)
    for each in corrections:
        into = pairs.new_lot() if each.lot_id is None else {"lot_id": each.lot_id}
        pairs.write(each.customer_id, each.points, into, LOOSE)
    for lot_id in dict.fromkeys(each.lot_id for each in corrections if each.lot_id is not None):
        _take_what_came_back(session, pairs, lot_id, sides)
    expire_of(session, {card for side in sides for card in side}, pairs.day, pairs.zone)


def _take_what_came_back(session: Session, pairs: "_Pairs", lot_id: int, sides: Sequence[Collection[int]]) -> None:
    """A lot made whole gives up what was taken back of its sale from elsewhere, while it lay empty.

    It pays what its side owes first, then fills the side's other lots that had to stand in for it.
    """
    lot = session.get_one(PointEntry, lot_id)
    over = min(-room(session, lot), left_in(session, lot_id))
    if over <= 0 or lot.sale_id is None:
        return
    side = next((side for side in sides if lot.customer_id in side), ())
    out_of = {"lot_id": lot_id}
    owed = min(over, debt_of(session, side))
    if owed:
        pairs.write(lot.customer_id, owed, LOOSE, out_of)
    over -= owed
    for other, taken in taken_elsewhere(session, lot.sale_id):
        stood_in = session.get_one(PointEntry, other)
        part = min(over, taken, room(session, stood_in))
        if part > 0 and stood_in.customer_id in side:
            pairs.write(lot.customer_id, part, {"lot_id": other}, out_of)
            over -= part
    if over:
        pairs.write(lot.customer_id, over, pairs.new_lot(), out_of)


class _Pairs:
    """Pairs of rows of one operation, numbered by card."""

    def __init__(self, session: Session, operation_id: str, at: datetime) -> None:
        self._session, self._operation, self._at = session, operation_id, at
        self._shop = settings(session)
        self.zone = ZoneInfo(self._shop.timezone)
        self.day = at.astimezone(self.zone).date()
        self._numbers: defaultdict[int, int] = defaultdict(int)

    def new_lot(self) -> dict[str, Any]:
        last = expiry_of(self.day, spending_rule(self._shop).expiry_months)
        return {"opens_lot": True, "available_from": self.day, "expires_on": last}

    def write(self, card: int, points: int, into: dict[str, Any], out_of: dict[str, Any]) -> None:
        """So many points out of one place, into another."""
        for signed, where in ((points, into), (-points, out_of)):
            entry = PointEntry(
                customer_id=card,
                at=self._at,
                shop_day=self.day,
                kind=PointKind.CORRECT,
                points=signed,
                staff_id=acting_staff(self._session),
                operation_id=f"{self._operation}:{card}",
                ordinal=self._numbers[card],
                **where,
            )
            self._numbers[card] += 1
            self._session.add(entry)
        self._session.flush()
