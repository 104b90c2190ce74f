"""Selling a card, or topping stored value up by any amount: it goes onto the ticket and is paid with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.money import currency
from app.domain.rewards.kinds import PlanKind
from app.services import rewards
from app.services.till import CardSale
from app.views.shared import reward_words
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.forms import Form
from app.views.shared.typed_fields import MoneyField

ANY = 0
"""What stands for a top-up of any amount where a card's id would."""


class CardSaleDialog(Dialog):
    """A digit chooses the card; Enter puts it on the ticket."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, width=640)
        self._desk = desk
        self.form = Form()
        self.form.add("card", "", Chips(size="form", digits=True))
        self.form.add("amount", "", MoneyField(digits=currency(desk.settings.currency).digits), check=self._check)
        self._plans = [plan for plan in desk.gateway.read(rewards.plans) if plan.draft.kind is not PlanKind.STAMPS]
        self.set_form(self.form)
        self._word()
        self._show_amount()
        self.form.changed.connect(lambda _name: self._show_amount())
        self.submitted.connect(self._on_submitted)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "_plans"):
            self._word()

    def _word(self) -> None:
        self.set_title(self.tr("Sell a card or top up"))
        self.set_note(self.tr("Earns no points: what is bought with it does"))
        self.form.set_label("card", self.tr("Card"))
        self.form.set_label("amount", self.tr("Amount"))
        chips = self.form.field("card")
        views = [ChipView(plan.id, self._said(plan)) for plan in self._plans]
        chips.show_chips([*views, ChipView(ANY, self.tr("Any amount, no bonus"))])
        if chips.value() is None:
            chips.set_value(self._plans[0].id if self._plans else ANY)
        self.primary.setText(self.tr("Put on the ticket"))

    def _said(self, plan: rewards.PlanRow) -> str:
        price = self._desk.money(plan.draft.price, drop_zeros=True)
        return f"{plan.draft.name} {price} · {reward_words.brings(plan.draft, plan.article, self._desk)}"

    def _show_amount(self) -> None:
        self.form.set_row_visible("amount", self.form.field("card").value() == ANY)

    def _check(self, amount: object) -> str | None:
        return None if isinstance(amount, int) and amount > 0 else self.tr("Write an amount above 0")

    def _on_submitted(self) -> None:
        said = self.form.values()
        self.chosen.emit(CardSale(None, said["amount"]) if said["card"] == ANY else CardSale(said["card"]))
        self.accept()
