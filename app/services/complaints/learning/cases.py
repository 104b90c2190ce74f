"""The cases of some days, read with their events: a year of them in two statements."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.complaints import ON_THE_RAIL, ComplaintState, Severity, StateChange, clock, on_the_spot, reopenings
from app.domain.shop_rules import complaint_targets, opening_hours
from app.services.complaints.learning.days import Days
from app.services.complaints.standing import STANDS
from app.services.settings import settings

Progress = Callable[[int, int], None]
AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Cause:
    """What a case came from: the root cause somebody found, or else what it is about."""

    code: str
    found: bool


@dataclass(frozen=True, slots=True)
class LearnedCase:
    """One case with everything it may be told apart by, and how it was dealt with."""

    id: int
    day: date
    who: int | None
    cause: Cause
    goods: int | None
    sold_by: int | None
    logged_by: int
    owner: int | None
    channel: str
    severity: Severity
    spot: bool
    resolved: bool
    """At least once."""
    reopened: bool
    ended: bool
    late: bool


_CASES = text("""
SELECT c.id, c.customer_id, c.shop_day, c.category, c.root_cause, c.product_id, s.staff_id, c.staff_id,
    c.cause_staff_id, c.channel, c.severity
FROM complaints c LEFT JOIN sales s ON s.id = c.sale_id WHERE c.shop_day BETWEEN :first AND :last ORDER BY c.id
""")
_EVENTS = text(f"""
SELECT e.complaint_id, e.at, e.state FROM complaints c JOIN complaint_events e ON e.complaint_id = c.id
WHERE c.shop_day BETWEEN :first AND :last AND e.at < :until AND {STANDS} ORDER BY e.complaint_id, e.at, e.id
""")  # noqa: S608


def learned_cases(session: Session, days: Days, at: datetime, progress: Progress) -> list[LearnedCase]:
    """The cases logged on these days as they stood at `at`, by their ids. `progress` may raise Cancelled."""
    shop = settings(session)
    hours, targets = opening_hours(shop), complaint_targets(shop)
    until = {"until": (at.astimezone(UTC) + timedelta(milliseconds=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    rows = session.execute(_CASES, days.bound).all()
    events: dict[int, list[StateChange]] = {}
    for key, moment, state in session.execute(_EVENTS, days.bound | until):
        passed = events.setdefault(key, [])
        passed.append(StateChange(datetime.fromisoformat(moment), ComplaintState(state), len(passed)))
    found = list[LearnedCase]()
    for place, row in enumerate(rows):
        if place % AT_ONCE == 0:
            progress(place, len(rows))
        passed = events.get(row[0], [])
        if passed:  # one that was logged later than `at` was not known then
            read = clock(passed, targets[Severity(row[10])].resolve, hours, at)
            found.append(_case(row, passed, late=read.late))
    progress(len(rows), len(rows))
    return found


def _case(row: Any, passed: list[StateChange], *, late: bool) -> LearnedCase:
    key, who, day, category, root, goods, sold_by, logged_by, owner, channel, severity = row
    resolved = any(event.state in (ComplaintState.RESOLVED, ComplaintState.CLOSED) for event in passed)
    return LearnedCase(
        key,
        date.fromisoformat(day),
        who,
        Cause(root or category, bool(root)),
        goods,
        sold_by,
        logged_by,
        owner,
        channel,
        Severity(severity),
        spot=on_the_spot(passed),
        resolved=resolved,
        reopened=bool(reopenings(passed)),
        ended=late or passed[-1].state not in ON_THE_RAIL,
        late=late,
    )
