"""Under the name and the phone of a new card: who may be this person already, found while it is typed."""

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.services import duplicates
from app.services.customers import CustomerDraft
from app.services.duplicates import LookAlike
from app.views.shared import look
from app.views.shared.badges import Keycap
from app.views.shared.cards import Card as Surface
from app.views.shared.desk import Desk
from app.views.shared.keys import keycap
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.likeness_words import reasons_words, shared_phone, strength_badge
from app.views.shared.lists import RowList, RowView
from app.views.shared.look import px
from app.views.shared.rows_model import RowsModel
from app.views.shared.tasks import Task

REST, HIGH, MOST = 150, 52, 3
"""Milliseconds without a key before it is asked; the height of a row; how many are shown."""


class LookAlikes(QWidget):
    """Hidden while nobody looks alike. ↓ leads into it from a watched field, Enter or a click opens that card."""

    opened = Signal(int)
    found = Signal(bool)
    """Whether anybody looks alike."""

    def __init__(self, desk: Desk, draft: Callable[[], CustomerDraft], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._draft, self._asked = desk, draft, CustomerDraft()
        self._task: Task | None = None
        self._came_from: QWidget | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._ask)
        self.title = ElidedLabel("", "small", tone="gold_text", weight=600)
        self.hint = PlainLabel("", "caption", tone="ink2")
        self.model: RowsModel[LookAlike] = RowsModel((), self, identity=lambda alike: alike.row.id)
        self.list = RowList(self._row_view, height=HIGH)
        self.list.setModel(self.model)
        self.list.opened.connect(self._on_opened)
        self.list.clicked.connect(lambda index: self._on_opened(self.model.row_at(index.row())))
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = row((self.title, 1), self.hint, Keycap(keycap("Down")), gap=6, margins=(12, 0, 8, 0))
        self.setLayout(column(Surface(box(head), self.list, kind="well", gap=2, margins=(4, 8, 4, 4)), gap=0))
        self.hide()
        look.follow(self.relook)

    def watch(self, *fields: QWidget) -> None:
        """↓ in one of these fields, or in a line within them, goes into the list."""
        self.list.installEventFilter(self)
        for field in fields:
            field.installEventFilter(self)

    def ask_soon(self) -> None:
        """Something was typed: look once the hand rests."""
        self._rest.start()

    def rows(self) -> list[LookAlike]:
        """Who is shown."""
        shown = (self.model.row_at(place) for place in range(self.model.rowCount()))
        return [row for row in shown if row is not None]

    def relook(self) -> None:
        self.list.setFixedHeight(px(HIGH) * max(1, self.model.rowCount()))

    def retranslate(self) -> None:
        number = self.model.rowCount()
        self.title.setText(self.tr("Is it one of these? %n card(s) look alike", "", number))
        self.hint.setText(self.tr("Choose"))
        self.list.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or not self.isVisible():
            return super().eventFilter(watched, event)
        if watched is self.list:
            first = self.list.currentIndex().row() <= 0
            leaves = event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Up and first)
            return leaves and self._go_back()
        return event.key() == Qt.Key.Key_Down and self._enter()

    def _enter(self) -> bool:
        self._came_from = self.window().focusWidget()
        self.list.choice.choose_place(0)
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _go_back(self) -> bool:
        """One step of Esc leads back to the field; the next one closes the form."""
        if self._came_from is None:
            return False
        self.list.selectionModel().clear()
        self._came_from.setFocus(Qt.FocusReason.TabFocusReason)
        self._came_from = None
        return True

    def _ask(self) -> None:
        draft = self._draft()
        if self._task is not None:
            self._task.drop()
            self._task = None
        self._asked = draft
        if not draft.name and not draft.phones:
            self._show([])
            return
        read_later = self._desk.gateway.read_later
        self._task = read_later(duplicates.look_alikes, draft, None, MOST, then=self._on_found, owner=self)

    def _on_found(self, alike: list[LookAlike]) -> None:
        self._task = None
        self._show(alike)

    def _show(self, alike: list[LookAlike]) -> None:
        self.model.show_rows(alike)
        self.relook()
        self.retranslate()
        self.setVisible(bool(alike))
        self.found.emit(bool(alike))

    def _on_opened(self, alike: LookAlike | None) -> None:
        if alike is not None:
            self.opened.emit(alike.row.id)

    def _row_view(self, alike: LookAlike) -> RowView:
        row = alike.row
        typed = [re.sub(r"\D", "", phone.text) for phone in self._asked.phones]
        common = next((found for digits in typed if (found := shared_phone(row.phone, digits))), "")
        return RowView(
            row.id,
            row.name,
            reason=reasons_words(alike.likeness, common, same_name=row.name == self._asked.name),
            badge=strength_badge(alike.likeness),
            keys=((self.tr("Open"), keycap("Return")),),
        )
