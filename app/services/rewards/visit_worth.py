"""What the next visits of a card were paid with, before they are used."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from app.domain.loyalty.lots import draw
from app.models.rewards import VisitEntry
from app.services.rewards.expiry import worth_left
from app.services.rewards.purses import lots_of, visits


def visit_worth(session: Session, plan_id: int, cards: Collection[int], day: date, count: int) -> int:
    """Minor units that `count` visits would move, drawn as the posting will draw them (`Posting.spend`)."""
    lots = [lot for lot in lots_of(session, visits(plan_id), cards) if not lot.past(day)]
    left = {lot.id: lot.remaining for lot in lots}
    return sum(
        worth_left(session, session.get_one(VisitEntry, lot_id)) * units // left[lot_id]
        for lot_id, units in draw(lots, count)
    )
