"""What complaints come from, as this shop sorts it: the list a cause is chosen from, in its own words and order."""

from PySide6.QtWidgets import QWidget

from app.domain.errors import ShopError
from app.resources.refusals import sentence
from app.services import complaints
from app.services.complaints import CauseRow
from app.views.settings.ordered_list import OrderedList
from app.views.shared import look
from app.views.shared.badges import BadgeView
from app.views.shared.cause_words import cause_words
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form
from app.views.shared.lists import RowView


class CausesCard(OrderedList):
    """The first nine are said by a digit: the order matters. What is put away stays with the cases it was said of."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[CauseRow] = []
        self.added.connect(lambda: self._open(None))
        self.edited.connect(lambda number: self._open(self._row(number)))
        self.moved.connect(self._on_moved)
        self.shelved.connect(self._on_shelved)

    def retranslate(self) -> None:
        self.say(
            self.tr("Causes of complaints"),
            self.tr("What a case came from is chosen from these; the first nine by a digit."),
            self.tr("No cause yet: N adds one."),
        )
        self._show()

    def reload(self) -> None:
        self._rows = self._desk.gateway.read(complaints.causes, away=True)
        self._show()

    def _show(self) -> None:
        away = frozenset(row.id for row in self._rows if row.archived_at is not None)
        self.show_rows([self._view(row, row.id in away) for row in self._rows], away)

    def _view(self, row: CauseRow, away: bool) -> RowView:
        name = cause_words(row.code, row.name)
        return RowView(row.id, name, "", badge=BadgeView(self.tr("put away")) if away else None, picture="none")

    def _row(self, number: int) -> CauseRow:
        return next(row for row in self._rows if row.id == number)

    def _open(self, row: CauseRow | None) -> None:
        self.asking = CauseNameDialog(self._desk, self, row)
        self.asking.present()

    def _on_moved(self, number: int, place: int) -> None:
        self._desk.gateway.write(complaints.move_cause, number, place, said=self.tr("Moved"))

    def _on_shelved(self, number: int) -> None:
        row, write = self._row(number), self._desk.gateway.write
        name = cause_words(row.code, row.name)
        if row.archived_at is None:
            said = self.tr("Put away: {name}").replace("{name}", name)
            write(complaints.archive_cause, number, at=self._desk.now(), said=said)
        else:
            write(complaints.unarchive_cause, number, said=self.tr("Used again: {name}").replace("{name}", name))


class CauseNameDialog(Dialog):
    """The name of a cause; of a shipped one an empty name gives its usual word back."""

    def __init__(self, desk: Desk, parent: QWidget, row: CauseRow | None) -> None:
        super().__init__(parent, width=480)
        self._desk, self._row = desk, row
        self.form, self.name = Form(), LineEdit()
        self.form.add("name", self.tr("Name"), self.name)
        self.set_form(self.form)
        if row is not None:
            self.name.set_value(cause_words(row.code, row.name))
        self.set_title(self.tr("New cause") if row is None else self.tr("Cause of complaints"))
        self.primary.setText(self.tr("Save"))
        self.submitted.connect(self._on_submitted)
        desk.gateway.refused.connect(self._on_refused)

    def _on_submitted(self) -> None:
        name, write, heard = self.name.value(), self._desk.gateway.write, list[ShopError]()
        said = self.tr("Saved: {name}").replace("{name}", name)
        self._desk.gateway.refused.connect(heard.append)
        if self._row is None:
            write(complaints.add_cause, name, said=said)
        else:
            shipped = cause_words(self._row.code)
            write(complaints.rename_cause, self._row.id, "" if name == shipped else name, said=said)
        self._desk.gateway.refused.disconnect(heard.append)
        if not heard:
            self.accept()

    def _on_refused(self, refusal: ShopError) -> None:
        if self.isVisible():
            self.form.show_errors({"name": sentence(refusal, look.current().language)})
