"""What every screen is: built once, worded again on a language change, reloaded when what it watches has changed."""

from typing import ClassVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.storage.unit_of_work import Changes
from app.views.shared import reading_order
from app.views.shared.desk import Desk, Request


class Screen(QWidget):
    """Base of the places on the rail and of the pages inside them."""

    watches: ClassVar[frozenset[str]] = frozenset()
    """The features whose changes this screen shows."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.gateway = desk, desk.gateway
        self._stale = True
        self.build()
        self.retranslate()
        self.gateway.changed.connect(self._on_changed)

    def build(self) -> None:
        """Make the widgets, once."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Say every word again; called on a language change, before a reload."""

    def reload(self) -> None:
        """Read what is shown. Keeps choice, scroll and focus."""

    def take_scanned(self, _found: Request) -> bool:
        """What a scanner read, where this screen does something of its own with it; False where it does not."""
        return False

    def take_focus(self) -> None:
        """Where the keyboard begins on this screen: its focus proxy, else the first part that takes the focus."""
        proxy = self.focusProxy()
        if proxy is None or not proxy.isVisibleTo(self):
            ready = (part for part in self.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus)
            proxy = next((part for part in ready if part.isVisible() and part.isEnabled()), proxy or self)
        proxy.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes as the eye does, from the first part to the last, whenever each of them was made."""
        return reading_order.step(self, forward=forward) or super().focusNextPrevChild(forward)

    def refresh(self) -> None:
        """Reload now if anyone is looking, else when the screen is next shown."""
        self._stale = True
        if self.isVisible():
            self._stale = False
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.refresh()

    def _on_changed(self, changes: Changes | None) -> None:
        if changes is None or changes.features & self.watches:
            self.refresh()
