"""A line of the cards at the side: picture, words, a caption under them, something at the right; a click goes there."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.views.shared import focus, look, paint
from app.views.shared.avatars import paint_avatar
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_CONTROL

_HIGH, _PICTURE = 40, 28


class SideLine(QAbstractButton):
    """Two short lines that open something. Without a person, `icon` in `tone` stands at the left."""

    def __init__(
        self,
        words: str,
        caption: str,
        *,
        icon: str = "",
        tone: str = "ink2",
        person: int | None = None,
        name: str = "",
        trailing: str = "",
        trailing_tone: str = "ink2",
    ) -> None:
        super().__init__()
        self.words, self.caption, self.trailing = words, caption, trailing
        self._icon, self._tone, self._trailing_tone = icon, tone, trailing_tone
        self._person, self._name = person, name
        self.setText(words)
        self.setAccessibleName(", ".join(part for part in (words, caption, trailing) if part))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self.relook)

    def relook(self) -> None:
        self.setFixedHeight(px(_HIGH))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(_HIGH))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus.came(self, event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        if self.underMouse() or self.isDown():
            paint.box(p, self.rect(), px(RADIUS_CONTROL), "hover")
        left = self._paint_picture(p)
        right = self._paint_trailing(p)
        high = px(20)
        room = QRect(left, (self.height() - (2 if self.caption else 1) * high) // 2, right - left, high)
        paint.say(p, room, self.words, "small")
        room.moveTop(room.top() + high)
        paint.say(p, room, self.caption, "caption", "ink3")
        p.end()

    def _paint_picture(self, p: QPainter) -> int:
        middle = self.height() // 2
        if self._person is None:
            spot = paint.square(QPoint(px(8 + _PICTURE // 2), middle), px(18))
            paint.glyph(p, spot, self._icon, self._tone)
            return px(8 + _PICTURE + 10)
        spot = paint.square(QPoint(px(8 + _PICTURE // 2), middle), px(_PICTURE))
        paint_avatar(p, spot, self._name, self._person)
        return px(8 + _PICTURE + 10)

    def _paint_trailing(self, p: QPainter) -> int:
        end, middle = self.width() - px(8), self.height() // 2
        if not self.trailing:
            paint.glyph(p, paint.square(QPoint(end - px(6), middle), px(12)), "ph.caret-right", "ink3")
            return end - px(20)
        wide = look.current().measure(self.trailing, "caption") + 1
        where = QRect(end - wide, middle - px(8), wide, px(16))
        paint.say(p, where, self.trailing, "caption", self._trailing_tone, paint.RIGHT)
        return where.left() - px(8)
