"""Sheets of small things that are cut apart: labels and cards in rows on a page, on paper or as a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLineF, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from app.views.shared import look

UNIT = 10
"""Painting is in tenths of a millimetre."""
Paint = Callable[[QPainter, QRectF], None]
"""Paints one thing into its cell, in tenths of a millimetre."""


@dataclass(frozen=True, slots=True)
class Grid:
    """How a page is divided; lengths in millimetres. `gap` lies between cells; the whole stands in the middle."""

    name: str
    page: tuple[float, float]
    columns: int
    rows: int
    cell: tuple[float, float]
    gap: tuple[float, float] = (0, 0)
    marks: bool = False
    """Whether short lines show where to cut."""

    @property
    def cells(self) -> int:
        return self.columns * self.rows

    def place(self, number: int) -> QRectF:
        """The cell of this number on its page, in tenths of a millimetre; left to right, then down."""
        down, across = divmod(number % self.cells, self.columns)
        left, top = self._start(0, self.columns), self._start(1, self.rows)
        x = left + across * (self.cell[0] + self.gap[0])
        y = top + down * (self.cell[1] + self.gap[1])
        return QRectF(x * UNIT, y * UNIT, self.cell[0] * UNIT, self.cell[1] * UNIT)

    def _start(self, axis: int, count: int) -> float:
        return (self.page[axis] - count * self.cell[axis] - (count - 1) * self.gap[axis]) / 2


A4 = (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Sheets:
    """Things on as many pages as they need; the first `skip` cells stay empty, for a page that was begun before."""

    grid: Grid
    things: Sequence[Paint]
    skip: int = 0

    @property
    def pages(self) -> int:
        return max(1, -(-(self.skip + len(self.things)) // self.grid.cells))

    def paint(self, p: QPainter, page: int) -> None:
        """One page, the painter standing at its corner in tenths of a millimetre."""
        first = page * self.grid.cells
        for number in range(first, first + self.grid.cells):
            thing = number - self.skip
            if 0 <= thing < len(self.things):
                cell = self.grid.place(number)
                p.save()
                p.setClipRect(cell)
                self.things[thing](p, cell)
                p.restore()
                if self.grid.marks:
                    _cut_marks(p, cell)


def layout_of(grid: Grid) -> QPageLayout:
    """The page without margins: the grid keeps its own."""
    size = QPageSize(QSizeF(*grid.page), QPageSize.Unit.Millimeter)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)


def write_pdf(sheets: Sheets, path: Path) -> None:
    """All pages as one PDF."""
    writer = QPdfWriter(str(path))
    writer.setPageLayout(layout_of(sheets.grid))
    writer.setResolution(600)
    print_to(sheets, writer)


def print_to(sheets: Sheets, device: QPagedPaintDevice) -> None:
    """All pages on a device whose layout is that of the grid."""
    p = QPainter(device)
    for page in range(sheets.pages):
        if page:
            device.newPage()
        p.save()
        p.scale(device.width() / (sheets.grid.page[0] * UNIT), device.height() / (sheets.grid.page[1] * UNIT))
        sheets.paint(p, page)
        p.restore()
    p.end()


def letters(height: float, *, bold: bool = False) -> QFont:
    """The program's font, so many tenths of a millimetre high."""
    font = look.font("body")
    font.setPixelSize(max(1, round(height)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def say(
    p: QPainter,
    room: QRectF,
    words: str,
    font: QFont,
    where: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    *,
    colour: Qt.GlobalColor = Qt.GlobalColor.black,
) -> None:
    """One line, cut with an ellipsis where it must be."""
    p.setFont(font)
    p.setPen(colour)
    p.drawText(room, where, QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width()))


def _cut_marks(p: QPainter, cell: QRectF, length: float = 3 * UNIT) -> None:
    """A short line at each corner, outside the cell."""
    p.setPen(QPen(Qt.GlobalColor.gray, 1))
    for x, outwards in ((cell.left(), -1), (cell.right(), 1)):
        for y, away in ((cell.top(), -1), (cell.bottom(), 1)):
            p.drawLine(QLineF(x + outwards * 5, y, x + outwards * length, y))
            p.drawLine(QLineF(x, y + away * 5, x, y + away * length))
