"""Giving one customer a tier by hand, up to a date and with a reason; ending it; and every move they made."""

from datetime import date
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.domain.months import month_end
from app.services import customers, loyalty
from app.services.loyalty import GivenTier, MoveRow, Standing
from app.views.members import move_words, words
from app.views.shared.buttons import Button
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, row
from app.views.shared.people_words import tier_name, with_tier
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table
from app.views.shared.typed_fields import DateField


class GivenTierDialog(Dialog):
    """A digit chooses the tier and goes on; Ctrl+Enter gives it. What was given before can be ended with one click."""

    def __init__(self, desk: Desk, parent: QWidget, customer_id: int) -> None:
        super().__init__(parent, width=680)
        self._desk, self._customer = desk, customer_id
        self._operation = uuid4().hex
        self.stands = PlainLabel("", "small", tone="ink2", wrap=True)
        self.end = Button("", "secondary", size="small")
        self.form = Form()
        self.tier, self.until, self.reason = Chips(size="form", digits=True), DateField(today=desk.today), LineEdit()
        self.form.add("tier", "", self.tier, check=self._check_tier)
        self.form.add("until", "", self.until, check=self._check_until)
        self.form.add("reason", "", self.reason, check=self._check_reason)
        self.past = PlainLabel("", "strong")
        self.moves: RowsModel[MoveRow] = RowsModel((), self)
        self.table = Table(compact=True)
        self.table.setModel(self.moves)
        self.body.add(box(row((self.stands, 1), self.end, gap=12)))
        self.set_form(self.form)
        self.body.add(self.past, self.table)
        self.submitted.connect(self._on_submitted)
        self.end.clicked.connect(self._on_end)
        self.until.set_value(month_end(desk.today(), 12))
        self.retranslate()
        self.reload()

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "moves"):
            return
        self.set_title(self.tr("Tier by hand"), self._name())
        self.form.set_label("tier", self.tr("At least"))
        self.form.set_label("until", self.tr("Up to and including"))
        self.form.set_label("reason", self.tr("Reason"))
        self.reason.setPlaceholderText(self.tr("What for, in a few words"))
        self.until.setPlaceholderText(self.tr("empty: until it is ended"))
        self.primary.setText(self.tr("Give"))
        self.end.setText(self.tr("End it"))
        self.past.setText(self.tr("Every move so far"))
        marks, today = self._desk.gateway.read(customers.tier_marks), self._desk.today()
        self.tier.show_chips([ChipView(mark.code, tier_name(mark)) for mark in marks.values() if mark.rank > 0])
        self.moves.show_columns(
            [
                Column(self.tr("Day"), lambda move: words.short_day(move.day, today)),
                Column(self.tr("Tier"), lambda move: move_words.step(move, marks)),
                Column(self.tr("Why"), move_words.cause, tip=move_words.cause),
                Column(
                    self.tr("Holds to"),
                    lambda move: words.short_day(move.valid_until, today) if move.valid_until else "–",
                    align="right",
                ),
            ]
        )
        self.table.set_widths(112, 184, None, 128)

    def reload(self) -> None:
        """Show where the customer stands, and what is known of before."""
        read, today = self._desk.gateway.read, self._desk.today()
        standing = read(loyalty.standing, self._customer, today)
        given = next((row for row in read(loyalty.given_tiers, self._customer, today) if row.holds), None)
        self.stands.setText(self._standing(standing, given))
        self.end.setVisible(given is not None and self._desk.gateway.may(loyalty.end_given_tier))
        moves = read(loyalty.tier_history, self._customer)
        self.moves.show_rows(moves)
        self.table.setVisible(bool(moves))
        self.past.setVisible(bool(moves))

    def _standing(self, standing: Standing, given: GivenTier | None) -> str:
        stands = self.tr("Stands in {tier}, as the purchases give it.")
        if standing.tier.rank != standing.earned.rank:
            stands = self.tr("Stands in {tier}; the purchases alone give {earned}.")
        said = with_tier(stands, words.name_of(standing.tier))
        if "{earned}" in stands:
            said = with_tier(said.replace("{earned}", "{tier}"), words.name_of(standing.earned))
        if given is None:
            return said
        both = self.tr("{standing} {given}").replace("{standing}", said)
        return both.replace("{given}", words.given(given, self._desk.today()))

    def _name(self) -> str:
        return self._desk.gateway.read(customers.card, self._customer, self._desk.today()).name

    def _check_tier(self, value: object) -> str | None:
        return None if value else self.tr("Choose the tier")

    def _check_until(self, value: object) -> str | None:
        if said := self.until.check():
            return said
        today = self._desk.today()
        return self.tr("This day is over") if isinstance(value, date) and value < today else None

    def _check_reason(self, typed: object) -> str | None:
        return None if str(typed).strip() else self.tr("Say why: it stays with the tier")

    def _on_submitted(self) -> None:
        code = str(self.tier.value())
        mark = next(mark for mark in self._desk.gateway.read(customers.tier_marks).values() if mark.code == code)
        said = self.tr("{name} is given {tier}").replace("{name}", self._name()).replace("{tier}", tier_name(mark))
        before = len(self._given())
        self._desk.gateway.write(
            loyalty.give_tier,
            self._customer,
            code,
            self.until.value(),
            self.reason.value(),
            operation_id=self._operation,
            at=self._desk.now(),
            said=said,
        )
        if len(self._given()) > before:
            self.accept()

    def _on_end(self) -> None:
        said = self.tr("The tier given to {name} is ended").replace("{name}", self._name())
        self._desk.gateway.write(
            loyalty.end_given_tier, self._customer, operation_id=uuid4().hex, at=self._desk.now(), said=said
        )
        self.accept()

    def _given(self) -> list[GivenTier]:
        return self._desk.gateway.read(loyalty.given_tiers, self._customer, self._desk.today())


def open_given_tier(desk: Desk, parent: QWidget, customer_id: int) -> GivenTierDialog:
    """Ask which tier to give, up to when and why."""
    dialog = GivenTierDialog(desk, parent, customer_id)
    dialog.present()
    return dialog
