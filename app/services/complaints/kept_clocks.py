"""Keeps what lists of cases are ordered by in step with their events, with opening hours, and with the targets."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from app.domain.complaints import (
    ON_THE_RAIL,
    ComplaintState,
    MarkKind,
    Severity,
    StateChange,
    Target,
    answered,
    call_back_on,
    last_opened,
    passes_at,
    reopenings,
)
from app.domain.interactions import Direction
from app.domain.opening_hours import OpeningHours
from app.domain.shop_rules import complaint_targets, opening_hours
from app.models.complaints import Complaint, ComplaintClock, ComplaintEvent, ComplaintMark
from app.models.customers import Customer
from app.models.interactions import Interaction
from app.models.settings import ShopSetting
from app.services.complaints.standing import STANDS, stands
from app.services.customers.families import answered_each, answering_each, family_of
from app.services.settings import ShopSettings, settings
from app.storage import plain_sql
from app.storage.journal import Journal, RowChange

RULES = frozenset({"week", "holidays", "timezone"})
EPOCH, LATER = datetime(1970, 1, 1, tzinfo=UTC), 10**15
AT_ONCE = 2_000
"""Cases whose events are held in memory together."""


@dataclass(frozen=True, slots=True)
class Mark:
    at: datetime
    kind: MarkKind
    reached: bool | None = None
    answer: int | None = None


@dataclass(slots=True)
class Told:
    """All that is known of one case: what its clocks are worked out from."""

    severity: Severity
    state: ComplaintState
    has_customer: bool
    satisfaction: int | None
    events: list[StateChange] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    contact: datetime | None = None
    """The first contact of ours that reached the customer after the case was opened."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a shop says of clocks."""

    hours: OpeningHours
    targets: dict[Severity, Target]
    escalated: tuple[str, ...]
    share: Fraction
    callback_days: int

    @classmethod
    def of(cls, shop: ShopSettings) -> "Rules":
        return cls(
            opening_hours(shop),
            complaint_targets(shop),
            shop.complaint_escalated,
            Fraction(shop.complaint_escalate_share, 1000),
            shop.complaint_callback_days,
        )


def figures(told: Told, rules: Rules) -> dict[str, Any]:
    """The stored figures of one case, by column; the moment at which this is asked plays no part."""
    since, unsettled = told.events[-1].at, told.state in ON_THE_RAIL
    marks = [mark.at for mark in told.marks if mark.kind is MarkKind.ANSWERED]
    first = min([*marks, *([told.contact] if told.contact else [])], default=None)
    heard = answered(told.events, first)
    target = rules.targets[told.severity]
    answer_due = passes_at(told.events[:1], target.answer, rules.hours) if unsettled and heard is None else None
    due = passes_at(told.events, target.resolve, rules.hours) if unsettled else None
    escalated = unsettled and _is_escalated(told)
    call_on, calls = _call_back(told, since, rules)
    next_due = min(filter(None, (answer_due, due)), default=None)
    return {
        "since": since,
        "answered_at": heard,
        "answer_due_at": answer_due,
        "due_at": due,
        "next_due_at": next_due,
        "pressing": _pressing(told, since, next_due),
        "escalate_at": None if escalated or not unsettled else _goes_up_at(told, target, heard, rules),
        "escalated": escalated,
        "reopened": reopenings(told.events),
        "call_on": call_on,
        "calls": calls,
    }


def _pressing(told: Told, since: datetime, due: datetime | None) -> int:
    """Milliseconds: of the due moment; for whoever waits, of when they began to, behind all those; else backwards."""
    if due is not None:
        return _milliseconds(due)
    if told.state in ON_THE_RAIL:
        return LATER + _milliseconds(since)
    return 3 * LATER - _milliseconds(told.events[0].at)


def _milliseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(milliseconds=1)


def _is_escalated(told: Told) -> bool:
    opened = last_opened(told.events)
    return any(mark.kind is MarkKind.ESCALATED and mark.at >= opened for mark in told.marks)


def _goes_up_at(told: Told, target: Target, heard: datetime | None, rules: Rules) -> datetime | None:
    """When a share of a target that is not met yet has passed; never before the case was last opened."""
    if told.severity.value not in rules.escalated:
        return None
    answer = passes_at(told.events[:1], target.answer, rules.hours, rules.share) if heard is None else None
    solved = passes_at(told.events, target.resolve, rules.hours, rules.share)
    first = min(filter(None, (answer, solved)), default=None)
    return None if first is None else max(first, last_opened(told.events))


def _call_back(told: Told, since: datetime, rules: Rules) -> tuple[date | None, int]:
    """The day to ask on, and how often nobody was reached since; asked again the day after each such try."""
    if told.state in ON_THE_RAIL or not told.has_customer:
        return None, 0
    if told.state is ComplaintState.CLOSED and _has_said(told):
        return None, 0
    tries = [mark.at for mark in told.marks if mark.kind is MarkKind.CALLED and mark.at >= since and not mark.reached]
    if tries:
        return rules.hours.shop_day(max(tries)) + timedelta(days=1), len(tries)
    return call_back_on(rules.hours.shop_day(since), rules.callback_days), 0


def _has_said(told: Told) -> bool:
    """Whether the customer was asked since the case was last solved. An answer that a file brought has no moment."""
    answers = [mark.at for mark in told.marks if mark.answer is not None]
    if not answers:
        return told.satisfaction is not None and not reopenings(told.events)
    solved = [event.at for event in told.events if event.state is ComplaintState.RESOLVED]
    return max(answers) >= max(solved, default=told.events[0].at)


def refresh(session: Session, ids: Collection[int] | None = None) -> None:
    """Work the figures of these cases out anew, or of all."""
    connection = session.connection()
    session.flush()
    if ids is None:
        connection.execute(delete(ComplaintClock))
        ids = session.scalars(select(Complaint.id)).all()
    wanted = sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        rows = [{"complaint_id": key, **found} for key, found in _figures_of(session, some).items()]
        connection.execute(delete(ComplaintClock).where(ComplaintClock.complaint_id.in_(some)))
        if rows:
            connection.execute(insert(ComplaintClock), rows)


def drift(session: Session) -> list[int]:
    """The cases whose stored figures are not what their events say: what `check` reports and `refresh` mends."""
    table = ComplaintClock.__table__
    stored = {row["complaint_id"]: dict(row) for row in session.connection().execute(select(table)).mappings()}
    ids = session.scalars(select(Complaint.id).order_by(Complaint.id)).all()
    stray = sorted(stored.keys() - set(ids))
    for start in range(0, len(ids), AT_ONCE):
        for key, true in _figures_of(session, ids[start : start + AT_ONCE]).items():
            held = stored.get(key)
            if held is None or any(_kept(held[name]) != _kept(value) for name, value in true.items()):
                stray.append(key)
    return stray


def _kept(value: Any) -> Any:
    """As the file keeps it: moments to the millisecond."""
    return value.replace(microsecond=value.microsecond // 1000 * 1000) if isinstance(value, datetime) else value


def refresh_touched(session: Session, journal: Journal) -> None:
    """Before a write is committed: of the cases it touched, or of all that are not settled where it changed a rule."""
    if "complaints" in journal.features and journal.all_customers:
        refresh(session)
    elif journal.all_customers or any(_is_rule(change.kind, change.key) for change in journal.rows):
        refresh(session, session.scalars(_running()).all())
    elif touched := _touched(session, journal):
        refresh(session, touched)


def _touched(session: Session, journal: Journal) -> set[int]:
    found = {int(change.key[0]) for change in journal.rows if change.kind is Complaint and change.after is not None}
    for change in journal.rows:
        if change.kind in (ComplaintEvent, ComplaintMark):
            found.add((change.after or change.before or {})["complaint_id"])
    people = {card for change in journal.rows for card in _spoken_of(change)}
    if people:
        family = {card for person in people for card in family_of(session, person)}
        theirs = select(Complaint.id).where(Complaint.customer_id.in_(family), Complaint.state.in_(ON_THE_RAIL))
        found.update(session.scalars(theirs))
    return found


def _spoken_of(change: RowChange) -> set[int]:
    """The cards whose cases a row may have answered: somebody was spoken to, or two cards became one or two again."""
    before, after = change.before or {}, change.after or {}
    if change.kind is Interaction:
        return {image["customer_id"] for image in (before, after) if image}
    if change.kind is Customer and before.get("merged_into") != after.get("merged_into"):
        return {change.key[0], *filter(None, (before.get("merged_into"), after.get("merged_into")))}
    return set()


def _running() -> Any:
    """Cases whose figures depend on a rule: those that are not closed, and closed ones that are to be called back."""
    called = select(ComplaintClock.complaint_id).where(ComplaintClock.call_on.is_not(None))
    closed = Complaint.state == ComplaintState.CLOSED
    return select(Complaint.id).where(~closed | Complaint.id.in_(called))


def _is_rule(kind: type[Any], key: Sequence[Any]) -> bool:
    return kind is ShopSetting and (key[0] in RULES or key[0].startswith("complaint_"))


def _figures_of(session: Session, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    rules = Rules.of(settings(session))
    return {key: figures(told, rules) for key, told in told_of(session, ids).items() if told.events}


def told_of(session: Session, ids: Sequence[int]) -> dict[int, Told]:
    """What is known of these cases, read in four statements."""
    query = select(
        Complaint.id, Complaint.severity, Complaint.state, Complaint.customer_id.is_not(None), Complaint.satisfaction
    )
    rows = session.execute(query.where(Complaint.id.in_(ids)).order_by(Complaint.id))
    told = {row[0]: Told(row[1], row[2], bool(row[3]), row[4]) for row in rows}
    for key, events in events_of(session, ids).items():
        if key in told:
            told[key].events = events
    for key, marks in marks_of(session, ids).items():
        told[key].marks = marks
    for key, moment in _contacts(session, ids):
        told[key].contact = moment
    return told


_EVENTS = (
    "SELECT e.complaint_id, e.at, e.state, e.id FROM json_each(?) j "  # noqa: S608
    f"CROSS JOIN complaint_events e ON e.complaint_id = j.value WHERE {STANDS} ORDER BY e.at, e.id"
)
"""The ids first: left to itself SQLite reads all events there are."""
_STATES = {state.value: state for state in ComplaintState}


def events_of(session: Session, ids: Collection[int]) -> dict[int, list[StateChange]]:
    """The standing events of these cases, in order."""
    found: dict[int, list[StateChange]] = {key: [] for key in ids}
    for key, moment, state, order in plain_sql.rows(session, _EVENTS, (json.dumps(list(ids)),)):
        found[key].append(StateChange(datetime.fromisoformat(moment), _STATES[state], order))
    return found


def marks_of(session: Session, ids: Collection[int]) -> dict[int, list[Mark]]:
    """The standing marks of these cases, in order."""
    mark, found = ComplaintMark, defaultdict[int, list[Mark]](list)
    query = select(mark.complaint_id, mark.at, mark.kind, mark.reached, mark.answer)
    rows = session.execute(query.where(mark.complaint_id.in_(ids), stands(mark)).order_by(mark.at, mark.id))
    for key, at, kind, reached, answer in rows:
        found[key].append(Mark(at, kind, reached, answer))
    return found


_CONTACTS = text("""
SELECT c.id, min(i.at) FROM json_each(:pairs) p
CROSS JOIN complaints c ON c.id = json_extract(p.value, '$[0]')
JOIN interactions i ON i.customer_id = json_extract(p.value, '$[1]') AND i.at >= c.opened_at
WHERE i.reached AND i.direction = :ours GROUP BY c.id
""")
"""`pairs`: a case, and a card that its customer has or had."""


def _contacts(session: Session, ids: Sequence[int]) -> list[tuple[int, datetime]]:
    """The first contact of ours after each unsettled case was opened that reached its customer: that is an answer.

    A contact with any card of theirs will do: of cards that were merged, one answers for the others.
    """
    unsettled = select(Complaint.id, Complaint.customer_id).where(
        Complaint.id.in_(ids), Complaint.state.in_(ON_THE_RAIL), Complaint.customer_id.is_not(None)
    )
    cases = [(case, card or 0) for case, card in session.execute(unsettled)]
    owners = {card: who.id for card, who in answering_each(session, {card for _, card in cases}).items()}
    family = defaultdict[int, list[int]](list)
    for card, owner in answered_each(session, set(owners.values())).items():
        family[owner].append(card)
    pairs = json.dumps([(case, card) for case, named in cases for card in family[owners[named]]])
    rows = session.connection().execute(_CONTACTS, {"pairs": pairs, "ours": Direction.OUT.value})
    return [(case, datetime.fromisoformat(moment)) for case, moment in rows]
