"""The keys by which a field of the till says that it is answered."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def is_answered(event: QKeyEvent) -> bool:
    """Whether Enter or Esc was pressed; with Ctrl, Enter is for the ticket and not for the field."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape) and not control
