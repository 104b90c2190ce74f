"""Who is left out of a promotion or of selling, and why: a line that counts them, and the list behind it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.customers import MaySell
from app.views.shared.buttons import Button
from app.views.shared.desk import Desk, OpenComplaint, OpenCustomer
from app.views.shared.labels import PlainLabel
from app.views.shared.list_dialog import ListDialog
from app.views.shared.people_words import on_day
from app.views.shared.rows_model import Column
from app.views.shared.selling_words import barrier_words, held_words, reason_words


class HeldBackButton(Button):
    """Says "3 held back", and is not there while nobody is; a click lists whom, with why."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", "link", icon="ph.hand-palm", size="small", parent=parent)
        self._desk, self._held = desk, tuple[MaySell, ...]()
        self.clicked.connect(self._on_clicked)
        self.hide()

    def show_held(self, held: Sequence[MaySell]) -> None:
        """Count these; the reasons stand in the tooltip."""
        self._held = tuple(held)
        self.setText(held_words(len(held)))
        reasons = dict.fromkeys(one.barriers[0] for one in held)
        self.setToolTip(" · ".join(barrier_words(barrier) for barrier in reasons))
        self.setVisible(bool(held))

    def _on_clicked(self) -> None:
        open_held_back(self._desk, self.window(), self._held)


class HeldBackDialog(ListDialog[MaySell]):
    """Enter opens the complaint that holds somebody back, or else their card."""

    def __init__(self, desk: Desk, parent: QWidget, held: Sequence[MaySell]) -> None:
        super().__init__(parent, held, identity=lambda one: one.customer_id, width=640)
        self._desk, self._held = desk, tuple(held)
        self.means = PlainLabel("", "small", tone="ink2", wrap=True)
        self.fill(self.means, self.table)

    def word(self) -> None:
        today = self._desk.today()
        self.set_title(self.tr("Held back from selling"), self.tr("%n customer(s)", "", len(self._held)))
        self.means.setText(
            self.tr("Nothing is offered or promoted to them until the reason is settled. Service goes on.")
        )
        self.primary.setText(self.tr("Open"))
        self.rows.show_columns(
            [
                Column(self.tr("Name"), lambda one: one.name),
                Column(self.tr("Why"), reason_words),
                Column(
                    self.tr("Since"),
                    lambda one: on_day(self._desk.day_of(one.cases[0].opened_at), today) if one.cases else "",
                    align="right",
                ),
            ]
        )
        self.table.set_widths(184, None, 120)

    def open_row(self, row: MaySell) -> None:
        self._desk.ask(OpenComplaint(row.cases[0].id) if row.cases else OpenCustomer(row.customer_id))


def open_held_back(desk: Desk, parent: QWidget, held: Sequence[MaySell]) -> HeldBackDialog:
    """List whom nothing may be sold to, and why."""
    dialog = HeldBackDialog(desk, parent, held)
    dialog.present()
    return dialog
