"""What the clock of a case says to a person: by when, how much opening time is left, and how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.complaints import Clock, ComplaintState, StateChange, Term, clock
from app.domain.opening_hours import OpeningHours

SETTLED = frozenset({ComplaintState.RESOLVED, ComplaintState.CLOSED})
"""Nothing is left to wait for: of their clocks only whether they were late still matters."""


@dataclass(frozen=True, slots=True)
class CaseClock:
    """One term of one case at one moment."""

    due_at: datetime | None
    """UTC; None while the clock stands still before its end."""
    running: bool
    late: bool
    left: timedelta
    """Opening time until the term ends; below 0, opening time since it ended."""
    share: float
    """How much of the term has passed, 0 to 1."""


def case_clock(events: Sequence[StateChange], term: Term, hours: OpeningHours, now: datetime) -> CaseClock:
    """The clock of resolving: it runs in state open and in opening hours, and stands still otherwise."""
    read = clock(events, term, hours, now)
    if events[-1].state in SETTLED:
        return CaseClock(read.due_at, False, read.late, timedelta(0), 1.0)
    left = _left(events, term, hours, now, read)
    whole = read.elapsed + left
    share = 1.0 if left <= timedelta(0) else read.elapsed / whole
    return CaseClock(read.due_at, read.running, read.late, left, share)


def _left(events: Sequence[StateChange], term: Term, hours: OpeningHours, now: datetime, read: Clock) -> timedelta:
    if read.late:
        assert read.due_at is not None
        return clock(events, term, hours, read.due_at).elapsed - read.elapsed
    ends = read.due_at or clock([*events, StateChange(now, ComplaintState.OPEN)], term, hours, now).due_at
    return hours.open_between(now, ends) if ends else timedelta(0)
