"""Somebody sounded dissatisfied: a tick that leads from the contact to a complaint."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from app.views.shared.cards import Card
from app.views.shared.fields import CheckBox
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import row


class UnhappyPanel(Card):
    """Ticked, the complaint form opens once the contact is saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(kind="soft", margins=(12, 6, 12, 6), parent=parent)
        self.tick, self.hint = CheckBox(key="Ctrl+D"), ElidedLabel("", "caption", tone="ink2", align="right")
        self.body.add(row(self.tick, (self.hint, 1), gap=12))
        self.retranslate()

    def retranslate(self) -> None:
        self.tick.setText(self.tr("Dissatisfied: open a complaint"))
        self.hint.setText(self.tr("The complaint form opens after saving"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def toggle(self) -> None:
        """Ctrl+D: tick, or take the tick away."""
        self.tick.set_value(not self.tick.value())
