"""The surface over a drawn chart: finds the mark under the mouse, walks the marks by arrows, says what each one is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.views.shared import focus, look, paint
from app.views.shared.look import px

if TYPE_CHECKING:
    from app.charts.drawn import Drawn, Mark

_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_UPWARDS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_PAD, _GAP, _SPARE = 8, 6, 2


class Surface(QWidget):
    """Lies over the canvas and takes its mouse and keys; the canvas only draws."""

    opened = Signal(object)
    """The mark that was clicked, or chosen with Enter."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._drawn: Drawn | None = None
        self._mark: Mark | None = None
        self._ratio = 1.0

    @property
    def mark(self) -> "Mark | None":
        """The mark that is pointed at."""
        return self._mark

    def show_drawn(self, drawn: "Drawn | None", ratio: float) -> None:
        """Lie over another drawing, whose figure has `ratio` pixels to one of ours; the same mark stays pointed at."""
        kept = (self._mark.label, self._mark.series) if self._mark else None
        self._drawn, self._ratio = drawn, ratio
        marks = drawn.marks if drawn else ()
        self.point_at(next((mark for mark in marks if (mark.label, mark.series) == kept), None))

    def point_at(self, mark: "Mark | None") -> None:
        """Say what a mark is, or nothing."""
        self._mark = mark
        self.setAccessibleDescription(f"{mark.label}, {mark.series}: {mark.said}" if mark else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor if mark else Qt.CursorShape.ArrowCursor)
        self.update()

    def rect_of(self, mark: "Mark") -> QRectF:
        """Where a mark lies on this widget."""
        assert self._drawn is not None
        left, bottom, right, top = (length / self._ratio for length in self._drawn.place(mark))
        return QRectF(left, self.height() - top, right - left, top - bottom)

    # mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.point_at(self._under(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        mark = self._under(event.position().toPoint())
        if mark is not None and event.button() == Qt.MouseButton.LeftButton:
            self.point_at(mark)
            self.opened.emit(mark)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self.point_at(None)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.point_at(self._under(event.position().toPoint()))

    def _under(self, at: QPoint) -> "Mark | None":
        if self._drawn is None:
            return None
        return self._drawn.mark_at(at.x() * self._ratio, (self.height() - at.y()) * self._ratio)

    # keys

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus.came(self, event.reason())
        if self._mark is None and self._drawn and self._drawn.marks:
            self.point_at(self._drawn.marks[-1])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _OPENS and self._mark is not None:
            self.opened.emit(self._mark)
        elif key in _SIDEWAYS:
            self._step([m for m in self._all() if self._mark is None or m.series == self._mark.series], _SIDEWAYS[key])
        elif key in _UPWARDS:
            self._step([m for m in self._all() if self._mark is None or m.label == self._mark.label], _UPWARDS[key])
        else:
            super().keyPressEvent(event)

    def _all(self) -> "list[Mark]":
        return list(self._drawn.marks) if self._drawn else []

    def _step(self, marks: "list[Mark]", step: int) -> None:
        if not marks:
            return
        place = marks.index(self._mark) + step if self._mark in marks else len(marks) - 1
        self.point_at(marks[min(len(marks) - 1, max(0, place))])

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._mark is None:
            return
        p = QPainter(self)
        rect = self.rect_of(self._mark).adjusted(-1, -1, 1, 1)
        paint.box(p, rect, px(2), None, "ink", 1.5)
        self._paint_bubble(p, rect, self._mark)
        p.end()

    def _paint_bubble(self, p: QPainter, over: QRectF, mark: "Mark") -> None:
        said, where = mark.said, f"{mark.label} · {mark.series}"
        measure, line = look.current().measure, look.current().line("caption")
        wide = max(measure(where, "caption"), measure(said, "strong")) + 2 * px(_PAD) + px(_SPARE)
        high = line + look.current().line("strong") + px(_PAD)
        bubble = self._beside(over, QSize(wide, high))
        paint.box(p, bubble, px(_PAD), "ink")
        inner = bubble.adjusted(px(_PAD), px(_PAD) // 2, -px(_PAD), -px(_PAD) // 2)
        paint.say(p, QRect(inner.topLeft(), QSize(inner.width(), line)), where, "caption", "canvas")
        below = QRect(inner.left(), inner.top() + line, inner.width(), look.current().line("strong"))
        paint.say(p, below, said, "strong", "canvas")

    def _beside(self, over: QRectF, size: QSize) -> QRect:
        """Right of the mark, or left of it where there is no room; never outside."""
        left = round(over.right()) + px(_GAP)
        if left + size.width() > self.width():
            left = round(over.left()) - px(_GAP) - size.width()
        top = round(over.center().y()) - size.height() // 2
        inside = max(0, min(top, self.height() - size.height()))
        return QRect(QPoint(max(0, left), inside), size)
