"""Taking one coupon back from whoever holds it."""

from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.domain.rewards.codes import shown_code
from app.services import rewards
from app.services.rewards import Coupon
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form


class WithdrawDialog(Dialog):
    """Asks why; Enter takes it back, and Ctrl+Z gives it again."""

    def __init__(self, desk: Desk, parent: QWidget, coupon: Coupon) -> None:
        super().__init__(parent, width=480)
        self._desk, self._coupon, self._operation = desk, coupon, uuid4().hex
        self.form = Form()
        self.form.add("reason", "", LineEdit())
        self.set_form(self.form)
        self._word()
        self.submitted.connect(self._on_submitted)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "form"):
            self._word()

    def _word(self) -> None:
        self.set_title(self.tr("Take a coupon back"), f"{self._coupon.name} · {shown_code(self._coupon.code)}")
        self.form.set_label("reason", self.tr("Reason"))
        self.set_note(self.tr("Its code is then refused at the till"))
        self.primary.setText(self.tr("Take back"))

    def _on_submitted(self) -> None:
        done = self._desk.gateway.write(
            rewards.withdraw_coupon,
            self._coupon.id,
            self.form.field("reason").value(),
            operation_id=self._operation,
            at=self._desk.now(),
            said=self.tr("{name} taken back").replace("{name}", self._coupon.name),
        )
        if done is not None:
            self.accept()


def open_withdraw(desk: Desk, parent: QWidget, coupon: Coupon) -> WithdrawDialog:
    dialog = WithdrawDialog(desk, parent, coupon)
    dialog.present()
    return dialog
