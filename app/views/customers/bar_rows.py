"""Lines of a bar chart that can be walked with the arrows and opened: words, a bar, a share and how many lack it."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.views.shared import look, paint
from app.views.shared.layouts import column
from app.views.shared.look import px
from app.views.shared.meters import paint_meter
from app.views.shared.tokens import RADIUS_CONTROL

HIGH, NAMES, FIGURES = 32, 168, 152


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: `key` is told when it is opened; `figures` are its share and its counts in words."""

    key: Any
    words: str
    share: float
    figures: str


class BarButton(QAbstractButton):
    """One line. A screen reader hears its words and its figures."""

    def __init__(self, bar: Bar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = bar
        self.setText(f"{bar.words}: {bar.figures}")
        self.setAccessibleName(self.text())
        self.setToolTip(self.text())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(px(NAMES + FIGURES + 160), px(HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(NAMES + FIGURES), px(HIGH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, room = QPainter(self), self.rect()
        if self.hasFocus() or self.underMouse():
            edge = "accent" if self.hasFocus() else None
            paint.box(p, room, px(RADIUS_CONTROL), "selected" if self.hasFocus() else "hover", edge)
        names = QRect(px(10), 0, px(NAMES) - px(18), room.height())
        paint.say(p, names, self.bar.words, "body")
        figures = QRect(room.right() - px(FIGURES), 0, px(FIGURES) - px(10), room.height())
        paint.say(p, figures, self.bar.figures, "small", "ink2", paint.RIGHT)
        wide = figures.left() - px(NAMES) - px(16)
        paint_meter(p, QRect(px(NAMES), room.center().y() - px(3), max(px(24), wide), px(6)), self.bar.share)
        p.end()


class BarRows(QWidget):
    """Lines under each other; one that is clicked, or Enter on it, is `opened` with its key."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = column(gap=0)
        self.setLayout(self._lines)
        self.bars: list[BarButton] = []

    def show_bars(self, bars: list[Bar]) -> None:
        """Show these lines in place of those before."""
        for old in self.bars:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.bars = [self._made(bar) for bar in bars]

    def _made(self, bar: Bar) -> BarButton:
        button = BarButton(bar)
        button.clicked.connect(lambda: self.opened.emit(bar.key))
        self._lines.add(button)
        return button
