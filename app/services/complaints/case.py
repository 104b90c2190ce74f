"""One case with everything that is known about it, and the history of its states."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState, StateChange, Target, reopenings
from app.models.complaints import Complaint, ComplaintCause, ComplaintEvent
from app.models.products import Product
from app.models.sales import Sale
from app.models.staff import Staff
from app.services.complaints.attachments import AttachmentRow, attachments
from app.services.complaints.cards import Cards, CaseCard
from app.services.complaints.marks import CaseMark, marks_told
from app.services.complaints.remedies import RemedyRow, cost_of, remedies
from app.services.complaints.standing import stands


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
class GoodsOfCase:
    """The article a complaint is about."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class CauseOfCase:
    """What it came from, and what is done so that it does not happen again; all may be empty."""

    code: str
    name: str
    """The shop's own word for the cause; empty: the shipped one."""
    prevention: str
    staff_id: int | None
    staff: str


@dataclass(frozen=True, slots=True)
class Promise:
    """By when the shop says at the counter that it answers and solves a case (UTC): what a slip tells the customer."""

    answer_by: datetime
    resolve_by: datetime


@dataclass(frozen=True, slots=True)
class Case:
    card: CaseCard
    staff: str
    """Who logged it."""
    assignee_id: int | None
    assignee: str
    """Who looks after it; empty: whoever logged it."""
    sale: SaleOfCase | None
    product: GoodsOfCase | None
    events: tuple[CaseEvent, ...]
    """The first opens the case. Those that were taken back stay among them, each followed by who did."""
    reopened: int
    """How often it went back to open after the shop thought it resolved."""
    remedies: tuple[RemedyRow, ...]
    cost: int
    """What putting it right has cost so far, in minor units."""
    attachments: tuple[AttachmentRow, ...]
    cause: CauseOfCase
    marks: tuple[CaseMark, ...]
    """What happened beside its moves, as it was written."""
    target: Target
    promise: Promise
    day_length: timedelta
    version: int


def case(session: Session, complaint_id: int, at: datetime) -> Case:
    """Everything about one case, as its clock stands at `at`."""
    complaint, cards = session.get_one(Complaint, complaint_id), Cards(session, at)
    (card,) = cards.of([complaint_id])
    events = _events(session, complaint_id)
    standing = [StateChange(e.at, e.state) for e in events if not e.taken_back and not e.takes_back]
    return Case(
        card=card,
        staff=_staff(session, complaint.staff_id),
        assignee_id=complaint.assignee_id,
        assignee=_staff(session, complaint.assignee_id),
        sale=_sale(session, complaint.sale_id),
        product=_product(session, complaint.product_id),
        events=tuple(events),
        reopened=reopenings(standing),
        remedies=tuple(remedies(session, complaint_id)),
        cost=cost_of(session, complaint_id),
        attachments=tuple(attachments(session, complaint_id)),
        cause=_cause(session, complaint),
        marks=tuple(marks_told(session, complaint_id)),
        target=cards.targets[complaint.severity],
        promise=_promise(complaint, cards),
        day_length=cards.day_length,
        version=complaint.version,
    )


def _promise(case: Complaint, cards: Cards) -> Promise:
    target = cards.targets[case.severity]
    answer, resolve = (term.after(case.opened_at, Fraction(0), cards.hours) for term in (target.answer, target.resolve))
    return Promise(answer, resolve)


def _staff(session: Session, staff_id: int | None) -> str:
    return session.scalar(select(Staff.name).where(Staff.id == staff_id)) or ""


def _sale(session: Session, sale_id: int | None) -> SaleOfCase | None:
    row = session.execute(select(Sale.id, Sale.number, Sale.shop_day, Sale.revenue).where(Sale.id == sale_id)).first()
    return SaleOfCase(*row) if row else None


def _product(session: Session, product_id: int | None) -> GoodsOfCase | None:
    row = session.execute(select(Product.id, Product.name).where(Product.id == product_id)).first()
    return GoodsOfCase(*row) if row else None


def _cause(session: Session, case: Complaint) -> CauseOfCase:
    name = session.scalar(select(ComplaintCause.name).where(ComplaintCause.code == case.root_cause)) or ""
    owner = case.cause_staff_id
    return CauseOfCase(case.root_cause, name, case.prevention, owner, _staff(session, owner))


def _events(session: Session, complaint_id: int) -> list[CaseEvent]:
    takes_back = ComplaintEvent.takes_back_id.is_not(None)
    query = (
        select(
            ComplaintEvent.at,
            ComplaintEvent.state,
            Staff.name,
            ComplaintEvent.note,
            ~stands(ComplaintEvent) & ~takes_back,
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
