"""Printing a sheet of labels or cards: the page as it will be, which grid, and where it goes: paper or a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from app.views.shared import paint
from app.views.shared.buttons import Button, IconButton
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import Steps, column, row
from app.views.shared.look import px
from app.views.shared.paper import UNIT, Grid, Paint, Sheets, layout_of, print_to, write_pdf

HIGH, LEAST = 380, 240
ROLL, ROLL_WIDE = 100, 260
"""A page narrower than so many millimetres is a roll, shown so wide that it can be read: the dialog scrolls."""


class SheetPreview(QWidget):
    """One page, small, on white as paper is."""

    def __init__(self) -> None:
        super().__init__()
        self._sheets: Sheets | None = None
        self._shown = 0
        self.setMinimumHeight(px(LEAST))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_page(self, sheets: Sheets, page: int) -> None:
        self._sheets, self._shown = sheets, page
        wide, high = sheets.grid.page
        self.setMinimumHeight(px(max(LEAST, ROLL_WIDE * high / wide if wide < ROLL else 0)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(360), px(HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._sheets is None:
            return
        wide, high = self._sheets.grid.page
        scale = min(self.height() / high, self.width() / wide)
        left, top = (self.width() - wide * scale) / 2, (self.height() - high * scale) / 2
        paper = QRectF(left, top, wide * scale, high * scale)
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.fillRect(paper, Qt.GlobalColor.white)
        p.save()
        p.translate(paper.topLeft())
        p.scale(scale / UNIT, scale / UNIT)
        self._sheets.paint(p, self._shown)
        p.restore()
        paint.box(p, paper.toRect(), 0, None, "line")
        p.end()


class SheetDialog(Dialog):
    """Enter saves the PDF, the other button prints. Who makes one says what is on the sheet by `things`."""

    def __init__(self, desk: Desk, parent: QWidget, grids: Sequence[tuple[Grid, str]], file_name: str) -> None:
        super().__init__(parent, width=760)
        self._desk, self._grids, self._file_name = desk, [grid for grid, _ in grids], file_name
        self._shown = 0
        self.kinds, self.paper = Chips(size="form"), Button("", icon="ph.printer")
        self.preview, self.count = SheetPreview(), PlainLabel("", "small", tone="ink2")
        self.before, self.after = IconButton("ph.caret-left"), IconButton("ph.caret-right")
        self.kinds.show_chips([ChipView(grid.name, words) for grid, words in grids])
        self.kinds.set_value(self._grids[0].name)
        self.options: Steps = column(self.kinds, gap=10)
        pages = row(None, self.before, self.count, self.after, None, gap=8)
        self.body.add(self.options, self.preview, pages)
        self.footer.insertWidget(1, self.paper)
        self.kinds.chosen.connect(lambda _name: self.refresh())
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self.submitted.connect(self._on_pdf)
        self.paper.clicked.connect(self._on_paper)
        self._word_buttons()

    def things(self, grid: Grid) -> tuple[Sequence[Paint], int]:
        """What is painted, cell by cell, and how many cells stay empty before it."""
        raise NotImplementedError

    def sheets(self) -> Sheets:
        """The pages as they are asked for now."""
        grid = next(grid for grid in self._grids if grid.name == self.kinds.value())
        things, skip = self.things(grid)
        return Sheets(self.page_of(grid), things, skip)

    def page_of(self, grid: Grid) -> Grid:
        """The page as what is on it asks for: a roll is as long as it needs to be."""
        return grid

    def refresh(self) -> None:
        """Show the pages anew, as after another answer."""
        sheets = self.sheets()
        self._shown = min(self._shown, sheets.pages - 1)
        self.preview.show_page(sheets, self._shown)
        told = self.tr("Page {page} of {pages}").replace("{pages}", str(sheets.pages))
        self.count.setText(told.replace("{page}", str(self._shown + 1)))
        self.before.setEnabled(self._shown > 0)
        self.after.setEnabled(self._shown < sheets.pages - 1)
        for button in (self.primary, self.paper):
            button.setEnabled(bool(sheets.things))

    def save(self, path: Path) -> None:
        """Write the PDF."""
        write_pdf(self.sheets(), path)
        self._desk.tell(self.tr("Saved: {file}").replace("{file}", path.name))
        self.accept()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "paper"):
            self._word_buttons()

    def _word_buttons(self) -> None:
        self.primary.setText(self.tr("Save as PDF…"))
        self.paper.setText(self.tr("Print…"))
        self.before.set_name(self.tr("The page before"))
        self.after.set_name(self.tr("The page after"))

    def _turn(self, step: int) -> None:
        self._shown += step
        self.refresh()

    def _on_pdf(self) -> None:
        words, kind = self.tr("Save as PDF"), self.tr("PDF (*.pdf)")
        path, _ = QFileDialog.getSaveFileName(self, words, self._file_name, kind)
        if path:
            self.save(Path(path))

    def _on_paper(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        sheets = self.sheets()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        printer.setPageLayout(layout_of(sheets.grid))
        if QPrintDialog(printer, self).exec():
            print_to(sheets, printer)
            self.accept()
