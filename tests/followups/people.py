"""People, purchases, complaints and follow-ups for the tests of the follow-up calendar and of Today."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday
from app.domain.complaints import ComplaintState, Severity
from app.domain.followups import FollowUpKind
from app.domain.recurrence import Scope
from app.models.loyalty import TierMove
from app.models.sales import Sale, SaleOrigin
from app.services import complaints, customers, followups
from app.services.customers import CustomerDraft, Labelled
from app.services.customers.figures import refresh
from app.services.followups import FollowUpDraft
from app.storage.unit_of_work import Changes, UnitOfWork

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 23)
"""A Monday: the week ends on the 29th."""


def at(day: int, hour: int = 10, minute: int = 0, month: int = 11) -> datetime:
    """A moment of 2026 in the shop's own time."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


NOW = at(23)
"""What the fixed clock says."""


def days(count: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=count)


def person(work: UnitOfWork, name: str, phone: str = "", birthday: Birthday | None = None, wechat: str = "") -> int:
    draft = CustomerDraft(name=name, phones=(Labelled(phone),) if phone else (), birthday=birthday, wechat=wechat)
    return work.write(customers.add, draft, at=datetime(2026, 1, 5, tzinfo=UTC))[0]


def book(work: UnitOfWork, who: int | None, due: date, kind: FollowUpKind = FollowUpKind.CALL, **draft: object) -> int:
    return work.write(followups.book, FollowUpDraft(due, kind, who, **draft), at(1))[0]  # type: ignore[arg-type]


def move(work: UnitOfWork, followup: int, day: date) -> Changes:
    return work.write(followups.move_occurrence, followup, day, Scope.THIS, at=NOW)[1]


def remove(work: UnitOfWork, followup: int) -> Changes:
    return work.write(followups.remove_occurrence, followup, Scope.THIS)[1]


def complain(work: UnitOfWork, who: int | None, moment: datetime, severity: Severity = Severity.SERIOUS) -> int:
    draft = complaints.ComplaintDraft(
        customer_id=who, category="product", severity=severity, words="The lid has a crack"
    )
    return work.write(complaints.log, draft, moment)[0]


def close_case(work: UnitOfWork, case: int, moment: datetime) -> None:
    work.write(complaints.move, case, ComplaintState.RESOLVED, moment, remedy="A new lid")
    work.write(complaints.move, case, ComplaintState.CLOSED, moment, satisfaction=5)


def bought(work: UnitOfWork, who: int | None, moment: datetime, revenue: int = 5000) -> None:
    """A bill straight in the table: how the till writes one is tested with the till."""
    with Session(work.engine) as session:
        session.add(
            Sale(
                number=f"{moment:%m%d%H%M}-{who}",
                customer_id=who,
                at=moment,
                shop_day=moment.astimezone(SHANGHAI).date(),
                staff_id=1,
                origin=SaleOrigin.TILL,
                revenue=revenue,
                total=revenue,
                counted_lines=1,
            )
        )
        session.flush()
        refresh(session)
        session.commit()


def tier(work: UnitOfWork, who: int, rank: int, until: date | None = None) -> None:
    """Put somebody into a tier, as a move of the past."""
    with Session(work.engine) as session:
        session.add(
            TierMove(customer_id=who, on=days(-300), from_rank=0, to_rank=rank, cause="reached", valid_until=until)
        )
        session.flush()
        refresh(session)
        session.commit()


def hour(clock: int, minute: int = 0) -> time:
    return time(clock, minute)
