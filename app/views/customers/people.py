"""Which people the list shows, and in which order: the questions behind the list, kept apart from its widgets."""

from dataclasses import dataclass, replace
from typing import Any

from app.services import customers, search
from app.services.customers import EVERYONE, CustomerRow, Only, Order, SortBy
from app.views.shared.desk import Desk

MOST_FOUND = 150
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
        self._total = 0
        self._window: tuple[int, list[int]] = (0, [])

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
        """How many rows there are now; what was looked at before is forgotten."""
        self._window = (0, [])
        if self.choice.words.strip() and self._only.ids is not None:
            self._total = len(self._only.ids)  # just found, so they are there
        else:
            self._total = self._desk.gateway.read(customers.count, self._only)
        return self._total

    def page(self, offset: int, limit: int, _sort: object = None) -> list[CustomerRow]:
        """Some rows. The ids around them come along, so that a jump between two pages asks for one place only."""
        start, ids = self._window
        if not (start <= offset and offset + limit <= start + len(ids)):
            start = max(0, offset - limit)
            ids = self._desk.gateway.read(
                customers.ids_of_page, self._order, self._only, start, 3 * limit, of=self._total
            )
            self._window = (start, ids)
        return self._desk.gateway.read(customers.rows, ids[offset - start : offset - start + limit])

    def ids(self, offset: int, limit: int) -> list[int]:
        """Whose so many rows from a place on are; the rows themselves are not read."""
        read = self._desk.gateway.read
        return read(customers.ids_of_page, self._order, self._only, offset, limit, of=self._total)

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
