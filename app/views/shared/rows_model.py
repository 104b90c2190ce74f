"""The one model behind every list and table: all rows at once, or pages of rows fetched as they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
RowRole: Final = Qt.ItemDataRole.UserRole + 1
IdRole: Final = Qt.ItemDataRole.UserRole + 2
PAGE_SIZE, PAGES_KEPT = 100, 12


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: its title, how a row is worded, where it aligns, how it sorts.

    `key` names the column to a paged source. `sort` gives the value to sort by in a RowsModel; a column with
    neither stays as it is when its head is clicked.
    """

    title: str
    text: Callable[[R], str]
    key: str | None = None
    align: Literal["left", "right"] = "left"
    sort: Callable[[R], Any] | None = None
    tip: Callable[[R], str] | None = None
    tone: Callable[[R], str | None] | None = None


@dataclass(frozen=True)
class Sort:
    """The order a paged source is asked for: a column's key and its direction."""

    key: str
    descending: bool = False


def row_id(row: Any) -> Hashable:
    """The identity of a row: its `id`, or the row itself."""
    identity: Hashable = getattr(row, "id", row)
    return identity


class BaseRows(QAbstractTableModel, Generic[R]):
    """What both models share: columns, roles and heads. `row_at` is theirs to say."""

    sorted_by = Signal(int, Qt.SortOrder)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        parent: QObject | None = None,
        *,
        identity: Callable[[R], Hashable] = row_id,
        spoken: Callable[[R], str] | None = None,
        inert: Callable[[R], bool] | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns, self._identity, self._spoken, self._inert = list(columns), identity, spoken, inert

    @property
    def columns(self) -> list[Column[R]]:
        return list(self._columns)

    def show_columns(self, columns: Sequence[Column[R]]) -> None:
        """Show the same rows in other words, as after a change of language."""
        same = len(columns) == len(self._columns)
        if not same:
            self.beginResetModel()
        self._columns = list(columns)
        if not same:
            self.endResetModel()
            return
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(columns) - 1))
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def speak_as(self, spoken: Callable[[R], str]) -> None:
        """What a screen reader says of a row, unless the model was made with its own sentence."""
        self._spoken = self._spoken or spoken

    def row_at(self, place: int) -> R | None:
        """The row at a place, or None where there is none."""
        raise NotImplementedError

    def place_of(self, identity: Hashable, near: int = 0) -> int | None:
        """Where the row of this identity is now, looking first around `near`."""
        raise NotImplementedError

    def id_at(self, place: int) -> Hashable | None:
        """The identity of the row at a place."""
        row = self.row_at(place)
        return None if row is None else self._identity(row)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else max(1, len(self._columns))

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = self.row_at(index.row()) if self._inert else None
        if self._inert and row is not None and self._inert(row):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == RowRole:
            return row
        if role == IdRole:
            return self._identity(row)
        if role == Qt.ItemDataRole.AccessibleTextRole and self._spoken:
            return self._spoken(row)
        return self._cell(self._columns[index.column()], row, role) if self._columns else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        return int(_ALIGN[column.align]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _cell(self, column: Column[R], row: R, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_ALIGN[column.align])
        if role == Qt.ItemDataRole.ToolTipRole and column.tip:
            return column.tip(row)
        if role == ToneRole and column.tone:
            return column.tone(row)
        return None


_ALIGN: Final = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}
ToneRole: Final = Qt.ItemDataRole.UserRole + 3


class RowsModel(BaseRows[R]):
    """Rows that are all here. For lists of up to a few thousand."""

    def __init__(self, columns: Sequence[Column[R]] = (), parent: QObject | None = None, **named: Any) -> None:
        super().__init__(columns, parent, **named)
        self._rows: list[R] = []
        self._order: tuple[int, Qt.SortOrder] | None = None

    @property
    def rows(self) -> list[R]:
        return list(self._rows)

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these rows. The same people in the same order are only repainted."""
        fresh = self._in_order(list(rows))
        if [self._identity(r) for r in fresh] == [self._identity(r) for r in self._rows]:
            self._rows = fresh
            if fresh:
                self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def row_at(self, place: int) -> R | None:
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, identity: Hashable, near: int = 0) -> int | None:
        return next((i for i, row in enumerate(self._rows) if self._identity(row) == identity), None)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self._columns) or self._columns[column].sort is None:
            return
        self._order = (column, order)
        self.beginResetModel()
        self._rows = self._in_order(self._rows)
        self.endResetModel()
        self.sorted_by.emit(column, order)

    def _in_order(self, rows: list[R]) -> list[R]:
        value = self._columns[self._order[0]].sort if self._order else None
        if self._order is None or value is None:
            return rows
        return sorted(rows, key=value, reverse=self._order[1] == Qt.SortOrder.DescendingOrder)


@dataclass(frozen=True, slots=True)
class _Page(Generic[R]):
    """The rows from `start` up to `end`; fewer where the source shrank meanwhile."""

    start: int
    end: int
    rows: list[R]


class PagedRows(BaseRows[R]):
    """Rows fetched a page at a time, so that 100,000 of them take no more memory than 1,000.

    `count` says how many there are; `page(offset, limit, sort)` gives some of them. The scroll bar is right from the
    start. A page begins with the first row that is looked at, so that a jump anywhere costs one page, and beside what
    is held no row is fetched twice.
    """

    def __init__(
        self,
        columns: Sequence[Column[R]],
        count: Callable[[], int],
        page: Callable[[int, int, Sort | None], Sequence[R]],
        parent: QObject | None = None,
        *,
        page_size: int = PAGE_SIZE,
        pages_kept: int = PAGES_KEPT,
        find: Callable[[Hashable, Sort | None], int | None] | None = None,
        **named: Any,
    ) -> None:
        super().__init__(columns, parent, **named)
        self._count, self._page, self._find = count, page, find
        self.page_size, self._pages_kept = page_size, pages_kept
        """A list that is read in short pages says so when it is resized: no less than what is in sight at once."""
        self._pages: list[_Page[R]] = []
        """Those looked at last come last."""
        self._total = 0
        self._sort: Sort | None = None

    @property
    def pages_held(self) -> int:
        """How many pages are in memory."""
        return len(self._pages)

    @property
    def order(self) -> Sort | None:
        return self._sort

    def reload(self) -> None:
        """Ask anew how many rows there are and forget the pages; the views keep the chosen row by its id."""
        self.beginResetModel()
        self._pages.clear()
        self._total = self._count()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._total

    def row_at(self, place: int) -> R | None:
        if not 0 <= place < self._total:
            return None
        page = self._page_with(place)
        offset = place - page.start
        return page.rows[offset] if offset < len(page.rows) else None

    def place_of(self, identity: Hashable, near: int = 0) -> int | None:
        if self._find is not None:
            return self._find(identity, self._sort)
        size = self.page_size
        for start in (near, near - size, near + size):
            for place in range(max(0, start), min(start + size, self._total)):
                if self.id_at(place) == identity:
                    return place
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        key = self._columns[column].key if 0 <= column < len(self._columns) else None
        if key is None:
            return
        self._sort = Sort(key, order == Qt.SortOrder.DescendingOrder)
        self.reload()
        self.sorted_by.emit(column, order)

    def _page_with(self, place: int) -> _Page[R]:
        held = next((page for page in reversed(self._pages) if page.start <= place < page.end), None)
        if held is None:
            start, end = self._missing(place)
            held = _Page(start, end, list(self._page(start, end - start, self._sort)))
        elif held is self._pages[-1]:
            return held
        else:
            self._pages.remove(held)
        self._pages.append(held)
        del self._pages[: -self._pages_kept]
        return held

    def _missing(self, place: int) -> tuple[int, int]:
        """From where to where to fetch for a row that is not held: on from what is held beside it, or from itself."""
        before = max((page.end for page in self._pages if page.end <= place), default=0)
        after = min((page.start for page in self._pages if page.start > place), default=self._total)
        beside = place - before < self.page_size
        start = before if beside else min(place, max(before, after - self.page_size))
        return start, min(start + self.page_size, after)
