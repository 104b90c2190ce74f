"""Every movement of one purse: when, what, how much, what was left after it, and by whom."""

from PySide6.QtWidgets import QWidget

from app.services import rewards
from app.services.rewards import Pocket, PurseRow
from app.views.rewards.held_rows import amount, signed
from app.views.shared import reward_words
from app.views.shared.day_words import short_day
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.people_words import staff_name
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table

SHOWN = 10


class StatementDialog(Dialog):
    """The newest movement stands first."""

    def __init__(self, desk: Desk, parent: QWidget, customer_id: int, pocket: Pocket, name: str) -> None:
        super().__init__(parent, width=760)
        self._desk, self._pocket, self._name = desk, pocket, name
        self.rows: RowsModel[PurseRow] = RowsModel((), self)
        self.table = Table(compact=True)
        self.table.setModel(self.rows)
        self.body.add(self.table)
        self.cancel.setVisible(False)
        self.submitted.connect(self.accept)
        self._word()
        self.rows.show_rows(desk.gateway.read(rewards.statement, customer_id, pocket))
        self.table.set_shown(min(SHOWN, max(2, self.rows.rowCount())))

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "table"):
            self._word()

    def _word(self) -> None:
        kind, today = self._pocket.kind, self._desk.today()
        self.set_title(self.tr("Statement"), self._name)
        self.primary.setText(self.tr("Close"))
        self.rows.show_columns(
            [
                Column(self.tr("Day"), lambda row: short_day(row.day, today)),
                Column(self.tr("What"), self._what, tip=self._what),
                Column(
                    self.tr("Amount"),
                    lambda row: signed(kind, row.units, self._desk),
                    align="right",
                    tone=lambda row: "red_text" if row.units < 0 else None,
                ),
                Column(self.tr("Balance"), lambda row: amount(kind, row.balance, self._desk), align="right"),
                Column(self.tr("By"), lambda row: staff_name(row.staff)),
            ]
        )
        self.table.set_widths(96, None, 112, 112, 96)

    def _what(self, row: PurseRow) -> str:
        return " · ".join(filter(None, (reward_words.movement(row.move), row.sale_number, row.reason)))


def open_statement(desk: Desk, parent: QWidget, customer_id: int, pocket: Pocket, name: str) -> StatementDialog:
    """Show how a purse came to be what it is; `name` is what the purse is called."""
    dialog = StatementDialog(desk, parent, customer_id, pocket, name)
    dialog.present()
    return dialog
