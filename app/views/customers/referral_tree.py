"""Whom a customer brought, and whom those brought: a tree with what each person and each branch has bought."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.services import customers
from app.services.customers import Card, Referral
from app.views.shared.desk import Desk, OpenCustomer
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import PlainLabel
from app.views.shared.look import px
from app.views.shared.people_words import on_day
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import ROW, Table

STEP, HEAD_ROW, MOST_SHOWN = "    ", 32, 10


class ReferralTree(Dialog):
    """Enter opens the person of a line."""

    def __init__(self, desk: Desk, parent: QWidget, card: Card) -> None:
        super().__init__(parent, width=680)
        self._desk = desk
        found = desk.gateway.read(customers.referrals, card.id)
        self.rows: RowsModel[Referral] = RowsModel(self._columns(), self, identity=lambda person: person.id)
        self.table = Table()
        self.table.setModel(self.rows)
        self.rows.show_rows(list(found.people))
        self.table.set_widths(None, 136, 104, 88, 120)
        self.table.setFixedHeight(px(HEAD_ROW + ROW * max(1, min(len(found.people), MOST_SHOWN)) + 4))
        number = len(found.people)
        caption = self.tr("%n person(s), {money} in all", "", number)
        self.set_title(
            self.tr("Brought by {name}").replace("{name}", card.name),
            caption.replace("{money}", desk.money(found.net, drop_zeros=True)),
        )
        self.body.add(self.table)
        if found.deeper:
            self.body.add(PlainLabel(self.tr("The tree goes on below what is shown."), "small", tone="ink3", wrap=True))
        self.primary.setText(self.tr("Open"))
        self.table.opened.connect(lambda _person: self._open())
        self.submitted.connect(self._open)

    def present(self) -> None:
        super().present()
        self.table.choice.choose_place(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _columns(self) -> list[Column[Referral]]:
        money, today = self._desk.money, self._desk.today()
        return [
            Column(self.tr("Name"), lambda person: STEP * (person.level - 1) + person.name),
            Column(self.tr("Since"), lambda person: on_day(self._desk.day_of(person.since), today)),
            Column(self.tr("Bought"), lambda person: money(person.net, drop_zeros=True), align="right"),
            Column(self.tr("Beneath"), lambda person: str(person.beneath) if person.beneath else "", align="right"),
            Column(self.tr("Whole branch"), lambda person: money(person.branch_net, drop_zeros=True), align="right"),
        ]

    def _open(self) -> None:
        person = self.table.choice.row()
        if person is not None:
            self.accept()
            self._desk.ask(OpenCustomer(person.id))


def open_referrals(desk: Desk, parent: QWidget, card: Card) -> ReferralTree:
    """Show the tree beneath a customer."""
    dialog = ReferralTree(desk, parent, card)
    dialog.present()
    return dialog
