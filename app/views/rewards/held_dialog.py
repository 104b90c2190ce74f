"""What one customer holds: used at the till in one go, exchanged for rewards, given another coupon."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.domain.rewards.codes import shown_code
from app.domain.rewards.kinds import Occasion
from app.services import loyalty, rewards, till
from app.views.shared import reward_words
from app.views.shared.buttons import Button
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk, SellTo
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import PlainLabel
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One thing that is held."""

    id: str
    name: str
    left: str
    until: str


class HeldDialog(Dialog):
    """The primary goes to the till with this customer, where all of it is offered."""

    def __init__(self, desk: Desk, parent: QWidget, customer_id: int, name: str) -> None:
        super().__init__(parent, width=640)
        self._desk, self._customer, self._name = desk, customer_id, name
        self.rows: RowsModel[HeldRow] = RowsModel((), self)
        self.table, self.nothing = Table(compact=True), PlainLabel("", "small", tone="ink2")
        self.table.setModel(self.rows)
        self.redeem_words, self.redeem = PlainLabel("", "small", tone="ink2"), Chips(size="form", may_be_none=True)
        self.give_words, self.give = PlainLabel("", "small", tone="ink2"), Chips(size="form", may_be_none=True)
        self.body.add(self.nothing, self.table, self.redeem_words, self.redeem, self.give_words, self.give)
        self.pay_out = Button("", icon="ph.money")
        self.footer.insertWidget(1, self.pay_out)
        self.submitted.connect(self._on_submitted)
        self.pay_out.clicked.connect(self._on_pay_out)
        self.redeem.chosen.connect(self._on_redeem)
        self.give.chosen.connect(self._on_give)
        self._word()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "give"):
            self._word()

    def _word(self) -> None:
        self.set_title(self.tr("Cards and coupons"), self._name)
        self.nothing.setText(self.tr("Nothing is held yet"))
        self.redeem_words.setText(self.tr("Exchange points for"))
        self.give_words.setText(self.tr("Give a coupon"))
        self.primary.setText(self.tr("Use at the till"))
        self.rows.show_columns(
            [
                Column(self.tr("What"), lambda row: row.name),
                Column(self.tr("Left"), lambda row: row.left, align="right"),
                Column(self.tr("Until"), lambda row: row.until, align="right"),
            ]
        )
        self.table.set_widths(None, 128, 152)
        self._show()

    def _show(self) -> None:
        read, today = self._desk.gateway.read, self._desk.today()
        held = read(rewards.held, self._customer, today)
        found = held_rows(held, self._desk)
        own = held.stored.principal
        self.pay_out.setText(self.tr("Pay {money} out in cash").replace("{money}", self._desk.money(own)))
        self.pay_out.setToolTip(
            self.tr("The customer's own money; the bonus ends with it") if held.stored.bonus else ""
        )
        self.pay_out.setVisible(bool(own) and self._desk.gateway.may(till.pay_out))
        self.rows.show_rows(found)
        self.table.setVisible(bool(found))
        self.nothing.setVisible(not found)
        points = read(loyalty.holding, self._customer).spendable(today)
        offers = [one for one in read(rewards.rewards) if one.draft.cost <= points and one.stock != 0]
        self.redeem.show_chips([ChipView(one.id, f"{one.draft.name} {one.draft.cost:,}") for one in offers])
        self.redeem.set_value(None)
        self.redeem_words.setVisible(bool(offers))
        may = self._desk.gateway.may(rewards.issue)
        kinds = [one for one in read(rewards.kinds) if may and one.draft.occasion is not Occasion.REWARD]
        self.give.show_chips([ChipView(one.id, one.draft.name) for one in kinds])
        self.give.set_value(None)
        self.give_words.setVisible(bool(kinds))

    def _on_redeem(self, reward_id: object) -> None:
        if reward_id is not None:
            write, now, said = self._desk.gateway.write, self._desk.now(), self.tr("Points exchanged")
            number = int(str(reward_id))
            write(rewards.redeem, self._customer, number, operation_id=uuid4().hex, at=now, said=said)
            self._show()

    def _on_give(self, kind_id: object) -> None:
        if kind_id is None:
            return
        kind, said = int(str(kind_id)), self.tr("Coupon given to {name}").replace("{name}", self._name)
        write, now = self._desk.gateway.write, self._desk.now()
        write(rewards.issue, kind, self._customer, operation_id=uuid4().hex, at=now, said=said)
        self._show()

    def _on_pay_out(self) -> None:
        write, now, said = self._desk.gateway.write, self._desk.now(), self.tr("Stored value is paid out")
        write(till.pay_out, self._customer, "", operation_id=uuid4().hex, at=now, said=said)
        self._show()

    def _on_submitted(self) -> None:
        self.accept()
        self._desk.ask(SellTo(self._customer))


def held_rows(held: rewards.Held, desk: Desk) -> list[HeldRow]:
    """Stored value, cards and coupons as lines."""
    money, today, rows = desk.money, desk.today(), list[HeldRow]()
    for pocket, amount, ends in (
        (rewards.PRINCIPAL, held.stored.principal, None),
        (rewards.BONUS, held.stored.bonus, held.bonus_ends),
    ):
        if amount:
            rows.append(HeldRow(str(pocket.part), reward_words.part(pocket.part), money(amount), _until(ends, desk)))
    for card in held.cards:
        left = reward_words.card_left(card)
        rows.append(HeldRow(f"card {card.plan_id}", card.name, left, _until(card.expires_on, desk)))
    for one in held.coupons:
        rows.append(HeldRow(one.code, f"{one.name} · {shown_code(one.code)}", "", reward_words.until(one.last, today)))
    return rows


def _until(day: date | None, desk: Desk) -> str:
    return reward_words.until(day, desk.today()) if day else "–"


def open_held(desk: Desk, parent: QWidget, customer_id: int, name: str) -> HeldDialog:
    dialog = HeldDialog(desk, parent, customer_id, name)
    dialog.present()
    return dialog
