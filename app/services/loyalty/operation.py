"""What every ledger of a customer is written under: one operation, on the cards that answer together, at one moment."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Self
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.shop import ShopSettings
from app.services.customers.families import family_of


@dataclass
class Operation:
    """One operation on what a customer holds."""

    session: Session
    shop: ShopSettings
    customer_id: int
    """Who the new rows belong to; the lots drawn on may lie on any card that answers together with this one."""
    operation_id: str
    at: datetime
    sale_id: int | None = None
    reason: str = ""

    @classmethod
    def among_many(
        cls, session: Session, shop: ShopSettings, customer_id: int, operation_id: str, at: datetime, reason: str
    ) -> Self:
        """One of many, for somebody known to have one card, under an operation known to be new."""
        posting = cls(session, shop, customer_id, operation_id, at, reason=reason)
        posting.cards = (customer_id,)
        return posting

    @cached_property
    def cards(self) -> tuple[int, ...]:
        """The cards whose lots count: all that answer together; a card merged away keeps what is taken back on it."""
        return family_of(self.session, self.customer_id)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.shop.timezone)

    @cached_property
    def day(self) -> date:
        return self.at.astimezone(self.zone).date()
