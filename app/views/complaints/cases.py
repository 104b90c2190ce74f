"""Which cases the place of complaints shows, and in which order: the questions behind board and list."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.services import complaints, search
from app.services.complaints import EVERY_CASE, MOST_PRESSING, CaseCard, CaseFilter, CaseOrder, SortBy
from app.views.shared.desk import Desk
from app.views.shared.rows_model import Sort

MOST_FOUND = 400
"""So many finds are shown; whoever wants more types another letter."""


@dataclass(frozen=True)
class Asked:
    """What a person asked for: words in the field, and a choice of cases."""

    words: str = ""
    only: CaseFilter = EVERY_CASE


class Cases:
    """Counts and pages of what was asked for, all read at the same moment."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.asked, self.only = Asked(), EVERY_CASE
        self.at: datetime = desk.now()
        self._total = 0

    def ask(self, **changes: Any) -> None:
        """Ask for something else, or for the same anew; words are looked up once."""
        self.asked, self.at = replace(self.asked, **changes), self._desk.now()
        words = self.asked.words.strip()
        found = self._desk.gateway.read(search.complaint_ids, words, MOST_FOUND) if words else None
        self.only = self.asked.only if found is None else replace(self.asked.only, ids=tuple(found))

    @property
    def narrowed(self) -> bool:
        """Whether cases are left out."""
        return self.only != EVERY_CASE

    def count(self) -> int:
        self._total = self._desk.gateway.read(complaints.count, self.at, self.only)
        return self._total

    def page(self, offset: int, limit: int, sort: Sort | None = None) -> list[CaseCard]:
        read, order = self._desk.gateway.read, order_of(sort)
        return read(complaints.page, self.at, order, self.only, offset, limit, of=self._total)

    def place(self, complaint_id: Any, sort: Sort | None = None) -> int | None:
        return self._desk.gateway.read(complaints.place, complaint_id, self.at, order_of(sort), self.only)


def order_of(sort: Sort | None) -> CaseOrder:
    """The order a head of the list asks for."""
    return MOST_PRESSING if sort is None else CaseOrder(SortBy(sort.key), sort.descending)
