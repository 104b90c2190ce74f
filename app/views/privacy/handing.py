"""Handing a person all that is kept about them: what is in the file, in which language, and where it goes."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.resources import privacy as page_words
from app.services import customers, privacy
from app.services.privacy import PersonWords
from app.views.shared import look
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import PlainLabel

ENDING = ".zip"


class HandingDialog(Dialog):
    """One question and a button; the place is asked for by the system's own dialog."""

    def __init__(self, desk: Desk, parent: QWidget, customer_id: int) -> None:
        super().__init__(parent, width=480)
        self.desk = desk
        self.person = desk.gateway.read(customers.card, customer_id, desk.today())
        self.told, self.asked = PlainLabel("", "body", tone="ink2", wrap=True), PlainLabel("", "strong")
        self.kept = PlainLabel("", "small", tone="ink2", wrap=True)
        self.language = Chips(digits=True)
        self.language.show_chips([ChipView("zh_CN", "简体中文"), ChipView("en", "English")])
        self.language.set_value("zh_CN" if look.current().language.startswith("zh") else "en")
        self.body.add(self.told, 4, self.asked, self.language, 4, self.kept)
        self.language.moved_on.connect(lambda: self.primary.setFocus(Qt.FocusReason.TabFocusReason))
        self.submitted.connect(self._on_submitted)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "language"):
            return
        self.set_title(self.tr("Export personal data"), self.person.name)
        self.primary.setText(self.tr("Choose where…"))
        self.told.setText(
            self.tr(
                "One file for the person themselves: the card, what they allowed, contacts, complaints, purchases and "
                "points. A page to read or print, and the same for other programs."
            )
        )
        self.asked.setText(self.tr("Language of the page"))
        self.kept.setText(self.tr("Hand it to nobody else. That it was written is kept in the record."))

    def _on_submitted(self) -> None:
        name = self.tr("Personal data {number}").replace("{number}", str(self.person.id))
        suggested = self.desk.gateway.path.parent / f"{name} {self.desk.today():%Y-%m-%d}{ENDING}"
        kind = self.tr("Archive")
        chosen, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), str(suggested), f"{kind} (*{ENDING})")
        if chosen:
            path = Path(chosen)
            self.write_to(path if path.suffix.lower() == ENDING else path.with_name(path.name + ENDING))

    def write_to(self, path: Path) -> None:
        """Write the file; a disk in the way is told, and the dialog stays."""
        said = self.tr("Written: {file}").replace("{file}", path.name)
        write, words = self.desk.gateway.write, self._words()
        if write(privacy.export_person, self.person.id, path, words, at=self.desk.now(), said=said) is not None:
            self.accept()

    def _words(self) -> PersonWords:
        language = str(self.language.value())
        shop, day = self.desk.settings, self.desk.today()
        title, lines = page_words.heads(
            language, shop=shop.name, name=self.person.name, day=day, currency=shop.currency
        )
        return PersonWords(
            language.replace("_", "-"), title, lines, lambda section, code: page_words.say(section, code, language)
        )


def open_handing(desk: Desk, parent: QWidget, customer_id: int) -> HandingDialog:
    """Offer a person's data as one file."""
    dialog = HandingDialog(desk, parent, customer_id)
    dialog.present()
    dialog.language.setFocus(Qt.FocusReason.OtherFocusReason)
    return dialog
