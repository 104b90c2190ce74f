"""Tiers given by hand: giving one, ending it, and reading what was given."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.tiers.floors import Floor, Given, floors_of
from app.models.customers import Customer
from app.models.loyalty import RemovedTier, Tier, TierFloor
from app.models.staff import Staff
from app.services.customers.families import answered_for, answering
from app.services.loyalty.adjusting import ReasonMissing, following, moment
from app.services.settings import settings
from app.services.undo import ChangedSince
from app.storage import journal
from app.storage.unit_of_work import acting_staff


class BadFloor(ShopError):
    """Code "ended_before" (its last day is over), "lowest" (everyone stands at least there) or "unknown_tier"."""


class NothingGiven(ShopError):
    """No tier given by hand holds."""


@dataclass(frozen=True, slots=True)
class GivenTier:
    """One row of what was given by hand. An empty `code` is the end of what was given before."""

    day: date
    at: datetime
    code: str
    rank: int | None
    """Of today's tiers: that of the tier below where the one given is no more; None: an end."""
    name: str
    """The shop's own words for the tier, also for one that is no more; empty: the shipped word for `code`."""
    name_zh: str
    until: date | None
    reason: str
    staff: str
    holds: bool
    """Whether this is what holds on the day asked for."""


def give_tier(
    session: Session,
    customer_id: int,
    code: str,
    until: date | None,
    reason: str,
    *,
    operation_id: str,
    at: datetime,
) -> None:
    """Give a tier by hand: until the end of its last day the customer does not fall below it.

    It takes the place of what was given before. The same operation id again changes nothing.
    Raises BadFloor, or ReasonMissing.
    """
    day = _day(session, at)
    tier = session.scalars(select(Tier).where(Tier.code == code)).one_or_none()
    if tier is None:
        raise BadFloor("unknown_tier")
    if tier.rank == 0:
        raise BadFloor("lowest")
    if until is not None and until < day:
        raise BadFloor("ended_before")
    if not reason.strip():
        raise ReasonMissing
    _post(session, customer_id, code, until, reason.strip(), operation_id, at)


def bring_tier(
    session: Session, customer_id: int, code: str, until: date | None, reason: str, *, operation_id: str, at: datetime
) -> None:
    """Write what an import has looked at already, for somebody with one card who was given nothing by another act.

    An empty `code` ends what the import gave.
    """
    row = TierFloor(
        customer_id=customer_id,
        at=at,
        shop_day=_day(session, at),
        tier_code=code,
        until=until,
        reason=reason,
        staff_id=acting_staff(session),
        operation_id=operation_id,
    )
    journal.put(session, row)


def end_given_tier(session: Session, customer_id: int, reason: str = "", *, operation_id: str, at: datetime) -> None:
    """End what was given by hand; the customer stands where the purchases put them, from today on.

    Raises NothingGiven.
    """
    if not any(row.holds for row in given_tiers(session, customer_id, _day(session, at))):
        raise NothingGiven
    _post(session, customer_id, "", None, reason.strip(), operation_id, at)


def put_given_tier_back(
    session: Session,
    customer_id: int,
    code: str,
    until: date | None,
    reason: str,
    *,
    operation_id: str,
    at: datetime | None = None,
    of: str = "",
) -> None:
    """Make hold again what held before an act: the way back of giving and ending.

    `of` is the operation that is taken back. Raises ChangedSince when somebody has given or ended a tier since then.
    """
    if of and not f"{_last_given(session, customer_id)}:".startswith(f"{of}:"):
        raise ChangedSince(table=TierFloor.__tablename__)
    _post(session, customer_id, code, until, reason, operation_id, at or moment(session))


def given_tiers(session: Session, customer_id: int, day: date) -> list[GivenTier]:
    """All that was given by hand, the newest first; `day` decides which of it still holds."""
    cards = answered_for(session, customer_id)
    query = (
        select(TierFloor, Staff.name)
        .join(Staff, Staff.id == TierFloor.staff_id)
        .where(TierFloor.customer_id.in_(cards))
        .order_by(TierFloor.at.desc(), TierFloor.id.desc())
    )
    names, places = _names(session), places_by_code(session)
    seen: set[int] = set()
    found = []
    for row, staff in session.execute(query):
        last = row.customer_id not in seen
        seen.add(row.customer_id)
        holds = last and bool(row.tier_code) and (row.until is None or day <= row.until)
        words = names.get(row.tier_code, ("", ""))
        rank = places.get(row.tier_code) if row.tier_code else None
        found.append(GivenTier(row.shop_day, row.at, row.tier_code, rank, *words, row.until, row.reason, staff, holds))
    return found


def floors_by_customer(session: Session, families: dict[int, int] | None) -> dict[int, list[Floor]]:
    """What was given by hand, by who answers: of these cards and their owners, or of everyone."""
    query = select(TierFloor.customer_id, TierFloor.shop_day, TierFloor.tier_code, TierFloor.until)
    if families is not None:
        query = query.where(TierFloor.customer_id.in_(families))
    rows = session.execute(query.order_by(TierFloor.at, TierFloor.id)).all()
    if not rows:
        return {}
    places = places_by_code(session)
    given: defaultdict[int, list[Given]] = defaultdict(list)
    for card, day, code, until in rows:
        given[card].append(Given(day, places.get(code) if code else None, until))
    owners = families if families is not None else _owners(session, given)
    found: defaultdict[int, list[Floor]] = defaultdict(list)
    for card, theirs in given.items():
        found[owners[card]] += floors_of(theirs)
    return dict(found)


def places_by_code(session: Session) -> dict[str, int]:
    """The rank of every tier by its code; one that is no more has that of the tier it fell to."""
    places = {code: rank for code, rank in session.execute(select(Tier.code, Tier.rank))}  # noqa: C416
    falls = {code: to for code, to in session.execute(select(RemovedTier.code, RemovedTier.falls_to))}  # noqa: C416
    for code in falls:
        to = code
        while to in falls:
            to = falls[to]
        places[code] = places[to]
    return places


def _owners(session: Session, cards: Collection[int]) -> dict[int, int]:
    merged = session.scalars(select(Customer.id).where(Customer.merged_into.is_not(None), Customer.id.in_(cards)))
    return {card: card for card in cards} | {card: answering(session, card) for card in list(merged)}


def _names(session: Session) -> dict[str, tuple[str, str]]:
    rows = session.execute(
        select(Tier.code, Tier.name, Tier.name_zh).union_all(
            select(RemovedTier.code, RemovedTier.name, RemovedTier.name_zh)
        )
    )
    return {code: (name, name_zh) for code, name, name_zh in rows}


def _post(
    session: Session,
    customer_id: int,
    code: str,
    until: date | None,
    reason: str,
    operation_id: str,
    at: datetime,
) -> None:
    """Write the row on the card that answers, and an end on each other card of theirs where something holds."""
    if session.scalar(select(TierFloor.id).where(TierFloor.operation_id == operation_id)) is not None:
        return
    owner, day = answering(session, customer_id), _day(session, at)
    before = next((row for row in given_tiers(session, owner, day) if row.holds), None)
    for card in [owner, *_others_holding(session, owner, day)]:
        session.add(
            TierFloor(
                customer_id=card,
                at=at,
                shop_day=day,
                tier_code=code if card == owner else "",
                until=until if card == owner else None,
                reason=reason,
                staff_id=acting_staff(session),
                operation_id=operation_id if card == owner else f"{operation_id}:{card}",
            )
        )
    session.flush()
    held = (before.code, before.until, before.reason) if before else ("", None, reason)
    again = {"operation_id": following(operation_id), "of": operation_id}
    journal.taken_back_by(session, put_given_tier_back, owner, *held, **again)


def _last_given(session: Session, customer_id: int) -> str:
    """The operation of the last row of a customer, the cards merged into theirs among them."""
    cards = answered_for(session, answering(session, customer_id))
    query = select(TierFloor.operation_id).where(TierFloor.customer_id.in_(cards)).order_by(TierFloor.id.desc())
    return session.scalar(query.limit(1)) or ""


def _others_holding(session: Session, owner: int, day: date) -> list[int]:
    """Cards merged into this one on which something given by hand still holds."""
    found = []
    for card in answered_for(session, owner):
        query = select(TierFloor.tier_code, TierFloor.until).where(TierFloor.customer_id == card)
        last = session.execute(query.order_by(TierFloor.at.desc(), TierFloor.id.desc()).limit(1)).first()
        if card != owner and last and last[0] and (last[1] is None or day <= last[1]):
            found.append(card)
    return found


def _day(session: Session, at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings(session).timezone)).date()
