"""Giving or taking points by hand, with a reason."""

from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.services import loyalty
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form


class AdjustDialog(Dialog):
    """Points above 0 are given, below 0 taken; Enter posts them once."""

    def __init__(self, desk: Desk, parent: QWidget, customer_id: int, name: str) -> None:
        self._desk, self._customer, self._name = desk, customer_id, name
        self._operation = uuid4().hex
        super().__init__(parent, width=480)
        self.form = Form()
        self.points, self.reason = LineEdit(), LineEdit()
        self.form.add("points", "", self.points, check=self._check_points)
        self.form.add("reason", "", self.reason, check=self._check_reason)
        self.set_form(self.form)
        self.submitted.connect(self._on_submitted)
        self._word()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "form"):
            self._word()

    def _word(self) -> None:
        self.set_title(self.tr("Adjust points"), self._name)
        self.form.set_label("points", self.tr("Points"))
        self.form.set_label("reason", self.tr("Reason"))
        self.points.setPlaceholderText(self.tr("100 gives, −100 takes"))
        self.reason.setPlaceholderText(self.tr("What for, in a few words"))
        self.primary.setText(self.tr("Adjust"))

    def _check_points(self, typed: object) -> str | None:
        return None if read_points(str(typed)) else self.tr("Write a whole number such as 100 or −100")

    def _check_reason(self, typed: object) -> str | None:
        return None if str(typed).strip() else self.tr("Say why: it stays in the ledger")

    def _on_submitted(self) -> None:
        points = read_points(self.points.value()) or 0
        given, taken = self.tr("Gave {points} points to {name}"), self.tr("Took {points} points from {name}")
        said = (given if points > 0 else taken).replace("{points}", f"{abs(points):,}").replace("{name}", self._name)
        done = self._desk.gateway.write(
            loyalty.adjust,
            self._customer,
            points,
            self.reason.value(),
            operation_id=self._operation,
            at=self._desk.now(),
            said=said,
        )
        if done is not None:
            self.accept()


def read_points(typed: str) -> int | None:
    """A whole number with its sign, as people and input methods write it; None for anything else."""
    plain = typed.strip().replace(",", "").replace("−", "-").replace("－", "-").replace("＋", "+")
    try:
        return int(plain)
    except ValueError:
        return None


def open_adjust(desk: Desk, parent: QWidget, customer_id: int, name: str) -> AdjustDialog:
    dialog = AdjustDialog(desk, parent, customer_id, name)
    dialog.present()
    return dialog
