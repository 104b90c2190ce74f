"""Giving a remedy: what it is by a digit, how much, and what it costs the shop, worked out and open to correction."""

from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.complaints import written_number
from app.domain.money import currency
from app.domain.remedies import MOVES_VALUE, RemedyKind
from app.domain.rewards.kinds import Occasion
from app.services import complaints, rewards
from app.services.complaints import Case, RemedyDraft
from app.views.complaints.remedy_words import remedy_words
from app.views.shared.actions import act
from app.views.shared.buttons import Button
from app.views.shared.chips import Chips, ChipView
from app.views.shared.choice_fields import ComboBox
from app.views.shared.day_words import near_day
from app.views.shared.desk import Desk, TakeReturn
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form
from app.views.shared.number_fields import WholeField
from app.views.shared.product_field import ProductField
from app.views.shared.typed_fields import MoneyField

POINTS, COUPON, STORED, REFUND = RemedyKind.POINTS, RemedyKind.COUPON, RemedyKind.STORED, RemedyKind.REFUND
MOST_POINTS = 1_000_000
ASKS: dict[RemedyKind, str] = {
    REFUND: "return_id",
    RemedyKind.REPLACEMENT: "product_id",
    POINTS: "points",
    COUPON: "coupon_kind_id",
    STORED: "amount",
}
"""What else each kind asks for."""


class RemedyDialog(Dialog):
    """A digit chooses the kind; the rows that belong to it appear. Enter posts it, once."""

    def __init__(self, desk: Desk, parent: QWidget, case: Case) -> None:
        super().__init__(parent, width=640)
        self._desk, self._case, self._operation = desk, case, uuid4().hex
        self._own_cost = False
        self.form = Form()
        self.kind, self.points = Chips(size="form", digits=True), WholeField(1, MOST_POINTS)
        self.coupon, self.back = ComboBox(), ComboBox()
        digits = currency(desk.settings.currency).digits
        self.amount, self.cost = MoneyField(digits=digits), MoneyField(digits=digits)
        self.goods, self.note_line = ProductField(desk), LineEdit()
        self.till = Button("", "link", key="F9", size="small")
        self._ask()
        self.set_form(self.form)
        self.set_title(self.tr("Add remedy"), written_number(case.card.number))
        self.primary.setText(self.tr("Give"))
        self.kind.chosen.connect(lambda _kind: self._on_kind())
        self.form.changed.connect(self._on_changed)
        self.submitted.connect(self._on_submitted)
        act(self, "complaints.return", lambda: self.tr("Take goods back at the till…"), self._on_till, key="F9")
        self.till.clicked.connect(self._on_till)
        desk.gateway.changed.connect(self._on_shop_changed)
        self._show_rows()

    def _ask(self) -> None:
        self.kind.show_chips([ChipView(kind, remedy_words(kind)) for kind in RemedyKind])
        self.form.add("kind", self.tr("What"), self.kind, check=self._check_kind)
        self.form.add("return_id", self.tr("Return"), self.back, check=self._check_return)
        self.form.add_aside(self.till)
        self.form.add("product_id", self.tr("Goods"), self.goods)
        self.form.add("points", self.tr("Points"), self.points, check=lambda n: None if n else self.tr("How many?"))
        self.form.add("coupon_kind_id", self.tr("Coupon"), self.coupon, check=self._check_coupon)
        self.form.add("amount", self.tr("Amount"), self.amount, check=lambda n: None if n else self.tr("How much?"))
        self.form.add("note", self.tr("Note"), self.note_line)
        self.form.add("cost", self.tr("Costs"), self.cost)
        self.till.setText(self.tr("Take goods back at the till…"))
        self.cost.setPlaceholderText(self.tr("What it costs the shop (may stay empty)"))
        self.note_line.setPlaceholderText(self.tr("In a few words (may stay empty)"))
        kinds = self._desk.gateway.read(rewards.kinds)
        self.coupon.show_choices([(one.id, one.draft.name) for one in kinds if one.draft.occasion is Occasion.HAND])
        self._show_returns()

    def _show_returns(self) -> None:
        today, found = self._desk.today(), self._desk.gateway.read(complaints.returns_to_tell, self._case.card.id)
        said = [
            (one.id, f"{one.number} · {near_day(one.shop_day, today)} · {self._desk.money(one.money, drop_zeros=True)}")
            for one in found
        ]
        self.back.show_choices(said or [(None, self.tr("No return yet"))])
        if said and self.back.value() is None:
            self.back.set_value(said[0][0])

    def _show_rows(self) -> None:
        kind = self.kind.value()
        for of, name in ASKS.items():
            self.form.set_row_visible(name, of == kind)
        self.till.setVisible(kind == REFUND)
        self._own_cost = False
        self._work_cost_out()

    def _on_kind(self) -> None:
        """A digit answers and goes on to what belongs to the kind."""
        self._show_rows()
        name = ASKS.get(RemedyKind(str(self.kind.value())), "note")
        self.form.field(name).setFocus(Qt.FocusReason.OtherFocusReason)

    def _work_cost_out(self) -> None:
        if self._own_cost or self.kind.value() is None:
            return
        cost = self._desk.gateway.read(complaints.remedy_cost, self.draft(cost=None))
        self.cost.set_value(cost or None)

    def _on_changed(self, name: str) -> None:
        if name == "cost":
            self._own_cost = self.cost.value() is not None
        elif name != "note":
            self._work_cost_out()

    def draft(self, *, cost: int | None) -> RemedyDraft:
        """What is to be given, as it is filled in."""
        held: dict[str, Any] = self.form.values()
        kind = RemedyKind(str(held["kind"]))
        asked = {ASKS[kind]: held[ASKS[kind]]} if kind in ASKS else {}
        if kind in (POINTS, STORED):
            asked = {name: value or 0 for name, value in asked.items()}
        return RemedyDraft(kind, note=held["note"], cost=cost, **asked)

    def _check_kind(self, kind: Any) -> str | None:
        if kind is None:
            return self.tr("Choose what is given")
        if RemedyKind(str(kind)) in MOVES_VALUE and self._case.card.who is None:
            return self.tr("The case has no name: there is nobody to give it to. Say who it was first (Edit)")
        return None

    def _check_return(self, return_id: Any) -> str | None:
        return None if return_id else self.tr("Take the goods back at the till first (F9), then choose that return")

    def _check_coupon(self, kind_id: Any) -> str | None:
        return None if kind_id else self.tr("There is no kind of coupon that is given by hand. Make one under Members")

    def _on_submitted(self) -> None:
        draft = self.draft(cost=self.cost.value() or 0)
        number = written_number(self._case.card.number)
        said = f"{number}: {remedy_words(draft.kind)}"
        write, key = self._desk.gateway.write, self._case.card.id
        done = write(complaints.give_remedy, key, draft, operation_id=self._operation, at=self._desk.now(), said=said)
        if done is not None:
            self.accept()

    def _on_till(self) -> None:
        """Only where a refund is given: else the key means nothing here."""
        if self.kind.value() == REFUND:
            self._desk.ask(TakeReturn(self._case.sale.id if self._case.sale else None))

    def _on_shop_changed(self, _changes: object) -> None:
        if self.isVisible():
            self._show_returns()
            self._work_cost_out()


def open_remedy(desk: Desk, parent: QWidget, case: Case) -> RemedyDialog:
    """Ask what a case is put right with."""
    dialog = RemedyDialog(desk, parent, case)
    dialog.present()
    return dialog
