"""Hears a scanner on any screen: a keyboard that types faster than any hand, and ends with Enter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

GAP = 35
"""Milliseconds between two keys: a scanner takes 2 to 20, a fast hand hardly below 60."""
SHORTEST = 4
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


@dataclass(frozen=True, slots=True)
class _Key:
    """A key that is held back until it is known whether a scanner typed it."""

    key: int
    modifiers: Qt.KeyboardModifier
    text: str


class Scanner(QObject):
    """Watches the keys of the whole program. `clock` tells milliseconds; `known` says whether a code means anything.

    In a text field nothing is held back: only when Enter comes and the burst is a code that is known, what it typed is
    taken out again and Enter does nothing else. Anywhere else keys wait for `GAP`, so that a code sets off no letter of
    a list; then they are what they always were, unless Enter has shown that no hand typed them. What is open over the
    window, and a field that `takes_codes`, hear everything themselves.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        known: Callable[[str], bool],
        take: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock, self._known, self._take = clock, known, take
        self._held: list[_Key] = []
        self._code, self._last, self._before = "", 0.0, ""
        self._field: QWidget | None = None
        self._replaying = False
        self._wait = QTimer(self, singleShot=True, interval=GAP)
        self._wait.timeout.connect(self.let_go)

    def watch(self, app: QApplication) -> None:
        """Hear the keys of the program from now on."""
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or self._replaying:
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget) or self._hears_itself(watched):
            return False
        if watched is not QApplication.focusWidget():
            return False  # a parent, to which the widget with the focus has passed the key on
        if kind == QEvent.Type.ShortcutOverride:
            return self._on_override(watched, event)
        return self._on_key(watched, event)

    def let_go(self) -> None:
        """Nobody scans: the keys that were held back do what they do."""
        self._wait.stop()
        held, self._held = self._held, []
        self._forget()
        self._replaying = True
        try:
            for key in held:
                _press(key)
        finally:
            self._replaying = False

    def _on_override(self, field: QWidget, event: QKeyEvent) -> bool:
        """A shortcut of one letter would go off before the key is pressed: outside of text it waits with the key."""
        if _is_letter(event) and not _is_text(field):
            event.accept()
            return True
        return False

    def _on_key(self, field: QWidget, event: QKeyEvent) -> bool:
        if _is_letter(event) and not event.isAutoRepeat():
            return self._on_letter(field, event)
        if event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock):
            return False
        if event.key() in _ENTERS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return self._on_enter(field)
        self.let_go()
        return False

    def _on_letter(self, field: QWidget, event: QKeyEvent) -> bool:
        now = self._clock()
        if self._code and (field is not self._field or now - self._last > GAP):
            self.let_go()
        if not self._code:
            self._field, self._before = field, _words(field)
        self._code += event.text()
        self._last = now
        if _is_text(field):
            return False
        self._held.append(_Key(event.key(), event.modifiers(), event.text()))
        self._wait.start()
        return True

    def _on_enter(self, field: QWidget) -> bool:
        code, fast = self._code, self._clock() - self._last <= GAP and field is self._field
        scanned = fast and len(code) >= SHORTEST
        if not scanned or (_is_text(field) and not self._known(code)):
            self.let_go()
            return False
        self._wait.stop()
        self._held = []
        _restore(field, self._before)
        self._forget()
        self._take(code)
        return True

    def _forget(self) -> None:
        self._code, self._field, self._before = "", None, ""

    def _hears_itself(self, field: QWidget) -> bool:
        over = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        return over is not None or bool(getattr(field, "takes_codes", False))


def _is_letter(event: QKeyEvent) -> bool:
    words = event.text()
    return len(words) == 1 and words.isprintable() and words != " " and not event.modifiers() & ~_PLAIN


def _is_text(field: QWidget) -> bool:
    return isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit)


def _words(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        return field.text()
    return field.toPlainText() if isinstance(field, QPlainTextEdit | QTextEdit) else ""


def _restore(field: QWidget, words: str) -> None:
    """What stood in the field before the scanner typed into it."""
    if isinstance(field, QLineEdit):
        field.setText(words)
        field.textEdited.emit(words)
    elif isinstance(field, QPlainTextEdit | QTextEdit):
        field.setPlainText(words)


def _press(key: _Key) -> None:
    """Press a key that was held back: the shortcut it is to the widget with the focus, else the key itself."""
    widget = QApplication.focusWidget()
    if widget is None:
        return
    sequence, owner = QKeySequence(key.key), widget
    while owner is not None:
        for action in owner.actions():
            near = owner is widget or action.shortcutContext() != Qt.ShortcutContext.WidgetShortcut
            if near and action.isEnabled() and sequence in action.shortcuts():
                action.trigger()
                return
        owner = owner.parentWidget() if not owner.isWindow() else None  # type: ignore[assignment]
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key.key, key.modifiers, key.text))
