"""Avatars: a soft round with initials, its hue from the person's number, the kind of work at its corner."""

from __future__ import annotations

import zlib

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.shared import look, paint
from app.views.shared.look import px
from app.views.shared.tokens import AVATAR_HUES, RADIUS_CONTROL, Hue, Role


def hue_of(identity: object) -> Hue:
    """The hue of a person: always the same for the same id, never red."""
    return AVATAR_HUES[zlib.crc32(str(identity).encode()) % len(AVATAR_HUES)]


def initials(name: str) -> str:
    """The first Han character of a name, or up to two Latin initials."""
    name = name.strip()
    if not name:
        return "?"
    if not name[0].isascii():
        return name[0]
    letters = [word[0] for word in name.split() if word[0].isascii() and word[0].isalnum()]
    return "".join(letters[:2]).upper() or name[0]


def paint_avatar(
    p: QPainter,
    rect: QRect,
    name: str,
    identity: object,
    *,
    sign: str | None = None,
    sign_hue: str = "",
    ground: str = "surface",
) -> None:
    """Paint a person; `sign` is the kind of work, in a disc ringed by `ground`, the ground of the row."""
    hue = hue_of(identity)
    paint.box(p, rect, rect.width() / 2, f"{hue}_soft")
    role: Role = "title" if rect.width() > px(40) else "strong" if rect.width() > px(26) else "small"
    letters = initials(name)
    if look.current().measure(letters, role, weight=600) > rect.width():
        letters = letters[0]
    paint.say(p, rect, letters, role, f"{hue}_text", paint.CENTRE, weight=600)
    if sign:
        _paint_sign(p, rect, sign, sign_hue, ground)


def _paint_sign(p: QPainter, rect: QRect, sign: str, hue: str, ground: str) -> None:
    spot = QRect(rect.right() - px(12), rect.bottom() - px(12), px(20), px(20))
    paint.box(p, spot.adjusted(-2, -2, 2, 2), px(12), ground)
    paint.box(p, spot, px(10), f"{hue}_soft" if hue else "surface", None if hue else "line")
    paint.glyph(p, paint.square(spot.toRectF().center(), px(12)), sign, f"{hue}_text" if hue else "ink2")


def paint_tile(p: QPainter, rect: QRect, icon: str, hue: str = "") -> None:
    """Paint a thing that is no person: a soft square with its icon."""
    paint.box(p, rect, px(RADIUS_CONTROL), f"{hue}_soft" if hue else "pressed")
    paint.glyph(p, paint.square(rect.toRectF().center(), px(16)), icon, f"{hue}_text" if hue else "ink2")


def paint_disc(p: QPainter, rect: QRect, icon: str, hue: str = "") -> None:
    """Paint what happened: a soft disc with its icon, as on a timeline."""
    paint.box(p, rect, rect.width() / 2, f"{hue}_soft" if hue else "pressed")
    paint.glyph(p, paint.square(rect.toRectF().center(), rect.width() * 0.5), icon, f"{hue}_text" if hue else "ink2")


class Avatar(QWidget):
    """A person as a widget; sizes 24, 28, 32, 36 or 48."""

    def __init__(self, size: int = 36, *, name: str = "", identity: object = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size, self._name, self._identity = size, name, identity
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.follow(self.relook)

    def show_person(self, name: str, identity: object) -> None:
        self._name, self._identity = name, identity
        self.update()

    def relook(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(self._size), px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint_avatar(p, self.rect(), self._name, self._identity)
        p.end()


class IconDisc(QWidget):
    """A soft disc with an icon, for empty places and headings."""

    def __init__(self, icon: str, size: int = 72, hue: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._size, self._hue = icon, size, hue
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.follow(self.updateGeometry)

    def set_icon(self, icon: str, hue: str = "accent") -> None:
        self._icon, self._hue = icon, hue
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(self._size), px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, hue = QPainter(self), self._hue
        paint.box(p, self.rect(), self.width() / 2, f"{hue}_soft" if hue else "pressed")
        side = self.width() * (0.4 if self._size >= 48 else 0.5)
        paint.glyph(p, paint.square(self.rect().toRectF().center(), side), self._icon, f"{hue}_text" if hue else "ink2")
        p.end()


class Glyph(QWidget):
    """An icon on its own, beside words."""

    def __init__(self, icon: str, token: str = "ink2", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._token, self._size = icon, token, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.follow(self.updateGeometry)

    def set_icon(self, icon: str, token: str = "ink2") -> None:
        self._icon, self._token = icon, token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(self._size), px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        side = min(self.width(), self.height())
        paint.glyph(p, paint.square(self.rect().toRectF().center(), side), self._icon, self._token)
        p.end()
