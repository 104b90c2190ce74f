"""The first step: which file. It is chosen, or dropped anywhere on the dialog."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.views.shared import look
from app.views.shared.avatars import Glyph
from app.views.shared.buttons import Button
from app.views.shared.empty import EmptyState
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.look import px

ENDINGS = "*.csv *.tsv *.txt *.xlsx *.xlsm *.vcf *.ics *.zip"


class FilePage(QWidget):
    """`picked` carries the path, `earlier` asks for the imports so far."""

    picked = Signal(object)
    earlier = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = EmptyState("ph.tray", "", "")
        self.refused = PlainLabel("", "strong", tone="red_text", wrap=True)
        self.why = PlainLabel("", "body", wrap=True)
        self.trouble = box(
            row(Glyph("ph.warning-circle", "red_text", 20), (column(self.refused, self.why, gap=2), 1), gap=12)
        )
        self.trouble.hide()
        self.imports = Button("", "link", size="small")
        self.imports.clicked.connect(self.earlier)
        self.setLayout(column(self.trouble, self.place, row(None, self.imports, None), gap=12))
        look.follow(self.relook)

    def relook(self) -> None:
        self.place.setFixedHeight(px(240))

    def retranslate(self) -> None:
        self.place.set_words(
            self.tr("Choose a file, or drop it here"),
            self.tr(
                "Customers, past sales, products, contacts made, complaints or follow-ups as CSV or XLSX, contacts of "
                "a phone as vCard, a calendar as ICS. Nothing is changed before you say so."
            ),
        )
        self.imports.setText(self.tr("Imports so far…"))

    def ask(self) -> None:
        """Open the file chooser of the system."""
        found, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Bring in a file"),
            "",
            self.tr("Tables and contacts") + f" ({ENDINGS});;" + self.tr("All files") + " (*)",
        )
        if found:
            self.picked.emit(Path(found))

    def show_trouble(self, file: str, sentence: str) -> None:
        """Say what is wrong with the file that was chosen; nothing: take the words away."""
        self.refused.setText(file)
        self.why.setText(sentence)
        self.trouble.setVisible(bool(sentence))
