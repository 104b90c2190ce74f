"""Icons: the glyphs of one Phosphor font, painted in a token's colour at any size and ratio."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from app.views.shared import look

PREFIX = "ph."


class GlyphEngine(QIconEngine):
    """Paints one glyph with the tokens in force at that moment, so an icon follows the theme by itself."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        draw(painter, rect, self._name, "ink3" if mode == QIcon.Mode.Disabled else self._token)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        image = QPixmap(size)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return image

    def clone(self) -> QIconEngine:
        return GlyphEngine(self._name, self._token)

    def iconName(self) -> str:
        return self._name

    def key(self) -> str:
        return "regulars-glyph"


def icon(name: str, token: str = "ink2") -> QIcon:
    """An icon by its name (`ph.users`, `ph.users-fill`); `QIcon.name()` gives the name back.

    Raises KeyError when Phosphor has no such glyph.
    """
    _character(name)
    return QIcon(GlyphEngine(name, token))


def draw(painter: QPainter, rect: QRect | QRectF, name: str, token: str = "ink2") -> None:
    """Paint a glyph into a square, in a token's colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(_face(max(1, round(min(rect.width(), rect.height())))))
    painter.setPen(look.current().ink(token))
    painter.drawText(QRectF(rect), Qt.AlignmentFlag.AlignCenter, _character(name))
    painter.restore()


def known(name: str) -> bool:
    """Whether the font has such a glyph."""
    return name.removeprefix(PREFIX) in _charmap()


def _character(name: str) -> str:
    return chr(int(_charmap()[name.removeprefix(PREFIX)], 16))


@cache
def _fonts_folder() -> Path:
    """The folder of qtawesome's fonts, found without importing it: its import reads every font it has."""
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("qtawesome is not installed")
    return Path(spec.origin).parent / "fonts"


@cache
def _charmap() -> dict[str, str]:
    path = next(_fonts_folder().glob("phosphor-charmap-*.json"))
    charmap: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return charmap


@cache
def _face(side: int) -> QFont:
    face = QFont(_family())
    face.setPixelSize(side)
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return face


@cache
def _family() -> str:
    path = next(p for p in _fonts_folder().glob("phosphor-*.ttf"))
    number = QFontDatabase.addApplicationFont(str(path))
    return QFontDatabase.applicationFontFamilies(number)[0]
