"""Which bill a complaint is about: the one just charged at the till, or one chosen from those of the customer."""

from PySide6.QtWidgets import QWidget

from app.services import sales
from app.services.sales import SaleRow
from app.views.shared.buttons import IconButton
from app.views.shared.choice_fields import ComboBox
from app.views.shared.day_words import near_day
from app.views.shared.desk import Desk
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import row

LATEST = 30


def sale_words(desk: Desk, sale: SaleRow) -> str:
    """A bill as one tells it from others: number, day, sum."""
    parts = (sale.number, near_day(sale.shop_day, desk.today()), desk.money(sale.revenue, drop_zeros=True))
    return " · ".join(parts)


class SaleLine(QWidget):
    """The bill a complaint came in with, and a cross where it is about something else."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._sale = desk, None
        self.words, self.cross = ElidedLabel("", "small", tone="ink2"), IconButton("ph.x")
        self.setLayout(row((self.words, 1), self.cross, gap=4))
        self.cross.clicked.connect(lambda: self.show_sale(None))
        self.show_sale(None)

    _sale: SaleRow | None

    @property
    def sale_id(self) -> int | None:
        return self._sale.id if self._sale else None

    @property
    def customer_id(self) -> int | None:
        """Whose bill it is."""
        return self._sale.customer_id if self._sale else None

    def show_sale(self, sale_id: int | None) -> None:
        """Say which bill it is about; none hides the line."""
        self._sale = None if sale_id is None else self._desk.gateway.read(sales.sale, sale_id).row
        self.cross.set_name(self.tr("It is about something else"))
        if self._sale:
            self.words.setText(self.tr("About sale {sale}").replace("{sale}", sale_words(self._desk, self._sale)))
        self.setVisible(self._sale is not None)

    def keep_for(self, customer_id: int | None) -> None:
        """Somebody else complains: it is not about this bill."""
        if self._sale and self._sale.customer_id is not None and self._sale.customer_id != customer_id:
            self.show_sale(None)


class SaleChoice(ComboBox):
    """The latest bills of the customer; of nobody known, the shop's latest."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def offer(self, customer_id: int | None, chosen: int | None) -> None:
        """Offer these bills, and the one that is chosen whatever it is."""
        read = self._desk.gateway.read
        if customer_id is None:
            ids = [found.id for found in read(sales.last_sales, limit=LATEST)]
            rows = [read(sales.sale, number).row for number in ids]
        else:
            bills = read(sales.sales_of, customer_id, limit=LATEST)
            rows = [bill for bill in bills if not bill.voided and not bill.is_return]
        if chosen is not None and chosen not in {bill.id for bill in rows}:
            rows.insert(0, read(sales.sale, chosen).row)
        self.show_choices([(None, self.tr("No sale")), *((bill.id, sale_words(self._desk, bill)) for bill in rows)])
        self.set_value(chosen)
