"""A list of words in the shop's own order, each called otherwise in a small dialog: causes, categories."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.errors import ShopError
from app.resources.refusals import sentence
from app.views.settings.ordered_list import OrderedList
from app.views.shared import look
from app.views.shared.badges import BadgeView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form
from app.views.shared.lists import RowView


class Named(Protocol):
    """One row of such a list."""

    @property
    def id(self) -> int: ...
    @property
    def archived_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Services:
    """What reads and writes the rows. `words` of a row is what it is called, `kept` what is written for a name."""

    rows: Callable[..., Any]
    add: Callable[..., Any]
    rename: Callable[..., Any]
    move: Callable[..., Any]
    archive: Callable[..., Any]
    unarchive: Callable[..., Any]
    words: Callable[[Any], str]
    kept: Callable[[Any, str], str] = lambda _row, name: name


class NamedList(OrderedList):
    """The first nine are said by a digit: the order matters. What is put away stays with what it was said of."""

    services: Services

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[Any] = []
        self.added.connect(lambda: self._open(None))
        self.edited.connect(lambda number: self._open(self._row(number)))
        self.moved.connect(self._on_moved)
        self.shelved.connect(self._on_shelved)

    def dialog_title(self, *, new: bool) -> str:
        """What the dialog asks for."""
        raise NotImplementedError

    def reload(self) -> None:
        self._rows = self._desk.gateway.read(self.services.rows, away=True)
        self._show()

    def _show(self) -> None:
        away = frozenset(row.id for row in self._rows if row.archived_at is not None)
        self.show_rows([self._view(row, row.id in away) for row in self._rows], away)

    def _view(self, row: Named, away: bool) -> RowView:
        badge = BadgeView(QCoreApplication.translate("NamedList", "put away")) if away else None
        return RowView(row.id, self.services.words(row), "", badge=badge, picture="none")

    def _row(self, number: int) -> Any:
        return next(row for row in self._rows if row.id == number)

    def _open(self, row: Any) -> None:
        self.asking = NameDialog(self._desk, self, self.services, row, self.dialog_title(new=row is None))
        self.asking.present()

    def _on_moved(self, number: int, place: int) -> None:
        said = QCoreApplication.translate("NamedList", "Moved")
        self._desk.gateway.write(self.services.move, number, place, said=said)

    def _on_shelved(self, number: int) -> None:
        row, write = self._row(number), self._desk.gateway.write
        name = self.services.words(row)
        if row.archived_at is None:
            said = QCoreApplication.translate("NamedList", "Put away: {name}").replace("{name}", name)
            write(self.services.archive, number, at=self._desk.now(), said=said)
        else:
            said = QCoreApplication.translate("NamedList", "Used again: {name}").replace("{name}", name)
            write(self.services.unarchive, number, said=said)


class NameDialog(Dialog):
    """The name of one row."""

    def __init__(self, desk: Desk, parent: QWidget, services: Services, row: Any, title: str) -> None:
        super().__init__(parent, width=480)
        self._desk, self._services, self._row = desk, services, row
        self.form, self.name = Form(), LineEdit()
        self.form.add("name", self.tr("Name"), self.name)
        self.set_form(self.form)
        if row is not None:
            self.name.set_value(services.words(row))
        self.set_title(title)
        self.primary.setText(self.tr("Save"))
        self.submitted.connect(self._on_submitted)
        desk.gateway.refused.connect(self._on_refused)

    def _on_submitted(self) -> None:
        name, write, heard = self.name.value(), self._desk.gateway.write, list[ShopError]()
        said = self.tr("Saved: {name}").replace("{name}", name)
        self._desk.gateway.refused.connect(heard.append)
        if self._row is None:
            write(self._services.add, name, said=said)
        else:
            write(self._services.rename, self._row.id, self._services.kept(self._row, name), said=said)
        self._desk.gateway.refused.disconnect(heard.append)
        if not heard:
            self.accept()

    def _on_refused(self, refusal: ShopError) -> None:
        if self.isVisible():
            self.form.show_errors({"name": sentence(refusal, look.current().language)})
