"""Writing into the ledger: one operation, its rows numbered, each drawn on the lots it belongs to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.domain.loyalty.earning import expiry_of
from app.domain.loyalty.kinds import PointKind
from app.domain.loyalty.lots import Lot, consume, draw, repayment
from app.domain.loyalty.returns import Given, take_back
from app.domain.loyalty.spending import available_from
from app.domain.shop_rules import spending_rule
from app.models.loyalty import PointEntry
from app.services.loyalty.holdings import debt_of, lots_of, lots_to_pay
from app.services.loyalty.operation import Operation
from app.services.loyalty.sale_lots import EARNED, room
from app.storage import journal
from app.storage.unit_of_work import acting_staff


@dataclass
class Posting(Operation):
    """One operation on one customer's points. Each row sees what came before it."""

    _posted: int = field(default=0, init=False)
    """How many rows the operation has."""

    def lots(self) -> list[Lot]:
        return lots_of(self.session, self.cards)

    def debt(self) -> int:
        return debt_of(self.session, self.cards)

    def open_lot(self, kind: PointKind, points: int, *, rate: str = "", owed: int | None = None) -> None:
        """Points come in: a lot under today's rule, out of which what is owed is paid first (rules 2, 6, 8).

        Only what a sale earned waits for its return window; what is given by hand can be spent at once.
        """
        rule, owed = spending_rule(self.shop), self.debt() if owed is None else owed
        lot = self._post(
            kind,
            points,
            opens_lot=True,
            available_from=available_from(self.day, rule) if kind is PointKind.EARN else self.day,
            expires_on=expiry_of(self.day, rule.expiry_months),
            rate=rate,
        )
        self._repay([(lot, repayment(owed, points))])

    def bring_lot(self, kind: PointKind, points: int, expires_on: date | None, *, owed: int | None = None) -> None:
        """Points come along that were earned elsewhere, usable at once; without a last day it is by today's rule."""
        last = expires_on or expiry_of(self.day, spending_rule(self.shop).expiry_months)
        owed = self.debt() if owed is None else owed
        lot = self._post(kind, points, opens_lot=True, available_from=self.day, expires_on=last)
        self._repay([(lot, repayment(owed, points))])

    def redeem(self, points: int) -> None:
        """Points pay: earliest expiry first, one row for each lot touched (rule 3).

        Raises NotEnoughPoints when the usable lots hold less.
        """
        for lot_id, part in consume(lots_to_pay(self.session, self.cards, points, self.day), points, self.day):
            self._post(PointKind.REDEEM, -part, lot_id=lot_id)

    def take(self, kind: PointKind, points: int) -> None:
        """Points go by hand: from the lots in spending order, and never into debt.

        Raises NotEnoughPoints when less is held.
        """
        alive = [replace(lot, available_from=date.min) for lot in self.lots()]
        for lot_id, part in consume(alive, points, self.day):
            self._post(kind, -part, lot_id=lot_id)

    def take_back(self, own_lots: Collection[int], points: int) -> None:
        """Earned points go with the goods that came back: the sale's own lots, then the others, then debt (rule 5)."""
        for taken in take_back(self.lots(), own_lots, points, self.day):
            self._post(PointKind.TAKE_BACK, -taken.points, lot_id=taken.lot_id)

    def give_back(self, parts: Sequence[Given]) -> None:
        """Spent points come back, each part a lot with the last day it had; what is owed is paid first (rules 6, 7)."""
        owed = self.debt() if parts else 0
        for part in parts:
            lot = self._post(
                PointKind.GIVE_BACK,
                part.points,
                opens_lot=True,
                available_from=self.day,
                expires_on=part.expires_on,
            )
            repaid = repayment(owed, part.points)
            self._repay([(lot, repaid)])
            owed -= repaid

    def write_off(self, points: int) -> None:
        """The shop gives up `points` of what it is owed (rule 6)."""
        self._post(PointKind.ADJUST, points)

    def reverse(self, entries: Sequence[PointEntry]) -> None:
        """Turn an operation round, last row first, on the same lots (rule 10).

        What a lot of it has lost since then is taken from the customer's other lots, then owed; what expired of it is
        gone already and is not taken twice (rule 5). Each row keeps the sale whose points it moves.
        """
        opened = [entry for entry in entries if entry.opens_lot]
        own = {entry.id for entry in opened}
        for entry in reversed([entry for entry in entries if not entry.opens_lot]):
            self.sale_id = entry.sale_id
            self._turn_round(entry, own)
        for entry in reversed(opened):
            self.sale_id = entry.sale_id
            self._close_lot(entry)
        self._settle()

    def close_untouched(self, lot: PointEntry) -> None:
        """Take a lot back from which nothing was ever drawn."""
        self._post(lot.kind, -lot.points, lot_id=lot.id)

    def _turn_round(self, entry: PointEntry, own: Collection[int]) -> None:
        """Back onto the same lot, as far as the sale that opened it still gives; the rest into one with the same end.

        What then expires must not count as expired of a sale that was returned or taken back (rule 5). A lot of `own`
        is closed by the same operation afterwards; what a sale earned and what was taken back of it are what it gives.
        """
        if entry.lot_id is None and entry.points < 0:
            self._make_good(entry.kind, -entry.points, self.day, self._last_day_of(entry.sale_id))
            return
        if entry.lot_id is None or entry.points > 0:
            self._post(entry.kind, -entry.points, lot_id=entry.lot_id)
            return
        lot = self.session.get_one(PointEntry, entry.lot_id)
        missing = min(-entry.points, self._missing_by(entry, lot))
        self._make_good(entry.kind, -entry.points - missing, lot.available_from, lot.expires_on)
        gives = lot.id in own or (entry.kind in EARNED and entry.sale_id == lot.sale_id)
        fits = missing if gives else max(0, min(missing, room(self.session, lot)))
        if fits:
            self._post(entry.kind, fits, lot_id=lot.id)
        if missing > fits:
            usable, last_day = lot.available_from, lot.expires_on
            self._post(entry.kind, missing - fits, opens_lot=True, available_from=usable, expires_on=last_day)

    def _missing_by(self, entry: PointEntry, lot: PointEntry) -> int:
        """What the card of an entry has drawn from a lot and not put back, and nobody else has put back either.

        When cards part, the lots of each are made whole (rule 11): what was corrected then is not put back again, not
        even when the two answer together once more.
        """
        if lot.customer_id not in self.cards:
            return 0
        by_card = case((PointEntry.customer_id == entry.customer_id, PointEntry.points), else_=0)
        query = select(func.sum(by_card), func.sum(PointEntry.points)).where(PointEntry.lot_id == lot.id)
        drawn, moved = self.session.execute(query).one()
        return max(0, min(-(drawn or 0), -(moved or 0)))

    def _make_good(self, kind: PointKind, points: int, usable: date | None, last_day: date | None) -> None:
        """Points go back where no lot can be filled: they were owed, or the lot has been made whole (rule 11).

        What is still owed is owed no longer; what was repaid since comes back as a lot with these days.
        """
        owed = min(points, self.debt())
        if owed > 0:
            self._post(kind, owed)
        if points > owed:
            self._post(kind, points - max(0, owed), opens_lot=True, available_from=usable, expires_on=last_day)

    def _last_day_of(self, sale_id: int | None) -> date | None:
        """When the last of a sale's lots ends, or some days from now where that has passed; None: never."""
        query = select(PointEntry.expires_on).where(
            PointEntry.sale_id == sale_id, PointEntry.kind == PointKind.EARN, PointEntry.opens_lot
        )
        ends = list(self.session.scalars(query))
        grace = self.day + timedelta(days=self.shop.points_give_back_days)
        return None if None in ends else max((end for end in ends if end and end >= self.day), default=grace)

    def _close_lot(self, entry: PointEntry) -> None:
        points = entry.points - self._expired(entry.id)
        lots = [replace(lot, expires_on=None) if lot.id == entry.id else lot for lot in self.lots()]
        for taken in take_back(lots, (entry.id,), points, self.day):
            self._post(entry.kind, -taken.points, lot_id=taken.lot_id)

    def _expired(self, lot_id: int) -> int:
        query = select(func.coalesce(func.sum(PointEntry.points), 0)).where(
            PointEntry.lot_id == lot_id, PointEntry.kind == PointKind.EXPIRE
        )
        return -self.session.scalars(query).one()

    def _settle(self) -> None:
        """Whoever holds lots again owes nothing: what is owed is paid from them."""
        usable = [lot for lot in self.lots() if not lot.past(self.day)]
        self._repay(draw(usable, self.debt()))

    def _repay(self, parts: Sequence[tuple[int, int]]) -> None:
        for lot_id, points in parts:
            if points > 0:
                self._post(PointKind.REPAY, -points, lot_id=lot_id)
                self._post(PointKind.REPAY, points)

    def _post(
        self,
        kind: PointKind,
        points: int,
        *,
        lot_id: int | None = None,
        opens_lot: bool = False,
        available_from: date | None = None,
        expires_on: date | None = None,
        rate: str = "",
    ) -> int:
        """Write the operation's next row; its id."""
        ordinal, self._posted = self._posted, self._posted + 1
        return journal.post(
            self.session,
            PointEntry,
            customer_id=self.customer_id,
            at=self.at,
            shop_day=self.day,
            kind=kind,
            points=points,
            sale_id=self.sale_id,
            opens_lot=opens_lot,
            lot_id=lot_id,
            available_from=available_from,
            expires_on=expires_on,
            staff_id=acting_staff(self.session),
            reason=self.reason,
            rate=rate,
            operation_id=self.operation_id,
            ordinal=ordinal,
        )


def posted(session: Session, operation_id: str) -> list[PointEntry]:
    """The rows of an operation in their order; none when it never happened."""
    query = select(PointEntry).where(PointEntry.operation_id == operation_id).order_by(PointEntry.ordinal)
    return list(session.scalars(query))


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a shop day."""
    return datetime.combine(day, time(), zone)
