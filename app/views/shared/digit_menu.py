"""A menu whose choices are taken by their digits."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

Choice = tuple[str, Callable[[], object]]


class DigitMenu(QMenu):
    """Each choice with its words and what it does; 1 to 9 choose at once, on every system."""

    def __init__(self, parent: QWidget, choices: Sequence[Choice]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, (words, act) in enumerate(choices, start=1):
            made = self.addAction(f"{words.replace('&', '&&')}\t{place}")
            made.triggered.connect(lambda _checked=False, act=act: act())

    def pop_up(self, at: QPoint) -> None:
        """Show the menu with its first choice chosen."""
        self.setActiveAction(self.actions()[0])
        self.popup(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1.value
        if 0 <= place < len(self.actions()):
            chosen = self.actions()[place]
            self.close()
            chosen.trigger()
            return
        super().keyPressEvent(event)
