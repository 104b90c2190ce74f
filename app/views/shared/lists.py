"""Lists of people and things: two-line rows painted from frozen row objects, and the view that shows them."""

from __future__ import annotations

import html
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from app.views.shared import look, paint
from app.views.shared.avatars import paint_avatar, paint_disc, paint_tile
from app.views.shared.badges import BadgeView, badge_width, paint_badge
from app.views.shared.choice import Choice
from app.views.shared.layouts import see_through
from app.views.shared.look import px
from app.views.shared.rows_model import BaseRows, RowRole
from app.views.shared.tokens import RADIUS_CONTROL
from app.views.shared.wrapping import marked_lines

_LINE, _SMALL = 20, 32
Mark = Literal["", "todo", "late", "done"]
Picture = Literal["avatar", "tile", "disc", "none"]


@dataclass(frozen=True)
class RowView:
    """What a two-line row shows. `reason` may hold **heavier** words; `keys` replace `trailing` on the chosen row."""

    id: Hashable
    title: str
    reason: str = ""
    badge: BadgeView | None = None
    trailing: str = ""
    trailing_tone: str = "ink2"
    trailing_strong: bool = False
    reason_tone: str = "ink2"
    picture: Picture = "avatar"
    icon: str | None = None
    hue: str = ""
    mark: Mark = ""
    keys: tuple[tuple[str, str], ...] = ()
    spoken: str = ""
    tip: str = ""
    """Said on pointing at the row, and to a screen reader after the rest."""


@dataclass(frozen=True)
class Heading:
    """A caption between rows, such as "Overdue 2"; it cannot be chosen."""

    id: Hashable
    words: str
    count: int | None = None
    tone: str = "ink2"


class RowDelegate(QStyledItemDelegate):
    """Paints rows and headings; `view_of` turns a row object of the model into what is shown.

    A reason takes up to so many `lines`, where a narrow list would cut the figures off its end.
    """

    def __init__(
        self,
        view_of: Callable[[Any], RowView | Heading],
        *,
        height: int = 60,
        headings: bool = True,
        lines: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._view_of, self._height, self._headings, self.lines = view_of, height, headings, lines

    def displayText(self, value: Any, _locale: Any) -> str:
        return str(value)

    def shown(self, index: QModelIndex | QPersistentModelIndex) -> RowView | Heading | None:
        """What the row at an index shows."""
        row = index.data(RowRole)
        return None if row is None else row if isinstance(row, RowView | Heading) else self._view_of(row)

    def spoken(self, row: Any) -> str:
        """A row as one sentence: painted words are invisible to a screen reader."""
        shown = row if isinstance(row, RowView | Heading) else self._view_of(row)
        if isinstance(shown, Heading):
            return shown.words
        badge = shown.badge.words if shown.badge else ""
        said = (shown.title, badge, paint.plain(shown.reason), shown.trailing, shown.tip)
        return shown.spoken or ", ".join(part for part in said if part)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        shown = self.shown(index)
        if not isinstance(shown, RowView) or event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        reason = paint.plain(shown.reason)
        measure, room = look.current().measure, option.rect.width() - px(140)
        cut = measure(shown.title, "strong") > room or measure(reason, "small", weight=600) > room
        said = [shown.title, reason] if cut else []
        QToolTip.showText(event.globalPos(), html.escape("\n".join([*said, *filter(None, [shown.tip])])), view)
        return True

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        # A list of one height asks the last row how high it is: that row must not be fetched for it.
        heading = self._headings and isinstance(index.data(RowRole), Heading)
        more = 0 if heading or self.lines == 1 else self._more_lines(option, index)
        return QSize(px(200), px(36 if heading else self._height) + more * px(_LINE))

    def _more_lines(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> int:
        shown, view = self.shown(index), option.widget
        if not isinstance(shown, RowView) or not isinstance(view, QAbstractItemView):
            return 0
        room = view.viewport().width() - px(8) - px(8) - px(10) - px(12)
        room -= 0 if shown.picture == "none" else px(_SMALL) + px(10)
        room -= px(34) if shown.mark else 0
        return max(0, len(marked_lines(shown.reason, room, self.lines)) - 1)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        shown = self.shown(index)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if isinstance(shown, Heading):
            self._paint_heading(p, rect, shown)
        elif shown is not None:
            _RowPainter(p, rect, shown, state, self.lines).paint()

    def _paint_heading(self, p: QPainter, rect: QRect, heading: Heading) -> None:
        room = QRect(rect.left() + px(16), rect.bottom() - px(26), rect.width() - px(32), px(20))
        wide = paint.say(p, room, heading.words, "small", heading.tone, weight=600)
        if heading.count is not None:
            room.setLeft(room.left() + wide + px(8))
            paint.say(p, room, paint.figure(heading.count), "small", "ink2")


class _RowPainter:
    """One row on one painter: it goes left to right and keeps what is left of the room."""

    def __init__(self, p: QPainter, rect: QRect, row: RowView, state: QStyle.StateFlag, lines: int = 1) -> None:
        self._p, self._row, self._lines = p, row, lines
        self._selected = bool(state & QStyle.StateFlag.State_Selected)
        self._focused = (
            self._selected
            and bool(state & QStyle.StateFlag.State_Active)
            and bool(state & QStyle.StateFlag.State_HasFocus)
        )
        self._over = bool(state & QStyle.StateFlag.State_MouseOver)
        self._cell = rect.adjusted(px(8), 1, -px(8), -1)
        self._room = self._cell.adjusted(px(10), 0, -px(12), 0)

    @property
    def _ground(self) -> str:
        return "selected" if self._selected else "hover" if self._over else "surface"

    def paint(self) -> None:
        self._paint_ground()
        self._paint_mark()
        self._paint_picture()
        one_line = not self._row.reason
        high, said = px(_LINE), self._reason()
        whole = high * (1 + len(said))
        top = self._cell.center().y() - whole // 2 - (0 if one_line else px(1))
        right = self._paint_trailing(QRect(self._room.left(), top, self._room.width(), high))
        self._paint_title(QRect(self._room.left(), top, right - self._room.left(), high))
        for at, words in enumerate(said, 1):
            line = QRect(self._room.left(), top + at * high + px(1), self._room.width(), high)
            paint.runs(self._p, line, words, "small", self._row.reason_tone)

    def _reason(self) -> list[str]:
        if self._lines == 1 or not self._row.reason:
            return [self._row.reason] if self._row.reason else []
        return marked_lines(self._row.reason, self._room.width(), self._lines)

    def _paint_ground(self) -> None:
        if not (self._selected or self._over):
            return
        edge = "accent" if self._focused else None
        paint.box(self._p, self._cell, px(RADIUS_CONTROL), self._ground, edge)
        if self._selected and not self._focused:
            middle = self._cell.center().y()
            bar = QRect(self._cell.left(), middle - px(14), px(3), px(28))
            paint.box(self._p, bar, px(3) / 2, "accent")

    def _paint_mark(self) -> None:
        if not self._row.mark:
            return
        centre = QRect(self._room.left(), 0, px(20), 0)
        spot = QRect(centre.left(), self._cell.center().y() - px(10) + 1, px(20), px(20))
        paint.tick_round(self._p, spot, state=self._row.mark if self._row.mark != "todo" else "")
        self._room.setLeft(self._room.left() + px(34))

    def _paint_picture(self) -> None:
        large = self._cell.height() >= px(56) and self._lines == 1
        row, side = self._row, px(36 if large else _SMALL)
        spot = QRect(self._room.left(), self._cell.center().y() - side // 2 + 1, side, side)
        if row.picture == "none":
            return
        if row.picture == "avatar":
            paint_avatar(self._p, spot, row.title, row.id, sign=row.icon, sign_hue=row.hue, ground=self._ground)
        elif row.icon:
            (paint_tile if row.picture == "tile" else paint_disc)(self._p, spot, row.icon, row.hue)
        self._room.setLeft(spot.right() + 1 + px(12 if large else 10))

    def _paint_trailing(self, line: QRect) -> int:
        """The date or amount, or the keys of the chosen row; returns where the title must end."""
        if self._selected and self._row.keys and (worded := self._room_for_keys(line)) is not None:
            return self._paint_keys(line, worded=worded)
        if not self._row.trailing:
            return line.right() + 1
        weight = 600 if self._row.trailing_strong else None
        wide = look.current().measure(self._row.trailing, "small", weight=weight)
        where = QRect(line.right() + 1 - wide - 1, line.top(), wide + 1, line.height())
        paint.say(self._p, where, self._row.trailing, "small", self._row.trailing_tone, paint.RIGHT, weight=weight)
        return where.left() - px(12)

    def _room_for_keys(self, line: QRect) -> bool | None:
        """Whether the keys fit beside the whole name with their words (True), alone (False) or not at all (None)."""
        measure = look.current().measure
        badge = badge_width(self._row.badge) + px(8) if self._row.badge else 0
        free = line.width() - measure(self._row.title, "strong") - badge - px(12)
        caps = sum(paint.keycap_width(key) + px(6) for _, key in self._row.keys)
        words = sum(measure(words, "small") + px(16) for words, _ in self._row.keys)
        return True if caps + words <= free else False if caps <= free else None

    def _paint_keys(self, line: QRect, *, worded: bool) -> int:
        x, middle = line.right() + 1, line.center().y() + 1
        for words, key in reversed(self._row.keys):
            x -= paint.keycap_width(key)
            paint.keycap(self._p, x, middle, key, token="accent_text", edge="accent", fill="surface")
            x -= px(6)
            if worded:
                wide = look.current().measure(words, "small")
                where = QRect(x - wide, line.top(), wide + 1, line.height())
                paint.say(self._p, where, words, "small", "accent_text")
                x -= wide + px(16)
        return x

    def _paint_title(self, line: QRect) -> None:
        """A long name is cut before the badge; the badge never is."""
        badge = self._row.badge
        room = badge_width(badge) + px(8) if badge else 0
        area = QRect(line.left(), line.top(), max(0, line.width() - room), line.height())
        wide = paint.say(self._p, area, self._row.title, "strong")
        if badge:
            paint_badge(self._p, line.left() + wide + px(8), line.center().y() + 1, badge)


class RowList(QListView):
    """A list of rows: arrows move, Enter or a double click opens, a click on the tick marks done."""

    opened = Signal(object)
    chosen = Signal(object)
    ticked = Signal(object)

    def __init__(
        self,
        view_of: Callable[[Any], RowView | Heading] = lambda row: row,
        *,
        height: int = 60,
        headings: bool = False,
        lines: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        see_through(self)
        self.rows = RowDelegate(view_of, height=height, headings=headings, lines=lines, parent=self)
        self.setItemDelegate(self.rows)
        self.setUniformItemSizes(not headings and lines == 1)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.choice = Choice(self)
        self.choice.changed.connect(self.chosen)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(RowRole)))
        look.follow(self.relook)

    def setModel(self, model: Any) -> None:
        super().setModel(model)
        if isinstance(model, BaseRows):
            model.speak_as(self.rows.spoken)
        if model is not None:
            self.choice.watch(model)

    def relook(self) -> None:
        self.verticalScrollBar().setSingleStep(px(20))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def set_shown(self, high: int) -> None:
        """In a dialog: so high, in lengths of the design, and lower in a low window."""
        self._shown = high
        self.setMaximumHeight(px(high))
        self.updateGeometry()

    _shown = 0

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), px(self._shown)) if self._shown else hint

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.rows.lines > 1 and event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # reasons break elsewhere, so rows are of another height
        chosen = self.visualRect(self.currentIndex())
        if chosen.top() >= 0 and event.size().height() < chosen.bottom() + 1 <= event.oldSize().height():
            self.scrollTo(self.currentIndex())  # a question asked above the list must not push the chosen row away

    def paintEvent(self, event: QPaintEvent) -> None:
        self.executeDelayedItemsLayout()
        self.executeDelayedItemsLayout()  # the first may have brought a scroll bar
        super().paintEvent(event)

    def event(self, event: QEvent) -> bool:
        """The menu key means the chosen row, wherever the middle of the list is."""
        by_key = isinstance(event, QContextMenuEvent) and event.reason() is QContextMenuEvent.Reason.Keyboard
        custom = self.contextMenuPolicy() is Qt.ContextMenuPolicy.CustomContextMenu
        if by_key and custom and self.currentIndex().isValid():
            self.customContextMenuRequested.emit(self.visualRect(self.currentIndex()).center())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            if self.currentIndex().isValid():
                self.opened.emit(self.choice.row())
            return
        if event.key() == Qt.Key.Key_Home and not event.modifiers() & ~_KEYPAD:
            self.choice.choose_place(0)  # Qt stays where it is when the first row is a heading
            self.scrollToTop()
            return
        if event.text() and event.text().isprintable() and not event.modifiers() & ~_KEYPAD:
            event.ignore()  # single letters are the screen's keys, not a search by first letter
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        shown = self.rows.shown(index) if index.isValid() else None
        if isinstance(shown, RowView) and shown.mark and event.position().x() < px(8 + 10 + 28):
            self.ticked.emit(index.data(RowRole))


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
