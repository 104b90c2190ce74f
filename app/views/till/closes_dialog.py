"""The closes of this shop, day by day: what each took, what it was off by, what has changed in it since."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.services import till
from app.services.till import CloseCard, CloseRow
from app.views.shared.buttons import Button
from app.views.shared.day_words import short_day
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import PlainLabel
from app.views.shared.people_words import staff_name
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table

SHOWN = 7


class ClosesDialog(Dialog):
    """Enter shows the chosen close as it is printed; the last one can be taken back."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, width=680)
        self._desk = desk
        self.rows: RowsModel[CloseRow] = RowsModel([], self)
        self.table = Table()
        self.table.setModel(self.rows)
        self.table.set_shown(SHOWN)
        self.changed = PlainLabel("", "small", tone="red_text", wrap=True)
        self.empty = PlainLabel("", "small", tone="ink2", wrap=True)
        self.undo = Button("", icon="ph.arrow-u-up-left")
        self.body.add(self.table, self.empty, self.changed)
        self.footer.insertWidget(1, self.undo)
        self.table.chosen.connect(lambda _row: self._on_chosen())
        self.table.opened.connect(lambda _row: self._on_show())
        self.submitted.connect(self._on_show)
        self.undo.clicked.connect(self._on_undo)
        desk.gateway.changed.connect(self._on_changed)
        self._word()
        self._reload()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "undo"):
            self._word()

    def _word(self) -> None:
        self.set_title(self.tr("Closes of the day"))
        self.primary.setText(self.tr("Show and print"))
        self.cancel.setText(self.tr("Close"))
        self.undo.setText(self.tr("Take back"))
        self.empty.setText(self.tr("No day was closed yet. Each close will stand here with what was counted."))
        money, today = self._desk.money, self._desk.today()
        self.rows.show_columns(
            [
                Column(self.tr("Day"), lambda row: short_day(row.shop_day, today)),
                Column(self.tr("At"), lambda row: f"{row.at.astimezone(self._desk.zone):%H:%M}"),
                Column(self.tr("By"), lambda row: staff_name(row.staff)),
                Column(self.tr("Taken"), lambda row: money(row.taken), align="right"),
                Column(
                    self.tr("Difference"),
                    self._said_of,
                    align="right",
                    tone=lambda row: "ink3" if row.undone else "red_text" if row.difference < 0 else None,
                ),
            ]
        )
        self.table.set_widths(None, 72, 120, 128, 128)

    def _said_of(self, row: CloseRow) -> str:
        if row.undone:
            return self.tr("taken back")
        return self._desk.money(row.difference) if row.difference else ""

    def _on_changed(self, _changes: object) -> None:
        self._reload()

    def _reload(self) -> None:
        self.rows.show_rows(self._desk.gateway.read(till.closes))
        found = self.rows.rowCount() > 0
        self.table.setVisible(found)
        self.empty.setVisible(not found)
        if found and self.table.choice.row() is None:
            self.table.choice.choose_place(0)
        self._on_chosen()

    def _on_chosen(self) -> None:
        row = self.table.choice.row()
        there = isinstance(row, CloseRow)
        self.primary.setEnabled(there)
        self.undo.setEnabled(there and not row.undone)
        self.changed.setText(changed_words(self._desk.gateway.read(till.close, row.id), self._desk) if there else "")
        self.changed.setVisible(bool(self.changed.text()))

    def _on_show(self) -> None:
        row = self.table.choice.row()
        if isinstance(row, CloseRow):
            from app.views.till.slip_dialog import open_close_slip

            open_close_slip(self._desk, self, row.id)

    def _on_undo(self) -> None:
        row = self.table.choice.row()
        if isinstance(row, CloseRow):
            self._desk.gateway.write(till.undo_close, row.id, said=self.tr("The close was taken back"))


def changed_words(card: CloseCard, desk: Desk) -> str:
    """Which bills of a closed day were taken back since; nothing where none was."""
    if not card.changed:
        return ""
    said = QCoreApplication.translate("Closes", "Taken back after the close, and counted by the next: {bills}")
    bills = ", ".join(f"{each.number} {desk.money(each.total)}" for each in card.changed)
    return said.replace("{bills}", bills)


def open_closes(desk: Desk, parent: QWidget) -> ClosesDialog:
    """Show the closes so far."""
    dialog = ClosesDialog(desk, parent)
    dialog.present()
    return dialog
