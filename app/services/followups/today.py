"""The day's list: what is overdue, due today and due this week, in the order in which it matters."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState
from app.domain.followups import Due, FollowUpPurpose, due_bucket, week_end
from app.models.followups import FollowUp
from app.services import complaints
from app.services.followups.brake import braked, not_held
from app.services.followups.facts import Facts, facts
from app.services.followups.rows import FollowUpRow, load, of_people_on_the_list

TOMORROW_SHOWN = 3
_PARTS = list(Due)


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One thing to do, with the part of the list it stands in and what is known about its reason."""

    item: FollowUpRow
    part: Due
    facts: Facts
    case_late: bool
    """A complaint of this customer is past its target."""

    @property
    def id(self) -> int:
        return self.item.id


@dataclass(frozen=True, slots=True)
class TodayList:
    """The list, and what it leaves out."""

    rows: tuple[TodayRow, ...]
    held: tuple[int, ...]
    """Customers to whom nothing is sold now, though a follow-up up to the end of the week would: their complaint is
    open."""
    tomorrow: tuple[FollowUpRow, ...]
    """The first three of tomorrow."""

    @property
    def left(self) -> int:
        """How many are overdue or due today."""
        return sum(row.part in (Due.OVERDUE, Due.TODAY) for row in self.rows)


def due_count(session: Session, today: date) -> int:
    """How many follow-ups are overdue or due today and may be done: the count on the rail."""
    query = select(func.count()).where(
        FollowUp.done_at.is_(None), FollowUp.due_on <= today, not_held(braked(session)), of_people_on_the_list()
    )
    return session.scalars(query).one()


def today(session: Session, day: date, at: datetime) -> TodayList:
    """Everything still to do up to the end of the week of `day`; `at` is the moment the clocks of complaints are read.

    Overdue first, then today, then the week by its days; in each part customers with a complaint past its target come
    first, then the higher tier, then who has bought for more. Selling to somebody with an open complaint is held back.
    """
    last, tomorrow = week_end(day), day + timedelta(days=1)
    found = load(session, FollowUp.done_at.is_(None), FollowUp.due_on <= max(last, tomorrow), of_people_on_the_list())
    late = _late_people(session, at)
    offered = [row for row in found if not row.held]
    known = facts(session, offered, day)
    rows = [
        TodayRow(row, due_bucket(row.due_on, day), known[row.id], row.who is not None and row.who.id in late)
        for row in offered
    ]
    rows.sort(key=_what_matters)
    return TodayList(
        tuple(row for row in rows if row.item.due_on <= last),
        tuple({row.who.id: None for row in found if row.held and row.who and row.due_on <= last}),
        tuple([row.item for row in rows if row.item.due_on == tomorrow][:TOMORROW_SHOWN]),
    )


def _what_matters(row: TodayRow) -> tuple[object, ...]:
    item, who = row.item, row.item.who
    day = item.due_on if row.part not in (Due.OVERDUE, Due.TODAY) else date.min
    about_complaint = row.case_late and item.purpose is FollowUpPurpose.COMPLAINT
    standing = (-who.tier.rank, -who.net) if who else (0, 0)
    hour = (item.due_at is not None, str(item.due_at))
    return (_PARTS.index(row.part), day, not row.case_late, not about_complaint, *standing, item.due_on, *hour, item.id)


def _late_people(session: Session, at: datetime) -> frozenset[int]:
    """Whose complaint is open and past its target."""
    cards = complaints.board(session, at, closed_shown=0).lane(ComplaintState.OPEN).cards
    return frozenset(card.who.id for card in cards if card.who and card.clock.late)
