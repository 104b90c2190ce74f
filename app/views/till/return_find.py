"""Finding the sale whose goods came back: by the slip, a number, a person, or among the last ones."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.services import sales, search
from app.services.sales import FoundSale
from app.services.search import HitKind
from app.views.shared.buttons import Button
from app.views.shared.day_words import near_day
from app.views.shared.desk import Desk
from app.views.shared.fields import LineEdit
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.lists import RowList, RowView
from app.views.shared.rows_model import Column, RowsModel

PEOPLE, ROW, SHOWN = 5, 52, 6


class FindField(LineEdit):
    """Down goes into the list, Enter takes what is chosen there."""

    entered, into_list = Signal(), Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.into_list.emit()
        else:
            super().keyPressEvent(event)


class FindSale(QWidget):
    """`taken` tells which sale; `without` that none can be found."""

    taken = Signal(int)
    without = Signal()

    def __init__(self, desk: Desk, customer_id: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._customer = desk, customer_id
        self.field = FindField(icon="ph.barcode", height=44)
        self.rows: RowsModel[FoundSale] = RowsModel([Column("", lambda found: found.number)], self)
        self.list = RowList(self._view, height=ROW)
        self.list.setModel(self.rows)
        self.empty = PlainLabel("", "small", tone="ink2", wrap=True)
        self.loose = Button("", "link")
        self.setLayout(column(self.field, self.list, self.empty, row(self.loose, None), gap=12))
        self.setFocusProxy(self.field)
        self.field.changed.connect(lambda _typed: self.reload())
        self.field.entered.connect(self._take)
        self.field.into_list.connect(self.list.setFocus)
        self.list.opened.connect(lambda _found: self._take())
        self.loose.clicked.connect(self.without)
        self.retranslate()
        self.reload()

    def retranslate(self) -> None:
        self.field.setPlaceholderText(self.tr("Scan the slip, or type its number, a name or a phone"))
        self.field.setAccessibleName(self.tr("Which sale"))
        self.empty.setText(self.tr("No sale is found so. Try the name, or the last digits of the phone."))
        self.loose.setText(self.tr("Return without a sale…"))

    def reload(self) -> None:
        """Read what the field asks for."""
        found = self._found(self.field.value())
        self.rows.show_rows(found)
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.list.set_shown(ROW * SHOWN)
        if found:
            self.list.choice.choose_place(0)

    def _found(self, typed: str) -> list[FoundSale]:
        read, today = self._desk.gateway.read, self._desk.today()
        if not typed:
            return read(sales.sales_to_people, [self._customer]) if self._customer else read(sales.last_sales)
        by_number = read(sales.sales_by_number, typed, today)
        if by_number:
            return by_number
        hits = read(search.find, typed, PEOPLE, (HitKind.CUSTOMER,))
        return read(sales.sales_to_people, [hit.id for hit in hits]) if hits else []

    def _take(self) -> None:
        found = self.list.choice.row()
        if isinstance(found, FoundSale):
            self.taken.emit(found.id)

    def _view(self, found: FoundSale) -> RowView:
        money, who = self._desk.money, found.customer or self.tr("Anonymous")
        goods = found.goods or self.tr("Open amount")
        if found.lines > 1:
            goods = self.tr("{goods} and %n more", "", found.lines - 1).replace("{goods}", goods)
        parts = [near_day(found.shop_day, self._desk.today()), found.number, goods]
        if found.back:
            parts.append(self.tr("{money} came back").replace("{money}", money(found.back, drop_zeros=True)))
        reason = " · ".join(parts)
        picture = "avatar" if found.customer_id is not None else "tile"
        return RowView(
            found.customer_id if picture == "avatar" else found.id,
            who,
            reason,
            trailing=money(found.total),
            trailing_strong=True,
            picture=picture,  # type: ignore[arg-type]
            icon="ph.receipt",
        )
