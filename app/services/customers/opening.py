"""Opening a card: what it shows and the newest of its timeline, read as of one moment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.services.customers.card import Card, card_and_family
from app.services.customers.timeline import EVERY_KIND, Entry, Kind, counts_for, page_for


@dataclass(frozen=True, slots=True)
class Opened:
    """A card, the newest entries of the kinds asked for, and how many there are of those."""

    card: Card
    entries: tuple[Entry, ...]
    count: int


def opened(
    session: Session, customer_id: int, today: date, kinds: Collection[Kind] = EVERY_KIND, limit: int = 20
) -> Opened:
    """What is seen when a card is opened. Raises NoResultFound when there is none."""
    shown, family = card_and_family(session, customer_id, today)
    there = counts_for(session, family, kinds)
    entries = page_for(session, family, there, None, limit)
    return Opened(shown, tuple(entries), sum(there.values()))
