"""What comes back of one sale: lines ticked or counted, and at once the money and the points both ways."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import ShopError
from app.services import sales, till
from app.services.till import PaymentRow, ReturnBill, ReturnDraft, ReturnLine, SoldLine, SoldSale
from app.views.shared.buttons import Button
from app.views.shared.chips import Chips, ChipView
from app.views.shared.day_words import short_day
from app.views.shared.desk import Desk
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.look import px
from app.views.till import words
from app.views.till.basket import ONE
from app.views.till.lines import HIGH, LineView, TicketLines
from app.views.till.sums import SumRow

AS_PAID = ""
SHOWN = 4


class ReturnLines(TicketLines):
    """Space takes all of a line or none, A all lines or none; + and − count."""

    toggled = Signal(int)
    all_toggled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggled.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_A and not event.modifiers():
            self.all_toggled.emit()
        else:
            super().keyPressEvent(event)


class TakeGoods(QWidget):
    """`changed` tells what the chosen lines come to: a ReturnBill, or None while nothing is chosen."""

    changed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sale: SoldSale | None = None
        self._back: list[int] = []
        self._chosen = 0
        self.about = PlainLabel("", "small", tone="ink2", wrap=True)
        self.lines = ReturnLines()
        self.all = Button("", "link", key="A", size="small")
        self.methods_title, self.methods = PlainLabel("", "small", tone="ink2"), Chips(size="form")
        self.taken, self.given, self.after = SumRow("gold_text"), SumRow("gold_text"), SumRow("ink2")
        self.caption, self.total = PlainLabel("", "small", tone="ink2"), PlainLabel("", "total")
        money = column(self.caption, self.total, gap=0)
        points = column(self.taken, self.given, self.after, gap=2)
        self.setLayout(
            column(
                self.about,
                self.lines,
                row(self.all, None),
                row(column(None, self.methods_title, None, gap=0), (self.methods, 1), gap=12),
                row(money, 24, (points, 1), gap=12),
                None,
                gap=10,
            )
        )
        self.setFocusProxy(self.lines)
        self._connect()
        self.retranslate()

    @property
    def draft(self) -> ReturnDraft | None:
        """What would be posted; None while nothing is chosen."""
        if self._sale is None:
            return None
        back = zip(self._sale.lines, self._back, strict=True)
        lines = tuple(ReturnLine(line.id, quantity) for line, quantity in back if quantity)
        return ReturnDraft(self._sale.id, lines, str(self.methods.value() or AS_PAID)) if lines else None

    def show_sale(self, sale_id: int) -> bool:
        """Show a sale with all that is left of it chosen where it is one line; False where it cannot come back."""
        try:
            self._sale = self._desk.gateway.read(till.sold, sale_id)
        except ShopError as refusal:
            self._desk.gateway.refused.emit(refusal)
            return False
        open_lines = [line for line in self._sale.lines if line.left]
        self._back = [line.left if len(open_lines) == 1 else 0 for line in self._sale.lines]
        self._chosen = next((place for place, line in enumerate(self._sale.lines) if line.left), 0)
        shown = min(SHOWN, max(2, len(self._sale.lines)))
        self.lines.set_least(shown)
        self.lines.setMaximumHeight(px(HIGH * shown + 6))
        self._say_about(self._sale)
        self.reload()
        return True

    def retranslate(self) -> None:
        self.all.setText(self.tr("All or none"))
        self.methods_title.setText(self.tr("Money goes back by"))
        known = self._desk.gateway.read(sales.methods)
        self.methods.show_chips(
            [ChipView(AS_PAID, self.tr("As it was paid")), *(words.method_chip(row) for row in known)]
        )
        if self.methods.value() is None:
            self.methods.set_value(AS_PAID)
        if self._sale is not None:
            self._say_about(self._sale)
            self.reload()

    def reload(self) -> None:
        """Work out anew what the chosen lines come to."""
        assert self._sale is not None
        views = [self._view(place, line) for place, line in enumerate(self._sale.lines)]
        self.lines.show_lines(views, self._chosen)
        draft = self.draft
        bill = self._desk.gateway.read(till.quote_return, draft, at=self._desk.now()) if draft else None
        self._show_sums(bill)
        self.changed.emit(bill)

    def _connect(self) -> None:
        self.lines.chosen.connect(self._on_chosen)
        self.lines.changed.connect(self._on_stepped)
        self.lines.removed.connect(lambda place: self._set(place, 0))
        self.lines.toggled.connect(self._on_toggled)
        self.lines.all_toggled.connect(self._on_all)
        self.lines.doubleClicked.connect(lambda index: self._on_toggled(index.row()))
        self.all.clicked.connect(self._on_all)
        self.methods.chosen.connect(lambda _method: self.reload())

    def _say_about(self, sale: SoldSale) -> None:
        payments = self._desk.gateway.read(till.payments_of, sale.id)
        parts = [sale.number, short_day(sale.shop_day, self._desk.today())]
        if payments:
            parts.append(self.tr("paid by {method}").replace("{method}", words.paid_by(payments, self._desk)))
        if sale.back_before:
            said = self.tr("{money} came back before")
            parts.append(said.replace("{money}", self._desk.money(sale.back_before, drop_zeros=True)))
        self.about.setText(" · ".join(parts))

    def _view(self, place: int, line: SoldLine) -> LineView:
        money, back = self._desk.money, self._back[place]
        if not line.left:
            each = self.tr("came back before")
        else:
            each = self.tr("of {left}").replace("{left}", f"{words.quantity(line.left)} {line.unit}".strip())
        share = line.base * back // line.quantity if back else 0
        name = line.name or self.tr("Open amount")
        return LineView(place, name, words.quantity(back), money(share) if back else "", each)

    def _show_sums(self, bill: ReturnBill | None) -> None:
        money = self._desk.money
        self.caption.setText(" · ".join(filter(None, (self.tr("Money back"), self._by(bill)))))
        self.total.setText(money(bill.money if bill else 0))
        taken, given = (bill.taken_points, bill.given_points) if bill else (0, 0)
        said = words.grouped(self.tr("%n earned point(s) taken back", "", taken), taken)
        self.taken.show_sum(said, f"−{taken:,}" if taken else "")
        said = words.grouped(self.tr("%n spent point(s) given back", "", given), given)
        self.given.show_sum(said, f"+{given:,}" if given else "")
        shown = bill is not None and bill.sale.customer_id is not None
        self.after.show_sum(self.tr("Points afterwards"), words.points(bill.balance_after) if bill and shown else "")
        owes = bill is not None and bill.balance_after < 0
        self.after.setToolTip(self.tr("Below 0: the next points earned pay it off") if owes else "")

    def _by(self, bill: ReturnBill | None) -> str:
        """By what the money goes back, where it is not by the one method that was chosen."""
        if bill is None or {each.method for each in bill.paid} <= {self.methods.value()}:
            return ""
        known = {row.code: row for row in self._desk.gateway.read(sales.methods, away=True)}
        rows = [
            PaymentRow(each.method, known[each.method].kind, known[each.method].name, each.amount, None)
            for each in bill.paid
        ]
        return words.paid_by(rows, self._desk)

    def _on_chosen(self, place: int) -> None:
        self._chosen = place

    def _on_stepped(self, place: int, step: int) -> None:
        self._set(place, self._back[place] + step * ONE)

    def _on_toggled(self, place: int) -> None:
        assert self._sale is not None
        self._set(place, 0 if self._back[place] else self._sale.lines[place].left)

    def _on_all(self) -> None:
        assert self._sale is not None
        whole = [line.left for line in self._sale.lines]
        self._back = [0] * len(whole) if self._back == whole else whole
        self.reload()

    def _set(self, place: int, quantity: int) -> None:
        assert self._sale is not None
        self._chosen = place
        self._back[place] = max(0, min(self._sale.lines[place].left, quantity))
        self.reload()
