"""People, bills and complaints for the tests of the complaint log."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState, Severity
from app.models.sales import Sale, SaleOrigin
from app.services import complaints, customers
from app.services.complaints import Board, ComplaintDraft
from app.storage.unit_of_work import UnitOfWork

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPEN, WAITING, RESOLVED, CLOSED = ComplaintState
MINOR, SERIOUS, SEVERE = Severity


def at(day: int, hour: int = 10, minute: int = 0, month: int = 11) -> datetime:
    """A moment of 2026 in the shop's own time."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


NOW = at(23)
"""What the fixed clock says."""


def person(work: UnitOfWork, name: str) -> int:
    return work.write(customers.add, customers.CustomerDraft(name=name), at=datetime(2026, 1, 5, tzinfo=UTC))[0]


def bill(
    work: UnitOfWork, number: str, moment: datetime, *, revenue: int = 5000, customer_id: int | None = None
) -> int:
    """A bill straight in the table: how the till writes one is tested with the till."""
    with Session(work.engine) as session:
        sale = Sale(
            number=number,
            customer_id=customer_id,
            at=moment,
            shop_day=moment.date(),
            staff_id=1,
            origin=SaleOrigin.TILL,
            revenue=revenue,
            total=revenue,
        )
        session.add(sale)
        session.commit()
        return sale.id


def complain(work: UnitOfWork, moment: datetime = NOW, **draft: object) -> int:
    said = {"category": "product", "severity": SERIOUS, "words": "The lid has a crack", **draft}
    return work.write(complaints.log, ComplaintDraft(**said), moment)[0]  # type: ignore[arg-type]


def move(work: UnitOfWork, complaint_id: int, state: ComplaintState, moment: datetime = NOW, **named: object) -> None:
    work.write(complaints.move, complaint_id, state, moment, **named)  # type: ignore[arg-type]


def board(work: UnitOfWork, moment: datetime = NOW) -> Board:
    return work.read(complaints.board, moment)
