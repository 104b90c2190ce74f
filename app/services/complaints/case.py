"""One case with everything that is known about it, and the history of its states."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState, Target
from app.models.complaints import Complaint, ComplaintEvent
from app.models.sales import Sale
from app.models.staff import Staff
from app.services.complaints.cards import Cards, CaseCard
from app.services.complaints.history import stands


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One change of state: when, by whom, and what they noted. One that was taken back does not count any more."""

    at: datetime
    state: ComplaintState
    staff: str
    note: str
    taken_back: bool = False
    takes_back: bool = False
    """Whether this is the taking back itself; `state` is then the one that was taken back."""


@dataclass(frozen=True, slots=True)
class SaleOfCase:
    """The bill a complaint is about; `revenue` in minor units."""

    id: int
    number: str
    shop_day: date
    revenue: int


@dataclass(frozen=True, slots=True)
class Case:
    card: CaseCard
    staff: str
    """Who logged it."""
    sale: SaleOfCase | None
    events: tuple[CaseEvent, ...]
    """The first opens the case. Those that were taken back stay among them, each followed by who did."""
    target: Target
    day_length: timedelta
    version: int


def case(session: Session, complaint_id: int, at: datetime) -> Case:
    """Everything about one case, as its clock stands at `at`."""
    complaint, cards = session.get_one(Complaint, complaint_id), Cards(session, at)
    (card,) = cards.of([complaint])
    return Case(
        card=card,
        staff=session.get_one(Staff, complaint.staff_id).name,
        sale=_sale(session, complaint.sale_id),
        events=tuple(_events(session, complaint_id)),
        target=cards.targets[complaint.severity],
        day_length=cards.day_length,
        version=complaint.version,
    )


def _sale(session: Session, sale_id: int | None) -> SaleOfCase | None:
    row = session.execute(select(Sale.id, Sale.number, Sale.shop_day, Sale.revenue).where(Sale.id == sale_id)).first()
    return SaleOfCase(*row) if row else None


def _events(session: Session, complaint_id: int) -> list[CaseEvent]:
    takes_back = ComplaintEvent.takes_back_id.is_not(None)
    query = (
        select(
            ComplaintEvent.at,
            ComplaintEvent.state,
            Staff.name,
            ComplaintEvent.note,
            ~stands() & ~takes_back,
            takes_back,
        )
        .join(Staff, Staff.id == ComplaintEvent.staff_id)
        .where(ComplaintEvent.complaint_id == complaint_id)
        .order_by(ComplaintEvent.id)
    )
    return [
        CaseEvent(at, state, staff, note, bool(gone), bool(back))
        for at, state, staff, note, gone, back in session.execute(query)
    ]
