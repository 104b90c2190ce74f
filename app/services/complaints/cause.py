"""What a case came from and what keeps it from happening again; and who looks after the case."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.text import clean
from app.models.complaints import Complaint
from app.services.complaints.drafts import CaseChanged


@dataclass(frozen=True, slots=True)
class CauseDraft:
    """The code of the cause, what is done about it, and who sees to that; all may stay empty."""

    root_cause: str = ""
    prevention: str = ""
    cause_staff_id: int | None = None


def say_cause(session: Session, complaint_id: int, draft: CauseDraft, *, version: int) -> int:
    """Write down what a case came from; its new version. Raises CaseChanged when somebody saved it in between."""
    case = _unchanged(session, complaint_id, version)
    case.root_cause, case.cause_staff_id = draft.root_cause, draft.cause_staff_id
    case.prevention = clean(draft.prevention).strip()
    session.flush()
    return case.version


def assign(session: Session, complaint_id: int, staff_id: int | None, *, version: int) -> int:
    """Let somebody look after a case (None: whoever logged it); its new version. Raises CaseChanged."""
    case = _unchanged(session, complaint_id, version)
    case.assignee_id = staff_id
    session.flush()
    return case.version


def _unchanged(session: Session, complaint_id: int, version: int) -> Complaint:
    case = session.get_one(Complaint, complaint_id)
    if case.version != version:
        raise CaseChanged
    return case
