"""Merging by hand: which other card is the same person."""

from PySide6.QtWidgets import QWidget

from app.services import customers
from app.views.duplicates.merging import open_merge
from app.views.shared.customer_picker import CustomerPicker
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.forms import Form


class PickDialog(Dialog):
    """A customer picked here goes side by side with the card one came from."""

    def __init__(self, desk: Desk, parent: QWidget, customer_id: int) -> None:
        self._ready = False
        super().__init__(parent, width=480)
        self._desk, self._customer = desk, customer_id
        found = desk.gateway.read(customers.rows, [customer_id])
        self._name = found[0].name if found else ""
        self.form = Form("above")
        self.picker = CustomerPicker(desk, allow_anonymous=False)
        self.form.add("other", "", self.picker, check=self._check)
        self.set_form(self.form)
        self._ready = True
        self.picker.chosen.connect(lambda chosen: self.form.submit() if chosen is not None else None)
        self.submitted.connect(self._on_submitted)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        if self._ready:
            self.set_title(self.tr("Merge with…"), self._name)
            self.form.set_label("other", self.tr("The other card of this person"))
            self.primary.setText(self.tr("Compare"))

    def _check(self, chosen: object) -> str | None:
        if chosen is None:
            return self.tr("Choose the other card")
        return self.tr("That is this same card") if chosen == self._customer else None

    def _on_submitted(self) -> None:
        other, window = self.picker.customer_id, self._window()
        self.accept()
        if other is not None:
            open_merge(self._desk, window, self._customer, other)


def open_pick(desk: Desk, parent: QWidget, customer_id: int) -> PickDialog:
    """Ask for the other card."""
    dialog = PickDialog(desk, parent, customer_id)
    dialog.present()
    return dialog
