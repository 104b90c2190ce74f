"""The parts of a contact that unfold when they are needed, each with its key on its button."""

from enum import StrEnum

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from app.views.shared.buttons import Button
from app.views.shared.layouts import row


class Part(StrEnum):
    SCRIPT = "script"
    OBJECTION = "objection"
    SHOWN = "shown"
    WHEN = "when"


KEYS = {Part.SCRIPT: "F3", Part.OBJECTION: "F4", Part.SHOWN: "F6", Part.WHEN: "F7"}
ICONS = {
    Part.SCRIPT: "ph.question",
    Part.OBJECTION: "ph.hand-palm",
    Part.SHOWN: "ph.storefront",
    Part.WHEN: "ph.clock-counter-clockwise",
}


class PartsBar(QWidget):
    """One button a part."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {part: Button("", "secondary", icon=ICONS[part], key=KEYS[part], size="small") for part in Part}
        for part, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, part=part: self.wanted.emit(part))
        self.setLayout(row(*self.buttons.values(), None, gap=8))
        self.retranslate()

    def words(self, part: Part) -> str:
        """How a part is called."""
        return {
            Part.SCRIPT: self.tr("Questions"),
            Part.OBJECTION: self.tr("Objection"),
            Part.SHOWN: self.tr("Shown, quoted"),
            Part.WHEN: self.tr("When, who"),
        }[part]

    def retranslate(self) -> None:
        for part, button in self.buttons.items():
            button.setText(self.words(part))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
