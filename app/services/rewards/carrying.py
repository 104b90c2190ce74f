"""Visits and stamps: a card is sold, goods bring stamps, both pay for goods, returns turn each round."""

from sqlalchemy import func, select

from app.domain.loyalty.returns import Spent, give_back
from app.domain.rewards.cards import last_day
from app.domain.rewards.kinds import Move, PlanKind
from app.models.rewards import CardPlan, StampEntry, VisitEntry
from app.services.rewards.posting import Posting
from app.services.rewards.purses import Pocket, stamps, visits


def sell_visits(posting: Posting, plan: CardPlan, paid: int) -> None:
    """A count card is bought for `paid` minor units: a lot of its visits."""
    until = last_day(posting.day, plan.months)
    posting.open_lot(visits(plan.id), Move.LOAD, plan.units, expires_on=until, worth=paid)


def stamp(posting: Posting, plan: CardPlan, count: int) -> None:
    """Goods bought bring so many stamps."""
    if count:
        posting.open_lot(stamps(plan.id), Move.STAMP, count, expires_on=last_day(posting.day, plan.months))


def use_visits(posting: Posting, plan: CardPlan, count: int) -> int:
    """Visits pay for goods; what they had been paid with, in minor units. Raises NotEnoughOnCard."""
    rows = posting.spend(visits(plan.id), Move.SPEND, count)
    return -sum(row.worth for row in rows)  # type: ignore[attr-defined]


def use_stamps(posting: Posting, plan: CardPlan, free: int) -> None:
    """So many goods are free for a full card each. Raises NotEnoughOnCard."""
    posting.spend(stamps(plan.id), Move.SPEND, free * plan.units)


def give_units_back(posting: Posting, pocket: Pocket, sale_id: int, units: int) -> None:
    """Visits or stamps that paid for what was brought back: last spent first, with the end they had (rule 7).

    What came back once and has ended does not come back again, though the return that gave it was taken back.
    """
    entry = pocket.ledger
    lot = select(entry.id, entry.expires_on).subquery()
    query = (
        select(entry.lot_id, -entry.units, lot.c.expires_on)
        .join(lot, lot.c.id == entry.lot_id)
        .where(entry.sale_id == sale_id, entry.move == Move.SPEND, *pocket.among(entry))
        .order_by(entry.id)
    )
    spent = [Spent(*row) for row in posting.session.execute(query)]
    so_far = moved(posting, pocket, sale_id, Move.GIVE_BACK)
    worth = _worth(posting, pocket, sale_id)
    paid = sum(row.points for row in spent)
    units = min(units, paid - so_far)
    for each in give_back(spent, so_far, units, posting.day, posting.shop.points_give_back_days):
        part = worth * (so_far + each.points) // paid - worth * so_far // paid
        posting.open_lot(pocket, Move.GIVE_BACK, each.points, expires_on=each.expires_on, worth=part)
        so_far += each.points


def take_stamps_back(posting: Posting, plan: CardPlan, sale_id: int, count: int) -> None:
    """Stamps of goods brought back go: those of the sale first, then others, then the customer owes them (rule 5)."""
    own = select(StampEntry.id).where(
        StampEntry.sale_id == sale_id, StampEntry.move == Move.STAMP, StampEntry.plan_id == plan.id
    )
    posting.take(stamps(plan.id), Move.TAKE_BACK, count, list(posting.session.scalars(own)))


def moved(posting: Posting, pocket: Pocket, sale_id: int, move: Move) -> int:
    """What a sale, or its returns, moved in this purse: above 0 what came in."""
    entry = pocket.ledger
    query = select(func.coalesce(func.sum(entry.units), 0)).where(
        entry.sale_id == sale_id, entry.move == move, *pocket.among(entry)
    )
    return posting.session.scalars(query).one()


def _worth(posting: Posting, pocket: Pocket, sale_id: int) -> int:
    """What the visits a sale used had been paid with."""
    if pocket.kind is not PlanKind.VISITS:
        return 0
    query = select(func.coalesce(func.sum(VisitEntry.worth), 0)).where(
        VisitEntry.sale_id == sale_id, VisitEntry.move == Move.SPEND, VisitEntry.plan_id == pocket.plan_id
    )
    return -posting.session.scalars(query).one()
