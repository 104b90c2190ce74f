"""Keeps the chosen row chosen, and the list where it was scrolled, when its rows are loaded anew."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QObject, Signal
from PySide6.QtWidgets import QAbstractItemView

from app.views.shared.rows_model import BaseRows, IdRole, RowRole


class Choice(QObject):
    """Watches one view: tells which row is chosen, and finds it again by its id after a reload."""

    changed = Signal(object)

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._kept: Hashable | None = None
        self._told: Hashable | None = None
        self._place = self._scroll = 0
        self._reloading = False

    def watch(self, model: QAbstractItemModel) -> None:
        """Called by the view whenever it received a model."""
        model.modelAboutToBeReset.connect(self._on_leaving)
        model.modelReset.connect(self._on_back)
        self._view.selectionModel().currentChanged.connect(self._on_current)

    def row(self) -> Any:
        """The chosen row object, or None."""
        return self._view.currentIndex().data(RowRole)

    def choose(self, identity: Hashable) -> bool:
        """Choose the row with this id; False when it is not in the list."""
        model = self._view.model()
        place = model.place_of(identity, self._view.currentIndex().row()) if isinstance(model, BaseRows) else None
        if place is None:
            return False
        self._go(place)
        return True

    def choose_place(self, place: int) -> None:
        """Choose by place, or the nearest row that can be chosen."""
        model = self._view.model()
        count = model.rowCount() if model else 0
        start = max(0, min(place, count - 1))
        for at in (*range(start, count), *range(start - 1, -1, -1)):
            if model.flags(model.index(at, 0)) & model.flags(model.index(at, 0)).ItemIsSelectable:
                self._go(at)
                return

    def _go(self, place: int) -> None:
        index = self._view.model().index(place, 0)
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self._view.selectionModel().setCurrentIndex(index, how)

    def _on_leaving(self) -> None:
        index = self._view.currentIndex()
        self._reloading = True
        self._kept, self._place = index.data(IdRole), index.row()
        self._scroll = self._view.verticalScrollBar().value()

    def _on_back(self) -> None:
        kept, scroll = self._kept, self._scroll
        if kept is not None and not self.choose(kept):
            self.choose_place(self._place)
        self._view.verticalScrollBar().setValue(scroll)
        self._reloading = False
        self._tell(self._view.currentIndex())

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if not self._reloading:
            self._tell(index)

    def _tell(self, index: QModelIndex) -> None:
        identity = index.data(IdRole)
        if identity != self._told:
            self._told = identity
            self.changed.emit(index.data(RowRole))
