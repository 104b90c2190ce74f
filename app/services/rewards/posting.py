"""Writing into the purses' ledgers: one operation, its rows numbered, each drawn on the lots it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Self

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.domain.loyalty.lots import Lot, draw, repayment, spendable
from app.domain.rewards.kinds import Move
from app.domain.rewards.refusals import NotEnoughOnCard, SpentSince
from app.domain.shop import ShopSettings
from app.models.rewards import PurseEntry, VisitEntry
from app.services.loyalty.operation import Operation
from app.services.rewards.expiry import expire_of, worth_left
from app.services.rewards.purses import LEDGERS, Pocket, debt_of, left_of, lots_of, pocket_of
from app.storage import journal
from app.storage.unit_of_work import acting_staff


@dataclass
class Posting(Operation):
    """One operation on one customer's purses. What has ended is let go before anything is drawn on (rule 4)."""

    _ordinals: dict[type[PurseEntry], int] = field(default_factory=dict)
    _opened: set[Pocket] = field(default_factory=set)

    @classmethod
    def among_many(
        cls, session: Session, shop: ShopSettings, customer_id: int, operation_id: str, at: datetime, reason: str
    ) -> Self:
        posting = super().among_many(session, shop, customer_id, operation_id, at, reason)
        posting._ordinals = dict.fromkeys(LEDGERS.values(), 0)
        return posting

    def lots(self, pocket: Pocket) -> list[Lot]:
        """What can be drawn on today, in spending order."""
        if pocket not in self._opened:
            self._opened.add(pocket)
            expire_of(self.session, pocket.ledger, self.cards, self.day, self.zone)
        return [lot for lot in lots_of(self.session, pocket, self.cards) if not lot.past(self.day)]

    def debt(self, pocket: Pocket) -> int:
        return debt_of(self.session, pocket, self.cards)

    def usable(self, pocket: Pocket) -> int:
        return spendable(self.lots(pocket), self.day, self.debt(pocket))

    def open_lot(
        self,
        pocket: Pocket,
        move: Move,
        units: int,
        *,
        expires_on: date | None = None,
        plan_id: int | None = None,
        worth: int = 0,
        owed: int | None = None,
    ) -> PurseEntry:
        """Something comes in, out of which what is owed is paid first (rule 6)."""
        owed = self.debt(pocket) if owed is None else owed
        more: dict[str, Any] = {"plan_id": plan_id} if plan_id is not None else {}
        lot = self._post(pocket, move, units, opens_lot=True, expires_on=expires_on, worth=worth, **more)
        self._repay(pocket, [(lot.id, repayment(owed, units))])
        return lot

    def spend(self, pocket: Pocket, move: Move, units: int) -> list[PurseEntry]:
        """Something goes: earliest expiry first, one row for each lot touched (rule 3).

        Raises NotEnoughOnCard, and posts nothing, when the usable lots less what is owed hold less.
        """
        lots = self.lots(pocket)
        short = units - spendable(lots, self.day, self.debt(pocket))
        if short > 0:
            raise NotEnoughOnCard(short_by=short)
        return [self._draw(pocket, move, lot_id, part) for lot_id, part in draw(lots, units)]

    def take(self, pocket: Pocket, move: Move, units: int, own: Sequence[int] = ()) -> None:
        """Something goes whoever holds it: from these lots, then the customer's others, then into debt (rule 5)."""
        lots = sorted(self.lots(pocket), key=lambda lot: lot.id not in own)
        for lot_id, part in draw(lots, units):
            self._draw(pocket, move, lot_id, part)
            units -= part
        if units > 0:
            self._post(pocket, move, -units)

    def write_off(self, pocket: Pocket, units: int) -> None:
        """The shop gives up so much of what it is owed (rule 6)."""
        self._post(pocket, Move.ADJUST, units)

    def correct(self, pocket: Pocket, units: int, lot_id: int | None, worth: int) -> None:
        """Fill a lot, or a new one, and owe as much for it: no balance changes (rule 11)."""
        self._post(pocket, Move.CORRECT, units, lot_id=lot_id, opens_lot=lot_id is None, worth=worth)
        self._post(pocket, Move.CORRECT, -units)

    def reverse(self, entries: Sequence[PurseEntry]) -> None:
        """Turn an operation round, last row first, on the same lots (rule 10).

        Raises SpentSince when what it brought has been used meanwhile; what expired of it is gone already.
        """
        opened = {entry.id for entry in entries if entry.opens_lot}
        for entry in reversed([entry for entry in entries if not entry.opens_lot]):
            self._turn_round(entry, opened)
        for entry in reversed([entry for entry in entries if entry.opens_lot]):
            self._close_lot(entry)
        for pocket in {pocket_of(entry) for entry in entries}:
            self._repay(pocket, draw(self.lots(pocket), self.debt(pocket)))

    def close_untouched(self, lot: PurseEntry) -> None:
        """Take a lot back from which nothing was ever drawn."""
        self._post(pocket_of(lot), lot.move, -lot.units, lot_id=lot.id, worth=-_worth(lot))

    def _turn_round(self, entry: PurseEntry, opened: set[int]) -> None:
        pocket, worth = pocket_of(entry), -_worth(entry)
        if entry.lot_id is None and entry.units < 0:
            self._make_good(entry, -entry.units, self._last_day_of(entry, pocket))
            return
        if entry.lot_id is None or entry.lot_id in opened:
            self._post(pocket, entry.move, -entry.units, lot_id=entry.lot_id, worth=worth)
            return
        lot = self.session.get_one(type(entry), entry.lot_id)
        if entry.units > left_of(self.session, type(entry), lot.id):
            raise SpentSince
        missing = min(-entry.units, self._missing_by(entry, lot)) if entry.units < 0 else -entry.units
        if missing:
            value = worth * missing // -entry.units
            self._post(pocket, entry.move, missing, lot_id=lot.id, worth=value)
        if -entry.units > missing:
            self._make_good(entry, -entry.units - missing, lot.expires_on)

    def _missing_by(self, entry: PurseEntry, lot: PurseEntry) -> int:
        """What the card of an entry has drawn from a lot and not put back, and nobody else has put back either.

        When cards part, the lots of each are made whole (rule 11): what was corrected then is not put back again, not
        even when the two answer together once more.
        """
        if lot.customer_id not in self.cards:
            return 0
        kind = type(entry)
        by_card = case((kind.customer_id == entry.customer_id, kind.units), else_=0)
        query = select(func.sum(by_card), func.sum(kind.units)).where(kind.lot_id == lot.id)
        drawn, moved = self.session.execute(query).one()
        return max(0, min(-(drawn or 0), -(moved or 0)))

    def _make_good(self, entry: PurseEntry, units: int, last_day: date | None) -> None:
        """So much comes back where no lot can be filled: it was owed, or the lot was made whole already (rule 11).

        What is still owed is owed no longer; what was repaid since comes back as a lot with this end.
        """
        pocket = pocket_of(entry)
        owed = min(units, self.debt(pocket))
        if owed:
            self._post(pocket, entry.move, owed)
        if units > owed:
            worth = _worth(entry) * (units - owed) // entry.units
            self._post(pocket, entry.move, units - owed, opens_lot=True, expires_on=last_day, worth=worth)

    def _last_day_of(self, entry: PurseEntry, pocket: Pocket) -> date | None:
        """When the last lot ends that the sale brought, or some days from now where that has passed; None: never."""
        kind = type(entry)
        query = select(kind.expires_on).where(kind.sale_id == entry.sale_id, kind.opens_lot, *pocket.among(kind))
        ends = list(self.session.scalars(query))
        grace = self.day + timedelta(days=self.shop.points_give_back_days)
        return None if None in ends else max((end for end in ends if end and end >= self.day), default=grace)

    def _close_lot(self, entry: PurseEntry) -> None:
        units = entry.units - self._expired(entry)
        if units > left_of(self.session, type(entry), entry.id):
            raise SpentSince
        if units:
            worth = -worth_left(self.session, entry)
            self._post(pocket_of(entry), entry.move, -units, lot_id=entry.id, worth=worth)

    def _expired(self, entry: PurseEntry) -> int:
        kind = type(entry)
        query = select(func.coalesce(func.sum(kind.units), 0)).where(kind.lot_id == entry.id, kind.move == Move.EXPIRE)
        return -self.session.scalars(query).one()

    def _repay(self, pocket: Pocket, parts: Sequence[tuple[int, int]]) -> None:
        for lot_id, units in parts:
            if units > 0:
                self._draw(pocket, Move.REPAY, lot_id, units)
                self._post(pocket, Move.REPAY, units)

    def _draw(self, pocket: Pocket, move: Move, lot_id: int, units: int) -> PurseEntry:
        return self._post(pocket, move, -units, lot_id=lot_id, worth=-self._share(pocket, lot_id, units))

    def _share(self, pocket: Pocket, lot_id: int, units: int) -> int:
        """What so many visits of a lot were paid with: their part of what is left, all of it with the last one."""
        if pocket.ledger is not VisitEntry:
            return 0
        lot = self.session.get_one(VisitEntry, lot_id)
        return worth_left(self.session, lot) * units // left_of(self.session, VisitEntry, lot_id)

    def _post(
        self,
        pocket: Pocket,
        move: Move,
        units: int,
        *,
        lot_id: int | None = None,
        opens_lot: bool = False,
        expires_on: date | None = None,
        worth: int = 0,
        **more: Any,
    ) -> PurseEntry:
        ledger = pocket.ledger
        if ledger is VisitEntry:
            more["worth"] = worth
        entry = ledger(
            customer_id=self.customer_id,
            at=self.at,
            shop_day=self.day,
            move=move,
            units=units,
            sale_id=self.sale_id,
            opens_lot=opens_lot,
            lot_id=lot_id,
            expires_on=expires_on,
            staff_id=acting_staff(self.session),
            reason=self.reason,
            operation_id=self.operation_id,
            ordinal=self._next(ledger),
            **pocket.scope | more,
        )
        journal.put(self.session, entry)
        return entry

    def _next(self, ledger: type[PurseEntry]) -> int:
        """One operation may be posted in several steps; its rows are numbered on."""
        if ledger not in self._ordinals:
            taken = select(func.count()).where(ledger.operation_id == self.operation_id)
            self._ordinals[ledger] = self.session.scalars(taken).one()
        self._ordinals[ledger] += 1
        return self._ordinals[ledger] - 1


def posted(session: Session, operation_id: str) -> list[PurseEntry]:
    """The rows of an operation in all the purses, in their order; none when it never happened."""
    found: list[PurseEntry] = []
    for ledger in LEDGERS.values():
        query = select(ledger).where(ledger.operation_id == operation_id).order_by(ledger.ordinal)
        found += session.scalars(query)
    return found


def _worth(entry: PurseEntry) -> int:
    return entry.worth if isinstance(entry, VisitEntry) else 0
