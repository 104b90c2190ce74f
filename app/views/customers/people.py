"""Which people the list shows, and in which order: the questions behind the list, kept apart from its widgets."""

from dataclasses import dataclass, replace
from typing import Any

from app.services import customers, search
from app.services.customers import EVERYONE, CustomerRow, Only, Order, SortBy
from app.views.shared.desk import Desk

MOST_FOUND = 300
"""So many finds are listed; whoever wants more types another letter."""


NEWEST_FIRST = Order(SortBy.LAST_SALE, descending=True)


@dataclass(frozen=True)
class Choice:
    """What a person asked for: words in the field, a filter, an order. Words bring their own order."""

    words: str = ""
    only: Only = EVERYONE
    order: Order | None = None
    """None: the order in which people were found or given; everyone, the last who came first."""


class People:
    """Counts and pages of what was asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.choice = Choice()
        self._only: Only = EVERYONE

    def ask(self, **changes: Any) -> None:
        """Ask for something else, or for the same anew."""
        self.choice = replace(self.choice, **changes)
        self._only = self._settled()

    @property
    def _order(self) -> Order | None:
        if self.choice.order is None and self._only.ids is None:
            return NEWEST_FIRST
        return None if self.choice.words else self.choice.order

    def count(self) -> int:
        if self.choice.words.strip() and self._only.ids is not None:
            return len(self._only.ids)  # just found, so they are there
        return self._desk.gateway.read(customers.count, self._only)

    def page(self, offset: int, limit: int, _sort: object = None) -> list[CustomerRow]:
        return self._desk.gateway.read(customers.page, self._order, self._only, offset, limit)

    def place(self, customer_id: Any, _sort: object = None) -> int | None:
        if self._order is None and self._only.ids is not None:
            return self._only.ids.index(customer_id) if customer_id in self._only.ids else None
        return self._desk.gateway.read(customers.place, customer_id, self._order, self._only)

    def _settled(self) -> Only:
        """Words are looked up once; a filter beside them keeps those it holds for."""
        words, only = self.choice.words.strip(), self.choice.only
        if not words:
            return only
        found = self._desk.gateway.read(search.customer_ids, words, MOST_FOUND)
        if only == EVERYONE:
            return Only(ids=tuple(found))
        within = set(self._desk.gateway.read(customers.keep, found, only))
        return Only(ids=tuple(key for key in found if key in within))
