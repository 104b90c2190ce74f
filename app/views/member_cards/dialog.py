"""The member card of one person: given, shown to a phone or a scanner, printed, reported lost, with its history."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.errors import ShopError
from app.domain.member_cards import grouped
from app.resources.refusals import sentence
from app.services import customers, member_cards
from app.services.member_cards import BadCardNumber, CardEvent, CardNumberTaken, MemberCard
from app.views.member_cards import words
from app.views.member_cards.lost_dialog import open_lost
from app.views.shared import look
from app.views.shared.buttons import Button
from app.views.shared.cards import Card
from app.views.shared.codes import CodeView, picture
from app.views.shared.desk import Desk, PrintMemberCards
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.look import px
from app.views.shared.people_words import on_day, staff_name
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import COMPACT_ROW, Table

SHOWN = 4


class MemberCardDialog(Dialog):
    """Without a card it asks for a number, typed or scanned, and Enter gives it; with one Enter prints it."""

    def __init__(self, desk: Desk, parent: QWidget, customer_id: int) -> None:
        super().__init__(parent, width=640)
        self._desk, self._customer = desk, customer_id
        self._name = desk.gateway.read(customers.card, customer_id, desk.today()).name
        self.held: MemberCard | None = None
        self.form, self.field = Form(), LineEdit(icon="ph.barcode")
        self.form.add("number", "", self.field)
        self._build_shown()
        self._build_history()
        self.set_form(self.form)
        self.body.add(self.shown, self.history)
        self.submitted.connect(self._on_submitted)
        desk.gateway.changed.connect(self._on_changed)
        desk.gateway.refused.connect(self._on_refused)
        self._word()
        self.reload()

    def _build_shown(self) -> None:
        self.number, self.since = PlainLabel("", "figure"), ElidedLabel("", "small", tone="ink2")
        self.squares, self.bars = CodeView(size=(148, 148)), CodeView(bars=True, size=(300, 64))
        self.save_qr = Button("", size="small", icon="ph.download-simple")
        self.copy_qr = Button("", size="small", icon="ph.copy")
        self.lost = Button("", size="small", icon="ph.warning-circle")
        acts = row(self.save_qr, self.copy_qr, self.lost, None, gap=8)
        said = column(self.number, self.since, 4, self.bars, None, acts, gap=6)
        self.shown = Card(row(self.squares, (said, 1), gap=16), kind="well")
        self.save_qr.clicked.connect(self._on_save)
        self.copy_qr.clicked.connect(self.copy_picture)
        self.lost.clicked.connect(self._on_lost)

    def _build_history(self) -> None:
        self.rows: RowsModel[CardEvent] = RowsModel((), self)
        self.history = Table(compact=True)
        self.history.setModel(self.rows)
        self.history.setFixedHeight(px(32 + COMPACT_ROW * SHOWN))

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "rows"):
            self._word()
            self.reload()

    def reload(self) -> None:
        """Read how the cards of this person stand."""
        read = self._desk.gateway.read
        cards = read(member_cards.cards_of, self._customer)
        self.held = next((card for card in cards if card.good), None)
        self.form.setVisible(self.held is None)
        self.shown.setVisible(self.held is not None)
        if self.held is None:
            following = read(member_cards.next_number)
            self.field.setPlaceholderText(self.tr("Scan a card, or Enter for {number}").replace("{number}", following))
            self.primary.setText(self.tr("Give card"))
        else:
            self.number.setText(grouped(self.held.number))
            self.since.setText(words.since(self.held, self._desk))
            self.squares.show_code(self.held.number)
            self.bars.show_code(self.held.number)
            self.primary.setText(self.tr("Print…"))
        events = read(member_cards.card_history, self._customer)
        self.rows.show_rows(events)
        self.history.setVisible(bool(events))

    def copy_picture(self) -> None:
        """The QR code as a picture for a chat."""
        if self.held is not None:
            QGuiApplication.clipboard().setImage(picture(self.held.number))
            self._desk.tell(self.tr("The QR code is copied as a picture"))

    def save_picture(self, path: Path) -> None:
        """The QR code as a PNG."""
        if self.held is not None and picture(self.held.number).save(str(path), "PNG"):  # type: ignore[call-overload]
            self._desk.tell(self.tr("Saved: {file}").replace("{file}", path.name))

    def _on_changed(self, _changes: object) -> None:
        self.reload()

    def _word(self) -> None:
        self.set_title(self.tr("Member card"), self._name)
        self.cancel.setText(self.tr("Close"))
        self.form.set_label("number", self.tr("Number"))
        self.save_qr.setText(self.tr("Save QR code…"))
        self.copy_qr.setText(self.tr("Copy QR code"))
        self.lost.setText(self.tr("Lost…"))
        today = self._desk.today()
        self.rows.show_columns(
            [
                Column(self.tr("Day"), lambda event: on_day(self._desk.day_of(event.at), today)),
                Column(self.tr("What"), words.happened, tip=words.happened),
                Column(self.tr("Who"), lambda event: staff_name(event.staff)),
            ]
        )
        self.history.set_widths(104, None, 88)

    def _on_submitted(self) -> None:
        if self.held is not None:
            self.accept()
            self._desk.ask(PrintMemberCards((self._customer,)))
            return
        said = self.tr("{name} has a member card now").replace("{name}", self._name)
        typed = self.field.value()
        write = self._desk.gateway.write
        if write(member_cards.issue, self._customer, typed, at=self._desk.now(), said=said) is not None:
            self.field.set_value("")
            self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, refusal: ShopError) -> None:
        if self.isVisible() and self.held is None and isinstance(refusal, BadCardNumber | CardNumberTaken):
            self.form.show_errors({"number": sentence(refusal, look.current().language)})

    def _on_lost(self) -> None:
        if self.held is not None:
            open_lost(self._desk, self, self.held, self._name)

    def _on_save(self) -> None:
        if self.held is None:
            return
        title, kind = self.tr("Save the QR code"), self.tr("Picture (*.png)")
        path, _ = QFileDialog.getSaveFileName(self, title, f"{self.held.number}.png", kind)
        if path:
            self.save_picture(Path(path))


def open_member_card(desk: Desk, parent: QWidget, customer_id: int) -> MemberCardDialog:
    """Show the card of a person, or give one."""
    dialog = MemberCardDialog(desk, parent, customer_id)
    dialog.present()
    return dialog
