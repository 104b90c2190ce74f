"""One customer's points with all their dates: entries may come late, and no lot was ever short, on any day.

The till only knows now. Points of the past are posted between what is in the ledger already, so each lot answers what
could be taken from it at a moment without leaving it short then or later.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.domain.loyalty.kinds import PointKind
from app.domain.loyalty.lots import Lot, draw, repayment, spending_order
from app.domain.loyalty.returns import take_back

Moves = list[tuple[datetime, int, int]]
"""Moment, place among those of the same moment, points."""

GRACE = timedelta(days=30)
"""What a new shop has."""


class Entry(NamedTuple):
    """One row of the ledger."""

    id: int
    customer_id: int
    at: datetime
    day: date
    kind: PointKind
    points: int
    sale_id: int | None
    opens_lot: bool
    lot_id: int | None
    available_from: date | None
    expires_on: date | None
    rate: str
    operation_id: str
    ordinal: int


class Occasion(NamedTuple):
    """What moves points: the operation, when, on which shop day, on whose card."""

    operation_id: str
    at: datetime
    day: date
    customer_id: int


@dataclass(slots=True)
class DatedLot:
    """A lot with every movement on it."""

    entry: Entry
    moves: Moves = field(default_factory=list)
    expired: int = 0
    ends: int = 0
    """How many rows have let it end."""

    def move(self, at: datetime, points: int) -> None:
        insort(self.moves, (at, len(self.moves), points))

    @property
    def remaining(self) -> int:
        return sum(points for _, _, points in self.moves)

    @property
    def lacking(self) -> int:
        """How much has gone out of it."""
        return self.entry.points - self.remaining

    @property
    def refilled(self) -> datetime:
        """When points last came into it."""
        return max(at for at, _, points in self.moves if points > 0)

    def free_from(self, at: datetime) -> int:
        """How much can be taken at that moment without the lot being short then or later."""
        return max(0, min(sums_from(self.moves, at)))

    def as_lot(self, at: datetime) -> Lot:
        first = self.entry
        return Lot(first.id, self.free_from(at), first.available_from or first.day, first.expires_on, first.at)


def sums_from(moves: Moves, at: datetime) -> Iterator[int]:
    """The sum at that moment, then after each later movement."""
    running = sum(points for when, _, points in moves if when <= at)
    yield running
    for when, _, points in moves:
        if when > at:
            running += points
            yield running


class Account:
    """What a customer, with the cards merged into it, holds and owes. `number` gives the ids of new entries.

    `grace` is how long points last that come back after their last day (semantics.md, points ledger rule 7).
    """

    def __init__(self, zone: ZoneInfo, number: Callable[[], int], grace: timedelta = GRACE) -> None:
        self._zone, self._number, self._grace = zone, number, grace
        self.lots: dict[int, DatedLot] = {}
        self.known: list[Entry] = []
        """What was in the ledger before, in its order."""
        self.new: list[Entry] = []
        self.earned: defaultdict[int, int] = defaultdict(int)
        """By sale."""
        self.taken: defaultdict[int, int] = defaultdict(int)
        """By the sale whose points a return took."""
        self.rates: dict[int, str] = {}
        """By sale, the terms of its first points."""
        self._lots_of: defaultdict[int, list[int]] = defaultdict(list)
        self._loose: Moves = []
        self._ending: list[tuple[date, datetime, int]] = []
        self._ordinals: defaultdict[str, int] = defaultdict(int)

    def recall(self, entry: Entry) -> None:
        """Take in a row of the ledger; a lot before what draws on it."""
        self.known.append(entry)
        self._take_in(entry)

    def recall_other(self, entry: Entry) -> None:
        """Take in what somebody else moved on one of these lots, while the cards answered together."""
        self._move(entry.lot_id, entry)

    def _take_in(self, entry: Entry) -> None:
        sale = entry.sale_id
        if entry.opens_lot:
            self.lots[entry.id] = DatedLot(entry)
            if entry.kind is PointKind.EARN and sale is not None:
                self._lots_of[sale].append(entry.id)
                self.rates.setdefault(sale, entry.rate)
        self._move(entry.id if entry.opens_lot else entry.lot_id, entry)
        if sale is not None and entry.kind is PointKind.EARN:
            self.earned[sale] += entry.points
        elif sale is not None and entry.kind is PointKind.TAKE_BACK:
            self.taken[sale] -= entry.points

    def expired_of(self, sale_id: int) -> int:
        """What of the lots of a sale has expired."""
        return sum(self.lots[number].expired for number in self._lots_of.get(sale_id, ()))

    def debt_from(self, at: datetime) -> int:
        """What is owed at that moment and still at every later one."""
        return max(0, -max(sums_from(self._loose, at)))

    def open_lot(
        self,
        on: Occasion,
        kind: PointKind,
        points: int,
        sale_id: int | None,
        usable: date | None,
        expires_on: date | None,
        rate: str = "",
    ) -> None:
        """Points come in, out of which what is owed is paid first (semantics.md, points ledger rule 6)."""
        owed = self.debt_from(on.at)
        lot_id = self._post(
            on, kind, points, sale_id, opens_lot=True, available_from=usable, expires_on=expires_on, rate=rate
        )
        self._repay(on, [(lot_id, repayment(owed, points))])

    def take_back(self, on: Occasion, kind: PointKind, points: int, sale_id: int | None) -> None:
        """Points go: from the sale's own lots, then the customer's others, then into debt (rule 5)."""
        own = [self.lots[number].as_lot(on.at) for number in self._lots_of.get(sale_id or 0, ())]
        for lot_id, part in draw(sorted((lot for lot in own if not lot.past(on.day)), key=spending_order), points):
            self._post(on, kind, -part, sale_id, lot_id=lot_id)
            points -= part
        if points > 0:
            for taken in take_back((lot.as_lot(on.at) for lot in self.lots.values()), (), points, on.day):
                self._post(on, kind, -taken.points, sale_id, lot_id=taken.lot_id)

    def run_out(self, day: date) -> None:
        """Let end what ended before `day`, dated the day after its last, not before it was last filled (rule 4)."""
        while self._ending and self._ending[0][0] < day:
            last_day, _, lot_id = heappop(self._ending)
            lot = self.lots[lot_id]
            if lot.remaining > 0:
                at = max(datetime.combine(last_day + timedelta(days=1), time(), self._zone), lot.refilled)
                self._end(lot, at)

    def settle(self, on: Occasion) -> None:
        """Whoever holds lots owes nothing: what is owed is paid from those that have not ended."""
        owed = self.debt_from(on.at)
        if owed:
            held = [lot for lot in (lot.as_lot(on.at) for lot in self.lots.values()) if not lot.past(on.day)]
            self._repay(on, draw(sorted(held, key=spending_order), owed))

    def turn_round(self, on: Occasion, entry: Entry) -> None:
        """Reverse a row on the lot it drew on; where there is none, or it is full again, on the debt (rules 10, 11).

        What was owed and has been paid since comes back as a lot that ends with those of the sale.
        """
        if entry.points > 0:
            self._post(on, entry.kind, -entry.points, entry.sale_id, lot_id=entry.lot_id)
            return
        points = -entry.points
        lot = self.lots.get(entry.lot_id or 0)
        if lot is not None:
            fits = min(points, self._room(lot, entry))
            if fits > 0:
                self._post(on, entry.kind, fits, entry.sale_id, lot_id=entry.lot_id)
                points -= fits
        owed = min(points, self.debt_from(on.at))
        if owed:
            self._post(on, entry.kind, owed, entry.sale_id)
        if points > owed:
            last = self._last_day_of(entry.sale_id, on.day)
            rest = points - owed
            self._post(on, entry.kind, rest, entry.sale_id, opens_lot=True, available_from=on.day, expires_on=last)

    def close_lot(self, on: Occasion, lot_id: int) -> None:
        """Take away what a lot was opened with; what expired of it is gone already and is not taken twice (rule 5)."""
        lot = self.lots[lot_id]
        points, sale_id = lot.entry.points - lot.expired, lot.entry.sale_id
        part = min(points, lot.free_from(on.at))
        if part:
            self._post(on, lot.entry.kind, -part, sale_id, lot_id=lot_id)
        if points > part:
            self.take_back(on, lot.entry.kind, points - part, sale_id)

    def _room(self, lot: DatedLot, entry: Entry) -> int:
        """How much of a row can come back into a lot without its sale having given more than it gives (rule 5)."""
        sale = lot.entry.sale_id
        gives = entry.kind in (PointKind.EARN, PointKind.TAKE_BACK) and entry.sale_id == sale
        if sale is None or lot.entry.kind is not PointKind.EARN or gives:
            return lot.lacking
        left = sum(self.lots[number].remaining for number in self._lots_of[sale])
        return min(lot.lacking, self.earned[sale] - self.taken[sale] - self.expired_of(sale) - left)

    def _last_day_of(self, sale_id: int | None, day: date) -> date | None:
        """When the last of a sale's lots ends, or some days from now where that has passed; None: never."""
        ends = [self.lots[number].entry.expires_on for number in self._lots_of.get(sale_id or 0, ())]
        return None if None in ends else max((end for end in ends if end and end >= day), default=day + self._grace)

    def _end(self, lot: DatedLot, at: datetime) -> None:
        first, points, ends = lot.entry, lot.remaining, lot.ends
        on = Occasion(f"expire:{first.id}", at, at.astimezone(self._zone).date(), first.customer_id)
        self._ordinals[on.operation_id] = ends
        self._post(on, PointKind.EXPIRE, -points, first.sale_id, lot_id=first.id)

    def _repay(self, on: Occasion, parts: Iterable[tuple[int, int]]) -> None:
        for lot_id, points in parts:
            if points > 0:
                self._post(on, PointKind.REPAY, -points, None, lot_id=lot_id)
                self._post(on, PointKind.REPAY, points, None)

    def _post(
        self,
        on: Occasion,
        kind: PointKind,
        points: int,
        sale_id: int | None,
        *,
        lot_id: int | None = None,
        opens_lot: bool = False,
        available_from: date | None = None,
        expires_on: date | None = None,
        rate: str = "",
    ) -> int:
        entry = Entry(
            self._number(),
            on.customer_id,
            on.at,
            on.day,
            kind,
            points,
            sale_id,
            opens_lot,
            lot_id,
            available_from,
            expires_on,
            rate,
            on.operation_id,
            self._ordinals[on.operation_id],
        )
        self._ordinals[on.operation_id] += 1
        self.new.append(entry)
        self._take_in(entry)
        return entry.id

    def _move(self, lot_id: int | None, entry: Entry) -> None:
        if lot_id is None:
            insort(self._loose, (entry.at, len(self._loose), entry.points))
            return
        lot = self.lots.get(lot_id)
        if lot is None:
            return  # of somebody who has parted since, and was made whole then (rule 11)
        lot.move(entry.at, entry.points)
        if entry.kind is PointKind.EXPIRE:
            lot.expired -= entry.points
            lot.ends += 1
        elif entry.points > 0 and lot.entry.expires_on is not None:
            heappush(self._ending, (lot.entry.expires_on, lot.entry.at, lot_id))
