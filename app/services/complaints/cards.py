"""A case as its card shows it: who it is about, what they said, and what its clock says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState, Severity, StateChange
from app.domain.opening_hours import OpeningHours
from app.domain.shop_rules import complaint_targets, opening_hours
from app.models.complaints import Complaint, ComplaintClock
from app.models.customers import CustomerFigures
from app.services.complaints.clocks import CaseClock, case_clock
from app.services.complaints.kept_clocks import events_of
from app.services.customers.families import answering_each
from app.services.customers.tier_marks import NO_TIER, TierMark, tier_marks
from app.services.settings import settings


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

    def of(self, complaints: Sequence[Complaint]) -> list[CaseCard]:
        """Cards of these cases, in their order."""
        ids = [complaint.id for complaint in complaints]
        events, kept = events_of(self.session, ids), self._kept(ids)
        people = self._people({c.customer_id for c in complaints if c.customer_id is not None})
        return [self._card(c, events[c.id], kept[c.id], people.get(c.customer_id or 0)) for c in complaints]

    def _card(self, c: Complaint, events: list[StateChange], kept: ComplaintClock, who: Who | None) -> CaseCard:
        return CaseCard(
            id=c.id,
            number=c.number,
            who=who,
            category=c.category,
            severity=c.severity,
            channel=c.channel,
            words=c.words,
            wish=c.wish,
            remedy=c.remedy,
            on_the_spot=c.on_the_spot,
            satisfaction=c.satisfaction,
            state=c.state,
            opened_at=c.opened_at,
            since=kept.since,
            clock=case_clock(events, self.targets[c.severity].resolve, self.hours, self.at),
            call_back_on=kept.call_on,
            calls=kept.calls,
            answer=self._answer_clock(c, events, kept),
            escalated=kept.escalated,
            reopened=kept.reopened,
        )

    def _answer_clock(self, c: Complaint, events: list[StateChange], kept: ComplaintClock) -> CaseClock | None:
        if kept.answer_due_at is None:
            return None
        return case_clock(events[:1], self.targets[c.severity].answer, self.hours, self.at)

    def _kept(self, ids: Sequence[int]) -> dict[int, ComplaintClock]:
        query = select(ComplaintClock).where(ComplaintClock.complaint_id.in_(ids))
        return {row.complaint_id: row for row in self.session.scalars(query)}

    def _people(self, ids: set[int]) -> dict[int, Who]:
        """By the id on the case; a card that was merged away is answered for by another."""
        standing = answering_each(self.session, ids)
        owners = {person.id for person in standing.values()}
        query = select(CustomerFigures.customer_id, CustomerFigures.tier_rank)
        ranks = {row[0]: row[1] for row in self.session.execute(query.where(CustomerFigures.customer_id.in_(owners)))}
        return {
            key: Who(person.id, person.name, self._tiers.get(ranks.get(person.id, 0), NO_TIER))
            for key, person in standing.items()
        }
