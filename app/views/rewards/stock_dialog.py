"""Putting more of a reward in stock, or taking some out."""

from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.services import rewards
from app.services.rewards import RewardRow
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form
from app.views.shared.number_fields import plain

MOST = 10**9


class StockDialog(Dialog):
    """Above 0 puts more there, below 0 takes out; Enter posts it once."""

    def __init__(self, desk: Desk, parent: QWidget, reward: RewardRow) -> None:
        super().__init__(parent, width=480)
        self._desk, self._reward, self._operation = desk, reward, uuid4().hex
        self.form = Form()
        self.form.add("units", "", LineEdit(), check=self._check)
        self.form.add("reason", "", LineEdit())
        self.set_form(self.form)
        self._word()
        self.submitted.connect(self._on_submitted)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "form"):
            self._word()

    def _word(self) -> None:
        self.set_title(self.tr("Change stock"), self._reward.draft.name)
        self.form.set_label("units", self.tr("How many"))
        self.form.set_label("reason", self.tr("Reason"))
        self.form.field("units").setPlaceholderText(self.tr("20 puts in, −2 takes out"))
        self.set_note(self.tr("%n in stock", "", self._reward.stock or 0))
        self.primary.setText(self.tr("Save"))

    def _check(self, typed: object) -> str | None:
        return None if _read(str(typed)) else self.tr("Write a whole number such as 20 or −2")

    def _on_submitted(self) -> None:
        said = self.tr("Stock of {name} changed").replace("{name}", self._reward.draft.name)
        done = self._desk.gateway.write(
            rewards.stock_reward,
            self._reward.id,
            _read(self.form.field("units").value()),
            self.form.field("reason").value(),
            operation_id=self._operation,
            at=self._desk.now(),
            said=said,
        )
        if done is not None:
            self.accept()


def _read(typed: str) -> int:
    """How many; 0 for what cannot be read, or is more than any shop has."""
    try:
        units = int(plain(typed).replace("−", "-").replace(",", ""))
    except ValueError:
        return 0
    return units if abs(units) < MOST else 0


def open_stock(desk: Desk, parent: QWidget, reward: RewardRow) -> StockDialog:
    dialog = StockDialog(desk, parent, reward)
    dialog.present()
    return dialog
