"""A tier given by hand is a floor until a date: laid under what the purchases give (semantics.md, tiers)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.tiers.history import Move, MoveCause

ONE_DAY = timedelta(days=1)
ENDS, EARNED, STARTS = range(3)
"""The order of a day: what has run out is gone in the morning, then people buy, then somebody gives."""
CAUSES = {ENDS: MoveCause.HAND_ENDED, STARTS: MoveCause.BY_HAND}


@dataclass(frozen=True, slots=True)
class Floor:
    """A tier somebody gave, from `first` to `until`, both included; None: until it is ended."""

    rank: int
    first: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Given:
    """One row of what was given by hand: a tier up to a day, or, without a rank, the end of what was given before."""

    day: date
    rank: int | None
    until: date | None = None


def floors_of(given: Iterable[Given]) -> list[Floor]:
    """What one card was given, oldest row first, as spans: each row takes the place of the one before from its day on.

    A row replaced on its own day has held nothing.
    """
    floors: list[Floor] = []
    for row in given:
        if floors:
            last = floors.pop()
            ended = row.day - ONE_DAY if last.until is None else min(last.until, row.day - ONE_DAY)
            if ended >= last.first:
                floors.append(Floor(last.rank, last.first, ended))
        if row.rank is not None and (row.until is None or row.until >= row.day):
            floors.append(Floor(row.rank, row.day, row.until))
    return floors


def floor_on(floors: Iterable[Floor], day: date) -> Floor | None:
    """The highest that holds on `day`, of equals the one that holds longest."""
    return max((floor for floor in floors if floor.holds_on(day)), key=_height, default=None)


def _height(floor: Floor) -> tuple[int, date]:
    return floor.rank, floor.until or date.max


def with_floors(moves: Sequence[Move], floors: Sequence[Floor], base: int, until: date) -> list[Move]:
    """The moves a customer makes up to `until`: those the purchases give, and those what was given by hand adds.

    `base` is the rank of who has bought nothing.
    """
    if not floors:
        return list(moves)
    starts = {floor.first for floor in floors}
    ends = {floor.until + ONE_DAY for floor in floors if floor.until is not None}
    turns: list[tuple[date, int, Move | None]] = [(day, ENDS, None) for day in ends if day <= until]
    turns += [(move.day, EARNED, move) for move in moves]
    turns += [(day, STARTS, None) for day in starts if day <= until]
    turns.sort(key=lambda turn: turn[:2])
    found: list[Move] = []
    earned: tuple[int, date | None] = (base, None)
    stands = earned
    for day, kind, move in turns:
        if move is not None:
            earned = (move.to_rank, move.valid_until)
        held = [floor for floor in floors if kind == STARTS or floor.first < day]
        now = _higher(earned, floor_on(held, day))
        if now != stands:
            cause = move.cause if move is not None else CAUSES[kind]
            found.append(Move(day, stands[0], now[0], cause, now[1]))
            stands = now
    return found


def _higher(earned: tuple[int, date | None], floor: Floor | None) -> tuple[int, date | None]:
    """The rank and its last day; what two reasons give holds as long as the longer of them."""
    if floor is None or floor.rank < earned[0]:
        return earned
    if floor.rank > earned[0]:
        return floor.rank, floor.until
    endless = floor.until is None or earned[1] is None
    return floor.rank, None if endless else max(floor.until or date.min, earned[1] or date.min)


def changes_on(earned_out: date | None, floors: Iterable[Floor], day: date) -> date | None:
    """The first day after `day` on which the tier may change without a purchase; None: never.

    `earned_out` is the day on which the grace of the earned tier ends.
    """
    ends = [floor.until + ONE_DAY for floor in floors if floor.until is not None and floor.until >= day]
    return min([*ends, *([earned_out] if earned_out is not None else [])], default=None)
