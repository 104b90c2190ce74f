"""A return without its sale: who, what, how much money. For a manager, where the slip and the record are gone."""

from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.money import currency, line_amount
from app.services import products, sales, till
from app.services.products import ProductRow
from app.services.till import LooseLine, UnlinkedDraft
from app.views.shared.chips import Chips
from app.views.shared.customer_picker import CustomerPicker
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import ComboBox, LineEdit
from app.views.shared.forms import Form
from app.views.shared.labels import PlainLabel
from app.views.shared.typed_fields import MoneyField
from app.views.till import words

OTHER = 0


class UnlinkedDialog(Dialog):
    """Enter posts it once; what it does to the points stands under the form before that."""

    returned = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, width=680)
        self._desk, self._operation = desk, uuid4().hex
        self._digits = currency(desk.settings.currency).digits
        self._goods: dict[int, ProductRow] = {row.id: row for row in desk.gateway.read(products.products)}
        self.form = Form()
        self.customer, self.goods = CustomerPicker(desk), ComboBox()
        self.quantity, self.money = LineEdit(), MoneyField(digits=self._digits)
        self.method = Chips(size="form")
        self.outcome = PlainLabel("", "small", tone="ink2", wrap=True)
        self._fill()
        self.set_form(self.form)
        self.body.add(self.outcome)
        self.form.changed.connect(self._on_changed)
        self.submitted.connect(self._on_submitted)
        self._word()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "outcome"):
            self._word()

    def _fill(self) -> None:
        self.quantity.set_value("1")
        self.form.add("customer", "", self.customer)
        self.form.add("goods", "", self.goods)
        self.form.add("quantity", "", self.quantity, check=self._check_quantity)
        self.form.add("money", "", self.money, check=self._check_money)
        self.form.add("method", "", self.method)

    def _word(self) -> None:
        self.set_title(self.tr("Return without a sale"))
        labels = {
            "customer": self.tr("Customer"),
            "goods": self.tr("Article"),
            "quantity": self.tr("Quantity"),
            "money": self.tr("Money back"),
            "method": self.tr("By"),
        }
        for name, said in labels.items():
            self.form.set_label(name, said)
        rows = [(row.id, row.name) for row in self._goods.values()]
        self.goods.show_choices([(OTHER, self.tr("Something else")), *rows])
        known = self._desk.gateway.read(sales.methods)
        self.method.show_chips([words.method_chip(row) for row in known])
        if self.method.value() is None and known:
            cash = next((row.code for row in known if row.code == "cash"), known[0].code)
            self.method.set_value(cash)
        self.primary.setText(self.tr("Return"))
        self._say_outcome()

    def draft(self) -> UnlinkedDraft | None:
        """What would be posted; None while the quantity or the money cannot be read."""
        quantity, money = words.read_quantity(self.quantity.value()), self.money.value()
        if quantity is None or money is None or money < 0:
            return None
        product = self.goods.value() or None
        line = LooseLine(product, quantity, money, "" if product else self.tr("Something else"))
        return UnlinkedDraft(self.customer.value(), (line,), str(self.method.value() or "cash"))

    def _on_changed(self, name: str) -> None:
        row = self._goods.get(self.goods.value() or OTHER)
        quantity = words.read_quantity(self.quantity.value())
        if name in ("goods", "quantity") and row is not None and quantity:
            self.money.set_value(line_amount(quantity, row.price, self._digits))
        self._say_outcome()

    def _say_outcome(self) -> None:
        draft = self.draft()
        if draft is None or draft.customer_id is None:
            self.outcome.setText(self.tr("Points move only for a known customer whose earlier sale is found."))
            return
        bill = self._desk.gateway.read(till.quote_unlinked_return, draft, at=self._desk.now())
        if not bill.taken:
            self.outcome.setText(self.tr("No earlier sale of this is found: no points move."))
            return
        numbers = ", ".join(sale.number for sale, _ in bill.taken)
        said = words.grouped(
            self.tr("Found on {sales}: %n point(s) taken back", "", bill.taken_points), bill.taken_points
        )
        self.outcome.setText(said.replace("{sales}", numbers))

    def _check_quantity(self, typed: object) -> str | None:
        return None if words.read_quantity(str(typed)) else self.tr("Write a quantity such as 2 or 0.25")

    def _check_money(self, typed: object) -> str | None:
        return None if isinstance(typed, int) and typed >= 0 else self.tr("Write the money that goes back")

    def _on_submitted(self) -> None:
        draft = self.draft()
        if draft is None:
            return
        said = self.tr("{money} goes back").replace("{money}", self._desk.money(draft.lines[0].money))
        done = self._desk.gateway.write(
            till.take_unlinked_return, draft, operation_id=self._operation, at=self._desk.now(), said=said
        )
        if done is not None:
            self.returned.emit(done.return_id)
            self.accept()


def open_unlinked(desk: Desk, parent: QWidget) -> UnlinkedDialog:
    """Ask for what comes back without its sale."""
    dialog = UnlinkedDialog(desk, parent)
    dialog.present()
    return dialog
