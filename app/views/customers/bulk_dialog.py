"""One change on many cards: what, to what, what the first of them would say, then one act that can be taken back."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.domain.custom_fields import NO, YES, FieldKind
from app.domain.errors import ShopError
from app.domain.interactions import Channel
from app.resources.refusals import sentence
from app.services import customers
from app.services.customers import BulkChange, BulkKind, BulkPreview, CustomFieldRow
from app.views.customers import bulk_words
from app.views.shared import look
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import ComboBox, LineEdit
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column
from app.views.shared.paint import figure
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.saving import Saving
from app.views.shared.tables import Table

FIRST = 5
"""Cards of the preview."""
REST = 150
"""Milliseconds without a key before the preview is read."""


class BulkDialog(Dialog):
    """Which change, then its value; the preview follows the hand, Ctrl+Enter changes."""

    def __init__(self, desk: Desk, parent: QWidget, ids: tuple[int, ...]) -> None:
        super().__init__(parent, width=640)
        self.desk, self.ids = desk, ids
        self._own: dict[int, CustomFieldRow] = {row.id: row for row in desk.gateway.read(customers.custom_fields)}
        self.what, self.which, self.words, self.answer = Chips(digits=True), ComboBox(), LineEdit(), Chips(digits=True)
        self.foreseen, self.refused = PlainLabel("", "strong", wrap=True), PlainLabel("", "small", tone="red_text")
        self.first: RowsModel[customers.Foreseen] = RowsModel((), self, identity=lambda row: row.id)
        self.table = Table(compact=True)
        self.table.setModel(self.first)
        self.saving = Saving(self, desk.gateway, again=self.look_ahead)
        value = column(self.which, self.words, self.answer, gap=8)
        self.body.add(self.what, value, self.refused, 4, self.foreseen, self.table, self.saving.meter)
        self._soon = QTimer(self, singleShot=True, interval=REST)
        self._connect()
        self.retranslate()
        self.what.set_value(BulkKind.ADD_TAG)
        self._on_what()

    def _connect(self) -> None:
        self._soon.timeout.connect(self.look_ahead)
        self.what.chosen.connect(lambda _value: self._on_what())
        self.what.moved_on.connect(self._enter_value)
        self.which.changed.connect(lambda _value: self._on_which())
        self.words.textChanged.connect(lambda _words: self._soon.start())
        self.answer.chosen.connect(lambda _value: self.look_ahead())
        self.submitted.connect(self._on_submitted)

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "_soon"):
            return
        chosen = self.tr("%n customer(s)", "", len(self.ids)).replace(str(len(self.ids)), figure(len(self.ids)))
        self.set_title(self.tr("Change many cards"), chosen)
        kept = self.what.value()
        kinds = [kind for kind in BulkKind if kind is not BulkKind.CUSTOM or self._own]
        self.what.show_chips([ChipView(kind, bulk_words.kind(kind)) for kind in kinds])
        self.what.set_value(kept)
        self.first.show_columns(self._columns())
        self.table.set_widths(220, 170, None)
        if kept is not None:
            self._on_what()

    @property
    def kind(self) -> BulkKind:
        return BulkKind(str(self.what.value() or BulkKind.ADD_TAG))

    def change(self) -> BulkChange:
        """The change as it is filled in."""
        own = self._own_field()
        return BulkChange(self.kind, str(self._value() or ""), own.id if own else None)

    def look_ahead(self) -> None:
        """Read what the change would do, and show it; a value that cannot be is told under its field."""
        self._soon.stop()
        if not self._filled():
            self._show(BulkPreview(len(self.ids), 0, ()), "")
            return
        try:
            read = self.desk.gateway.read
            seen = read(customers.preview_bulk_edit, self.ids, self.change(), at=self.desk.now(), first=FIRST)
        except ShopError as refusal:
            self._show(BulkPreview(len(self.ids), 0, ()), sentence(refusal, look.current().language))
        else:
            self._show(seen, "")

    def reject(self) -> None:
        """Esc stops what runs, and closes only what stands still."""
        if not self.saving.stop():
            super().reject()

    def _own_field(self) -> CustomFieldRow | None:
        return self._own.get(self.which.value()) if self.kind is BulkKind.CUSTOM else None

    def _asks_choice(self) -> bool:
        own = self._own_field()
        if own is not None:
            return own.kind in (FieldKind.YES_NO, FieldKind.CHOICE)
        return self.kind in (BulkKind.CHANNEL, BulkKind.DO_NOT_CONTACT, BulkKind.ARCHIVED)

    def _value(self) -> object:
        return self.answer.value() if self._asks_choice() else self.words.value()

    def _filled(self) -> bool:
        """A tag and a choice must be there; other words may be empty, which takes off what is there."""
        if self.kind in (BulkKind.ADD_TAG, BulkKind.REMOVE_TAG):
            return bool(self.words.value())
        return not self._asks_choice() or self.answer.value() is not None

    def _on_what(self) -> None:
        self.which.setVisible(self.kind is BulkKind.CUSTOM)
        self.which.show_choices([(row.id, row.label) for row in self._own.values()])
        self._on_which()

    def _on_which(self) -> None:
        choosing = self._asks_choice()
        self.words.setVisible(not choosing)
        self.words.setPlaceholderText(bulk_words.asked(self.kind))
        self.answer.setVisible(choosing)
        if choosing:
            kept = self.answer.value()
            self.answer.show_chips(self._choices())
            self.answer.set_value(kept)
        self.look_ahead()

    def _choices(self) -> list[ChipView]:
        own = self._own_field()
        if own is not None and own.kind is FieldKind.CHOICE:
            return [ChipView(choice, choice) for choice in own.choices]
        if self.kind is BulkKind.CHANNEL:
            return [ChipView(way, bulk_words.said(self.kind, way)) for way in (*Channel, "") if way != Channel.VISIT]
        return [ChipView(code, bulk_words.said(self.kind, code)) for code in (YES, NO)]

    def _enter_value(self) -> None:
        (self.answer if self._asks_choice() else self.words).setFocus()

    def _columns(self) -> list[Column[customers.Foreseen]]:
        def words(said: str | None) -> str:
            return bulk_words.said(self.kind, said or "")

        return [
            Column(self.tr("Customer"), lambda row: row.name),
            Column(self.tr("Now"), lambda row: words(row.before)),
            Column(self.tr("Then"), lambda row: words(row.after)),
        ]

    def _show(self, seen: BulkPreview, refused: str) -> None:
        self.refused.setText(refused)
        self.refused.setVisible(bool(refused))
        self.first.show_rows(list(seen.first))
        self.table.setVisible(bool(seen.first))
        self.foreseen.setText(self._foretold(seen) if self._filled() and not refused else "")
        self.foreseen.setVisible(bool(self.foreseen.text()))
        number = seen.changing
        self.primary.setEnabled(number > 0)
        self.primary.setToolTip("" if number else self.tr("Nothing would change"))
        words = self.tr("Change %n card(s)", "", number).replace(str(number), figure(number))
        self.primary.setText(words if number else self.tr("Change"))

    def _foretold(self, seen: BulkPreview) -> str:
        left = seen.chosen - seen.changing
        if not seen.changing:
            return self.tr("All of them say so already.")
        words = self.tr("%n card(s) change", "", seen.changing).replace(str(seen.changing), figure(seen.changing))
        if left:
            same = self.tr("%n unchanged", "", left).replace(str(left), figure(left))
            words = f"{words} · {same}"
        return words

    def _on_submitted(self) -> None:
        self.look_ahead()
        if self.saving.running or not self.primary.isEnabled():
            return
        number = int(
            self.desk.gateway.read(customers.preview_bulk_edit, self.ids, self.change(), at=self.desk.now()).changing
        )
        said = self.tr("%n card(s) changed: {what}", "", number).replace("{what}", bulk_words.kind(self.kind))
        write = self.desk.gateway.write_later
        task = write(customers.bulk_edit, self.ids, self.change(), at=self.desk.now(), said=said)
        self.saving.begin(task, stopped=self.tr("Stopped: nothing was changed"))


def open_bulk(desk: Desk, parent: QWidget, ids: tuple[int, ...]) -> BulkDialog:
    """Ask what to change on these cards."""
    dialog = BulkDialog(desk, parent, ids)
    dialog.present()
    dialog.what.setFocus()
    return dialog
