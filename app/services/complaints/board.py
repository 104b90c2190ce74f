"""The board: every case in the lane of its state, what is due first at the top."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from app.domain.complaints import ON_THE_RAIL, ComplaintState
from app.models.complaints import Complaint, ComplaintEvent
from app.services.complaints.cards import Cards, CaseCard
from app.services.complaints.history import stands

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


def board(session: Session, at: datetime, *, closed_shown: int = CLOSED_SHOWN) -> Board:
    """Every case that is not closed, and the newest of those closed within CLOSED_DAYS.

    Open cases stand by what is due first, waiting ones by who has waited longest, resolved ones by their call-back.
    """
    cards = Cards(session, at)
    found = cards.of(session.scalars(select(Complaint).where(Complaint.state != ComplaintState.CLOSED)).all())
    lanes = [_lane(state, found) for state in (ComplaintState.OPEN, ComplaintState.WAITING, ComplaintState.RESOLVED)]
    closed = _closed_since(datetime.combine(cards.today - timedelta(days=CLOSED_DAYS - 1), time.min, cards.hours.zone))
    count = session.scalar(select(func.count()).select_from(closed.subquery())) or 0
    shown = cards.of(session.scalars(closed.limit(closed_shown)).all())
    return Board((*lanes, Lane(ComplaintState.CLOSED, tuple(shown), count)), cards.day_length)


def _lane(state: ComplaintState, cards: list[CaseCard]) -> Lane:
    order = _by_due if state is ComplaintState.OPEN else _by_since
    held = tuple(sorted((card for card in cards if card.state is state), key=order))
    return Lane(state, held, len(held))


def _closed_since(start: datetime) -> Select[Complaint]:
    """Closed cases, the last closed first; one may have been closed more than once."""
    closing = and_(ComplaintEvent.complaint_id == Complaint.id, ComplaintEvent.state == ComplaintState.CLOSED, stands())
    return (
        select(Complaint)
        .join(ComplaintEvent, closing)
        .where(Complaint.state == ComplaintState.CLOSED, ComplaintEvent.at >= start)
        .group_by(Complaint.id)
        .order_by(func.max(ComplaintEvent.at).desc(), Complaint.id.desc())
    )


def _by_due(card: CaseCard) -> tuple[datetime, int]:
    return card.clock.due_at or datetime.max.replace(tzinfo=UTC), card.id


def _by_since(card: CaseCard) -> tuple[datetime, int]:
    return card.since, card.id
