"""The timeline of a card: chips by kind, entries on a hairline, months between them, more as one scrolls."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.services import customers
from app.services.customers import Cursor, Entry, Kind, Opened
from app.views.customers.words import EntryView, MonthView, entry_view
from app.views.shared import look, paint
from app.views.shared.avatars import paint_disc
from app.views.shared.badges import badge_width, paint_badge
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.look import px
from app.views.shared.people_words import month
from app.views.shared.rows_model import IdRole, RowRole
from app.views.shared.wrapping import marked_lines

PAGE = 20
_TALL, _LOW, _MONTH = 60, 40, 30
Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractListModel):
    """Entries fetched as they are scrolled to; each month's name stands before its first entry."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._customer: int | None = None
        self._kinds: frozenset[Kind] = frozenset(Kind)
        self._shown: list[EntryView | MonthView] = []
        self._cursor: Cursor | None = None
        self._month = ""
        self._more = False

    def show_customer(self, customer_id: int, kinds: frozenset[Kind], first: Sequence[Entry]) -> None:
        """Start anew for a customer, with some kinds, of which the first page is already here."""
        self.beginResetModel()
        self._customer, self._kinds = customer_id, kinds
        self._shown, self._cursor, self._month = [], None, ""
        self._shown = self._taken(first)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        shown = self._shown[index.row()]
        if role == RowRole:
            return shown
        if role == IdRole:
            return shown.id
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return shown.spoken if isinstance(shown, EntryView) else shown.words
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._shown[index.row()], MonthView):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more

    def fetchMore(self, parent: Index) -> None:
        if parent.isValid() or not self._more:
            return
        page = self._next_page()
        if page:
            at = len(self._shown)
            self.beginInsertRows(QModelIndex(), at, at + len(page) - 1)
            self._shown += page
            self.endInsertRows()

    def _next_page(self) -> list[EntryView | MonthView]:
        if not self._more or self._customer is None:
            return []
        read = self._desk.gateway.read
        return self._taken(read(customers.timeline, self._customer, self._kinds, self._cursor, PAGE))

    def _taken(self, entries: Sequence[Entry]) -> list[EntryView | MonthView]:
        self._more = len(entries) == PAGE
        if entries:
            self._cursor = entries[-1].cursor
        return self._worded(entries, self._desk.gateway.read(customers.tier_marks))

    def _worded(self, entries: Sequence[Entry], tiers: dict[int, customers.TierMark]) -> list[EntryView | MonthView]:
        shown: list[EntryView | MonthView] = []
        for entry in entries:
            key = f"{entry.day:%Y-%m}"
            if self._month and key != self._month:
                shown.append(MonthView(key, month(entry.day)))
            self._month = key
            shown.append(entry_view(entry, self._desk, tiers))
        return shown


class TimelineDelegate(QStyledItemDelegate):
    """Paints entries: a disc by kind on a hairline, the title, when it was, the words beneath."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        shown = index.data(RowRole)
        if isinstance(shown, MonthView):
            return QSize(px(200), px(_MONTH))
        return QSize(px(200), px(_TALL if shown.below else _LOW))

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown, rect = index.data(RowRole), QRect(option.rect)
        self._paint_line(p, rect, index)
        if isinstance(shown, MonthView):
            paint.say(p, rect.adjusted(px(62), 0, -px(16), 0), shown.words, "caption", "ink3")
            return
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            paint.box(p, rect.adjusted(px(8), 1, -px(8), -1), px(8), None, "accent")
        self._paint_entry(p, rect.adjusted(px(20), 0, -px(16), 0), shown)

    def _paint_line(self, p: QPainter, rect: QRect, index: Index) -> None:
        """The hairline runs behind the discs, from the first to the last."""
        x = rect.left() + px(20) + px(14)
        top = rect.top() + (px(20) if index.row() == 0 else 0)
        last = index.row() == index.model().rowCount() - 1 and not index.model().canFetchMore(QModelIndex())
        bottom = rect.top() + px(20) if last else rect.bottom() + 1
        paint.hairline(p, QPoint(x, top), max(0, bottom - top), vertical=True)

    def _paint_entry(self, p: QPainter, room: QRect, shown: EntryView) -> None:
        side = px(28)
        paint_disc(p, QRect(room.left(), room.top() + px(6), side, side), shown.icon, shown.hue)
        room.setLeft(room.left() + side + px(14))
        line = QRect(room.left(), room.top() + px(10), room.width(), px(20))
        self._paint_head(p, QRect(line), shown, self._paint_right(p, line, shown))
        if shown.below:
            below = QRect(room.left(), line.bottom() + px(2), room.width(), px(20))
            paint.say(p, below, shown.below.replace("\n", " "), "small", "ink2")

    def _paint_right(self, p: QPainter, line: QRect, shown: EntryView) -> int:
        """The amount or the state; returns where the title must end."""
        if shown.badge:
            x = line.right() + 1 - badge_width(shown.badge)
            paint_badge(p, x, line.center().y() + 1, shown.badge)
            return x - px(12)
        if not shown.amount:
            return line.right() + 1
        wide = look.current().measure(shown.amount, "strong") + 1
        where = QRect(line.right() + 1 - wide, line.top(), wide, line.height())
        paint.say(p, where, shown.amount, "strong", shown.amount_tone, paint.RIGHT)
        return where.left() - px(12)

    def _paint_head(self, p: QPainter, line: QRect, shown: EntryView, end: int) -> None:
        """The title gives way to the date, which is never cut."""
        date_wide = look.current().measure(shown.when, "caption") + 1
        area = QRect(line.left(), line.top(), max(0, end - line.left() - date_wide - px(12)), line.height())
        wide = paint.say(p, area, shown.title, "strong" if shown.below else "body")
        where = QRect(line.left() + wide + px(12), line.top(), date_wide, line.height())
        paint.say(p, where, shown.when, "caption", "ink3")


class TimelineList(QListView):
    """The entries; keys that are letters go to the card."""

    opened = Signal(object)

    def __init__(self, model: TimelineModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(TimelineDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(RowRole)))
        self._hint = ""
        look.follow(self.relook)

    def say_hint(self, words: str) -> None:
        """What is said where there is no entry; the list stays, for the letters of the card work in it."""
        self._hint = words
        self.setAccessibleDescription(words)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model().rowCount():
            return
        p, room = QPainter(self.viewport()), self.viewport().rect().adjusted(px(16), px(8), -px(16), 0)
        for at, line in enumerate(marked_lines(self._hint, min(room.width(), px(480)), 3)):
            paint.say(p, QRect(room.left(), room.top() + at * px(20), room.width(), px(20)), line, "small", "ink2")
        p.end()

    def relook(self) -> None:
        self.verticalScrollBar().setSingleStep(px(20))
        self.scheduleDelayedItemsLayout()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(240), px(80))

    def keyPressEvent(self, event: Any) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(RowRole))
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))


class Timeline(QWidget):
    """Chips, the count, and the entries."""

    opened = Signal(object)
    """An EntryView that a person wants to see."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._customer: int | None = None
        self.chips = Chips()
        self.count = PlainLabel("", "caption", tone="ink3", align="right")
        self.model = TimelineModel(desk, self)
        self.list = TimelineList(self.model)
        self.list.opened.connect(self.opened)
        self.chips.chosen.connect(lambda _kind: self._show())
        self.setLayout(column(row((self.chips, 1), self.count, gap=12, margins=(16, 12, 16, 4)), (self.list, 1), gap=0))
        self.retranslate()

    def show_first(self, opened: Opened) -> None:
        """Show somebody's timeline, read with the card; the kind that is filtered by stays."""
        self._customer = opened.card.id
        self.count.setText(self.tr("%n event(s)", "", opened.count))
        self._word_hint()
        self.model.show_customer(opened.card.id, self.kinds(), opened.entries)

    def retranslate(self) -> None:
        kept = self.chips.value() or "all"
        self.chips.show_chips(
            [
                ChipView("all", self.tr("All")),
                ChipView(Kind.SALE, self.tr("Sales")),
                ChipView(Kind.CONTACT, self.tr("Contacts")),
                ChipView(Kind.COMPLAINT, self.tr("Complaints")),
                ChipView(Kind.POINTS, self.tr("Points")),
                ChipView(Kind.TIER, self.tr("Tier")),
            ]
        )
        self.chips.set_value(kept)
        self.list.setAccessibleName(self.tr("Timeline"))

    def _word_hint(self) -> None:
        one_kind = len(self.kinds()) == 1
        said = (
            self.tr("Nothing of this kind yet.")
            if one_kind
            else self.tr("Nothing here yet: every sale, call and complaint will stand here with its day.")
        )
        self.list.say_hint(said)

    def kinds(self) -> frozenset[Kind]:
        """The kinds that are shown."""
        chosen = self.chips.value()
        return frozenset({chosen}) if isinstance(chosen, Kind) else frozenset(Kind)

    def _show(self) -> None:
        if self._customer is None:
            return
        self.show_first(
            self._desk.gateway.read(customers.opened, self._customer, self._desk.today(), self.kinds(), PAGE)
        )
