"""What single articles cost one customer, in place of what they cost others."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.money import currency, minor_to_price, price_to_minor
from app.services import customers, products
from app.services.customers import Card, PersonalPriceRow
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import ComboBox
from app.views.shared.forms import Form
from app.views.shared.look import px
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import ROW, Table
from app.views.shared.typed_fields import MoneyField

HEAD_ROW, SHOWN = 32, 5


class PricesDialog(Dialog):
    """Enter agrees on a price, Delete in the table lets the article cost what it costs others; both can be undone."""

    def __init__(self, desk: Desk, parent: QWidget, card: Card) -> None:
        super().__init__(parent, width=640)
        self._desk, self._card = desk, card
        self._digits = currency(desk.settings.currency).digits
        self.rows: RowsModel[PersonalPriceRow] = RowsModel(self._columns(), self, identity=lambda row: row.product_id)
        self.table = _Prices(self)
        self.table.setModel(self.rows)
        self.table.set_widths(None, 128, 128)
        self.table.setFixedHeight(px(HEAD_ROW + ROW * SHOWN + 4))
        self.form, self.goods = Form(), ComboBox()
        self.price = MoneyField(digits=self._digits)
        known = desk.gateway.read(products.products)
        self.goods.show_choices([(row.id, f"{row.name} · {self._money(row.price)}") for row in known])
        self.form.add("goods", self.tr("Article"), self.goods)
        self.form.add("price", self.tr("Costs them"), self.price)
        self.body.add(self.table)
        self.set_form(self.form)
        self.set_title(self.tr("Personal prices"), card.name)
        self.primary.setText(self.tr("Agree"))
        self.cancel.setText(self.tr("Close"))
        self.submitted.connect(self._on_submitted)
        self.table.opened.connect(self._take_up)
        desk.gateway.changed.connect(self._on_changed)
        self._reload()

    def retranslate(self) -> None:
        super().retranslate()
        self.cancel.setText(self.tr("Close"))

    def drop_chosen(self) -> None:
        """Let the chosen article cost what it costs others."""
        row = self.table.choice.row()
        if row is not None:
            said = self.tr("{goods} costs what it costs others").replace("{goods}", row.name)
            self._desk.gateway.write(customers.drop_personal_price, self._card.id, row.product_id, said=said)

    def _columns(self) -> list[Column[PersonalPriceRow]]:
        return [
            Column(self.tr("Article"), lambda row: row.name),
            Column(self.tr("Costs them"), lambda row: self._money(row.price), align="right"),
            Column(self.tr("Costs others"), lambda row: self._money(row.list_price), align="right"),
        ]

    def _money(self, price: int) -> str:
        return self._desk.money(price_to_minor(price, self._digits))

    def _on_changed(self, _changes: object) -> None:
        self._reload()

    def _reload(self) -> None:
        self.rows.show_rows(self._desk.gateway.read(customers.personal_prices, self._card.id))

    def _take_up(self, row: PersonalPriceRow | None) -> None:
        if row is not None:
            self.goods.set_value(row.product_id)
            self.price.set_value(price_to_minor(row.price, self._digits))
            self.price.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_submitted(self) -> None:
        minor, goods = self.price.value(), self.goods.value()
        if minor is None or goods is None:
            self.form.show_errors({"price": self.tr("Write the price they pay")})
            return
        said = self.tr("Price agreed with {name}").replace("{name}", self._card.name)
        price = minor_to_price(minor, self._digits)
        self._desk.gateway.write(customers.set_personal_price, self._card.id, goods, price, said=said)
        self.price.set_value(None)


class _Prices(Table):
    def __init__(self, dialog: PricesDialog) -> None:
        super().__init__()
        self._dialog = dialog

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._dialog.drop_chosen()
        else:
            super().keyPressEvent(event)


def open_prices(desk: Desk, parent: QWidget, card: Card) -> PricesDialog:
    """Show and agree on what single articles cost a customer."""
    dialog = PricesDialog(desk, parent, card)
    dialog.present()
    return dialog
