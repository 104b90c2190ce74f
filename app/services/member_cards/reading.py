"""Reading member cards: whose a number is and how it stands, the cards of a person, what happened to them."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.member_cards import CardEventKind, Scheme, card_number
from app.models.member_cards import MemberCardEvent
from app.models.staff import Staff
from app.services.customers.families import answered_each, answered_for, answering
from app.services.settings import settings

GOOD = frozenset({CardEventKind.ISSUED, CardEventKind.FOUND})


@dataclass(frozen=True, slots=True)
class MemberCard:
    """A number and how it stands: the last thing that happened to it. `customer_id` is who answers for it now."""

    number: str
    customer_id: int
    state: CardEventKind
    at: datetime
    reason: str
    replaced_by: str

    @property
    def good(self) -> bool:
        return self.state in GOOD


@dataclass(frozen=True, slots=True)
class CardEvent:
    """One line of the history of a person's cards."""

    id: int
    number: str
    kind: CardEventKind
    at: datetime
    reason: str
    replaced_by: str
    staff: str


_COLUMNS = (
    MemberCardEvent.number,
    MemberCardEvent.customer_id,
    MemberCardEvent.kind,
    MemberCardEvent.at,
    MemberCardEvent.reason,
    MemberCardEvent.replaced_by,
)


def look_up(session: Session, typed: str) -> MemberCard | None:
    """The card of this number, lost or good; None where no card is called so, or its issue was taken back."""
    number = card_number(typed)
    last = select(*_COLUMNS).where(MemberCardEvent.number == number).order_by(MemberCardEvent.id.desc()).limit(1)
    row = session.execute(last).one_or_none() if number else None
    if row is None or row.kind is CardEventKind.WITHDRAWN:
        return None
    return MemberCard(row[0], answering(session, row[1]), *row[2:])


def cards_of(session: Session, customer_id: int) -> list[MemberCard]:
    """The cards somebody answers for, those merged into theirs included: good ones first, the newest first."""
    owner = answering(session, customer_id)
    (cards,) = cards_of_many(session, [owner]).values()
    return cards


def cards_of_many(session: Session, ids: Collection[int]) -> dict[int, list[MemberCard]]:
    """As `cards_of`, by id; somebody without a card has an empty list."""
    found: dict[int, list[MemberCard]] = {one: [] for one in ids}
    family = answered_each(session, ids)
    for row in _last_events(session, sorted(family)):
        if row.kind is not CardEventKind.WITHDRAWN:
            found[family[row.customer_id]].append(MemberCard(row.number, family[row.customer_id], *row[2:]))
    return {one: sorted(cards, key=lambda card: not card.good) for one, cards in found.items()}


def card_history(session: Session, customer_id: int) -> list[CardEvent]:
    """What happened to the cards of a person, the newest first."""
    family = answered_for(session, answering(session, customer_id))
    told = (MemberCardEvent.id, MemberCardEvent.number, MemberCardEvent.kind, MemberCardEvent.at)
    query = (
        select(*told, MemberCardEvent.reason, MemberCardEvent.replaced_by, Staff.name)
        .join(Staff, Staff.id == MemberCardEvent.staff_id)
        .where(MemberCardEvent.customer_id.in_(family))
        .order_by(MemberCardEvent.id.desc())
    )
    return [CardEvent(*row) for row in session.execute(query)]


def next_number(session: Session) -> str:
    """The next number of the shop's own scheme: one more than the highest ever given."""
    shop = scheme(session)
    low, high = shop.prefix + "0" * shop.digits, shop.prefix + "9" * (shop.digits + 1)
    column = MemberCardEvent.number
    size = len(shop.prefix) + shop.digits + 1
    highest = select(func.max(column)).where(column.between(low, high), func.length(column) == size)
    found = session.scalar(highest)
    running = int(found[len(shop.prefix) : -1]) if found and found[len(shop.prefix) :].isdigit() else 0
    while _was_given(session, number := shop.numbered(running := running + 1)):
        pass  # the running digits are used up: longer numbers follow, which `highest` does not see
    return number


def _was_given(session: Session, number: str) -> bool:
    return session.scalar(select(MemberCardEvent.id).where(MemberCardEvent.number == number).limit(1)) is not None


def scheme(session: Session) -> Scheme:
    """How this shop numbers its cards."""
    shop = settings(session)
    return Scheme(shop.member_card_prefix, shop.member_card_digits)


def _last_events(session: Session, cards: Sequence[int]) -> Sequence[Any]:
    """The last event of every number these cards hold, the newest first."""
    if not cards:
        return []
    whose = func.json_each(json.dumps(list(cards))).table_valued("value")
    last = (
        select(func.max(MemberCardEvent.id))
        .where(MemberCardEvent.number.in_(select(MemberCardEvent.number).where(_among(whose))))
        .group_by(MemberCardEvent.number)
    )
    query = select(*_COLUMNS).where(MemberCardEvent.id.in_(last), _among(whose)).order_by(MemberCardEvent.id.desc())
    return session.execute(query).all()


def _among(whose: Any) -> Any:
    return MemberCardEvent.customer_id.in_(select(whose.c.value))
