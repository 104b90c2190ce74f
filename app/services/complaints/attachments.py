"""The files of a case: taken in once they lie in the shop's folder, taken off again, shown."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.models.complaints import Complaint, ComplaintAttachment
from app.models.staff import Staff
from app.storage.attachments import StoredFile
from app.storage.unit_of_work import acting_staff


class AttachedAlready(ShopError):
    """The case has this very file. Numbers: file (its name there)."""


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file of a case; `size` in bytes, `stored` its name in the folder."""

    id: int
    name: str
    stored: str
    size: int
    mime: str
    at: datetime
    staff: str


def attach(session: Session, complaint_id: int, file: StoredFile, *, at: datetime) -> int:
    """Let a case have a file that lies in the folder; the id of the row. Raises AttachedAlready."""
    case = session.get_one(Complaint, complaint_id)
    there = select(ComplaintAttachment).where(
        ComplaintAttachment.complaint_id == case.id,
        ComplaintAttachment.stored == file.stored,
        ComplaintAttachment.removed_at.is_(None),
    )
    held = session.scalar(there.limit(1))
    if held is not None:
        raise AttachedAlready(file=held.name)
    row = ComplaintAttachment(
        complaint_id=case.id,
        name=file.name,
        stored=file.stored,
        digest=file.digest,
        size=file.size,
        mime=file.mime,
        at=at,
        staff_id=acting_staff(session),
    )
    session.add(row)
    session.flush()
    return row.id


def detach(session: Session, attachment_id: int, *, at: datetime) -> None:
    """Take a file off a case. It stays in the folder, so that this can be taken back."""
    session.get_one(ComplaintAttachment, attachment_id).removed_at = at


def attachments(session: Session, complaint_id: int) -> list[AttachmentRow]:
    """The files of a case in the order they came."""
    query = (
        select(
            ComplaintAttachment.id,
            ComplaintAttachment.name,
            ComplaintAttachment.stored,
            ComplaintAttachment.size,
            ComplaintAttachment.mime,
            ComplaintAttachment.at,
            Staff.name,
        )
        .join(Staff, Staff.id == ComplaintAttachment.staff_id)
        .where(ComplaintAttachment.complaint_id == complaint_id, ComplaintAttachment.removed_at.is_(None))
        .order_by(ComplaintAttachment.at, ComplaintAttachment.id)
    )
    return [AttachmentRow(*row) for row in session.execute(query)]
