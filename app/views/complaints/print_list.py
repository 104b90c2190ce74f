"""Printing the cases that are asked for: a table on paper or as a PDF, with the clocks as they stand."""

import html
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.complaints import written_number
from app.services.complaints import CaseCard
from app.views.complaints import words
from app.views.complaints.cases import Cases
from app.views.complaints.words import ClockWords
from app.views.shared.buttons import Button
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import PlainLabel
from app.views.shared.paint import figure

MOST = 1_000
"""Cases on paper; a shop that wants more narrows the list."""
MARGIN = 12.0
_POINTS = 9


class ListSheet:
    """The table of some cases, laid out for any page."""

    def __init__(self, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._title, self._heads, self._rows = title, heads, rows

    def document(self) -> QTextDocument:
        """Long words wrap in their cell; the heads come again on every page."""
        document = QTextDocument()
        head = "".join(f"<th align='left'>{html.escape(words_)}</th>" for words_ in self._heads)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>" for cells in self._rows
        )
        frame = "width='100%' cellpadding='3' cellspacing='0' border='0.5'"
        table = f"<table {frame}><thead><tr>{head}</tr></thead>{body}</table>"
        document.setHtml(f"<h3>{html.escape(self._title)}</h3>{table}")
        face = document.defaultFont()
        face.setPointSize(_POINTS)
        document.setDefaultFont(face)
        return document

    def print(self, device: QPagedPaintDevice) -> None:
        document = self.document()
        document.setPageSize(QSizeF(device.pageLayout().paintRectPoints().size()))
        document.print_(device)


def layout() -> QPageLayout:
    """A sheet on its side: the words have room."""
    size, margins = QPageSize(QPageSize.PageSizeId.A4), QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    return QPageLayout(size, QPageLayout.Orientation.Landscape, margins, QPageLayout.Unit.Millimeter)


class PrintListDialog(Dialog):
    """Enter saves the PDF; the other button prints on paper."""

    def __init__(self, desk: Desk, parent: QWidget, cases: Cases, clocks: ClockWords) -> None:
        super().__init__(parent, width=480)
        self._desk = desk
        many = cases.count()
        self._cards = cases.page(0, MOST)
        self.sheet = ListSheet(self._title(), self._heads(), [self._cells(card, clocks) for card in self._cards])
        self.paper = Button("", icon="ph.printer")
        self.set_title(self.tr("Print the list"))
        told = self.tr("%n complaint(s), as they are shown now", "", len(self._cards))
        if many > len(self._cards):
            told += " · " + self.tr("of {count}; narrow the list for the others").replace("{count}", figure(many))
        self.body.add(PlainLabel(told, "body", wrap=True))
        self.primary.setText(self.tr("Save as PDF…"))
        self.paper.setText(self.tr("Print…"))
        self.footer.insertWidget(1, self.paper)
        self.submitted.connect(self._on_pdf)
        self.paper.clicked.connect(self._on_paper)

    def save(self, path: Path) -> None:
        """Write the PDF."""
        writer = QPdfWriter(str(path))
        writer.setPageLayout(layout())
        self.sheet.print(writer)
        self._desk.tell(self.tr("Saved: {file}").replace("{file}", path.name))
        self.accept()

    def _title(self) -> str:
        said = self.tr("Complaints of {shop}, {day}").replace("{shop}", self._desk.settings.name)
        return said.replace("{day}", self._desk.today().isoformat())

    def _heads(self) -> list[str]:
        return [
            self.tr("Number"),
            self.tr("Severity"),
            self.tr("Customer"),
            self.tr("In their words"),
            self.tr("About"),
            self.tr("State"),
            self.tr("Clock"),
        ]

    def _cells(self, card: CaseCard, clocks: ClockWords) -> list[str]:
        return [
            written_number(card.number),
            words.severity_words(card.severity),
            words.name_of(card),
            words.told(card),
            words.about(card),
            words.state_words(card.state),
            clocks.pressing(card).words,
        ]

    def _on_pdf(self) -> None:
        title, kind = self.tr("Save the list as PDF"), self.tr("PDF (*.pdf)")
        path, _ = QFileDialog.getSaveFileName(self, title, self.tr("complaints") + ".pdf", kind)
        if path:
            self.save(Path(path))

    def _on_paper(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(layout())
        if QPrintDialog(printer, self).exec():
            self.sheet.print(printer)
            self.accept()


def open_print(desk: Desk, parent: QWidget, cases: Cases, clocks: ClockWords) -> PrintListDialog:
    """Show how many cases will be printed, and where they can go."""
    dialog = PrintListDialog(desk, parent, cases, clocks)
    dialog.present()
    return dialog
