"""How the ticket is paid: one method by its key, cash with what was handed over and the change, or several methods."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.money import currency
from app.domain.payments import MethodKind, Paid, quick_notes
from app.services.sales import MethodRow
from app.views.shared import look
from app.views.shared.buttons import Button
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.look import px
from app.views.shared.method_words import method_name
from app.views.shared.typed_fields import MoneyField
from app.views.till import words
from app.views.till.answering import is_answered
from app.views.till.basket import Basket

SPLIT = "+"
"""What stands for several methods where a method's code would."""
FEW_NOTES = 2


class HandedField(MoneyField):
    """The cash that was handed over; Enter goes back to the scan field."""

    done = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_answered(event):
            self.done.emit()
        else:
            super().keyPressEvent(event)


class Payment(QWidget):
    """Changes the basket it was shown: its method, or its payments. `changed` says so, `done` that it is answered."""

    changed, done = Signal(), Signal()
    split_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._digits = desk, currency(desk.settings.currency).digits
        self._basket = Basket()
        self.known: list[MethodRow] = []
        self._total, self._low = 0, False
        self.methods = Chips(size="payment")
        self.handed = HandedField(digits=self._digits, height=32)
        self.notes = Chips()
        self.change = PlainLabel("", "strong", align="right")
        self.several = PlainLabel("", "small", tone="ink2")
        self.again = Button("", "link", size="small")
        self._cash = box(row(self.handed, (self.notes, 1), self.change, gap=8))
        self._split = box(row((self.several, 1), self.again, gap=8))
        self.tender = box(column(self._cash, self._split, gap=0))
        """What stands above the methods, across the whole ticket."""
        self.setLayout(column(None, self.methods, None, gap=0))
        self.methods.chosen.connect(self._on_method)
        self.handed.changed.connect(lambda _typed: self._on_handed())
        self.handed.done.connect(self.done)
        self.notes.chosen.connect(self._on_note)
        self.again.clicked.connect(self.split_asked)
        look.follow(self.relook)

    def relook(self) -> None:
        self.handed.setFixedWidth(px(104))

    def retranslate(self) -> None:
        self.handed.setPlaceholderText(self.tr("Received"))
        self.handed.setAccessibleName(self.tr("Cash received"))
        self.again.setText(self.tr("Change the split"))
        self.show_methods(self.known)

    def show_methods(self, known: list[MethodRow]) -> None:
        """Offer these, each under Alt and its digit, and several at once as the last."""
        self.known = known
        chips = [words.method_chip(row, place if place <= 9 else None) for place, row in enumerate(known, 1)]
        self.methods.show_chips([*chips, ChipView(SPLIT, self.tr("Split"), digit=0)])

    def set_low(self, low: bool) -> None:
        """In a low window as many notes are offered as surely stand in one line."""
        self._low = low
        if not self._cash.isHidden():
            self._show_notes(fresh=False)

    def show_basket(self, basket: Basket, total: int) -> None:
        """Show how this ticket is paid. A split that no longer adds up is given up."""
        fresh = basket is not self._basket
        self._basket, self._total = basket, total
        if basket.payments and sum(paid.amount for paid in basket.payments) != total:
            basket.payments = ()
        if basket.payment not in [row.code for row in self.known] and self.known:
            basket.payment = self.known[0].code
        split = len(basket.payments) > 1
        self.methods.set_value(SPLIT if split else basket.payment)
        cash = not split and self.is_cash(basket.payment) and total > 0
        self._cash.setVisible(cash)
        self._split.setVisible(split)
        self.tender.setVisible(cash or split)
        if split:
            self.several.setText(" + ".join(self._said(paid) for paid in basket.payments))
        if cash:
            self._show_notes(fresh)

    def is_cash(self, code: str) -> bool:
        return any(row.kind is MethodKind.CASH for row in self.known if row.code == code)

    def choose(self, place: int) -> None:
        """The method at this place (from 1), or with 0 several."""
        if place == 0:
            self.split_asked.emit()
        elif place <= len(self.known):
            self._on_method(self.known[place - 1].code)

    def enter_cash(self) -> None:
        """The focus goes to the cash that is handed over."""
        self.handed.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.handed.selectAll()

    def missing(self) -> bool:
        """Whether less was handed over than is to be paid."""
        tendered = self._tendered()
        return tendered is not None and tendered < self._total

    def _said(self, paid: Paid) -> str:
        name = next((row.name for row in self.known if row.code == paid.method), "")
        return f"{method_name(paid.method, name)} {self._desk.money(paid.amount)}"

    def _tendered(self) -> int | None:
        return self._basket.payments[0].tendered if len(self._basket.payments) == 1 else None

    def _show_notes(self, fresh: bool) -> None:
        money, offered = self._desk.money, quick_notes(self._total, self._digits)[1:]
        offered = offered[:FEW_NOTES] if self._low else offered
        self.notes.show_chips([ChipView(note, money(note, drop_zeros=True)) for note in offered])
        tendered = self._tendered()
        self.notes.set_value(tendered)
        if fresh or not self.handed.hasFocus():
            self.handed.set_value(tendered)
        if tendered is None:
            self.change.setText("")
        elif tendered < self._total:
            said = self.tr("{money} short").replace("{money}", money(self._total - tendered))
            self.change.setText(said)
        else:
            self.change.setText(self.tr("Change {money}").replace("{money}", money(tendered - self._total)))
        self.change.set_tone("red_text" if self.missing() else "ink")

    def _on_method(self, code: object) -> None:
        if code == SPLIT:
            self.methods.set_value(self._basket.payment)
            self.split_asked.emit()
            return
        self._basket.payment, self._basket.payments = str(code), ()
        self.changed.emit()
        if self.is_cash(str(code)) and self._total > 0:
            self.enter_cash()
        else:
            self.done.emit()

    def _on_note(self, note: object) -> None:
        self.handed.set_value(note)
        self._on_handed()
        self.done.emit()

    def _on_handed(self) -> None:
        tendered = self.handed.value()
        basket = self._basket
        basket.payments = () if tendered is None else (Paid(basket.payment, self._total, tendered),)
        self.changed.emit()
