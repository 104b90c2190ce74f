"""A case as its card shows it: who it is about, what they said, and what its clock says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState, Severity, StateChange, call_back_on
from app.domain.opening_hours import OpeningHours
from app.domain.shop_rules import complaint_targets, opening_hours
from app.models.complaints import Complaint, ComplaintEvent
from app.models.customers import Customer, CustomerFigures
from app.services.complaints.clocks import CaseClock, case_clock
from app.services.complaints.history import stands
from app.services.customers.families import answering
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
    """Resolved cases: the day to ask whether the customer agrees."""


class Cards:
    """Turns cases into cards at one moment, with one query for all their events."""

    def __init__(self, session: Session, at: datetime) -> None:
        shop = settings(session)
        self.session, self.at = session, at
        self.hours: OpeningHours = opening_hours(shop)
        self.today: date = self.hours.shop_day(at)
        self.targets, self._callback = complaint_targets(shop), shop.complaint_callback_days
        self._tiers = tier_marks(session)
        self.day_length: timedelta = self.hours.usual_day

    def of(self, complaints: Sequence[Complaint]) -> list[CaseCard]:
        """Cards of these cases, in their order."""
        events = self._events([complaint.id for complaint in complaints])
        people = self._people({c.customer_id for c in complaints if c.customer_id is not None})
        return [self._card(c, events[c.id], people.get(c.customer_id or 0)) for c in complaints]

    def _card(self, c: Complaint, events: list[StateChange], who: Who | None) -> CaseCard:
        since, resolved = events[-1].at, c.state is ComplaintState.RESOLVED
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
            since=since,
            clock=case_clock(events, self.targets[c.severity].resolve, self.hours, self.at),
            call_back_on=call_back_on(self.hours.shop_day(since), self._callback) if resolved else None,
        )

    def _events(self, ids: Sequence[int]) -> dict[int, list[StateChange]]:
        query = select(ComplaintEvent.complaint_id, ComplaintEvent.at, ComplaintEvent.state).order_by(
            ComplaintEvent.at, ComplaintEvent.id
        )
        found: dict[int, list[StateChange]] = {key: [] for key in ids}
        for key, moment, state in self.session.execute(query.where(ComplaintEvent.complaint_id.in_(ids), stands())):
            found[key].append(StateChange(moment, state))
        return found

    def _people(self, ids: set[int]) -> dict[int, Who]:
        """By the id on the case; a card that was merged away is answered for by another."""
        standing = {key: answering(self.session, key) for key in ids}
        query = (
            select(Customer.id, Customer.name, func.coalesce(CustomerFigures.tier_rank, 0))
            .outerjoin(CustomerFigures, CustomerFigures.customer_id == Customer.id)
            .where(Customer.id.in_(set(standing.values())))
        )
        people = {
            key: Who(key, name, self._tiers.get(rank, NO_TIER)) for key, name, rank in self.session.execute(query)
        }
        return {key: people[answers] for key, answers in standing.items()}
