"""One part of the page: what the shop offers at the left, how the chosen one stands and whose it is at the right."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.views.shared import look
from app.views.shared.buttons import Button
from app.views.shared.cards import Card, Rule
from app.views.shared.desk import Desk, OpenCustomer
from app.views.shared.empty import EmptyState
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.look import px
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table

SIDE, WIDE_SIDE = 340, 440
WIDE = 1400
"""From here on whole codes and names fit beside the table."""


class Section(QWidget):
    """What each part says of its rows is its own; `changed` tells that another row is chosen."""

    changed = Signal()
    opened = Signal()
    icon = "ph.ticket"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.away = False
        """Whether what was put away is listed too."""
        self.first = Button("", "primary")
        self.rows: RowsModel[Any] = RowsModel((), self)
        self.table, self.empty = Table(), EmptyState(self.icon, primary=self.first)
        self.table.setModel(self.rows)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        self.name, self.under = PlainLabel("", "section", wrap=True), PlainLabel("", "small", tone="ink2", wrap=True)
        self.people: RowsModel[Any] = RowsModel((), self)
        self.list, self.counted = Table(compact=True), ElidedLabel("", "caption", tone="ink2")
        self.list.setModel(self.people)
        for table in (self.table, self.list):
            table.take_the_rest()
        self.buttons = column(gap=8)
        self.side = Card(self.name, self.under, Rule(), self.counted, (self.list, 1), self.buttons, gap=8)
        listed = Card((self._pages, 1), margins=(4, 4, 4, 4))
        self.setLayout(row((listed, 1), self.side, gap=16))
        self.table.chosen.connect(lambda _row: self._on_chosen())
        self.table.opened.connect(lambda _row: self.opened.emit())
        self.list.opened.connect(self._on_person)
        look.follow(self.relook)

    def relook(self) -> None:
        wide = self.width() > px(WIDE)
        self.side.setFixedWidth(px(WIDE_SIDE if wide else SIDE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.relook()

    @property
    def row(self) -> Any:
        """What is chosen, or None."""
        return self.table.choice.row() if self.rows.rowCount() else None

    def put_buttons(self, buttons: Sequence[Button]) -> None:
        """The acts on the chosen row, two beside each other."""
        for at in range(0, len(buttons), 2):
            self.buttons.add(row(*buttons[at : at + 2], None, gap=8))

    def reload(self) -> None:
        """Read the rows anew; the chosen one stays chosen."""
        self.rows.show_rows(self.read())
        some = self.rows.rowCount() > 0
        self._pages.setCurrentIndex(0 if some else 1)
        self.side.setVisible(some)
        if some and not self.table.currentIndex().isValid():
            self.table.choice.choose_place(0)
        self._on_chosen()

    def retranslate(self) -> None:
        """Word heads and the empty state."""
        self.rows.show_columns(self.columns())
        self.people.show_columns(self.people_columns())

    # what each part says

    def read(self) -> list[Any]:
        raise NotImplementedError

    def columns(self) -> list[Column[Any]]:
        raise NotImplementedError

    def people_columns(self) -> list[Column[Any]]:
        raise NotImplementedError

    def describe(self, row: Any) -> tuple[str, str, str]:
        """Name, what stands under it, and the head of the list below."""
        raise NotImplementedError

    def people_of(self, row: Any) -> list[Any]:
        raise NotImplementedError

    def customers(self) -> tuple[int, ...]:
        """The customers in the list at the right."""
        found = (getattr(person, "customer_id", None) for person in self.people.rows)
        return tuple(dict.fromkeys(number for number in found if number is not None))

    def _on_chosen(self) -> None:
        chosen = self.row
        if chosen is not None:
            self.people.show_rows(self.people_of(chosen))
            name, under, counted = self.describe(chosen)
            self.name.setText(name)
            self.under.setText(under)
            self.counted.setText(counted)
        self.changed.emit()

    def _on_person(self, person: Any) -> None:
        number = getattr(person, "customer_id", None)
        if number is not None:
            self.desk.ask(OpenCustomer(number))
