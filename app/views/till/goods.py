"""The left side of the till: the scan field, the categories, and the shelf they filter."""

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.rewards.codes import read_code
from app.services import products, search
from app.services.products import ProductRow
from app.services.search import HitKind
from app.views.shared import scanned
from app.views.shared.buttons import Button
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import BringIn, Desk, Scanned
from app.views.shared.empty import EmptyState
from app.views.shared.layouts import Scroll, column
from app.views.till import words
from app.views.till.basket import ONE, Basket
from app.views.till.scan import ScanField, open_price, times
from app.views.till.shelf import Shelf, TileView

USUAL = timedelta(days=90)
OFTEN = ""
FOUND = 24


class Goods(QWidget):
    """What was found or typed is told; the screen puts it on the ticket."""

    taken = Signal(int, int)
    """An article, and how much of it in thousandths."""
    counted = Signal(int)
    """The chosen line is to be so many thousandths."""
    priced = Signal(object)
    """An amount without an article, in 1/10,000 unit of currency: an int that may need more than 32 bits."""
    coupon = Signal(str)
    """The code of a coupon, whose check sign fits."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._gateway = desk, desk.gateway
        self._on_shelf: dict[int, ProductRow] = {}
        self._basket = Basket()
        self.scan = ScanField(icon="ph.barcode", key="F3", height=44)
        self.categories = Chips()
        self.shelf = Shelf()
        self.bring = Button("", "secondary", icon="ph.download-simple")
        self.empty = EmptyState("ph.package", other=self.bring)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.shelf)
        self._pages.addWidget(Scroll(self.empty))  # no higher than the shelf whose place it takes
        self.setLayout(column(self.scan, self.categories, (self._pages, 1), gap=12))
        self.scan.changed.connect(lambda _typed: self.show_shelf(self._basket))
        self.scan.entered.connect(self._on_entered)
        self.scan.into_shelf.connect(self.shelf.enter)
        self.categories.chosen.connect(lambda _value: self.show_shelf(self._basket))
        self.shelf.taken.connect(lambda product: self.taken.emit(product, ONE))
        self.shelf.left.connect(self.rest)
        self.bring.clicked.connect(lambda: desk.ask(BringIn(kind="products")))

    def retranslate(self) -> None:
        self.scan.setPlaceholderText(self.tr("Scan, or type a name, code or amount"))
        self.scan.setAccessibleName(self.tr("Scan field"))
        self.shelf.setAccessibleName(self.tr("Goods on the shelf"))
        self.empty.set_words(
            self.tr("No goods on the shelf yet"),
            self.tr("Bring in a list to choose by name or barcode. Until then type an amount and press Enter."),
        )
        self.bring.setText(self.tr("Bring in goods"))

    def reload(self, basket: Basket) -> None:
        """Read the shelf anew."""
        self._on_shelf = {row.id: row for row in self._gateway.read(products.products)}
        names = self._gateway.read(products.categories)
        self.categories.show_chips([ChipView(OFTEN, self.tr("Often")), *(ChipView(name, name) for name in names)])
        if self.categories.value() is None:
            self.categories.set_value(OFTEN)
        self.categories.setVisible(bool(names))
        self._pages.setCurrentIndex(0 if self._on_shelf else 1)
        self.show_shelf(basket)

    def show_shelf(self, basket: Basket) -> None:
        """Show what the field or the chosen category asks for, marked with what this ticket holds."""
        self._basket = basket
        self.shelf.show_tiles([self._tile(row) for row in self._wanted()])

    def back(self) -> bool:
        """One step back: the focus, then the words, then the usual goods."""
        if not self.scan.hasFocus():
            self.rest()
            return False
        if self.scan.text():
            self.scan.clear()
        else:
            self.categories.set_value(OFTEN)
        self.show_shelf(self._basket)
        return True

    def rest(self) -> None:
        self.scan.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wanted(self) -> list[ProductRow]:
        typed, category = times(self.scan.value())[1], self.categories.value()
        if typed:
            return self._found(typed)
        if category == OFTEN:
            return self._gateway.read(products.often_sold, self._desk.today() - USUAL, FOUND)
        return [row for row in self._on_shelf.values() if row.category == category]

    def _found(self, typed: str) -> list[ProductRow]:
        hits = self._gateway.read(search.find, typed, FOUND, (HitKind.PRODUCT,))
        return [self._on_shelf[hit.id] for hit in hits if hit.id in self._on_shelf]

    def _tile(self, row: ProductRow) -> TileView:
        held = self._basket.count_of(row.id)
        price = words.unit_price(row.price, self._desk)
        return TileView(row.id, row.name, price, row.unit, row.category, words.quantity(held) if held else "")

    def _on_entered(self, typed: str) -> None:
        """What a scanner read comes first, then an amount, then the first find; a star parts a quantity from it."""
        quantity, typed = self._quantity_of(typed)
        if quantity is None or not typed:
            return
        exact = self._gateway.read(products.by_code_or_barcode, typed)
        price = open_price(typed)
        if exact is not None:
            self.taken.emit(exact.id, quantity)
        elif scanned.is_known(self._desk, typed):
            self.scan.clear()
            self._desk.ask(Scanned(typed))
        elif price is not None:
            self.priced.emit(price)
        elif read_code(typed) is not None:
            self.coupon.emit(typed)
        elif found := self._found(typed):
            self.taken.emit(found[0].id, quantity)
        else:
            self._desk.tell(self.tr("Nothing on the shelf is called “{typed}”").replace("{typed}", typed))
            self.scan.selectAll()

    def _quantity_of(self, typed: str) -> tuple[int | None, str]:
        """How much, and of what: nothing where the quantity was for the chosen line; no quantity where none is read."""
        said, rest = times(typed)
        if not said:
            return ONE, typed
        quantity = words.read_quantity(said)
        if quantity is None:
            self._desk.tell(self.tr("Write a quantity such as 2 or 0.25 before the star"))
            self.scan.selectAll()
        elif not rest:
            self.counted.emit(quantity)
        return quantity, rest
