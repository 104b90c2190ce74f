"""What the till wants to know about the person who buys."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from app.services.customers.families import family_of
from app.services.customers.selling import OpenCase, open_cases
from app.services.loyalty.footing import Footing, footing
from app.services.loyalty.holdings import Holding, summed_holding
from app.services.loyalty.standing import Ladder, Standing
from app.services.loyalty.tiers import TierRow
from app.storage import plain_sql


@dataclass(frozen=True)
class Buyer:
    """Who buys, as the ticket shows them."""

    customer_id: int
    name: str
    phone: str
    cases: tuple[OpenCase, ...]
    """Complaints that are not closed: while there is one, nothing may be promoted (the brake)."""
    ladder: Ladder
    footing: Footing
    tier: TierRow
    held: Holding
    """Its lots are summed up by when they begin and end."""
    cards: tuple[int, ...]
    """Whose sales and points count: the customer's own card first, then those merged into it."""
    personal_discount: int | None = None
    """Thousandths off, in place of the tier's; None: the tier's."""

    @cached_property
    def standing(self) -> Standing:
        """Worked out when it is asked for: the till shows it, and a sale is posted without."""
        return self.ladder.standing(self.footing)


WHO = """
SELECT c.name, c.personal_discount,
       (SELECT p.digits FROM customer_phones p WHERE p.customer_id = c.id ORDER BY p.id LIMIT 1)
FROM customers c WHERE c.id = ?
"""
LAST_USED = """
SELECT points_used FROM sales WHERE customer_id = ? AND points_used > 0 AND voided_at IS NULL ORDER BY at DESC LIMIT 1
"""
"""As the driver takes them: they are asked on every keystroke at the till."""


def cards_of(session: Session, customer_id: int | None) -> tuple[int, ...]:
    """The card that answers for this one, then those it answers for; nothing for nobody."""
    return () if customer_id is None else family_of(session, customer_id)


def buyer_of(session: Session, cards: tuple[int, ...], ladder: Ladder, day: date) -> Buyer | None:
    """The customer behind these cards; None for nobody."""
    if not cards:
        return None
    name, off, phone = plain_sql.run(session, WHO, (cards[0],)).fetchone()
    stands = footing(session, cards, day, ladder.rules)
    return Buyer(
        cards[0],
        name,
        phone or "",
        open_cases(session, cards),
        ladder,
        stands,
        ladder.tier(stands),
        summed_holding(session, cards),
        cards,
        off,
    )


def points_used_last(session: Session, customer_id: int) -> int:
    """As many points as the customer paid with last time; 0 when never."""
    found: int | None = plain_sql.value(session, LAST_USED, (customer_id,))
    return found or 0
