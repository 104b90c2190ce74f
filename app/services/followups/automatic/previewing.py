"""What a rule would bring, before it is switched on or saved: today, in the next days, and for whom first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median

from sqlalchemy.orm import Session

from app.domain.followup_rules import AHEAD, SWITCHED_ON, RuleDraft, RuleKind, checked
from app.services import customers
from app.services.followups.automatic.cadence import Cadence
from app.services.followups.automatic.known import Known
from app.services.followups.automatic.occasions import occasions
from app.services.followups.automatic.running import Falling, been, without_booked, without_known
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


def preview_rules(session: Session, day: date) -> dict[int, RulePreview]:
    """What each of the shop's rules would bring from a day on, by its number, switched on or not."""
    rows, known = rules(session), Known(session)
    return {row.id: _foreseen(known, rows, row, day) for row in rows}


def preview_rule(session: Session, draft: RuleDraft, day: date, *, rule_id: int | None = None) -> RulePreview:
    """What a rule would bring from a day on; `rule_id` says which it takes the place of.

    Reads every sale for some rules: ask for it later, not while a person waits. Raises RuleRefused, RuleNeedsAGroup.
    """
    rows, made = rules(session), checked(draft)
    row = next((one for one in rows if one.id == rule_id), None) or RuleRow(0, "cadence-0", None, 0, made)
    return _foreseen(Known(session), rows, replace(row, draft=made), day)


def _foreseen(known: Known, rows: Sequence[RuleRow], row: RuleRow, day: date) -> RulePreview:
    session, tried = known.session, replace(row, on_since=day)
    if tried.kind is RuleKind.CADENCE:
        others = [tried if one.id == tried.id else one for one in rows]
        return _cadence(known, others if tried in others else [*others, tried], tried, day)
    found = occasions(known, tried.draft, day - SWITCHED_ON, day + MONTH)
    falling = without_known(session, [Falling(one.on, tried, one) for one in found])
    falling = without_booked(session, known, tried, falling)
    days = [one.occasion.on for one in falling]
    return RulePreview(
        sum(on <= day for on in days),
        sum(day < on <= day + WEEK for on in days),
        sum(day < on for on in days),
        _named(session, [(one.occasion.customer_id, one.occasion.on) for one in falling[:NAMED]]),
    )


def _cadence(known: Known, rows: Sequence[RuleRow], tried: RuleRow, day: date) -> RulePreview:
    session = known.session
    cadences = [one for one in rows if one.kind is RuleKind.CADENCE and one.on_since is not None]
    work = Cadence(known, cadences, Staffing(known), settings(session).followup_daily_cap, day)
    meant = [work.due_of(one, rule) for one, rule in work.ruled(known.everyone, day) if rule.id == tried.id]
    booked = [
        one for one in work.books(day, lambda found: been(session, found), counted=True) if one.due.rule.id == tried.id
    ]
    later = [due.ideal - AHEAD for due in meant]
    usual = [known.usual[due.who] for due in meant if due.who in known.usual]
    return RulePreview(
        len(booked),
        sum(day < on <= day + WEEK for on in later),
        sum(day < on <= day + MONTH for on in later),
        _named(session, [(one.due.who, one.on) for one in booked[:NAMED]]),
        len(meant),
        work.waiting,
        round(median(usual)) if usual else None,
    )


def _named(session: Session, people: Sequence[tuple[int, date]]) -> tuple[tuple[str, date], ...]:
    names = {row.id: row.name for row in customers.rows(session, sorted({who for who, _ in people}))}
    return tuple((names[who], on) for who, on in people if who in names)
