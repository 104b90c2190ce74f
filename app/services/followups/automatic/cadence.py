"""The next contact of everybody for whom a cadence rule holds: planned day by day under the cap, moved on a restart."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Row, TextClause, text

from app.domain.followup_rules import AHEAD, Plan
from app.services.followups.automatic.known import Known, Somebody
from app.services.followups.automatic.staffing import Staffing
from app.services.followups.automatic.stored import RuleRow

AT_ONCE = 1_000
"""People planned together: among so many of the most valued the free days usually run out."""
_OPEN = text(
    "SELECT id, customer_id, due_on, planned_on, rule, identity, staff_id FROM followups "
    "WHERE done_at IS NULL AND rule LIKE 'cadence-%' ORDER BY id"
)
_DONE = text(
    "SELECT customer_id, max(done_at) FROM followups WHERE done_at IS NOT NULL AND rule LIKE 'cadence-%' "
    "GROUP BY customer_id"
)
_CALLED = text("SELECT identity FROM followups WHERE identity LIKE 'auto:cadence:%'")
_BY_HAND = text("SELECT DISTINCT customer_id FROM followups WHERE done_at IS NULL AND rule IS NULL")
_LOAD = text("SELECT staff_id, due_on, count(*) FROM followups WHERE due_on >= :first GROUP BY staff_id, due_on")


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody whose next contact is to be on `ideal`, or else by `latest`, under a rule."""

    who: int
    rule: RuleRow
    since: date
    ideal: date
    latest: date

    @property
    def identity(self) -> str:
        return f"auto:cadence:{self.who}:{self.since}"


@dataclass(frozen=True, slots=True)
class Booked:
    """A next contact that is to be made, on a day that had room."""

    due: Due
    on: date
    staff_id: int


@dataclass(frozen=True, slots=True)
class Moved:
    """One that is there and begins anew, because there was a contact or another rule holds."""

    id: int
    due: Due
    on: date


@dataclass(frozen=True, slots=True)
class _Open:
    id: int
    who: int
    due_on: date
    planned_on: date | None
    rule: str
    identity: str
    staff_id: int

    @property
    def is_as_planned(self) -> bool:
        """No person has put it on another day."""
        return self.planned_on == self.due_on


class Cadence:
    """The cadence rules at work over some days, the earliest first."""

    def __init__(self, known: Known, rules: Sequence[RuleRow], staffing: Staffing, cap: int, first: date) -> None:
        self.known, self.rules, self._staffing = known, rules, staffing
        loaded = known.session.connection().execute(_LOAD, {"first": first.isoformat()})
        taken = {(staff, date.fromisoformat(day)): count for staff, day, count in loaded}
        self.plan = Plan(taken, cap)
        self.waiting: Counter[int] = Counter()
        """By rule: how many of those looked at found no room on the last day that was planned."""

    def moves(self, day: date) -> Iterator[Moved]:
        """The open ones that are to stand on another day now, the most valued first; one a person has moved is left."""
        open_now = {who: one for who, one in self._open.items() if one.is_as_planned}
        for due in self._due([one for one in self._people if one.id in open_now], day):
            one = open_now[due.who]
            same = one.identity == due.identity
            if (not same and due.identity not in self._there) or (same and one.rule != due.rule.code):
                self.plan.give_back(one.staff_id, one.due_on)
                on = self._room(one.staff_id, due, day) or max(due.latest, day)
                self.plan.take(one.staff_id, on)
                self._open[due.who] = _Open(one.id, due.who, on, on, due.rule.code, due.identity, one.staff_id)
                yield Moved(one.id, due, on)

    def books(
        self, day: date, known: Callable[[Collection[str]], set[str]], everybody: Sequence[Due] | None = None
    ) -> Iterator[Booked]:
        """Whom to contact next: due within a week, nothing open for them, room on a day; the most valued first.

        `known` says which identities have been there. Once no day has room nobody else is looked at, unless who waits
        is to be counted (`waiting`): `everybody` is then what `due` says of the day.
        """
        self.waiting.clear()
        for found in self._in_turn(day) if everybody is None else [self._soon(everybody, day)]:
            been = known([due.identity for due in found])
            wanted = [due for due in found if due.identity not in been]
            staff = self._staffing.chosen([(due.rule.draft, due.who) for due in wanted])
            for due, staff_id in zip(wanted, staff, strict=True):
                on = self._room(staff_id, due, day)
                if on is None:
                    self.waiting[due.rule.id] += 1
                    continue
                self.plan.take(staff_id, on)
                self._open[due.who] = _Open(0, due.who, on, on, due.rule.code, due.identity, staff_id)
                yield Booked(due, on, staff_id)

    def _in_turn(self, day: date) -> Iterator[list[Due]]:
        """Those due within a week, some at a time, as long as any day has room."""
        near = day + AHEAD - timedelta(days=self._shortest)
        free = [one for one in self._people if one.since <= near and self._is_free(one.id)]
        for start in range(0, len(free), AT_ONCE):
            if not self._any_room(day):
                return
            yield self._soon(self._due(free[start : start + AT_ONCE], day), day)

    def _soon(self, due: Sequence[Due], day: date) -> list[Due]:
        """Those whose ideal day is no more than a week away, and for whom nothing is open."""
        last = day + AHEAD
        return [one for one in due if one.ideal <= last and self._is_free(one.who)]

    def ruled(self, people: Sequence[Somebody], day: date) -> Iterator[tuple[Somebody, RuleRow]]:
        """The rule that holds for each on a day: the first that means them. In no order."""
        left = {one.id: one for one in people}
        for rule in self.rules:
            if rule.on_since is not None and rule.on_since <= day and left:
                for who in self.known.within(rule.draft, left, day):
                    yield left.pop(who), rule

    def due(self, day: date) -> list[Due]:
        """When the next contact of everybody is to be for whom a rule holds on a day."""
        return self._due(self._people, day)

    def due_of(self, one: Somebody, rule: RuleRow) -> Due:
        """When the next contact of somebody is to be under a rule."""
        days = self.known.usual.get(one.id, rule.draft.days) if rule.draft.own_rhythm else rule.draft.days
        ideal = one.since + timedelta(days=max(1, days))
        return Due(one.id, rule, one.since, ideal, ideal + timedelta(days=rule.draft.good_for))

    def _due(self, people: Sequence[Somebody], day: date) -> list[Due]:
        """In the order of `people`."""
        found = {one.id: self.due_of(one, rule) for one, rule in self.ruled(people, day)}
        return [found[one.id] for one in people if one.id in found]

    def _room(self, staff_id: int, due: Due, day: date) -> date | None:
        """The first free day from the ideal one to the latest; what is late already takes any within a week."""
        last = due.latest if due.latest >= day else day + AHEAD
        return self.plan.free(staff_id, max(due.ideal, day), last)

    def _any_room(self, day: date) -> bool:
        """Whether anybody has room on any day that somebody due by now could still be given."""
        last = day + AHEAD + timedelta(days=max(rule.draft.good_for for rule in self.rules))
        staff = self._staffing.possible([rule.draft for rule in self.rules])
        return any(self.plan.free(person, day, last) is not None for person in staff)

    def _is_free(self, who: int) -> bool:
        """Nothing is open for them that a contact should not stand beside."""
        return who not in self._open and who not in self._by_hand

    @cached_property
    def _shortest(self) -> int:
        """The fewest days any rule leaves between two contacts."""
        return min((1 if rule.draft.own_rhythm else rule.draft.days for rule in self.rules), default=1)

    @cached_property
    def _people(self) -> list[Somebody]:
        """Whoever may be contacted; what was done for them under a cadence counts as a contact."""
        done: dict[int, date] = {}
        for card, at in self._rows(_DONE):
            owner = self.known.owner(card)
            done[owner] = max(self.known.day_of(at), done.get(owner, date.min))
        return [
            Somebody(one.id, max(one.since, done[one.id])) if one.id in done else one for one in self.known.everyone
        ]

    @cached_property
    def _open(self) -> dict[int, _Open]:
        """By who answers; of several (cards merged since) the first made."""
        found: dict[int, _Open] = {}
        for key, card, due_on, planned_on, rule, identity, staff in self._rows(_OPEN):
            who = self.known.owner(card)
            planned = date.fromisoformat(planned_on) if planned_on else None
            found.setdefault(who, _Open(key, who, date.fromisoformat(due_on), planned, rule, identity, staff))
        return found

    @cached_property
    def _there(self) -> set[str]:
        """What next contacts are called that are in the table, done or not: no other is called so."""
        return {identity for (identity,) in self._rows(_CALLED)}

    @cached_property
    def _by_hand(self) -> set[int]:
        """For whom a person has booked something that is still to do: nothing is put beside it."""
        return {self.known.owner(card) for (card,) in self._rows(_BY_HAND) if card is not None}

    def _rows(self, query: TextClause) -> Sequence[Row[*tuple[Any, ...]]]:
        return self.known.session.connection().execute(query).all()
