"""What a customer holds, brought along from an old system or put right by hand, with a reason."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.rewards.kinds import Move, Part, PlanKind
from app.models.rewards import PurseEntry
from app.services.customers.families import answering
from app.services.loyalty.adjusting import NothingToMove, ReasonMissing
from app.services.rewards.posting import Posting, posted
from app.services.rewards.purses import Pocket
from app.services.rewards.undoing import can_be_undone
from app.services.settings import settings


@dataclass(frozen=True, slots=True)
class Opening:
    """So much of a purse: minor units of stored value, visits, or stamps."""

    pocket: Pocket
    units: int
    expires_on: date | None = None
    """The last usable day; what was paid in never ends."""
    worth: int = 0
    """Of visits: what they were paid with, in minor units."""


def open_purse(
    session: Session, customer_id: int, opening: Opening, reason: str = "", *, operation_id: str, at: datetime
) -> str:
    """Bring along what a customer held before; the operation it was posted under.

    The same operation id again posts nothing. Raises NothingToMove for nothing or less.
    """
    if opening.units <= 0 or opening.worth < 0:
        raise NothingToMove
    if not posted(session, operation_id):
        owner = answering(session, customer_id)
        posting = Posting(session, settings(session), owner, operation_id, at, reason=reason.strip())
        _bring(posting, opening)
        can_be_undone(session, operation_id)
    return operation_id


def bring_purse(
    session: Session, customer_id: int, opening: Opening, reason: str, *, operation_id: str, at: datetime
) -> None:
    """The same, among many, for somebody who never had such a purse and has no other card, under a new operation."""
    posting = Posting.among_many(session, settings(session), customer_id, operation_id, at, reason)
    _bring(posting, opening, owed=0)


def take_purse_back(session: Session, lot: PurseEntry, *, operation_id: str, at: datetime) -> None:
    """Take back what was brought to somebody with one card who owes nothing, nothing of which has gone."""
    posting = Posting.among_many(session, settings(session), lot.customer_id, operation_id, at, lot.reason)
    posting.close_untouched(lot)


def _bring(posting: Posting, opening: Opening, owed: int | None = None) -> None:
    pocket = opening.pocket
    until = None if pocket.part is Part.PRINCIPAL else opening.expires_on
    worth = opening.worth if pocket.kind is PlanKind.VISITS else 0
    posting.open_lot(pocket, Move.OPENING, opening.units, expires_on=until, worth=worth, owed=owed)


def adjust_purse(
    session: Session, customer_id: int, pocket: Pocket, units: int, reason: str, *, operation_id: str, at: datetime
) -> str:
    """Give (above 0) or take (below 0) by hand; the operation. What is given writes off what is owed first (rule 6).

    The same operation id again posts nothing.
    Raises NothingToMove, ReasonMissing, or NotEnoughOnCard when more is taken than is held.
    """
    if units == 0:
        raise NothingToMove
    if not reason.strip():
        raise ReasonMissing
    if posted(session, operation_id):
        return operation_id
    owner = answering(session, customer_id)
    posting = Posting(session, settings(session), owner, operation_id, at, reason=reason.strip())
    if units < 0:
        posting.spend(pocket, Move.ADJUST, -units)
    else:
        forgiven = min(units, posting.debt(pocket))
        if forgiven:
            posting.write_off(pocket, forgiven)
        if units > forgiven:
            posting.open_lot(pocket, Move.ADJUST, units - forgiven)
    can_be_undone(session, operation_id)
    return operation_id
