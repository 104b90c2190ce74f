"""What a rule would bring, before it is switched on or saved: today, in the next days, and for whom first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median

from sqlalchemy.orm import Session

from app.domain.followup_rules import AHEAD, SWITCHED_ON, RuleDraft, RuleKind, checked
from app.services import customers
from app.services.followups.automatic.cadence import Booked, Cadence, Due
from app.services.followups.automatic.known import Known
from app.services.followups.automatic.occasions import occasions
from app.services.followups.automatic.running import Falling, Progress, been, without_booked, without_known
from app.services.followups.automatic.staffing import Staffing
from app.services.followups.automatic.stored import RuleRow, rules
from app.services.settings import settings

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
NAMED = 5


@dataclass(frozen=True, slots=True)
class RulePreview:
    """How many follow-ups a rule would make; of the days to come as far as they can be foreseen now."""

    today: int
    """If it ran now, with what fell due in the days before that are made up for."""
    week: int
    """In the seven days after today."""
    month: int
    """In the thirty days after today."""
    first: tuple[tuple[str, date], ...]
    """The first of them by name, and when."""
    people: int = 0
    """Of a cadence: for how many it holds."""
    waiting: int = 0
    """Of a cadence: how many are due and find no room under the daily cap."""
    usual_days: int | None = None
    """Of a cadence: how often these people come by themselves, the median of their own medians."""


Previews = dict[int, RulePreview]
"""By the number of the rule."""


def preview_rules(session: Session, day: date, *, progress: Progress = lambda done, total: None) -> Previews:
    """What each of the shop's rules would bring from a day on, by its number, switched on or not.

    Reads every sale and every customer. `progress` may raise Cancelled.
    """
    rows, work = rules(session), _Foreseeing(session, day)
    found = {}
    for step, row in enumerate(rows):
        progress(step, len(rows))
        found[row.id] = work.of(row, rows)
    progress(len(rows), len(rows))
    return found


def preview_rule(
    session: Session,
    draft: RuleDraft,
    day: date,
    *,
    rule_id: int | None = None,
    progress: Progress = lambda done, total: None,
) -> RulePreview:
    """What a rule would bring from a day on; `rule_id` says which it takes the place of.

    Reads every sale for some rules: ask for it later, not while a person waits. `progress` may raise Cancelled.
    Raises RuleRefused, RuleNeedsAGroup.
    """
    progress(0, 1)
    rows, made = rules(session), checked(draft)
    row = next((one for one in rows if one.id == rule_id), None) or RuleRow(0, "cadence-0", None, 0, made)
    tried = replace(row, draft=made)
    others = [tried if one.id == tried.id else one for one in rows]
    return _Foreseeing(session, day).of(tried, others if tried in others else [*others, tried])


@dataclass(frozen=True, slots=True)
class _Contacts:
    """The next contacts of everybody under some cadence rules."""

    due: Sequence[Due]
    booked: Sequence[Booked]
    waiting: Mapping[int, int]


class _Foreseeing:
    """Works out once what several rules ask for."""

    def __init__(self, session: Session, day: date) -> None:
        self._session, self._day, self._known = session, day, Known(session)
        self._contacts: dict[tuple[int, ...], _Contacts] = {}
        """By the rules that are on: those that are on by now share one."""

    def of(self, row: RuleRow, rows: Sequence[RuleRow]) -> RulePreview:
        """What a rule of these would bring if it was on, beside the others that are."""
        tried = row if row.on_since is not None else replace(row, on_since=self._day)
        if tried.kind is not RuleKind.CADENCE:
            return self._occasions(tried)
        beside = [tried if one.id == tried.id else one for one in rows]
        on = [one for one in beside if one.kind is RuleKind.CADENCE and one.on_since is not None]
        key = tuple(one.id for one in on)
        if key not in self._contacts:
            self._contacts[key] = self._planned(on)
        return self._cadence(self._contacts[key], tried)

    def _occasions(self, row: RuleRow) -> RulePreview:
        day, known, session = self._day, self._known, self._session
        found = occasions(known, row.draft, day - SWITCHED_ON, day + MONTH)
        falling = without_known(session, [Falling(one.on, row, one) for one in found])
        falling = without_booked(session, known, row, falling)
        days = [one.occasion.on for one in falling]
        return RulePreview(
            sum(on <= day for on in days),
            sum(day < on <= day + WEEK for on in days),
            sum(day < on for on in days),
            _named(session, [(one.occasion.customer_id, one.occasion.on) for one in falling[:NAMED]]),
        )

    def _planned(self, cadences: Sequence[RuleRow]) -> _Contacts:
        session, known, day = self._session, self._known, self._day
        work = Cadence(known, cadences, Staffing(known), settings(session).followup_daily_cap, day)
        due = work.due(day)
        booked = list(work.books(day, lambda found: been(session, found), due))
        return _Contacts(due, booked, work.waiting)

    def _cadence(self, contacts: _Contacts, row: RuleRow) -> RulePreview:
        day, usual = self._day, self._known.usual
        meant = [due for due in contacts.due if due.rule.id == row.id]
        booked = [one for one in contacts.booked if one.due.rule.id == row.id]
        later = [due.ideal - AHEAD for due in meant]
        theirs = [usual[due.who] for due in meant if due.who in usual]
        return RulePreview(
            len(booked),
            sum(day < on <= day + WEEK for on in later),
            sum(day < on <= day + MONTH for on in later),
            _named(self._session, [(one.due.who, one.on) for one in booked[:NAMED]]),
            len(meant),
            contacts.waiting[row.id],
            round(median(theirs)) if theirs else None,
        )


def _named(session: Session, people: Sequence[tuple[int, date]]) -> tuple[tuple[str, date], ...]:
    names = {row.id: row.name for row in customers.rows(session, sorted({who for who, _ in people}))}
    return tuple((names[who], on) for who, on in people if who in names)
