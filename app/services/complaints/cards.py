"""A case as its card shows it: who it is about, what they said, and what its clock says."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState, Severity, StateChange
from app.domain.opening_hours import OpeningHours
from app.domain.shop_rules import complaint_targets, opening_hours
from app.services.complaints.clocks import CaseClock, case_clock
from app.services.complaints.kept_clocks import events_of
from app.services.customers.families import answering_each
from app.services.customers.tier_marks import NO_TIER, TierMark, tier_marks
from app.services.settings import settings
from app.storage import plain_sql


@dataclass(frozen=True, slots=True)
class Who:
    """The customer of a case: whoever answers for the card it was logged under."""

    id: int
    name: str
    tier: TierMark


@dataclass(frozen=True, slots=True)
class CaseCard:
    """One case as its card shows it."""

    id: int
    number: int
    who: Who | None
    """None: somebody who gave no name."""
    category: str
    severity: Severity
    channel: str
    words: str
    wish: str
    remedy: str
    on_the_spot: bool
    satisfaction: int | None
    state: ComplaintState
    opened_at: datetime
    since: datetime
    """When it came into this state."""
    clock: CaseClock
    call_back_on: date | None
    """Solved cases: the day to ask whether the customer agrees."""
    calls: int = 0
    """How often nobody was reached since."""
    answer: CaseClock | None = None
    """The clock of the first answer; None once the customer has heard from us."""
    escalated: bool = False
    reopened: int = 0


_FACTS = """
SELECT c.id, c.customer_id, c.number, c.category, c.severity, c.channel, c.words, c.wish, c.remedy, c.on_the_spot,
    c.satisfaction, c.state, c.opened_at, k.since, k.call_on, k.calls, k.answer_due_at IS NOT NULL, k.escalated,
    k.reopened
FROM json_each(?) j CROSS JOIN complaints c ON c.id = j.value
CROSS JOIN complaint_clocks k ON k.complaint_id = c.id ORDER BY j.key
"""
"""In the order of the ids."""
_RANKS = """
SELECT customer_id, tier_rank FROM json_each(?) j CROSS JOIN customer_figures f ON f.customer_id = j.value
"""


class Cards:
    """Turns cases into cards at one moment, with one query for all their events."""

    def __init__(self, session: Session, at: datetime) -> None:
        shop = settings(session)
        self.session, self.at = session, at
        self.hours: OpeningHours = opening_hours(shop)
        self.today: date = self.hours.shop_day(at)
        self.targets = complaint_targets(shop)
        self._tiers = tier_marks(session)
        self.day_length: timedelta = self.hours.usual_day

    def of(self, ids: Sequence[int]) -> list[CaseCard]:
        """Cards of these cases, in their order."""
        self.session.flush()
        facts = plain_sql.rows(self.session, _FACTS, (json.dumps(list(ids)),))
        events = events_of(self.session, ids)
        people = self._people({row[1] for row in facts if row[1] is not None})
        return [self._card(row, events[row[0]], people.get(row[1] or 0)) for row in facts]

    def _card(self, row: tuple[Any, ...], events: list[StateChange], who: Who | None) -> CaseCard:
        key, _, number, category, severity, channel, said, wish, remedy, spot, satisfaction, state, opened = row[:13]
        since, call_on, calls, unanswered, escalated, reopened = row[13:]
        target = self.targets[Severity(severity)]
        return CaseCard(
            id=key,
            number=number,
            who=who,
            category=category,
            severity=Severity(severity),
            channel=channel,
            words=said,
            wish=wish,
            remedy=remedy,
            on_the_spot=bool(spot),
            satisfaction=satisfaction,
            state=ComplaintState(state),
            opened_at=datetime.fromisoformat(opened),
            since=datetime.fromisoformat(since),
            clock=case_clock(events, target.resolve, self.hours, self.at),
            call_back_on=date.fromisoformat(call_on) if call_on else None,
            calls=calls,
            answer=case_clock(events[:1], target.answer, self.hours, self.at) if unanswered else None,
            escalated=bool(escalated),
            reopened=reopened,
        )

    def _people(self, ids: set[int]) -> dict[int, Who]:
        """By the id on the case; a card that was merged away is answered for by another."""
        standing = answering_each(self.session, ids)
        owners = json.dumps([person.id for person in standing.values()])
        ranks = dict(plain_sql.rows(self.session, _RANKS, (owners,)))
        return {
            key: Who(person.id, person.name, self._tiers.get(ranks.get(person.id, 0), NO_TIER))
            for key, person in standing.items()
        }
