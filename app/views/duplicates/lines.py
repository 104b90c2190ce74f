"""One field of two cards in one line: what the left says, what the right says, and which of them holds."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.shared import focus, look, paint
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_CONTROL
from app.views.shared.wrapping import marked_lines

LABEL, BOTH, GAP = 120, 84, 8
_PAD, _ABOVE, _LINE, _ROUND, _MOST = 10, 6, 20, 16, 3
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Take(StrEnum):
    """Which of the two cards as they stand on screen; sides do not change when the other card stays."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class LineView:
    """What a line shows. Without `offered` it only shows; `differs` makes its words heavier in tone."""

    name: str
    label: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    differs: bool = True
    offered: tuple[Take, ...] = ()
    chosen: Take = Take.LEFT


class FieldLine(QWidget):
    """← → or a click choose, a digit chooses and moves on, ↑ ↓ and Enter move."""

    chosen = Signal()
    moved = Signal(int)

    def __init__(self, view: LineView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view, self._over = view, False
        self._take = view.chosen
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(bool(view.offered))
        if view.offered:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.follow(self.relook)

    def take(self) -> Take:
        """Which side holds."""
        return self._take

    def choose(self, take: Take) -> None:
        """Let a side hold; one that is not offered changes nothing."""
        if take in self.view.offered:
            self._take = take
            self._tell()
            self.chosen.emit()

    def relook(self) -> None:
        self._fit()
        self._tell()
        self.update()

    def cell(self, take: Take) -> QRect:
        """Where a side stands in the line."""
        both = px(BOTH) + px(GAP) if Take.BOTH in self.view.offered or self._wide else 0
        start = px(LABEL) + px(GAP)
        wide = (self.width() - start - both - px(GAP)) // 2
        if take is Take.BOTH:
            return QRect(self.width() - px(BOTH), 0, px(BOTH), self.height())
        left = start if take is Take.LEFT else start + wide + px(GAP)
        return QRect(left, 0, wide, self.height())

    @property
    def _wide(self) -> bool:
        """Lines that are chosen in keep the room for "both", so that all of them stand in columns."""
        return bool(self.view.offered)

    def sizeHint(self) -> QSize:
        return QSize(px(480), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(320), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus.came(self, event.reason())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key, offered = Qt.Key(event.key()), self.view.offered
        digit = event.key() - Qt.Key.Key_1.value
        if plain and offered and 0 <= digit < len(offered):
            self.choose(offered[digit])
            self.moved.emit(1)
        elif plain and key in _STEPS and offered:
            at = offered.index(self._take) if self._take in offered else 0
            self.choose(offered[max(0, min(len(offered) - 1, at + _STEPS[key]))])
        elif plain and key in _MOVES:
            self.moved.emit(_MOVES[key])
        elif plain and key in _ENTERS:
            self.moved.emit(1)  # Enter leads through the fields; Ctrl+Enter merges
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        for take in self.view.offered:
            if self.cell(take).contains(at):
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                self.choose(take)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._tell()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        label = QRect(0, px(_ABOVE), px(LABEL), px(_LINE))
        paint.say(
            p,
            label,
            self.view.label,
            "small",
            "ink" if self.hasFocus() else "ink2",
            weight=600 if self.hasFocus() else None,
        )
        for take, words in ((Take.LEFT, self.view.left), (Take.RIGHT, self.view.right)):
            self._paint_cell(p, take, words)
        if Take.BOTH in self.view.offered:
            self._paint_cell(p, Take.BOTH, (self.tr("Both"),))
        p.end()

    def _paint_cell(self, p: QPainter, take: Take, words: tuple[str, ...]) -> None:
        cell, on = self.cell(take), bool(self.view.offered) and self._held(take)
        left = cell.left() + px(_PAD)
        if self.view.offered:
            edge = "accent" if on else "line"
            paint.box(p, cell, px(RADIUS_CONTROL), "selected" if on else "surface", edge)
            left = self._paint_mark(p, cell, take, on)
        tone = "ink" if on or (self.view.differs and not self.view.offered) else "ink2"
        room = QRect(left, px(_ABOVE), cell.right() - px(4) - left, px(_LINE))
        if not words:
            paint.say(p, room, "–", "small", "ink3")
        for line in self._lines(words, room.width()):
            paint.say(p, room, line, "small", tone)
            room.moveTop(room.top() + px(_LINE))

    def _paint_mark(self, p: QPainter, cell: QRect, take: Take, on: bool) -> int:
        digit = str(self.view.offered.index(take) + 1)
        middle = px(_ABOVE) + px(_LINE) // 2
        left = cell.left() + px(6)
        if on:
            spot = paint.square(QPoint(left + px(10), middle), px(_ROUND))
            paint.box(p, spot, spot.width() / 2, "accent")
            paint.check(p, spot, "on_accent")
        else:
            paint.keycap(p, left, middle, digit)
        return left + px(20) + px(8)

    def _held(self, take: Take) -> bool:
        return self._take is take

    def _lines(self, words: tuple[str, ...], width: int) -> list[str]:
        """At most three lines: one for each of several, or one text broken; what is left out is counted."""
        if len(words) == 1:
            return marked_lines(words[0], width, _MOST)
        if len(words) > _MOST:
            return [*words[: _MOST - 1], f"{words[_MOST - 1]}  +{len(words) - _MOST}"]
        return list(words)

    def _fit(self) -> None:
        counts = [1]
        for take, words in ((Take.LEFT, self.view.left), (Take.RIGHT, self.view.right)):
            room = self.cell(take).width() - px(_PAD + 4 + (24 if self.view.offered else 0))
            counts.append(len(self._lines(words, room)) if words else 1)
        high = max(counts) * px(_LINE) + 2 * px(_ABOVE)
        if high != self.height() or self.minimumHeight() != high:
            self.setFixedHeight(high)

    def _tell(self) -> None:
        """What a screen reader says of the line."""
        both = self.tr("both")
        said = {Take.LEFT: ", ".join(self.view.left), Take.RIGHT: ", ".join(self.view.right), Take.BOTH: both}
        self.setAccessibleName(f"{self.view.label}: {said[self._take] or '–'}")
        self.update()
