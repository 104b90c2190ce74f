"""The trail of a person who is erased: which entries speak of them, and what those may go on saying."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import Connection

from app.models.every import Base
from app.services.privacy.personal import KEYS, OF_CASES, TAKEN
from app.storage import forgetting

MANY_AT_ONCE = frozenset({"customers.bulk_edit", "customers.undo_bulk_edit"})
"""Acts on many cards whose one entry says what stood on each before."""


class Trail:
    """Gathers entries before the rows go, and takes the values out of them afterwards."""

    def __init__(
        self, connection: Connection, family: Sequence[int], cases: Sequence[int], keys: Callable[[str], list[Any]]
    ) -> None:
        self._connection, self._family = connection, set(family)
        self._found: dict[str, list[tuple[int, forgetting.Change]]] = {}
        self._wanted: dict[int, forgetting.Change] = {}
        for table, taken in TAKEN.items():
            if table not in OF_CASES:
                self._found[table] = forgetting.entries_of(connection, table, taken.owners, family, keys(table))
        once = {*cases, *self._cases_once()}
        for table in sorted(OF_CASES):
            self._found[table] = forgetting.entries_of(connection, table, ("complaint_id",), sorted(once), keys(table))
        for table, entries in self._found.items():
            self._add(table, entries)
        self._add_batches()

    def values(self, table: str, column: str) -> list[Any]:
        """All that ever stood in a column of their rows, as far as the trail goes back."""
        return [value for _, change in self._found[table] for value in change.get(column) or ()]

    def add_rows(self, table: str, rows: Collection[int], columns: Collection[str]) -> None:
        """Take these columns out of what is said about these rows too."""
        for entry, change in forgetting.entries_of(self._connection, table, (), (), rows):
            self._wanted[entry] = forgetting.without_values(change, columns)

    def scrub(self) -> int:
        """Take the values out; the number of entries that said some."""
        forgetting.rewrite_trail(self._connection, self._wanted)
        return len(self._wanted)

    def _cases_once(self) -> list[Any]:
        """Complaints that were theirs, gone or not."""
        return [value for value in self.values("complaints", "id") if value is not None]

    def _add(self, table: str, entries: Sequence[tuple[int, forgetting.Change]]) -> None:
        taken, names = TAKEN[table], Base.metadata.tables[table].columns.keys()
        columns = set(names) - KEYS if taken.whole else set(taken.blank)
        for entry, change in entries:
            scrubbed = forgetting.without_values(change, columns)
            if scrubbed != change:
                self._wanted[entry] = scrubbed

    def _add_batches(self) -> None:
        for entry, change in forgetting.batches_of(self._connection, MANY_AT_ONCE):
            scrubbed = self._without_them(change)
            if scrubbed != change:
                self._wanted[entry] = scrubbed

    def _without_them(self, change: forgetting.Change) -> forgetting.Change:
        """An act on many cards: theirs is no longer among those; one that was on theirs alone says nothing more."""
        groups = [(said, [card for card in cards if card not in self._family]) for said, cards in change["before"]]
        left = [[said, cards] for said, cards in groups if cards]
        return {**change, "before": left, "value": change["value"] if left else None}
