"""Paying one bill by several methods: an amount each; what is left is taken by the first that is empty."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.money import currency
from app.domain.payments import Paid
from app.services.sales import MethodRow
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.forms import Form
from app.views.shared.labels import PlainLabel
from app.views.shared.method_words import method_name
from app.views.shared.typed_fields import MoneyField


class SplitDialog(Dialog):
    """Enter takes it over: `split` tells the payments, in the order of the methods."""

    split = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, known: list[MethodRow], total: int, paid: tuple[Paid, ...]) -> None:
        super().__init__(parent, width=480)
        self._desk, self._known, self._total = desk, known, total
        self.form = Form()
        self.fields: dict[str, MoneyField] = {}
        digits = currency(desk.settings.currency).digits
        for row in known:
            field = MoneyField(digits=digits)
            self.fields[row.code] = field
            self.form.add(row.code, method_name(row.code, row.name), field)
        self.left = PlainLabel("", "strong", align="right")
        self.set_form(self.form)
        self.body.add(self.left)
        for each in paid if len(paid) > 1 else ():
            if each.method in self.fields:  # one that was put away since the ticket was parked is no choice any more
                self.fields[each.method].set_value(each.amount)
        self.form.changed.connect(lambda _name: self._say_left())
        self.submitted.connect(self._on_submitted)
        self._word()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "left"):
            self._word()

    def payments(self) -> tuple[Paid, ...]:
        """What was typed, the rest by the first method without an amount."""
        typed = {code: field.value() or 0 for code, field in self.fields.items()}
        rest = self._total - sum(typed.values())
        empty = next((code for code, amount in typed.items() if not amount), None)
        if rest > 0 and empty is not None:
            typed[empty] = rest
        return tuple(Paid(code, amount) for code, amount in typed.items() if amount)

    def _word(self) -> None:
        self.set_title(self.tr("Split the payment"), self._desk.money(self._total))
        self.primary.setText(self.tr("Pay like this"))
        for row in self._known:
            self.form.set_label(row.code, method_name(row.code, row.name))
        self._say_left()

    def _say_left(self) -> None:
        left = self._total - sum(field.value() or 0 for field in self.fields.values())
        money = self._desk.money(abs(left))
        if left < 0:
            self.left.setText(self.tr("{money} too much").replace("{money}", money))
        else:
            self.left.setText(self.tr("{money} left").replace("{money}", money) if left else "")
        self.left.set_tone("red_text" if left < 0 else "ink2")
        for code, field in self.fields.items():
            rest = left > 0 and code == next((c for c, f in self.fields.items() if not f.value()), None)
            field.setPlaceholderText(money if rest else "0")

    def _on_submitted(self) -> None:
        paid = self.payments()
        if sum(each.amount for each in paid) != self._total or any(each.amount < 0 for each in paid):
            first = next(iter(self.fields))
            wrong = next((code for code, field in self.fields.items() if field.value()), first)
            self.form.show_errors({wrong: self.tr("The amounts are not what is to be paid")})
            return
        self.split.emit(paid)
        self.accept()


def open_split(desk: Desk, parent: QWidget, known: list[MethodRow], total: int, paid: tuple[Paid, ...]) -> SplitDialog:
    """Ask for the amount of each method."""
    dialog = SplitDialog(desk, parent, known, total, paid)
    dialog.present()
    return dialog
