"""Price labels: name, price and barcode of each article, on sheets of labels or the roll of a label printer."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.services.products import ProductRow
from app.views.products import words
from app.views.shared.codes import paint_bars
from app.views.shared.desk import Desk
from app.views.shared.fields import LineEdit
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import row
from app.views.shared.look import px
from app.views.shared.paper import A4, Grid, Paint, letters, say
from app.views.shared.sheet_dialog import SheetDialog

GRIDS = (
    Grid("a4-24", A4, 3, 8, (70, 36)),
    Grid("a4-40", A4, 4, 10, (52.5, 29.7)),
    Grid("a4-65", A4, 5, 13, (38.1, 21.2), (2.5, 0)),
    Grid("roll-40x30", (40, 30), 1, 1, (40, 30)),
    Grid("roll-60x40", (60, 40), 1, 1, (60, 40)),
)
MOST_COPIES = 500
EDGE = 20
"""Tenths of a millimetre that stay white around a label: printers do not meet the cut exactly."""


def grid_words(grid: Grid) -> str:
    """A grid as its package says it: how many on a page, how large."""
    size = f"{grid.cell[0]:g} × {grid.cell[1]:g} mm"
    if grid.cells == 1:
        return QCoreApplication.translate("Labels", "Roll {size}").replace("{size}", size)
    said = QCoreApplication.translate("Labels", "A4, {count} of {size}")
    return said.replace("{count}", str(grid.cells)).replace("{size}", size)


class LabelDialog(SheetDialog):
    """How many of each, and where on a begun sheet the first one goes."""

    def __init__(self, desk: Desk, parent: QWidget, chosen: Sequence[ProductRow]) -> None:
        super().__init__(desk, parent, [(grid, grid_words(grid)) for grid in GRIDS], "labels.pdf")
        self._chosen = chosen
        self.copies, self.first = LineEdit(), LineEdit()
        for field, start in ((self.copies, "1"), (self.first, "1")):
            field.set_value(start)
            field.setFixedWidth(px(72))
            field.textChanged.connect(lambda _words: self.refresh())
        of_each, at = PlainLabel(self.tr("Of each"), tone="ink2"), PlainLabel(self.tr("Begin at label"), tone="ink2")
        of_each.setBuddy(self.copies)
        at.setBuddy(self.first)
        self.copies.setAccessibleName(of_each.text())
        self.first.setAccessibleName(at.text())
        self.options.add(row(of_each, self.copies, 12, at, self.first, None, gap=8))
        self.set_title(self.tr("Price labels"), self.tr("%n article(s)", "", len(chosen)))
        self.refresh()

    def things(self, grid: Grid) -> tuple[Sequence[Paint], int]:
        copies = min(_number(self.copies.text()), MOST_COPIES)
        skip = max(0, _number(self.first.text()) - 1) % grid.cells
        return [partial(self._paint, article) for article in self._chosen for _ in range(copies)], skip

    def _paint(self, article: ProductRow, p: QPainter, cell: QRectF) -> None:
        """Name above, price large, barcode with its digits below; a small label leaves out the unit."""
        room = cell.adjusted(EDGE, EDGE * 0.75, -EDGE, -EDGE * 0.75)
        high = room.height()
        small, big = letters(min(34, high * 0.14)), letters(min(70, high * 0.24), bold=True)
        left, top = room.left(), room.top()
        say(p, QRectF(left, top, room.width(), high * 0.18), article.name, letters(min(36, high * 0.15), bold=True))
        say(p, QRectF(left, top + high * 0.18, room.width(), high * 0.3), words.price(article.price, self._desk), big)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        unit = QRectF(left + room.width() / 2, top + high * 0.18, room.width() / 2, high * 0.27)
        say(p, unit, f"/ {article.unit}" if article.unit else "", small, right)
        code = article.barcode or article.code
        bars = QRectF(left, top + high * 0.5, room.width(), high * 0.34)
        centre = Qt.AlignmentFlag.AlignCenter
        drawn = paint_bars(p, _in_the_middle(bars, code), code)
        below = QRectF(left, top + high * (0.85 if drawn else 0.5), room.width(), high * 0.15)
        say(p, below, code, letters(min(28, high * 0.13)), centre)


def _in_the_middle(room: QRectF, code: str) -> QRectF:
    """An EAN in its usual width of 37.3 mm where there is room; bars drawn too wide read no better."""
    wide = min(room.width(), 380.0 if len(code) <= 13 else 560.0)
    return QRectF(room.center().x() - wide / 2, room.top(), wide, room.height())


def _number(typed: str) -> int:
    """A whole number, 0 for anything else."""
    return int(typed) if typed.strip().isdecimal() and len(typed) < 6 else 0


def open_labels(desk: Desk, parent: QWidget, chosen: Sequence[ProductRow]) -> LabelDialog:
    """Show the labels of these articles and where they can go."""
    dialog = LabelDialog(desk, parent, chosen)
    dialog.present()
    return dialog
