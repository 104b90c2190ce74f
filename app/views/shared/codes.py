"""Paints barcodes and QR codes, always black on white: a scanner knows no dark theme."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.formats import barcodes
from app.views.shared import look
from app.views.shared.look import px

QUIET_BARS, QUIET_SQUARES = 10, 4
"""Modules that must stay white at each side."""


def paint_bars(p: QPainter, room: QRectF, words: str) -> bool:
    """A barcode that fills `room`, its quiet zones inside; False where no barcode holds these words."""
    modules = _bars(words)
    if not modules:
        return False
    wide = room.width() / (len(modules) + 2 * QUIET_BARS)
    p.fillRect(room, Qt.GlobalColor.white)
    for start, length in _runs(modules):
        left = room.left() + (QUIET_BARS + start) * wide
        p.fillRect(QRectF(left, room.top(), length * wide, room.height()), Qt.GlobalColor.black)
    return True


def paint_squares(p: QPainter, room: QRectF, words: str) -> None:
    """A QR code in the middle of `room`, its quiet zone inside."""
    rows = _squares(words)
    module = min(room.width(), room.height()) / (len(rows) + 2 * QUIET_SQUARES)
    side = module * len(rows)
    left, top = room.center().x() - side / 2, room.center().y() - side / 2
    p.fillRect(room, Qt.GlobalColor.white)
    for y, line in enumerate(rows):
        for start, length in _runs(line):
            p.fillRect(QRectF(left + start * module, top + y * module, length * module, module), Qt.GlobalColor.black)


def picture(words: str, side: int = 600) -> QImage:
    """A QR code as a picture of about so many pixels, each module the same whole number of them."""
    modules = len(_squares(words)) + 2 * QUIET_SQUARES
    exact = max(1, side // modules) * modules
    image = QImage(exact, exact, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    p = QPainter(image)
    paint_squares(p, QRectF(0, 0, exact, exact), words)
    p.end()
    return image


class CodeView(QWidget):
    """A QR code, or with `bars` a barcode, on a white ground of its own."""

    def __init__(self, *, bars: bool = False, size: tuple[int, int] = (96, 96), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars, self._size, self._words = bars, size, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.follow(self.relook)

    def show_code(self, words: str) -> None:
        """Show these words; hidden where there are none."""
        self._words = words
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.update()

    def relook(self) -> None:
        self.setFixedSize(QSize(px(self._size[0]), px(self._size[1])))

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        room = QRectF(self.rect())
        p.fillRect(room, Qt.GlobalColor.white)
        if self._words and self._bars:
            paint_bars(p, room.adjusted(0, px(4), 0, -px(4)), self._words)
        elif self._words:
            paint_squares(p, room, self._words)
        p.end()


def _runs(modules: Iterable[str | int]) -> list[tuple[int, int]]:
    """Where dark modules begin, and how many follow each other: one box each leaves no seams between them."""
    dark = [int(module) for module in modules]
    runs, start = [], None
    for place, module in enumerate([*dark, 0]):
        if module and start is None:
            start = place
        elif not module and start is not None:
            runs.append((start, place - start))
            start = None
    return runs


@lru_cache(maxsize=512)
def _bars(words: str) -> str:
    return barcodes.bars(words)


@lru_cache(maxsize=512)
def _squares(words: str) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(row) for row in barcodes.squares(words))
