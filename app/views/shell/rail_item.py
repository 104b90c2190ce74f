"""One place on the rail: icon, words, count; its icon and a dot where the window is narrow."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.views.shared import focus, look, paint
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_CONTROL

HIGH, INSET, ICON, ICON_AT, WORDS_AT = 40, 8, 20, 18, 48


class RailItem(QAbstractButton):
    """Chosen when checked. `urgent` counts are red: complaints alone."""

    def __init__(self, name: str, icon: str, parent: QWidget | None = None, *, urgent: bool = False) -> None:
        super().__init__(parent)
        self.name, self._icon, self._urgent = name, icon, urgent
        self._count, self._narrow = 0, False
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self.relook)

    def set_words(self, words: str, keys: str) -> None:
        self.setText(words)
        self.setToolTip(f"{words}  {keys}".strip())
        self._tell()

    def set_count(self, count: int) -> None:
        self._count = count
        self._tell()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.update()

    def relook(self) -> None:
        self.setFixedHeight(px(HIGH))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(56), px(HIGH))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus.came(self, event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        ground = self.rect().adjusted(px(INSET), px(2), -px(INSET), -px(2))
        if self.isChecked():
            paint.box(p, ground, px(RADIUS_CONTROL), "surface", "line")
        elif self.underMouse():
            paint.box(p, ground, px(RADIUS_CONTROL), "hover")
        middle = self.height() // 2
        at = self.width() // 2 if self._narrow else px(ICON_AT) + px(ICON) // 2
        name = f"{self._icon}-fill" if self.isChecked() else self._icon
        paint.glyph(p, paint.square(QPoint(at, middle), px(ICON)), name, "accent_text" if self.isChecked() else "ink2")
        if self._narrow:
            self._paint_dot(p)
        else:
            self._paint_words(p)
        p.end()

    def _paint_words(self, p: QPainter) -> None:
        right = self._paint_count(p)
        room = QRect(px(WORDS_AT), 0, right - px(WORDS_AT), self.height())
        chosen = self.isChecked()
        paint.say(p, room, self.text(), "strong" if chosen else "body", "ink" if chosen else "ink2")

    def _paint_count(self, p: QPainter) -> int:
        right = self.width() - px(INSET + 10)
        if not self._count:
            return right
        words = str(self._count)
        wide = max(px(22), look.current().measure(words, "caption", weight=600) + px(14))
        pill = QRect(right - wide, (self.height() - px(20)) // 2, wide, px(20))
        paint.box(p, pill, px(10), "red_soft" if self._urgent else "pressed")
        paint.say(p, pill, words, "caption", "red_text" if self._urgent else "ink2", paint.CENTRE, weight=600)
        return pill.left() - px(4)

    def _paint_dot(self, p: QPainter) -> None:
        if self._count:
            dot = paint.square(QPoint(self.width() // 2 + px(12), px(10)), px(8))
            paint.box(p, dot, px(4), "red" if self._urgent else "accent")

    def _tell(self) -> None:
        self.setAccessibleName(f"{self.text()} {self._count}" if self._count else self.text())
