"""New prices for many articles: how, what each would cost then, one act that can be taken back."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Literal

from PySide6.QtWidgets import QWidget

from app.domain.errors import ShopError
from app.domain.repricing import PriceChange, PriceStep
from app.resources.refusals import sentence
from app.services import products
from app.services.products import NewPrice
from app.views.products import words
from app.views.shared import look
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import ComboBox, LineEdit
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import row
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table

Scope = Literal["chosen", "listed"]
STEPS = ("0.01", "0.1", "0.5", "1", "5", "10")
SHOWN = 7


class RepriceDialog(Dialog):
    """Which articles, how, rounded to what; the table shows every price before it holds. Ctrl+Enter changes."""

    def __init__(self, desk: Desk, parent: QWidget, chosen: Sequence[int], listed: Sequence[int]) -> None:
        super().__init__(parent, width=640)
        self._desk = desk
        self._ids: dict[object, Sequence[int]] = {"chosen": chosen, "listed": listed}
        self.which, self.kind = Chips(size="form"), Chips(size="form", digits=True)
        self.value, self.step = LineEdit(), ComboBox()
        self.refused = PlainLabel("", "small", tone="red_text", wrap=True)
        self.foretold = PlainLabel("", "strong", wrap=True)
        self.rows: RowsModel[NewPrice] = RowsModel((), self)
        self.table = Table(compact=True)
        self.table.setModel(self.rows)
        self.table.set_shown(SHOWN)
        self.body.add(self.which, self.kind, row((self.value, 1), self.step, gap=8), self.refused)
        self.body.add(self.foretold, self.table)
        self.which.chosen.connect(lambda _value: self.look_ahead())
        self.kind.chosen.connect(lambda _value: self._on_kind())
        self.kind.moved_on.connect(self.value.setFocus)
        self.value.textChanged.connect(lambda _words: self.look_ahead())
        self.step.changed.connect(lambda _value: self.look_ahead())
        self.submitted.connect(self._on_submitted)
        self._word()
        self.which.set_value("chosen" if len(chosen) > 1 else "listed")
        self.kind.set_value(PriceStep.PERCENT)
        self.step.set_value("0.1")
        self._on_kind()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "rows"):
            self._word()
            self._on_kind()

    def change(self) -> PriceChange | None:
        """The change as it is filled in; None where the amount is none."""
        typed = str(self.value.value()).replace("％", "%").rstrip("%").replace("−", "-").replace(",", "")
        try:
            value = Decimal(typed)
        except InvalidOperation:
            return None
        kind = PriceStep(str(self.kind.value()))
        if not value.is_finite() or abs(value) > 10**9 or (kind is PriceStep.FIXED and value < 0):
            return None
        return PriceChange(kind, value, Decimal(str(self.step.value())))

    def ids(self) -> Sequence[int]:
        """The articles it is about."""
        return self._ids[self.which.value()]

    def look_ahead(self) -> None:
        """Show what each would cost then; what cannot be is told under the field."""
        change = self.change()
        if change is None:
            wrong = self.tr("Write a number such as 5 or −10") if self.value.value() else ""
            self._show([], wrong)
            return
        try:
            seen = self._desk.gateway.read(products.foresee_prices, self.ids(), change)
        except ShopError as refusal:
            self._show([], sentence(refusal, look.current().language))
        else:
            self._show(seen, "")

    def _word(self) -> None:
        self.set_title(self.tr("Change prices"))
        kept = self.which.value()
        counts = {name: len(ids) for name, ids in self._ids.items()}
        self.which.show_chips(
            [
                ChipView("chosen", self.tr("Chosen"), count=counts["chosen"]),
                ChipView("listed", self.tr("All that are listed"), count=counts["listed"]),
            ]
        )
        self.which.set_value(kept)
        self.which.setVisible(counts["chosen"] > 0)
        kind = self.kind.value()
        self.kind.show_chips(
            [
                ChipView(PriceStep.PERCENT, self.tr("By percent")),
                ChipView(PriceStep.AMOUNT, self.tr("By an amount")),
                ChipView(PriceStep.FIXED, self.tr("To one price")),
            ]
        )
        self.kind.set_value(kind)
        rounded = self.tr("rounded to {step}")
        self.step.show_choices([(step, rounded.replace("{step}", step)) for step in STEPS])
        self.rows.show_columns(
            [
                Column(self.tr("Article"), lambda new: new.name),
                Column(self.tr("Now"), lambda new: words.price(new.before, self._desk), align="right"),
                Column(self.tr("Then"), lambda new: words.price(new.after, self._desk), align="right", tone=_tone),
                Column(self.tr("Difference"), self._difference, align="right"),
            ]
        )
        self.table.set_widths(None, 120, 120, 120)

    def _difference(self, new: NewPrice) -> str:
        less = new.after < new.before
        return f"{'−' if less else '+'}{words.price(abs(new.after - new.before), self._desk)}"

    def _on_kind(self) -> None:
        asked = {
            PriceStep.PERCENT: self.tr("Percent: 5 dearer, −10 cheaper"),
            PriceStep.AMOUNT: self.tr("An amount: 2 dearer, −2 cheaper"),
            PriceStep.FIXED: self.tr("What each of them costs"),
        }
        self.value.setPlaceholderText(asked[PriceStep(str(self.kind.value() or PriceStep.PERCENT))])
        self.look_ahead()

    def _show(self, seen: list[NewPrice], wrong: str) -> None:
        self.refused.setText(wrong)
        self.refused.setVisible(bool(wrong))
        self.rows.show_rows(seen)
        below = sum(new.below_cost for new in seen)
        said = self.tr("%n price(s) change", "", len(seen)) if seen else ""
        if below:
            said += " · " + self.tr("%n below cost", "", below)
        if not seen and not wrong and self.change() is not None:
            said = self.tr("All of them cost that already.")
        self.foretold.setText(said)
        self.foretold.set_tone("red_text" if below else "ink")
        self.primary.setEnabled(bool(seen))
        self.primary.setToolTip("" if seen else self.tr("Nothing would change"))
        self.primary.setText(self.tr("Change %n price(s)", "", len(seen)) if seen else self.tr("Change"))

    def _on_submitted(self) -> None:
        change = self.change()
        if change is None or not self.primary.isEnabled():
            return
        said = self.tr("%n price(s) changed", "", self.rows.rowCount())
        if self._desk.gateway.write(products.reprice, self.ids(), change, said=said) is not None:
            self.accept()


def _tone(new: NewPrice) -> str | None:
    return "red_text" if new.below_cost else None


def open_reprice(desk: Desk, parent: QWidget, chosen: Sequence[int], listed: Sequence[int]) -> RepriceDialog:
    """Ask how the prices of these articles change."""
    dialog = RepriceDialog(desk, parent, chosen, listed)
    dialog.present()
    dialog.value.setFocus()
    return dialog
