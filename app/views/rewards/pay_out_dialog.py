"""Paying out what is left of somebody's stored value."""

from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.domain.payments import MethodKind
from app.domain.rewards.bonus import Parts
from app.services import rewards, sales, till
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form
from app.views.shared.labels import PlainLabel
from app.views.shared.method_words import ICONS, KIND_ICONS, method_name

OWN_MONEY = (MethodKind.CASH, MethodKind.TRANSFER)


class PayOutDialog(Dialog):
    """Says how much leaves the till and what bonus ends with it; Enter pays it out once."""

    def __init__(self, desk: Desk, parent: QWidget, customer_id: int, name: str) -> None:
        super().__init__(parent, width=480)
        self._desk, self._customer, self._name, self._operation = desk, customer_id, name, uuid4().hex
        self._held: Parts = desk.gateway.read(rewards.stored, customer_id, desk.today())
        found = [row for row in desk.gateway.read(sales.methods) if row.kind in OWN_MONEY]
        self._methods = sorted(found, key=lambda row: row.kind is not MethodKind.CASH)
        self.what = PlainLabel("", "body", wrap=True)
        self.body.add(self.what)
        self.form = Form()
        self.form.add("method", "", Chips(size="form", digits=True))
        self.form.add("reason", "", LineEdit())
        self.set_form(self.form)
        self._word()
        if self._methods:
            self.form.field("method").set_value(self._methods[0].code)
        self.submitted.connect(self._on_submitted)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "form"):
            self._word()

    def _word(self) -> None:
        self.set_title(self.tr("Pay out stored value"), self._name)
        money, held = self._desk.money, self._held
        said = self.tr("{money} goes back to the customer.").replace("{money}", money(held.principal))
        if held.bonus:
            ends = self.tr("The bonus of {money} ends with it.").replace("{money}", money(held.bonus))
            said = self.tr("{sentence} {more}").replace("{sentence}", said).replace("{more}", ends)
        self.what.setText(said)
        method = self.form.field("method")
        kept = method.value()
        icons = {row.code: ICONS.get(row.code) or KIND_ICONS[row.kind] for row in self._methods}
        method.show_chips(
            [ChipView(row.code, method_name(row.code, row.name), icon=icons[row.code]) for row in self._methods]
        )
        method.set_value(kept)
        self.form.set_label("method", self.tr("Paid by"))
        self.form.set_label("reason", self.tr("Reason"))
        self.form.field("reason").setPlaceholderText(self.tr("What for, in a few words"))
        self.primary.setText(self.tr("Pay out"))

    def _on_submitted(self) -> None:
        said = self.tr("{money} paid out to {name}").replace("{money}", self._desk.money(self._held.principal))
        out = self._desk.gateway.write(
            till.pay_out,
            self._customer,
            self.form.field("reason").value(),
            method=str(self.form.field("method").value()),
            money=self._held.principal,
            operation_id=self._operation,
            at=self._desk.now(),
            said=said.replace("{name}", self._name),
        )
        if out is not None:
            self.accept()
            return
        self._held = self._desk.gateway.read(rewards.stored, self._customer, self._desk.today())
        self._word()


def open_pay_out(desk: Desk, parent: QWidget, customer_id: int, name: str) -> PayOutDialog:
    dialog = PayOutDialog(desk, parent, customer_id, name)
    dialog.present()
    return dialog
