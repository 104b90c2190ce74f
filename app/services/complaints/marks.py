"""What is noted of a case beside its moves: that it was answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.complaints import MarkKind
from app.domain.errors import ShopError
from app.domain.text import one_line
from app.models.complaints import Complaint, ComplaintClock, ComplaintMark
from app.models.staff import Staff
from app.services.complaints.standing import stands
from app.storage.unit_of_work import acting_staff


class AnsweredAlready(ShopError):
    """The customer has heard from us about this case."""


@dataclass(frozen=True, slots=True)
class CaseMark:
    """One mark as it is read: when, by whom, and what came of it. One that was taken back does not count any more."""

    at: datetime
    kind: MarkKind
    staff: str
    note: str
    reached: bool | None
    answer: int | None
    taken_back: bool = False
    takes_back: bool = False
    """Whether this is the taking back itself."""


def marks_told(session: Session, complaint_id: int) -> list[CaseMark]:
    """All marks of a case in the order they were written, those that were taken back too."""
    mark = ComplaintMark
    takes_back = mark.takes_back_id.is_not(None)
    query = (
        select(
            mark.at,
            mark.kind,
            Staff.name,
            mark.note,
            mark.reached,
            mark.answer,
            ~stands(mark) & ~takes_back,
            takes_back,
        )
        .join(Staff, Staff.id == mark.staff_id)
        .where(mark.complaint_id == complaint_id)
        .order_by(mark.id)
    )
    return [
        CaseMark(at, kind, staff, note, reached, answer, bool(gone), bool(back))
        for at, kind, staff, note, reached, answer, gone, back in session.execute(query)
    ]


def answer(session: Session, complaint_id: int, at: datetime, *, note: str = "") -> None:
    """Note that the customer heard from us for the first time; the clock of answering ends.

    Raises AnsweredAlready when they had: by this, by a contact that reached them, or by the first move of the case.
    """
    complaint = session.get_one(Complaint, complaint_id)
    kept = session.get(ComplaintClock, complaint_id)
    if kept is not None and kept.answered_at is not None:
        raise AnsweredAlready
    add_mark(session, complaint.id, MarkKind.ANSWERED, max(at, complaint.opened_at), note=note)


def add_mark(
    session: Session,
    complaint_id: int,
    kind: MarkKind,
    at: datetime,
    *,
    note: str = "",
    reached: bool | None = None,
    answer: int | None = None,
) -> None:
    """Write one mark, in the name of whoever acts."""
    session.add(
        ComplaintMark(
            complaint_id=complaint_id,
            at=at,
            kind=kind,
            staff_id=acting_staff(session),
            reached=reached,
            answer=answer,
            note=one_line(note),
        )
    )
