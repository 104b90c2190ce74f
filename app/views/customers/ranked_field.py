"""What somebody values most, picked and put in order by keyboard: digits pick, Alt with an arrow moves."""

from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.wishes import Wish
from app.views.customers.fact_words import wish_words
from app.views.shared import focus, look, paint
from app.views.shared.fields import LineEdit
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_BADGE

_LINE = 28


class RankedField(QWidget):
    """`value` is a tuple of codes and the shop's own words, the dearest first."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ranks, self.own = _Ranks(), LineEdit(height=32)
        self.hint = PlainLabel("", "caption", tone="ink3", wrap=True)
        self.ranks.changed.connect(lambda: self.changed.emit(self.value()))
        self.own.returnPressed.connect(self._on_own)
        self.setFocusProxy(self.ranks)
        self.setLayout(column(self.ranks, self.own, self.hint, gap=4))
        self.retranslate()

    def value(self) -> tuple[str, ...]:
        typed = self.own.value()
        return (*self.ranks.ranked, *((typed,) if typed and typed not in self.ranks.ranked else ()))

    def set_value(self, value: Any) -> None:
        self.ranks.show_ranked(tuple(value or ()))
        self.own.clear()

    def retranslate(self) -> None:
        self.own.setPlaceholderText(self.tr("In the shop's own words…"))
        self.hint.setText(self.tr("A digit or Space picks, Alt with ↑ or ↓ puts in order"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_own(self) -> None:
        self.ranks.pick(self.own.value())
        self.own.clear()


class _Ranks(QWidget):
    """The wishes: those that count in their order with their rank, then the others, each with the digit that picks."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ranked: tuple[str, ...] = ()
        self._all = tuple(str(wish) for wish in Wish)
        self._at = self._all[0]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look.follow(self.updateGeometry)

    def show_ranked(self, ranked: tuple[str, ...]) -> None:
        self.ranked = ranked
        self._at = self.order()[0]
        self.updateGeometry()
        self.update()
        self._tell()

    def order(self) -> list[str]:
        """All there are: the ranked first, the others as they stand."""
        return [*self.ranked, *(wish for wish in self._all if wish not in self.ranked)]

    def pick(self, wish: str) -> None:
        """Rank it last, or take it out of the ranks."""
        if not wish:
            return
        ranked = self.ranked
        self.ranked = tuple(one for one in ranked if one != wish) if wish in ranked else (*ranked, wish)
        self._at = wish if wish in self.order() else self.order()[0]
        self._changed()

    def move_by(self, step: int) -> None:
        """Put the one at the cursor higher (-1) or lower (1)."""
        if self._at not in self.ranked:
            return
        order, place = list(self.ranked), self.ranked.index(self._at)
        target = place + step
        if 0 <= target < len(order):
            order[place], order[target] = order[target], order[place]
            self.ranked = tuple(order)
            self._changed()

    def sizeHint(self) -> QSize:
        return QSize(px(200), len(self.order()) * px(_LINE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key, alt = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        digit = event.key() - Qt.Key.Key_1.value
        if key in steps and alt:
            self.move_by(steps[key])
        elif key in steps:
            self._step(steps[key])
        elif key == Qt.Key.Key_Space:
            self.pick(self._at)
        elif 0 <= digit < len(self._all) and not alt:
            self.pick(self._all[digit])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().y()) // px(_LINE)
        if 0 <= place < len(self.order()):
            self.pick(self.order()[place])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus.came(self, event.reason())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        for place, wish in enumerate(self.order()):
            self._paint(p, QRect(0, place * px(_LINE), self.width(), px(_LINE)), wish)
        p.end()

    def _paint(self, p: QPainter, line: QRect, wish: str) -> None:
        on = wish in self.ranked
        if wish == self._at and self.hasFocus():
            paint.box(p, line, px(RADIUS_BADGE), "selected")
        rank = f"{self.ranked.index(wish) + 1}." if on else "–"
        left = QRect(line.left() + px(8), line.top(), px(24), line.height())
        paint.say(p, left, rank, "small", "accent_text" if on else "ink3", weight=600 if on else None)
        words = QRect(left.right() + px(4), line.top(), line.width() - px(64), line.height())
        paint.say(p, words, wish_words(wish), "small", "ink" if on else "ink2", weight=600 if on else None)
        if wish in self._all:
            paint.keycap(p, line.right() - px(28), line.center().y(), str(self._all.index(wish) + 1))

    def _step(self, step: int) -> None:
        order = self.order()
        self._at = order[max(0, min(order.index(self._at) + step, len(order) - 1))]
        self.update()
        self._tell()

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        ranked = ", ".join(f"{place} {wish_words(wish)}" for place, wish in enumerate(self.ranked, start=1))
        self.setAccessibleName(f"{wish_words(self._at)}; {ranked}")
