"""Stored value: paid in with a bonus, spent in the shop's order, given back by a return, paid out."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.domain.errors import ShopError
from app.domain.loyalty.returns import Spent, give_back
from app.domain.rewards.bonus import BonusRule, Parts, given_back, payable, split
from app.domain.rewards.kinds import Move, Part
from app.domain.rewards.refusals import NotEnoughStored
from app.domain.shop_rules import bonus_rule
from app.models.rewards import StoredEntry
from app.models.sales import Sale
from app.services.customers.families import answering, family_of
from app.services.rewards.posting import Posting, posted
from app.services.rewards.purses import BONUS, PRINCIPAL, usable_of
from app.services.rewards.undoing import can_be_undone
from app.services.rewards.written import money
from app.services.settings import settings


class NothingToRefund(ShopError):
    """There is no money of the customer's left to pay out."""


def stored(session: Session, customer_id: int, day: date) -> Parts:
    """What a customer can spend on `day`, in minor units: paid in, and bonus; asked of any of their cards."""
    cards = family_of(session, customer_id)
    return Parts(usable_of(session, PRINCIPAL, cards, day), usable_of(session, BONUS, cards, day))


def payable_of(session: Session, customer_id: int, day: date) -> int:
    """The most one payment can take, in minor units, within the shop's rule for the bonus."""
    return payable(stored(session, customer_id, day), bonus_rule(settings(session)))


def load(
    posting: Posting, paid: int, bonus: int, *, bonus_until: date | None = None, plan_id: int | None = None
) -> None:
    """Money comes in, with what the shop puts on top. What was paid in never ends."""
    if paid:
        posting.open_lot(PRINCIPAL, Move.LOAD, paid, plan_id=plan_id)
    if bonus:
        posting.open_lot(BONUS, Move.GIFT, bonus, expires_on=bonus_until, plan_id=plan_id)


def pay(posting: Posting, amount: int) -> Parts:
    """Pay `amount` minor units in the shop's order; what each part paid.

    Raises NotEnoughStored, and posts nothing, when less can be taken.
    """
    rule: BonusRule = bonus_rule(posting.shop)
    held = Parts(posting.usable(PRINCIPAL), posting.usable(BONUS))
    try:
        parts = split(amount, held, rule)
    except NotEnoughStored as short:
        raise NotEnoughStored(short_by=money(posting.shop, short.numbers["short_by"])) from None
    if parts.principal:
        posting.spend(PRINCIPAL, Move.SPEND, parts.principal)
    if parts.bonus:
        posting.spend(BONUS, Move.SPEND, parts.bonus)
    return parts


def give_back_to(posting: Posting, sale_id: int, amount: int) -> Parts:
    """Money that a return owes goes back to where it came from: as much to each part as it paid, last spent first.

    A bonus whose last day has passed comes back for as many days as points would (rule 7). What is more than was paid
    from here, as when a bill paid in cash goes back onto the balance, is paid in as the customer's own money. What came
    back once and has ended does not come back again, though the return that gave it was taken back.
    """
    paid, so_far = _moved(posting, sale_id, Move.SPEND, -1), _moved(posting, sale_id, Move.GIVE_BACK, 1)
    own = min(amount, paid.total - so_far.total)
    back = given_back(paid, so_far, own)
    for part, units in ((Part.PRINCIPAL, back.principal), (Part.BONUS, back.bonus)):
        _give_back(posting, sale_id, part, units)
    more = max(0, amount - own - _ended(posting, sale_id))
    load(posting, more, 0)
    return Parts(back.principal + more, back.bonus)


def _give_back(posting: Posting, sale_id: int, part: Part, units: int) -> None:
    pocket = PRINCIPAL if part is Part.PRINCIPAL else BONUS
    lot = select(StoredEntry.id, StoredEntry.expires_on).subquery()
    query = (
        select(StoredEntry.lot_id, -StoredEntry.units, lot.c.expires_on)
        .join(lot, lot.c.id == StoredEntry.lot_id)
        .where(StoredEntry.sale_id == sale_id, StoredEntry.move == Move.SPEND, StoredEntry.part == part)
        .order_by(StoredEntry.id)
    )
    spent = [Spent(*row) for row in posting.session.execute(query)]
    so_far = _moved(posting, sale_id, Move.GIVE_BACK, 1)
    given = so_far.principal if part is Part.PRINCIPAL else so_far.bonus
    for each in give_back(spent, given, units, posting.day, posting.shop.points_give_back_days):
        posting.open_lot(pocket, Move.GIVE_BACK, each.points, expires_on=each.expires_on)


def _ended(posting: Posting, sale_id: int) -> int:
    """What returns of a sale that were taken back had given back, and ended before that."""
    lot, back = aliased(StoredEntry), aliased(Sale)
    query = (
        select(func.coalesce(-func.sum(StoredEntry.units), 0))
        .join(lot, lot.id == StoredEntry.lot_id)
        .join(back, lot.operation_id.startswith(back.operation_id + ":"))
        .where(lot.sale_id == sale_id, lot.move == Move.GIVE_BACK, StoredEntry.move == Move.EXPIRE)
        .where(back.returns_id == sale_id, back.voided_at.is_not(None))
    )
    return posting.session.scalars(query).one()


def _moved(posting: Posting, sale_id: int, move: Move, sign: int) -> Parts:
    """What a sale took from each part, or what its returns gave back so far."""
    query = (
        select(StoredEntry.part, func.sum(StoredEntry.units))
        .where(StoredEntry.sale_id == sale_id, StoredEntry.move == move)
        .group_by(StoredEntry.part)
    )
    found: dict[Part, int] = {part: units * sign for part, units in posting.session.execute(query)}
    return Parts(found.get(Part.PRINCIPAL, 0), found.get(Part.BONUS, 0))


def refund_stored(session: Session, customer_id: int, reason: str, *, operation_id: str, at: datetime) -> Parts:
    """Pay out what is left of the customer's own money; the bonus ends with it. What was paid out, what ended.

    The same operation id again posts nothing and gives the first answer.
    Raises NothingToRefund.
    """
    done = posted(session, operation_id)
    if not done:
        posting = Posting(
            session, settings(session), answering(session, customer_id), operation_id, at, reason=reason.strip()
        )
        _pay_out(posting)
        can_be_undone(session, operation_id)
        done = posted(session, operation_id)
    out = {move: -sum(row.units for row in done if row.move is move) for move in (Move.REFUND, Move.FORFEIT)}
    return Parts(out[Move.REFUND], out[Move.FORFEIT])


def _pay_out(posting: Posting) -> None:
    principal, bonus = posting.usable(PRINCIPAL), posting.usable(BONUS)
    if not principal:
        raise NothingToRefund
    posting.spend(PRINCIPAL, Move.REFUND, principal)
    if bonus:
        posting.spend(BONUS, Move.FORFEIT, bonus)
