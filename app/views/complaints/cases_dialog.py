"""The cases behind a figure: number, day, who, what about, and how they stand; Enter opens one."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.domain.complaints import written_number
from app.services import complaints
from app.services.complaints import CaseCard, CaseFilter, CaseOrder, SortBy
from app.views.complaints import words
from app.views.shared.desk import Desk, OpenComplaint
from app.views.shared.labels import PlainLabel
from app.views.shared.list_dialog import ListDialog
from app.views.shared.people_words import on_day
from app.views.shared.rows_model import Column

MOST_READ = 500


class CasesDialog(ListDialog[CaseCard]):
    """The newest first."""

    def __init__(self, desk: Desk, parent: QWidget, title: str, ids: Sequence[int]) -> None:
        newest = CaseOrder(SortBy.OPENED, descending=True)
        found = desk.gateway.read(complaints.page, desk.now(), newest, CaseFilter(ids=tuple(ids)), 0, MOST_READ)
        super().__init__(parent, found, identity=lambda card: card.id, width=760)
        self._desk, self._name, self._many = desk, title, len(ids)
        self.more = PlainLabel("", "small", tone="ink3")
        self.fill(self.table, self.more)

    def word(self) -> None:
        desk, today = self._desk, self._desk.today()
        self.set_title(self._name, self.tr("%n case(s)", "", self._many))
        self.more.setText(self.tr("The newest %n are shown.", "", MOST_READ))
        self.more.setVisible(self._many > MOST_READ)
        self.primary.setText(self.tr("Open"))
        self.rows.show_columns(
            [
                Column(self.tr("Case"), lambda card: written_number(card.number)),
                Column(self.tr("Logged"), lambda card: on_day(desk.day_of(card.opened_at), today)),
                Column(self.tr("Who"), words.name_of),
                Column(self.tr("About"), words.about),
                Column(self.tr("State"), lambda card: words.state_words(card.state)),
            ]
        )
        self.table.set_widths(88, 112, 136, None, 152)

    def open_row(self, row: CaseCard) -> None:
        self._desk.ask(OpenComplaint(row.id))


def open_cases(desk: Desk, parent: QWidget, title: str, ids: Sequence[int]) -> CasesDialog:
    """List these cases."""
    dialog = CasesDialog(desk, parent, title, ids)
    dialog.present()
    return dialog
