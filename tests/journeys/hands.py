"""A person's hands on the window: keys go where the focus is, files are dropped, eyes wait for what they expect."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.bootstrap import OWNER, open_shop
from app.domain.staff import Actor
from app.views.shared import look
from app.views.shell.start import Session, dressed
from app.views.shell.window import Window
from tests.conftest import FixedClock
from tests.windows import let_go

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
WAIT_MS = 20_000


class Hands:
    """Everything a person can do, and nothing a person cannot."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session

    @property
    def window(self) -> Window:
        return self.session.window

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Press one key where the focus is."""
        self.qtbot.keyClick(self._focus(), key, modifiers)

    def write(self, words: str) -> None:
        """Type words; Chinese comes through the input method, as it does for a person."""
        if words.isascii():
            for char in words:
                self.qtbot.keyClicks(self._focus(), char)
        else:
            event = QInputMethodEvent("", [])
            event.setCommitString(words)
            QApplication.sendEvent(self._focus(), event)

    def drop(self, file: Path) -> None:
        """Let go of a file over the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        act, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        middle = self.window.rect().center()
        enter = QDragEnterEvent(middle, act, data, button, PLAIN)
        QApplication.sendEvent(self.window, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(self.window, QDropEvent(QPointF(middle), act, data, button, PLAIN))

    def until(self, seen: Callable[[], Any]) -> Any:
        """Wait until something is to be seen, and give it back."""
        found: list[Any] = []

        def look() -> bool:
            found[:] = [seen()]
            return bool(found[0])

        self.qtbot.waitUntil(look, timeout=WAIT_MS)
        return found[0]

    def dialog(self, kind: type[QDialog]) -> Any:
        """The dialog of this kind, once it stands over the window and has the keyboard."""

        def found() -> QDialog | None:
            shown = [dialog for dialog in self.window.findChildren(kind) if dialog.isVisible()]
            return shown[0] if shown and QApplication.activeWindow() is shown[0] else None

        return self.until(found)

    def closed(self, dialog: QDialog) -> None:
        """Wait until a dialog is gone and the window has the keyboard back."""
        self.until(lambda: not is_shown(dialog) and QApplication.activeWindow() is self.window)

    def screen(self, kind: type[QWidget]) -> Any:
        """The screen of this kind, once it is the one shown."""
        return self.until(
            lambda: self.window.pages.currentWidget() if isinstance(self.window.pages.currentWidget(), kind) else None
        )

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or QApplication.activeWindow() or self.window


@contextmanager
def hands_on(
    qtbot: QtBot, app: QApplication, shop: Path, clock: FixedClock, language: str, actor: Actor = OWNER
) -> Iterator[Hands]:
    """The real window of whoever acts on a shop, at its customers, in a language.

    What the machine remembers lies beside the shop.
    """
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(shop.parent / "machine"))
    interpreter = dressed(app, language=language, theme=look.Theme.LIGHT, scale=1.0)
    session = Session(open_shop(shop, clock=clock, actor=actor), interpreter)
    session.show("customers")
    session.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is session.window)
    yield Hands(qtbot, session)
    let_go(session.window)
    interpreter.speak("en")
    look.apply(app, language="en")


def is_shown(widget: QWidget) -> bool:
    """Whether it is still there to be seen; a closed dialog deletes itself."""
    return isValid(widget) and widget.isVisible()
