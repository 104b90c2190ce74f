"""The board: every case in the lane of its state, what is due first at the top."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.domain.complaints import ON_THE_RAIL, ComplaintState
from app.models.complaints import Complaint, ComplaintClock
from app.services.complaints.cards import Cards, CaseCard
from app.services.complaints.filters import EVERY_CASE, CaseFilter, holds

OPEN, WAITING, RESOLVED, CLOSED = ComplaintState
CLOSED_DAYS = 30
"""How long a closed case stays on the board, this day included."""
CLOSED_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Lane:
    """The cases in one state. `count` counts those that are not shown too."""

    state: ComplaintState
    cards: tuple[CaseCard, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Board:
    lanes: tuple[Lane, ...]
    """Open, waiting, resolved, closed."""
    day_length: timedelta
    """The opening time of one open day: what turns a clock's time into days."""

    def lane(self, state: ComplaintState) -> Lane:
        return next(lane for lane in self.lanes if lane.state is state)


def unsettled(session: Session) -> int:
    """How many cases are open or waiting: the count on the rail."""
    return session.scalar(select(func.count()).where(Complaint.state.in_(ON_THE_RAIL))) or 0


def board(
    session: Session,
    at: datetime,
    *,
    closed_shown: int = CLOSED_SHOWN,
    shown: int | None = None,
    only: CaseFilter = EVERY_CASE,
) -> Board:
    """The cases of `only`, at most `shown` in a lane, and the newest of those closed within CLOSED_DAYS.

    Open cases stand by what is due first, waiting ones by who has waited longest, resolved ones by their call-back.
    """
    cards, held = Cards(session, at), holds(session, only, at)
    lanes = [_lane(cards, state, _in_state(state, held), shown) for state in (OPEN, WAITING, RESOLVED)]
    start = datetime.combine(cards.today - timedelta(days=CLOSED_DAYS - 1), time.min, cards.hours.zone)
    lanes.append(_lane(cards, CLOSED, _closed_since(start, held), closed_shown))
    return Board(tuple(lanes), cards.day_length)


def _lane(cards: Cards, state: ComplaintState, query: Select[int], shown: int | None) -> Lane:
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    held = cards.of(cards.session.scalars(query.limit(shown)).all())
    full = shown is not None and len(held) >= shown
    return Lane(state, tuple(held), (cards.session.scalar(counted) or 0) if full else len(held))


def _in_state(state: ComplaintState, held: list[ColumnElement[bool]]) -> Select[int]:
    first = {OPEN: ComplaintClock.pressing, WAITING: ComplaintClock.since}.get(state, ComplaintClock.call_on)
    joined = ComplaintClock.complaint_id == Complaint.id
    query = select(Complaint.id).join(ComplaintClock, joined).where(Complaint.state == state, *held)
    return query.order_by(first.is_(None), first, ComplaintClock.since, Complaint.id)


def _closed_since(start: datetime, held: list[ColumnElement[bool]]) -> Select[int]:
    """Closed cases, the last closed first."""
    joined = ComplaintClock.complaint_id == Complaint.id
    return (
        select(Complaint.id)
        .join(ComplaintClock, joined)
        .where(Complaint.state == CLOSED, ComplaintClock.since >= start, *held)
        .order_by(ComplaintClock.since.desc(), Complaint.id.desc())
    )
