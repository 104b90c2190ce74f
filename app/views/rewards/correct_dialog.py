"""Putting the balance of a purse right by hand, with a reason."""

from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.domain.money import currency
from app.domain.rewards.kinds import PlanKind
from app.services import rewards
from app.services.rewards import Pocket
from app.views.rewards.held_rows import amount
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form
from app.views.shared.typed_fields import read_money


class CorrectDialog(Dialog):
    """Above 0 gives, below 0 takes; Enter posts it once."""

    def __init__(self, desk: Desk, parent: QWidget, customer_id: int, pocket: Pocket, name: str) -> None:
        super().__init__(parent, width=480)
        self._desk, self._customer, self._pocket, self._name = desk, customer_id, pocket, name
        self._operation = uuid4().hex
        rows = desk.gateway.read(rewards.statement, customer_id, pocket, limit=1)
        self._balance = rows[0].balance if rows else 0
        self.form = Form()
        self.form.add("units", "", LineEdit(), check=self._check_units)
        self.form.add("reason", "", LineEdit(), check=self._check_reason)
        self.set_form(self.form)
        self._word()
        self.submitted.connect(self._on_submitted)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "form"):
            self._word()

    def _word(self) -> None:
        self.set_title(self.tr("Correct the balance"), self._name)
        units = {
            PlanKind.STORED: self.tr("Amount"),
            PlanKind.VISITS: self.tr("Visits"),
            PlanKind.STAMPS: self.tr("Stamps"),
        }
        self.form.set_label("units", units[self._pocket.kind])
        self.form.set_label("reason", self.tr("Reason"))
        self.form.field("units").setPlaceholderText(self.tr("5 gives, −5 takes"))
        self.form.field("reason").setPlaceholderText(self.tr("What for, in a few words"))
        said = self.tr("{amount} now").replace("{amount}", amount(self._pocket.kind, self._balance, self._desk))
        self.set_note(said)
        self.primary.setText(self.tr("Correct"))

    def _units(self, typed: str) -> int:
        """Minor units, visits or stamps; 0 for what cannot be read."""
        money = self._pocket.kind is PlanKind.STORED
        try:
            return read_money(typed, currency(self._desk.settings.currency).digits if money else 0) or 0
        except ValueError:
            return 0

    def _check_units(self, typed: object) -> str | None:
        if self._units(str(typed)):
            return None
        if self._pocket.kind is PlanKind.STORED:
            return self.tr("Write an amount such as 5 or −5")
        return self.tr("Write a whole number such as 5 or −5")

    def _check_reason(self, typed: object) -> str | None:
        return None if str(typed).strip() else self.tr("Say why: it stays in the statement")

    def _on_submitted(self) -> None:
        done = self._desk.gateway.write(
            rewards.adjust_purse,
            self._customer,
            self._pocket,
            self._units(self.form.field("units").value()),
            self.form.field("reason").value(),
            operation_id=self._operation,
            at=self._desk.now(),
            said=self.tr("{name} corrected").replace("{name}", self._name),
        )
        if done is not None:
            self.accept()


def open_correct(desk: Desk, parent: QWidget, customer_id: int, pocket: Pocket, name: str) -> CorrectDialog:
    """Ask by how much a purse is to be put right; `name` is what the purse is called."""
    dialog = CorrectDialog(desk, parent, customer_id, pocket, name)
    dialog.present()
    return dialog
