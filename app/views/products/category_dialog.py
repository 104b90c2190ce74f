"""The categories of the goods: how many stand in each, another name for one, or two made one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.services import products
from app.services.products import CategoryRow
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table

SHOWN = 6


class CategoryDialog(Dialog):
    """Choose one, write its new name, Enter. The name of another makes the two one; both can be undone."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, width=480)
        self._desk = desk
        self.rows: RowsModel[CategoryRow] = RowsModel((), self, identity=lambda row: row.name)
        self.table = Table()
        self.table.setModel(self.rows)
        self.table.set_shown(SHOWN)
        self.form, self.name = Form(), LineEdit()
        self.form.add("name", "", self.name, check=self._check)
        self.body.add(self.table)
        self.set_form(self.form)
        self.submitted.connect(self._on_submitted)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _row: self._enter())
        self.name.textChanged.connect(lambda _words: self._say_act())
        desk.gateway.changed.connect(self._on_changed)
        self._word()
        self.reload()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "name"):
            self._word()

    def _on_changed(self, _changes: object) -> None:
        self.reload()

    def reload(self) -> None:
        self.rows.show_rows(self._desk.gateway.read(products.category_rows))
        if self.rows.rowCount() and self.table.choice.row() is None:
            self.table.choice.choose_place(0)

    def _word(self) -> None:
        self.set_title(self.tr("Categories"))
        self.cancel.setText(self.tr("Close"))
        self.form.set_label("name", self.tr("New name"))
        self.rows.show_columns(
            [
                Column(self.tr("Category"), lambda row: row.name, sort=lambda row: row.name),
                Column(self.tr("On sale"), lambda row: f"{row.on_sale:,}", align="right", sort=lambda row: row.on_sale),
                Column(self.tr("Retired"), lambda row: f"{row.retired:,}", align="right", sort=lambda row: row.retired),
            ]
        )
        self.table.set_widths(None, 96, 96)
        self._say_act()

    def _check(self, typed: object) -> str | None:
        if self.table.choice.row() is None:
            return self.tr("There is no category yet: it comes with the first article that is put into one")
        return None if str(typed).strip() else self.tr("Write what it is to be called")

    def _other(self) -> CategoryRow | None:
        """Another category that is called so already."""
        typed, chosen = self.name.value(), self.table.choice.row()
        return next((row for row in self.rows.rows if row.name == typed and row is not chosen), None)

    def _say_act(self) -> None:
        other = self._other()
        self.primary.setText(self.tr("Rename") if other is None else self.tr("Unite"))
        chosen = self.table.choice.row()
        if other is None or chosen is None:
            self.set_note("")
            return
        united = self.tr("%n article(s) join {category}", "", chosen.goods).replace("{category}", other.name)
        self.set_note(united)

    def _on_chosen(self, row: CategoryRow | None) -> None:
        self.name.set_value(row.name if row else "")

    def _enter(self) -> None:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _on_submitted(self) -> None:
        chosen = self.table.choice.row()
        if chosen is None or self.name.value() == chosen.name:
            return
        said = (
            self.tr("{category} is called {name} now") if self._other() is None else self.tr("{category} joined {name}")
        )
        said = said.replace("{category}", chosen.name).replace("{name}", self.name.value())
        name = self.name.value()
        if self._desk.gateway.write(products.rename_category, chosen.name, name, said=said) is not None:
            self.table.choice.choose(name)


def open_categories(desk: Desk, parent: QWidget) -> CategoryDialog:
    """Show the categories and give them other names."""
    dialog = CategoryDialog(desk, parent)
    dialog.present()
    dialog.table.setFocus()
    return dialog
