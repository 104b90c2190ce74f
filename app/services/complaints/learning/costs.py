"""What the remedies given on some days cost, each with what its case came from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.complaints import Complaint, ComplaintRemedy
from app.services.complaints.learning.days import Days
from app.services.complaints.remedy_cost import counted, kept_cost


@dataclass(frozen=True, slots=True)
class LearnedCost:
    """One remedy; `root` and `category` are those of its case."""

    day: date
    case: int
    kind: str
    cost: int
    root: str
    category: str
    who: int | None


def learned_costs(session: Session, days: Days) -> list[LearnedCost]:
    """What was given on these days and still costs, in the order it was given."""
    query = (
        select(
            ComplaintRemedy.shop_day,
            ComplaintRemedy.complaint_id,
            ComplaintRemedy.kind,
            kept_cost(),
            Complaint.root_cause,
            Complaint.category,
            Complaint.customer_id,
        )
        .join(Complaint, Complaint.id == ComplaintRemedy.complaint_id)
        .where(ComplaintRemedy.shop_day.between(days.first, days.last))
        .order_by(ComplaintRemedy.id)
    )
    rows: Any = session.execute(counted(query))
    return [LearnedCost(*row) for row in rows]
