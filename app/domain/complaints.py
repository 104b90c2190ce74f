"""Complaints: how bad, in which state, and what the clock says (semantics.md, satisfaction and complaints)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from app.domain.errors import ShopError
from app.domain.opening_hours import OpeningHours


class Severity(StrEnum):
    MINOR = "minor"
    SERIOUS = "serious"
    SEVERE = "severe"


class ComplaintState(StrEnum):
    OPEN = "open"
    WAITING = "waiting"
    """For someone: the clock stops."""
    RESOLVED = "resolved"
    """We think so."""
    CLOSED = "closed"
    """The customer agrees."""


class MarkKind(StrEnum):
    """What may happen to a case beside its moves."""

    ANSWERED = "answered"
    """The customer heard from us for the first time."""
    ESCALATED = "escalated"
    """It went up to the owner."""
    CALLED = "called"
    """The customer was asked, or was not reached."""


MOVES = {
    ComplaintState.OPEN: frozenset({ComplaintState.WAITING, ComplaintState.RESOLVED}),
    ComplaintState.WAITING: frozenset({ComplaintState.OPEN, ComplaintState.RESOLVED}),
    ComplaintState.RESOLVED: frozenset({ComplaintState.OPEN, ComplaintState.CLOSED}),
    ComplaintState.CLOSED: frozenset({ComplaintState.OPEN}),
}
"""Where a case may go from each state; back to open after resolving is a reopening."""

ON_THE_RAIL = frozenset({ComplaintState.OPEN, ComplaintState.WAITING})
"""The states that are counted beside the place's name, and that make a complaint unresolved."""


def written_number(number: int) -> str:
    """A case's number as it is said and printed: C-0234."""
    return f"C-{number:04}"


class MoveRefused(ShopError):
    """A case cannot go from one state to the other. Numbers: before, after (codes of the states)."""


def check_move(before: ComplaintState, after: ComplaintState) -> None:
    """Raises MoveRefused unless a case may go from `before` to `after`."""
    if after not in MOVES[before]:
        raise MoveRefused(before=before.value, after=after.value)


def brakes(state: ComplaintState) -> bool:
    """Whether promotion and selling wait for this case: until the customer agrees, not until we think so."""
    return state is not ComplaintState.CLOSED


WHOLE = Fraction(1)


class TermUnit(StrEnum):
    HOURS = "hours"
    """Opening hours."""
    DAYS = "days"
    """Opening days: each open day counts 1 however long it is."""


@dataclass(frozen=True, slots=True)
class Term:
    """How long something may take, in opening time."""

    amount: int
    unit: TermUnit = TermUnit.DAYS

    @classmethod
    def parse(cls, text: str) -> "Term":
        """From the form settings keep: "3d", "4h". Raises ValueError for anything else."""
        units = {"d": TermUnit.DAYS, "h": TermUnit.HOURS}
        if text[-1:] not in units or not text[:-1].isdecimal() or int(text[:-1]) == 0:
            raise ValueError(text)
        return cls(int(text[:-1]), units[text[-1]])

    def __str__(self) -> str:
        return f"{self.amount}{self.unit[0]}"

    def after(self, start: datetime, spent: Fraction, hours: OpeningHours, share: Fraction = WHOLE) -> datetime:
        """The moment a share of the term ends when `spent` of it has passed at `start` and the clock runs on."""
        left = self.amount * share - spent
        if self.unit is TermUnit.DAYS:
            return hours.add_open_days(start, left)
        return hours.add_open_time(start, left.numerator * timedelta(hours=1) / left.denominator)

    def measure(self, start: datetime, end: datetime, hours: OpeningHours) -> Fraction:
        """Opening time between two moments in the term's own unit, exact."""
        return self.of(*hours.between(start, end))

    def of(self, length: timedelta, days: Fraction) -> Fraction:
        """Which of the two this term counts in."""
        return days if self.unit is TermUnit.DAYS else Fraction(length // timedelta(microseconds=1), 3_600_000_000)


@dataclass(frozen=True, slots=True)
class Target:
    """By when a case is to be answered and resolved."""

    answer: Term
    resolve: Term


TARGETS = {
    Severity.MINOR: Target(Term(3), Term(7)),
    Severity.SERIOUS: Target(Term(1), Term(3)),
    Severity.SEVERE: Target(Term(4, TermUnit.HOURS), Term(1)),
}
CALL_BACK_DAYS = 3
REOPENING_ANSWER = 2
ON_THE_SPOT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class StateChange:
    """One event of a case: from `at` on it is in `state`."""

    at: datetime
    state: ComplaintState
    order: int = 0
    """Among events of the same moment, which was written first."""


def in_order(events: Iterable[StateChange]) -> list[StateChange]:
    """As they happened, however they were read; at the same moment and unnumbered, in the order of the lanes."""
    lanes = list(ComplaintState)
    return sorted(events, key=lambda event: (event.at, event.order, lanes.index(event.state)))


@dataclass(frozen=True, slots=True)
class Clock:
    """What the clock of one term says now."""

    elapsed: timedelta
    """Opening time that counted."""
    running: bool
    due_at: datetime | None
    """When the term ends or ended (UTC); None while it stands still before its end."""
    late: bool


def clock(events: Iterable[StateChange], term: Term, hours: OpeningHours, now: datetime) -> Clock:
    """The clock of resolving: opening time in state open, waiting and resolved left out, a reopening counted on.

    The first of the events opens the case, in whatever order they are read; those after `now` are not looked at.
    """
    seen = [event for event in in_order(events) if event.at <= now]
    return _read([(start, end or now) for start, end in _open_stretches(seen)], term, hours, _is_open(seen))


def answer_clock(
    events: Iterable[StateChange], term: Term, hours: OpeningHours, now: datetime, answered_at: datetime | None = None
) -> Clock:
    """The clock of the first answer: from the opening to `answered_at` or the first change of state, the earlier."""
    passed = in_order(events)
    end = answered(passed, answered_at)
    end = end if end is not None and end <= now else None
    return _read([(passed[0].at, max(passed[0].at, end or now))], term, hours, end is None)


def answered(events: Iterable[StateChange], answered_at: datetime | None = None) -> datetime | None:
    """When the customer heard from us first: by `answered_at` or the first change of state; None: not yet."""
    passed = in_order(events)
    ends = [event.at for event in passed[1:2]] + ([answered_at] if answered_at else [])
    return max(passed[0].at, min(ends)) if ends else None


def passes_at(
    events: Iterable[StateChange], term: Term, hours: OpeningHours, share: Fraction = WHOLE
) -> datetime | None:
    """The moment (UTC) at which a share of the term passes or passed; None while the clock stands still before it."""
    spent, wanted = Fraction(0), term.amount * share
    for start, end in _open_stretches(in_order(events)):
        part = wanted if end is None else term.measure(start, end, hours)
        if spent + part >= wanted:
            return term.after(start, spent, hours, share)
        spent += part
    return None


def _is_open(events: Sequence[StateChange]) -> bool:
    return bool(events) and events[-1].state is ComplaintState.OPEN


def _open_stretches(events: Sequence[StateChange]) -> list[tuple[datetime, datetime | None]]:
    """From when to when the case was open; None: it still is."""
    ends = [*(event.at for event in events), None][1:]
    return [(event.at, end) for event, end in zip(events, ends, strict=True) if event.state is ComplaintState.OPEN]


def _read(stretches: list[tuple[datetime, datetime]], term: Term, hours: OpeningHours, running: bool) -> Clock:
    elapsed, spent, due = timedelta(0), Fraction(0), None
    for start, end in stretches:
        length, days = hours.between(start, end)
        part = term.of(length, days)
        if due is None and spent + part >= term.amount:
            due = term.after(start, spent, hours)
        elapsed += length
        spent += part
    if due is None and running and stretches:
        due = term.after(stretches[-1][1], spent, hours)
    return Clock(elapsed, running, due, late=spent > term.amount)


def on_the_spot(events: Iterable[StateChange], within: timedelta = ON_THE_SPOT) -> bool:
    """Resolved within the same visit, and not reopened since: plain time, whether the shop was open or not."""
    events = in_order(events)
    resolved = [index for index, event in enumerate(events) if event.state is ComplaintState.RESOLVED]
    if not resolved:
        return False
    later = (event.state for event in events[resolved[0] :])
    return events[resolved[0]].at - events[0].at <= within and ComplaintState.OPEN not in later


def reopenings(events: Iterable[StateChange]) -> int:
    """How often the case went back to open after we thought it resolved."""
    done = (ComplaintState.RESOLVED, ComplaintState.CLOSED)
    return sum(a.state in done and b.state is ComplaintState.OPEN for a, b in pairwise(in_order(events)))


def last_opened(events: Iterable[StateChange]) -> datetime:
    """When it was opened, or opened again after it had been thought solved; going on after waiting is not that."""
    done, passed = (ComplaintState.RESOLVED, ComplaintState.CLOSED), in_order(events)
    again = [b.at for a, b in pairwise(passed) if a.state in done and b.state is ComplaintState.OPEN]
    return max(again, default=passed[0].at)


def call_back_on(resolved_on: date, days: int = CALL_BACK_DAYS) -> date:
    """The day to ask whether the customer agrees."""
    return resolved_on + timedelta(days=days)


def answer_reopens(answer: int, at_most: int = REOPENING_ANSWER) -> bool:
    """Whether an answer of 1 to 5 to the call-back reopens the case."""
    return answer <= at_most
