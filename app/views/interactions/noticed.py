"""What was noticed beside the words: a compliment, or dissatisfaction, which leads from the contact to a complaint."""

from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from app.domain.complaints import written_number
from app.domain.interactions import Noticed
from app.views.shared.buttons import Button
from app.views.shared.cards import Card
from app.views.shared.fields import CheckBox
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import row


class NoticedPanel(Card):
    """One of the two ticks, or none. Dissatisfied, the complaint form opens once the contact is saved."""

    changed = Signal(object)
    asked = Signal()
    """A person wants to see the complaint, or to open one now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(kind="soft", margins=(12, 6, 12, 6), parent=parent)
        self.pleased, self.tick = CheckBox(key="Ctrl+B"), CheckBox(key="Ctrl+D")
        self.hint, self.case = ElidedLabel("", "caption", tone="ink2", align="right"), Button("", "link", size="small")
        self._number: int | None = None
        self._logged = False
        self.body.add(row(self.pleased, 12, self.tick, (self.hint, 1), self.case, gap=8))
        self.pleased.changed.connect(lambda on: self._choose(Noticed.COMPLIMENT if on else None))
        self.tick.changed.connect(lambda on: self._choose(Noticed.DISSATISFIED if on else None))
        self.case.clicked.connect(self.asked)
        self.retranslate()
        self._show()

    def value(self) -> Noticed | None:
        if self.tick.value():
            return Noticed.DISSATISFIED
        return Noticed.COMPLIMENT if self.pleased.value() else None

    def set_value(self, value: Any) -> None:
        self.pleased.set_value(value == Noticed.COMPLIMENT)
        self.tick.set_value(value == Noticed.DISSATISFIED)
        self._show()

    def show_logged(self, number: int | None) -> None:
        """Of a contact that is in the log: its complaint by number, or None when none was opened."""
        self._number, self._logged = number, True
        self._show()

    def toggle(self, what: Noticed) -> None:
        """Ctrl+B, Ctrl+D: tick, or take the tick away."""
        self._choose(None if self.value() is what else what)

    def retranslate(self) -> None:
        self.pleased.setText(self.tr("Compliment"))
        self.tick.setText(self.tr("Dissatisfied: open a complaint"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _choose(self, what: Noticed | None) -> None:
        self.set_value(what)
        self.changed.emit(what)

    def _show(self) -> None:
        unhappy = self.tick.value()
        known = self._number is not None
        self.hint.setText(self.tr("The complaint form opens after saving") if unhappy and not known else "")
        self.case.setVisible(self._logged and known)
        if self._number is not None:
            words = self.tr("Complaint {number} →").replace("{number}", written_number(self._number))
            self.case.setText(words)
