"""Printing a card: the page as it will be, on A4 or A5, on paper or as a PDF."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPaintEvent, QPdfWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from app.views.customers.card_sheet import CardSheet
from app.views.customers.fact_views import Told
from app.views.shared import paint
from app.views.shared.buttons import Button
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.layouts import row
from app.views.shared.look import px

MARGIN_MM, HIGH = 14, 460
SIZES = {"A4": QPageSize.PageSizeId.A4, "A5": QPageSize.PageSizeId.A5}


def layout_of(size: str) -> QPageLayout:
    """An upright page with even margins."""
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    return QPageLayout(QPageSize(SIZES[size]), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def write_pdf(sheet: CardSheet, path: Path, size: str) -> None:
    """One page of PDF."""
    writer = QPdfWriter(str(path))
    writer.setPageLayout(layout_of(size))
    writer.setResolution(300)
    p = QPainter(writer)
    sheet.paint(p, QRectF(0, 0, writer.width(), writer.height()))
    p.end()


class Preview(QWidget):
    """The page, small, on white as paper is."""

    def __init__(self, sheet: CardSheet) -> None:
        super().__init__()
        self._sheet, self._size = sheet, "A4"
        self.setFixedHeight(px(HIGH))

    def show_size(self, size: str) -> None:
        self._size = size
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(360), px(HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, page = QPainter(self), layout_of(self._size)
        whole = page.fullRect(QPageLayout.Unit.Millimeter)
        scale = self.height() / whole.height()
        paper = QRectF((self.width() - whole.width() * scale) / 2, 0, whole.width() * scale, self.height())
        p.fillRect(paper, Qt.GlobalColor.white)
        edge = MARGIN_MM * scale
        p.setPen(Qt.GlobalColor.black)
        self._sheet.paint(p, paper.adjusted(edge, edge, -edge, -edge))
        paint.box(p, paper.toRect(), 0, None, "line")
        p.end()


class PrintDialog(Dialog):
    """Enter saves the PDF; the other button prints on paper."""

    def __init__(self, desk: Desk, parent: QWidget, told: Told) -> None:
        super().__init__(parent, width=640)
        self._desk, self._told = desk, told
        self.sheet = CardSheet(desk, told)
        self.sizes, self.paper = Chips(size="form", digits=True), Button("", icon="ph.printer")
        self.preview = Preview(self.sheet)
        self.sizes.show_chips([ChipView(size, size) for size in SIZES])
        self.sizes.set_value("A4")
        self.sizes.chosen.connect(lambda size: self.preview.show_size(str(size)))
        self.set_title(self.tr("Print card"), told.card.name)
        self.primary.setText(self.tr("Save as PDF…"))
        self.paper.setText(self.tr("Print…"))
        self.footer.insertWidget(1, self.paper)
        self.body.add(row(self.sizes, None), self.preview)
        self.submitted.connect(self._on_pdf)
        self.paper.clicked.connect(self._on_paper)

    def size_chosen(self) -> str:
        return str(self.sizes.value() or "A4")

    def save(self, path: Path) -> None:
        """Write the PDF."""
        write_pdf(self.sheet, path, self.size_chosen())
        self._desk.tell(self.tr("Saved: {file}").replace("{file}", path.name))
        self.accept()

    def _on_pdf(self) -> None:
        name = "".join(letter for letter in self._told.card.name if letter not in '\\/:*?"<>|') + ".pdf"
        words, kind = self.tr("Save the card as PDF"), self.tr("PDF (*.pdf)")
        path, _ = QFileDialog.getSaveFileName(self, words, name, kind)
        if path:
            self.save(Path(path))

    def _on_paper(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(layout_of(self.size_chosen()))
        if QPrintDialog(printer, self).exec():
            p = QPainter(printer)
            inside = printer.pageLayout().paintRectPixels(printer.resolution())
            self.sheet.paint(p, QRectF(0, 0, inside.width(), inside.height()))
            p.end()
            self.accept()


def open_print(desk: Desk, parent: QWidget, told: Told) -> PrintDialog:
    """Show the page of a card and where it can go."""
    dialog = PrintDialog(desk, parent, told)
    dialog.present()
    return dialog
