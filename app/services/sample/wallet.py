"""One customer's points while the story is told: lots, debt, and the ledger rows they leave."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.domain.loyalty import OPENS_LOT, PointKind
from app.domain.loyalty.earning import expiry_of
from app.domain.loyalty.lots import Lot, consume, expirable, repayment, spendable
from app.domain.loyalty.returns import Spent, Taken, give_back, take_back
from app.domain.loyalty.spending import SpendingRule, available_from
from app.models.loyalty import PointEntry
from app.services.sample.calendar import Days
from app.services.sample.rows import Rows


class Ledger:
    """Numbers the rows of the points ledger, the same way for everyone."""

    def __init__(self, rows: Rows, days: Days, rule: SpendingRule) -> None:
        self.rows, self.days, self.rule = rows, days, rule
        self._last_id = 0

    def next_id(self) -> int:
        self._last_id += 1
        return self._last_id


@dataclass(slots=True)
class Posting:
    """One operation: what its rows have in common, and how many there are so far."""

    at: datetime
    day: date
    staff_id: int
    sale_id: int | None
    operation_id: str
    rate: str = ""
    rows: int = 0


class Wallet:
    """Follows the rules of `app.domain.loyalty`; every movement becomes a row."""

    __slots__ = ("_customer_id", "_debt", "_expired", "_ledger", "_lots", "_sale_of")

    def __init__(self, ledger: Ledger, customer_id: int) -> None:
        self._ledger, self._customer_id = ledger, customer_id
        self._lots: dict[int, Lot] = {}
        self._debt = 0
        self._expired: dict[int, int] = {}
        self._sale_of: dict[int, int | None] = {}

    def ending(self, day: date, by: date) -> int:
        """Usable points whose last day is `by` or earlier."""
        lots = (lot for lot in self._lots.values() if lot.usable(day))
        return sum(lot.remaining for lot in lots if lot.expires_on is not None and lot.expires_on <= by)

    def spendable(self, day: date) -> int:
        return spendable(self._lots.values(), day, self._debt)

    def expired_of(self, lot_id: int | None) -> int:
        return 0 if lot_id is None else self._expired.get(lot_id, 0)

    def expire(self, day: date) -> None:
        """Let end what has ended before `day`, dated the day after it was last usable."""
        for over in expirable(self._lots.values(), day):
            at, sale_id = self._ledger.days.at(over.on, 0), self._sale_of[over.lot_id]
            self._expired[over.lot_id] = self._expired.get(over.lot_id, 0) + over.points
            posting = Posting(at, over.on, 1, sale_id, f"expire:{over.lot_id}")
            self._draw(PointKind.EXPIRE, over.lot_id, over.points, posting)

    def earn(self, points: int, posting: Posting) -> int | None:
        """Open a lot for a sale and pay what is owed; the lot's id, or None when nothing was earned."""
        if points <= 0:
            return None
        rule = self._ledger.rule
        expires_on = expiry_of(posting.day, rule.expiry_months)
        return self._open(PointKind.EARN, points, expires_on, available_from(posting.day, rule), posting)

    def redeem(self, points: int, posting: Posting) -> list[Spent]:
        """Pay with points; what was drawn from which lot, in order."""
        drawn = consume(self._lots.values(), points, posting.day)
        spent = [Spent(lot_id, n, self._lots[lot_id].expires_on) for lot_id, n in drawn]
        for lot_id, n in drawn:
            self._draw(PointKind.REDEEM, lot_id, n, posting)
        return spent

    def take_back(self, own_lot: int | None, points: int, posting: Posting) -> None:
        """Take earned points away again; what no lot holds becomes a debt."""
        own = () if own_lot is None else (own_lot,)
        for taken in take_back(self._lots.values(), own, points, posting.day):
            self._take(taken, posting)

    def give_back(self, spent: list[Spent], points: int, posting: Posting) -> None:
        """Return spent points in new lots with the last day they had."""
        for given in give_back(spent, 0, points, posting.day, self._ledger.rule.give_back_days):
            self._open(PointKind.GIVE_BACK, given.points, given.expires_on, posting.day, posting)

    def _take(self, taken: Taken, posting: Posting) -> None:
        if taken.lot_id is None:
            self._debt += taken.points
            self._row(PointKind.TAKE_BACK, -taken.points, posting)
        else:
            self._draw(PointKind.TAKE_BACK, taken.lot_id, taken.points, posting)

    def _open(self, kind: PointKind, points: int, expires_on: date | None, usable: date, posting: Posting) -> int:
        lot_id = self._row(kind, points, posting, available_from=usable, expires_on=expires_on)
        self._lots[lot_id] = Lot(lot_id, points, usable, expires_on, posting.at)
        self._sale_of[lot_id] = posting.sale_id
        self._repay(lot_id, repayment(self._debt, points), posting)
        return lot_id

    def _repay(self, lot_id: int, points: int, posting: Posting) -> None:
        if points:
            self._draw(PointKind.REPAY, lot_id, points, posting)
            self._row(PointKind.REPAY, points, posting)
            self._debt -= points

    def _draw(self, kind: PointKind, lot_id: int, points: int, posting: Posting) -> None:
        self._row(kind, -points, posting, lot_id=lot_id)
        lot = self._lots[lot_id]
        if lot.remaining == points:
            del self._lots[lot_id]
        else:
            self._lots[lot_id] = replace(lot, remaining=lot.remaining - points)

    def _row(self, kind: PointKind, points: int, posting: Posting, **lot: Any) -> int:
        row_id = self._ledger.next_id()
        opens = kind in OPENS_LOT
        self._ledger.rows.add(
            PointEntry,
            id=row_id,
            customer_id=self._customer_id,
            at=posting.at,
            shop_day=posting.day,
            kind=kind,
            points=points,
            sale_id=posting.sale_id,
            opens_lot=opens,
            lot_id=lot.get("lot_id"),
            available_from=lot.get("available_from"),
            expires_on=lot.get("expires_on"),
            staff_id=posting.staff_id,
            rate=posting.rate if opens else "",
            operation_id=posting.operation_id,
            ordinal=posting.rows,
        )
        posting.rows += 1
        return row_id
