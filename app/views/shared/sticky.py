"""Keeps the first column of a table in sight while the others scroll sideways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView


class StickyColumn(QTableView):
    """A second view of the same rows that lies over the first column of a table, and shows only that.

    It shares the model, the selection and the row heights; it takes no focus, so the keyboard knows one table.
    """

    def __init__(self, table: QTableView, head: QHeaderView) -> None:
        super().__init__(table)
        self._table = table
        self.setHorizontalHeader(head)
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(table.itemDelegate())
        self._dress()
        table.horizontalHeader().sectionResized.connect(self._place)
        table.horizontalScrollBar().valueChanged.connect(self._place)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._table and event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._place()
        return super().eventFilter(watched, event)

    def _dress(self) -> None:
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setProperty("sticky", "true")

    def _place(self) -> None:
        """Lie over the first column; away while nothing is scrolled, so that nothing is painted twice."""
        table, wide = self._table, self._table.columnWidth(0)
        self.setColumnWidth(0, wide)
        for section in range(1, table.model().columnCount()):
            self.setColumnHidden(section, True)
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        high = table.viewport().height() + table.horizontalHeader().height()
        self.setGeometry(table.frameWidth(), table.frameWidth(), wide, high)
        self.setVisible(table.horizontalScrollBar().value() > 0)
