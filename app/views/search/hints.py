"""The line at the foot of the palette: what its keys do."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.shared import look, paint
from app.views.shared.keys import keycap
from app.views.shared.look import px

HIGH, LEFT = 40, 16


class Hints(QWidget):
    """Painted keycaps with their words; what does not fit is left out."""

    def __init__(self) -> None:
        super().__init__()
        self._hints: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self.relook)

    def retranslate(self) -> None:
        self._hints = [
            ("↑ ↓", self.tr("choose")),
            (keycap("Return"), self.tr("open")),
            (keycap("Ctrl+Return"), self.tr("sell")),
            (keycap("F8"), self.tr("complaint")),
            (keycap("Esc"), self.tr("close")),
        ]
        self.update()

    def relook(self) -> None:
        self.setFixedHeight(px(HIGH))

    def sizeHint(self) -> QSize:
        return QSize(px(320), px(HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, x, middle = QPainter(self), px(LEFT), self.height() // 2
        for key, words in self._hints:
            wide = paint.keycap_width(key) + px(6) + look.current().measure(words, "caption")
            if x + wide > self.width() - px(LEFT):
                break
            x = paint.keycap(p, x, middle, key) + px(6)
            x += paint.say(p, QRect(x, 0, self.width() - x, self.height()), words, "caption", "ink2") + px(16)
        p.end()
