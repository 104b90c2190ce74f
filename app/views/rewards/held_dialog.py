"""What one customer holds: used at the till in one go, exchanged for rewards, given another coupon."""

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.rewards.kinds import Occasion
from app.domain.selling import AT_THE_COUNTER
from app.services import customers, loyalty, rewards, till
from app.services.customers import MaySell
from app.views.rewards.correct_dialog import open_correct
from app.views.rewards.held_rows import HeldRow, held_rows
from app.views.rewards.pay_out_dialog import open_pay_out
from app.views.rewards.statement_dialog import open_statement
from app.views.rewards.withdraw_dialog import open_withdraw
from app.views.shared.actions import Act, act, retranslate_acts
from app.views.shared.buttons import Button
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk, SellTo
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import row as line
from app.views.shared.notices import Notice
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table


class HeldDialog(Dialog):
    """The primary goes to the till with this customer, where all of it is offered.

    Enter on a purse shows its statement; what only a manager may do is not there for others.
    """

    def __init__(self, desk: Desk, parent: QWidget, customer_id: int, name: str) -> None:
        super().__init__(parent, width=640)
        self._desk, self._customer, self._name, self._own_money = desk, customer_id, name, 0
        self.rows: RowsModel[HeldRow] = RowsModel((), self)
        self.table, self.nothing = Table(compact=True), PlainLabel("", "small", tone="ink2")
        self.table.setModel(self.rows)
        self.redeem_words, self.redeem = PlainLabel("", "small", tone="ink2"), Chips(size="form", may_be_none=True)
        self.give_words, self.give = PlainLabel("", "small", tone="ink2"), Chips(size="form", may_be_none=True)
        self.brake = Notice(hue="red", icon="ph.hand-palm-fill", low=True)
        self._last: tuple[object, tuple[int, ...]] | None = None
        self._tapped = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self.acts = self._make_acts()
        self.body.add(
            self.nothing,
            self.table,
            line(*self._buttons(), None, gap=8),
            self.redeem_words,
            self.redeem,
            self.brake,
            self.give_words,
            self.give,
        )
        self.submitted.connect(self._on_submitted)
        self.redeem.chosen.connect(self._on_redeem)
        self.give.chosen.connect(self._on_give)
        self.table.chosen.connect(lambda _row: self._show_acts())
        self.table.opened.connect(lambda _row: self._on_statement())
        desk.gateway.changed.connect(self._on_changed)
        self._word()

    def present(self) -> None:
        """Show it; the letters of the list work at once."""
        super().present()
        (self.table if self.rows.rowCount() else self.give).setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_acts(self) -> dict[str, Act]:
        """Keys of one letter work while the list has the focus."""
        may = self._desk.gateway.may
        made = {"statement": self._act("statement", lambda: self.tr("Statement"), self._on_statement, "M")}
        if may(rewards.adjust_purse):
            made["correct"] = self._act("correct", lambda: self.tr("Correct"), self._on_correct, "C")
        if may(till.pay_out):
            made["pay_out"] = self._act("pay_out", lambda: self.tr("Pay out"), self._on_pay_out, "O")
        if may(rewards.withdraw_coupon):
            made["withdraw"] = self._act("withdraw", lambda: self.tr("Take back"), self._on_withdraw, "R")
        return made

    def _act(self, name: str, said: Callable[[], str], slot: Callable[[], object], key: str) -> Act:
        return act(self.table, f"held.{name}", said, slot, key=key, context=Qt.ShortcutContext.WidgetShortcut)

    def _buttons(self) -> list[Button]:
        buttons = []
        for one in self.acts.values():
            button = Button(size="small")
            button.set_action(one)
            buttons.append(button)
        return buttons

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "give"):
            retranslate_acts(self.table)
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
        self.table.set_widths(None, 120, 184)
        self._show()

    def _show(self) -> None:
        read, today = self._desk.gateway.read, self._desk.today()
        held = read(rewards.held, self._customer, today)
        self._own_money = held.stored.principal
        found = held_rows(held, read(rewards.pockets, self._customer), self._desk)
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
        self._mind(read(customers.may_sell, self._customer, AT_THE_COUNTER), gives=bool(kinds))
        if found and self.chosen is None:
            self.table.choice.choose_place(0)
        self._show_acts()

    def _mind(self, answer: MaySell, *, gives: bool) -> None:
        """The brake: a coupon may make good what went wrong, and must not lure."""
        said = self.tr("**Complaint open**: give a coupon to make good, not to promote")
        self.brake.show_notice(said if answer.braked and gives else "")

    @property
    def chosen(self) -> HeldRow | None:
        """The line the acts are about."""
        row = self.table.choice.row() if self.rows.rowCount() else None
        return row if isinstance(row, HeldRow) else None

    def _show_acts(self) -> None:
        """Only what can be done with the chosen line is there."""
        chosen = self.chosen
        purse, coupon = (
            chosen is not None and chosen.pocket is not None,
            chosen is not None and chosen.coupon is not None,
        )
        stored = chosen is not None and chosen.pocket in (rewards.PRINCIPAL, rewards.BONUS)
        fits = {"statement": purse, "correct": purse, "pay_out": stored and self._own_money > 0, "withdraw": coupon}
        for name, one in self.acts.items():
            one.setEnabled(fits[name])
            one.setVisible(fits[name])

    def _on_changed(self, _changes: object) -> None:
        self._show()

    def _on_statement(self) -> None:
        chosen = self.chosen
        if chosen is not None and chosen.pocket is not None:
            open_statement(self._desk, self, self._customer, chosen.pocket, chosen.name)

    def _on_correct(self) -> None:
        chosen = self.chosen
        if chosen is not None and chosen.pocket is not None:
            open_correct(self._desk, self, self._customer, chosen.pocket, chosen.name)

    def _on_pay_out(self) -> None:
        open_pay_out(self._desk, self, self._customer, self._name)

    def _on_withdraw(self) -> None:
        chosen = self.chosen
        if chosen is not None and chosen.coupon is not None:
            open_withdraw(self._desk, self, chosen.coupon)

    def _on_redeem(self, reward_id: object) -> None:
        if reward_id is not None:
            number, said = int(str(reward_id)), self.tr("Points exchanged")
            self._once(rewards.redeem, self._customer, number, said=said)

    def _on_give(self, kind_id: object) -> None:
        if kind_id is not None:
            kind, said = int(str(kind_id)), self.tr("Coupon given to {name}").replace("{name}", self._name)
            self._once(rewards.issue, kind, self._customer, said=said)

    def _once(self, service: Callable[..., object], *args: int, said: str) -> None:
        """Act, unless this is the second tap of two that were meant as one."""
        again = self._tapped.isActive() and self._last == (service, args)
        self._last = (service, args)
        if not again:
            self._tapped.start()
            now = self._desk.now()
            self._desk.gateway.write(service, *args, operation_id=uuid4().hex, at=now, said=said)
        self._show()

    def _on_submitted(self) -> None:
        self.accept()
        self._desk.ask(SellTo(self._customer))


def open_held(desk: Desk, parent: QWidget, customer_id: int, name: str) -> HeldDialog:
    dialog = HeldDialog(desk, parent, customer_id, name)
    dialog.present()
    return dialog
