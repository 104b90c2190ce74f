"""The run of the rules when the shop's day opens: what fell due since the last one, each thing once."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.followup_rules import CATCH_UP, KNOWN_LATE, NEAR, SWITCHED_ON, RuleKind
from app.models.followup_rules import RuleRun
from app.models.followups import FollowUp
from app.services.followups.automatic.cadence import Booked, Cadence, Moved
from app.services.followups.automatic.known import Known
from app.services.followups.automatic.occasions import Occasion, occasions
from app.services.followups.automatic.staffing import Staffing
from app.services.followups.automatic.stored import RuleRow, on, rules
from app.services.followups.automatic.taking_back import undo_run
from app.services.settings import settings
from app.storage import journal
from app.storage.bulk import BulkRows, update_rows
from app.storage.unit_of_work import acting_staff

Progress = Callable[[int, int], None]
ONE_DAY = timedelta(days=1)
_COLUMNS = (
    "customer_id", "due_on", "kind", "purpose", "text", "complaint_id", "staff_id", "created_at", "identity", "rule",
    "latest_on", "planned_on", "version",
)  # fmt: skip
_KNOWN = text(
    "SELECT value FROM json_each(:ids) WHERE EXISTS (SELECT 1 FROM followups WHERE identity = value) "
    "OR EXISTS (SELECT 1 FROM removed_occasions WHERE identity = value)"
)
_BY_HAND = text(
    "SELECT customer_id, due_on, complaint_id FROM followups WHERE rule IS NULL AND kind = :kind "
    "AND customer_id IN (SELECT value FROM json_each(:ids)) AND due_on BETWEEN :first AND :last"
)
_RUNS = text("SELECT day, rules FROM rule_runs WHERE day >= :first ORDER BY day")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run did: the follow-ups it made, and those it put on another day."""

    run_id: int | None
    created: int
    moved: int


@dataclass(frozen=True, slots=True)
class Falling:
    """One follow-up to be made, by which rule, on which day of the run."""

    day: date
    row: RuleRow
    occasion: Occasion

    @property
    def identity(self) -> str:
        return f"auto:{self.row.code}:{self.occasion.customer_id}:{self.occasion.key}"


def run_rules(session: Session, day: date, *, at: datetime, progress: Progress = lambda done, total: None) -> Ran:
    """Make what fell due by the rules up to a shop day; does nothing the second time.

    Days on which the program was closed are made up for one after the other, as if it had been opened on each. What
    was made for the same occasion before, or taken away by a person, does not come again. `progress` may raise
    Cancelled; then nothing is done.
    """
    work = _Run(session, day, at, progress)
    done = work.run()
    if done.run_id is None or not done.created:
        journal.not_taken_back(session)
    else:
        journal.taken_back_by(session, undo_run, done.run_id)
    return done


def spans(session: Session, rows: Sequence[RuleRow], day: date) -> dict[str, tuple[date, date]]:
    """For each rule that has something to do: the first day it has not run for, and the first of what it looks at."""
    last: dict[str, date] = {}
    for ran_on, codes in session.connection().execute(_RUNS, {"first": (day - CATCH_UP).isoformat()}):
        last |= dict.fromkeys(json.loads(codes), date.fromisoformat(ran_on))
    found = {}
    for row in rows:
        since = row.on_since or day
        new = max(last.get(row.code, day - CATCH_UP) + ONE_DAY, day - CATCH_UP, since)
        if new <= day:
            found[row.code] = (new, max(new - KNOWN_LATE, day - CATCH_UP, since - SWITCHED_ON))
    return found


class _Run:
    """One run on its way through rules and days."""

    def __init__(self, session: Session, day: date, at: datetime, progress: Progress) -> None:
        self.session, self.day, self.at, self.progress = session, day, at, progress
        self.known = Known(session)
        self.rows = on(rules(session))
        self.spans = spans(session, self.rows, day)
        self.staffing = Staffing(self.known)

    def run(self) -> Ran:
        if not self.spans:
            return Ran(None, 0, 0)
        steps = len(self.rows) + 1
        falling: list[Falling] = []
        for step, row in enumerate(self.rows):
            self.progress(step, steps)
            if row.kind is not RuleKind.CADENCE and row.code in self.spans:
                falling += self._fallen(row)
        self.progress(steps - 1, steps)
        booked, moved = self._cadence(falling)
        run_id = self._write(falling, booked, moved)
        self.progress(steps, steps)
        return Ran(run_id, len(falling) + len(booked), len(moved))

    def _fallen(self, row: RuleRow) -> list[Falling]:
        """In the order of days: what is heard of late is made on the first day of the run."""
        new, first = self.spans[row.code]
        found = occasions(self.known, row.draft, first, self.day)
        fresh = without_known(self.session, [Falling(max(one.on, new), row, one) for one in found])
        return without_booked(self.session, self.known, row, fresh)

    def _cadence(self, falling: Sequence[Falling]) -> tuple[list[Booked], list[Moved]]:
        """Day by day, after what the other rules bring on each."""
        cadences = [row for row in self.rows if row.kind is RuleKind.CADENCE]
        first = min((self.spans[row.code][0] for row in cadences if row.code in self.spans), default=None)
        if first is None:
            return [], []
        cap = settings(self.session).followup_daily_cap
        work = Cadence(self.known, cadences, self.staffing, cap, first)
        staff = dict(zip(falling, self._staff(falling), strict=True))
        booked, moved = list[Booked](), dict[int, Moved]()
        day = first
        while day <= self.day:
            for one in falling:
                if one.day == day or (day == first and one.day < day):
                    work.plan.take(staff[one], one.occasion.on)
            moved |= {one.id: one for one in work.moves(day)}
            booked += work.books(day, lambda found: been(self.session, found))
            day += ONE_DAY
        return booked, list(moved.values())

    def _staff(self, falling: Sequence[Falling]) -> list[int]:
        return self.staffing.chosen([(one.row.draft, one.occasion.customer_id) for one in falling])

    def _write(self, falling: Sequence[Falling], booked: Sequence[Booked], moved: Sequence[Moved]) -> int:
        connection = self.session.connection()
        out = BulkRows(connection, FollowUp, _COLUMNS)
        for one, staff_id in zip(falling, self._staff(falling), strict=True):
            at = one.occasion
            out.add(*self._values(one.row, at.customer_id, at.on, at.latest, staff_id, one.identity, at.complaint_id))
        for plan in booked:
            due = plan.due
            out.add(*self._values(due.rule, due.who, plan.on, due.latest, plan.staff_id, due.identity, None))
        out.flush()
        update_rows(
            connection,
            FollowUp,
            ("due_on", "planned_on", "latest_on", "rule", "identity"),
            [
                (f"{one.on}", f"{one.on}", f"{one.due.latest}", one.due.rule.code, one.due.identity, one.id)
                for one in moved
            ],
        )
        first, last = out.span or (None, None)
        run = RuleRun(
            day=self.day,
            at=self.at,
            staff_id=acting_staff(self.session),
            rules=sorted(row.code for row in self.rows),
            first_id=first,
            last_id=last,
            created=len(out),
            moved=len(moved),
        )
        self.session.add(run)
        self.session.flush()
        if out.span or moved:
            journal.note_act(self.session, FollowUp, {"rows": len(out), "moved": len(moved)})
            journal.journal_of(self.session).features.add("followups")
        return run.id

    def _values(
        self, row: RuleRow, who: int, due_on: date, latest: date, staff_id: int, identity: str, case: int | None
    ) -> tuple[Any, ...]:
        draft = row.draft
        return (
            who,
            due_on.isoformat(),
            draft.brings.value,
            draft.purpose.value,
            draft.text,
            case,
            staff_id,
            _moment(self.at),
            identity,
            row.code,
            latest.isoformat(),
            due_on.isoformat(),
            1,
        )


def been(session: Session, identities: Collection[str]) -> set[str]:
    """Those that were there before, whether they still are or a person took them away."""
    if not identities:
        return set()
    return set(session.connection().execute(_KNOWN, {"ids": json.dumps(list(identities))}).scalars())


def without_known(session: Session, falling: Sequence[Falling]) -> list[Falling]:
    """Those that never came before."""
    there = been(session, [one.identity for one in falling])
    return [one for one in falling if one.identity not in there]


def without_booked(session: Session, known: Known, row: RuleRow, falling: Sequence[Falling]) -> list[Falling]:
    """Those for which a person has not booked the same thing near the day, and those of cards merged since."""
    cards = {card: one.occasion.customer_id for one in falling for card in known.cards(one.occasion.customer_id)}
    if not falling:
        return []
    first = min(one.occasion.on for one in falling) - NEAR
    last = max(one.occasion.latest for one in falling) + NEAR
    bound = {"kind": row.draft.brings.value, "ids": json.dumps(sorted(cards)), "first": f"{first}", "last": f"{last}"}
    by_hand: dict[int, list[tuple[date, int | None]]] = {}
    for card, due_on, case in session.connection().execute(_BY_HAND, bound):
        by_hand.setdefault(cards[card], []).append((date.fromisoformat(due_on), case))
    before = _under_merged_cards(session, known, falling)
    return [
        one
        for one in falling
        if one.identity not in before and not _booked(one.occasion, by_hand.get(one.occasion.customer_id, ()))
    ]


def _booked(one: Occasion, by_hand: Collection[tuple[date, int | None]]) -> bool:
    return any(
        one.on - NEAR <= due_on <= one.latest + NEAR and (one.complaint_id is None or case == one.complaint_id)
        for due_on, case in by_hand
    )


def _under_merged_cards(session: Session, known: Known, falling: Sequence[Falling]) -> set[str]:
    """The identities of those that came under the number of a card before it was merged into another."""
    others = {
        f"auto:{one.row.code}:{card}:{one.occasion.key}": one.identity
        for one in falling
        for card in known.cards(one.occasion.customer_id)[1:]
    }
    return {others[found] for found in been(session, others)}


def _moment(at: datetime) -> str:
    from app.models.base import UtcMoment

    said: str = UtcMoment().process_bind_param(at, None)  # type: ignore[arg-type, assignment]
    return said
