"""A card with a list that a person makes, puts in order and puts away: rows above, what can be done under them."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.views.shared.actions import act, retranslate_acts
from app.views.shared.buttons import Button
from app.views.shared.cards import Card
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import row
from app.views.shared.lists import RowList, RowView
from app.views.shared.look import px
from app.views.shared.rows_model import Column, RowsModel

ROW = 48


class OrderedList(Card):
    """N adds, Enter changes, Ctrl+↑ and Ctrl+↓ move, Delete puts away or takes out again. Rows are known by number.

    One that is not `ordered` holds what it holds: rows are changed and put away.
    """

    ordered, most_shown, away_key = True, 5, "Delete"
    chosen = Signal()
    added, edited, shelved = Signal(), Signal(int), Signal(int)
    moved = Signal(int, int)
    """Which row, and to which place among those that are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.title, self.caption = PlainLabel("", "strong"), PlainLabel("", "small", tone="ink2", wrap=True)
        super().__init__(self.title, self.caption, gap=8, parent=parent)
        self._away: frozenset[int] = frozenset()
        self.rows: RowsModel[RowView] = RowsModel([Column("", lambda view: view.title)], self)
        self.list = RowList(height=ROW)
        self.list.setModel(self.rows)
        self.empty = PlainLabel("", "small", tone="ink3", wrap=True)
        self.add, self.edit, self.up, self.down, self.away = (Button("", size="small") for _ in range(5))
        self._make_acts()
        self.body.add(self.list, self.empty, row(self.add, self.edit, self.up, self.down, self.away, None, gap=8))
        self.list.opened.connect(lambda _view: self._tell(self.edited))
        self.list.chosen.connect(lambda _view: self._on_chosen())

    def say(self, title: str, caption: str, empty: str) -> None:
        """Word the card; `empty` stands where there is no row yet."""
        self.title.setText(title)
        self.caption.setText(caption)
        self.empty.setText(empty)
        retranslate_acts(self)

    def show_rows(self, views: Sequence[RowView], away: frozenset[int]) -> None:
        """Show these rows; those in `away` are put away and stand last."""
        self._away = away
        self.rows.show_rows(list(views))
        if views and self.list.choice.row() is None:
            self.list.choice.choose_place(0)
        self.list.setVisible(bool(views))
        self.empty.setVisible(not views)
        self.list.setFixedHeight(px(ROW) * min(self.most_shown, max(1, len(views))) + px(4))
        self._on_chosen()

    def current(self) -> int | None:
        """The chosen row's number."""
        view = self.list.choice.row()
        return view.id if isinstance(view, RowView) and isinstance(view.id, int) else None

    def _make_acts(self) -> None:
        only = Qt.ShortcutContext.WidgetShortcut
        made = (
            (self.add, "list.add", self._add_words, self.added.emit, "N"),
            (self.edit, "list.edit", self._edit_words, lambda: self._tell(self.edited), ""),
            (self.up, "list.up", self._up_words, lambda: self._move(-1), "Ctrl+Up"),
            (self.down, "list.down", self._down_words, lambda: self._move(1), "Ctrl+Down"),
            (self.away, "list.away", self._away_words, lambda: self._tell(self.shelved), self.away_key),
        )
        for button, name, words, slot, key in made:
            if not self.ordered and button not in (self.edit, self.away):
                button.hide()
                continue
            button.set_action(act(self.list, name, words, slot, key=key, context=only))

    def _add_words(self) -> str:
        return QCoreApplication.translate("OrderedList", "Add")

    def _edit_words(self) -> str:
        return QCoreApplication.translate("OrderedList", "Change")

    def _up_words(self) -> str:
        return QCoreApplication.translate("OrderedList", "Up")

    def _down_words(self) -> str:
        return QCoreApplication.translate("OrderedList", "Down")

    def _away_words(self) -> str:
        if self.current() in self._away:
            return QCoreApplication.translate("OrderedList", "Use again")
        return QCoreApplication.translate("OrderedList", "Put away")

    def _on_chosen(self) -> None:
        there, away = self.current() is not None, self.current() in self._away
        for button, usable in (
            (self.edit, there),
            (self.up, there and not away),
            (self.down, there and not away),
            (self.away, there),
        ):
            button.setEnabled(usable)
        retranslate_acts(self)
        self.chosen.emit()

    def _tell(self, signal: object) -> None:
        if self.current() is not None:
            signal.emit(self.current())  # type: ignore[attr-defined]

    def _move(self, step: int) -> None:
        identity, place = self.current(), self.list.currentIndex().row()
        if identity is not None and identity not in self._away and place + step >= 0:
            self.moved.emit(identity, place + step)
