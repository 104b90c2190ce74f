"""A line of the facts column: words that can be opened, edited in their place, or taken out, painted in one widget."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.shared import focus, look, paint
from app.views.shared.cards import Rule
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import Steps, column
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_CONTROL

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_DELETES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_SIDE, _ABOVE, _ICON, _TOOL = 8, 4, 14, 24


@dataclass(frozen=True, slots=True)
class FactView:
    """One line. `field` is what Enter edits (`act` "edit") or whose `target` it opens; `label` says what it is."""

    field: str
    words: str
    label: str = ""
    icon: str = ""
    caption: str = ""
    tone: str = "ink"
    act: Literal["edit", "open", ""] = "edit"
    target: int = 0
    removable: bool = False

    @property
    def spoken(self) -> str:
        """The line as a sentence for a screen reader."""
        return ", ".join(part for part in (self.label, self.words, self.caption) if part)


class FactLine(QWidget):
    """Enter, Space or a click enters it; Delete or its cross takes it out; the arrows go to its neighbours."""

    entered = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = FactView("", "")
        self._measured = (-1, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.follow(self.relook)

    def show_view(self, view: FactView) -> None:
        """Show other words in this line."""
        if view == self.view:
            return
        self.view, self._measured = view, (-1, 0)
        self.setAccessibleName(view.spoken)
        self.setCursor(Qt.CursorShape.PointingHandCursor if view.act else Qt.CursorShape.ArrowCursor)
        self.updateGeometry()
        self.update()

    def relook(self) -> None:
        self._measured = (-1, 0)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        below = look.current().line("caption") if self.view.caption and not self._beside(width) else 0
        return self._words_height(width) + below + 2 * px(_ABOVE)

    def sizeHint(self) -> QSize:
        return QSize(px(160), self.heightForWidth(max(self.width(), px(160))))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(96), look.current().line("small") + 2 * px(_ABOVE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may ask for another line."""
        super().resizeEvent(event)
        if event.size().height() < self.heightForWidth(event.size().width()):
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in _ENTERS and self.view.act:
            self.entered.emit(self.view)
        elif plain and event.key() in _DELETES and self.view.removable:
            self.removed.emit(self.view)
        elif plain and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.rect().contains(event.position().toPoint()):
            return
        if self.view.removable and self._tool().contains(event.position().toPoint()):
            self.removed.emit(self.view)
        elif self.view.act:
            self.entered.emit(self.view)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus.came(self, event.reason())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, view = QPainter(self), self.view
        near = self.underMouse() or self.hasFocus()
        if near:
            paint.box(p, self.rect(), px(RADIUS_CONTROL), "hover")
        line, room = look.current().line("small"), self._room(self.width())
        high = self._words_height(self.width())
        if view.icon:
            spot = QRect(px(_SIDE), px(_ABOVE) + (line - px(_ICON)) // 2, px(_ICON), px(_ICON))
            paint.glyph(p, spot, view.icon, view.tone if view.tone != "ink" else "ink2")
        p.setFont(look.font("small"))
        p.setPen(look.colour(view.tone))
        where = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        p.drawText(
            QRect(room.left(), px(_ABOVE), room.width(), high), int(where) | self._wrap(room.width()), view.words
        )
        if view.caption and self._beside(self.width()):
            paint.say(
                p, QRect(room.left(), px(_ABOVE), room.width(), line), view.caption, "caption", "ink3", paint.RIGHT
            )
        elif view.caption:
            below = QRect(room.left(), px(_ABOVE) + high, room.width(), look.current().line("caption"))
            paint.say(p, below, view.caption, "caption", "ink3")
        if near and (view.removable or view.act):
            self._paint_tool(p)
        p.end()

    def _paint_tool(self, p: QPainter) -> None:
        sign = "ph.x" if self.view.removable else "ph.pencil-simple" if self.view.act == "edit" else "ph.caret-right"
        paint.glyph(p, paint.square(self._tool().toRectF().center(), px(_ICON)), sign, "ink3")

    def _tool(self) -> QRect:
        return QRect(self.width() - px(_TOOL), 0, px(_TOOL), px(_TOOL) + px(_ABOVE))

    def _room(self, width: int) -> QRect:
        left = px(_SIDE) + (px(_ICON + 8) if self.view.icon else 0)
        return QRect(left, 0, max(px(48), width - left - px(_TOOL)), 0)

    def _beside(self, width: int) -> bool:
        """Whether the caption has room at the end of the words, on one line with them."""
        measure = look.current().measure
        words, caption = measure(self.view.words, "small"), measure(self.view.caption, "caption")
        return "\n" not in self.view.words and words + px(12) + caption <= self._room(width).width()

    def _wrap(self, room: int) -> int:
        """Lines break between words; only what is longer than a line (a mail) breaks within."""
        latin = (word for word in self.view.words.split() if word.isascii())
        longest = max((look.current().measure(word, "small") for word in latin), default=0)
        return int(Qt.TextFlag.TextWrapAnywhere if longest > room else Qt.TextFlag.TextWordWrap)

    def _words_height(self, width: int) -> int:
        """Measured once for a width: a layout asks many times."""
        if self._measured[0] != width:
            room, shown = QRect(0, 0, self._room(width).width(), 10_000), look.current()
            high = shown.metrics("small").boundingRect(room, self._wrap(room.width()), self.view.words).height()
            self._measured = (width, max(shown.line("small"), high))
        return self._measured[1]


class FactSection(QWidget):
    """A heading and its lines; lines are made once and shown again with other words. Hidden while it has none."""

    entered = Signal(object)
    removed = Signal(object)

    def __init__(self, *, ruled: bool = True, title: QWidget | None = None) -> None:
        super().__init__()
        self.title = title or PlainLabel("", "strong")
        self._lines: list[FactLine] = []
        self.body: Steps = column(gap=0)
        self._guest: QWidget | None = None
        head = column(self.title, gap=0, margins=(_SIDE, 4, _SIDE, 0))
        parts = (column(Rule(), gap=0, margins=(_SIDE, 4, _SIDE, 4)),) if ruled else ()
        self.setLayout(column(*parts, head, self.body, gap=2))
        self.hide()

    def say(self, title: str) -> None:
        """Word the heading."""
        if isinstance(self.title, PlainLabel):
            self.title.setText(title)

    def lines(self) -> list[FactLine]:
        """The lines that are shown, or stand behind their field, in their order."""
        return [line for line in self._lines if line.view.words]

    def show_views(self, views: list[FactView]) -> None:
        """Show these facts."""
        while len(self._lines) < len(views):
            self._lines.append(self._made())
        for line, view in zip(self._lines, views, strict=False):
            line.show_view(view)
        for line in self._lines[len(views) :]:
            line.show_view(FactView("", ""))
        self._arrange()

    def seat(self, guest: QWidget | None, field: str = "") -> None:
        """Put a widget where the lines of a field stand, which hide behind it; None: they come back.

        Without a field it stands after the last line.
        """
        if self._guest is not None and guest is not self._guest:
            self.body.removeWidget(self._guest)
        self._guest, self._guest_of = guest, field
        if guest is not None:
            places = [self.body.indexOf(line) for line in self.lines() if line.view.field == field]
            self.body.insertWidget(min(places, default=len(self.lines())), guest)
        self._arrange()

    _guest_of = ""

    def _arrange(self) -> None:
        for line in self._lines:
            behind = self._guest is not None and line.view.field == self._guest_of
            line.setVisible(bool(line.view.words) and not behind)
        self.setVisible(bool(self.lines()) or self._guest is not None)

    def _made(self) -> FactLine:
        line = FactLine(self)
        line.entered.connect(self.entered)
        line.removed.connect(self.removed)
        self.body.addWidget(line)
        return line
