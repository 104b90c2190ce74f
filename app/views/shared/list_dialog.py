"""A dialog that lists rows, one of which is opened: by Enter, a double click or its button."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.views.shared.dialogs import Dialog, Width
from app.views.shared.look import px
from app.views.shared.rows_model import RowsModel
from app.views.shared.tables import ROW, Table

T = TypeVar("T")
HEAD_ROW, MOST_SHOWN = 32, 10


class ListDialog(Dialog, Generic[T]):
    """As tall as its rows, up to MOST_SHOWN of them. A kind of it words its columns and says what opening does."""

    _is_filled = False

    def __init__(self, parent: QWidget, found: Sequence[T], *, identity: Callable[[T], Hashable], width: Width) -> None:
        super().__init__(parent, width=width)
        self.rows: RowsModel[T] = RowsModel((), self, identity=identity)
        self.table = Table()
        self.table.setModel(self.rows)
        self.rows.show_rows(list(found))
        self.table.setFixedHeight(px(HEAD_ROW + ROW * max(1, min(len(found), MOST_SHOWN)) + 4))
        self.table.opened.connect(lambda _row: self._on_open())
        self.submitted.connect(self._on_open)

    def fill(self, *parts: QWidget) -> None:
        """Put the table and what stands above and below it into the dialog, and word it all."""
        self.body.add(*parts)
        self._is_filled = True
        self.word()

    def word(self) -> None:
        """Say title, columns and the words around them."""
        raise NotImplementedError

    def open_row(self, row: T) -> None:
        """Go to what the row stands for; the dialog has gone."""
        raise NotImplementedError

    def present(self) -> None:
        super().present()
        self.table.choice.choose_place(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        super().retranslate()
        if self._is_filled:
            self.word()

    def _on_open(self) -> None:
        row = self.table.choice.row()
        if row is not None:
            self.accept()
            self.open_row(row)
