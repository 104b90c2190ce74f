"""Windows of tests, gone at once."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget


def let_go(window: QWidget) -> None:
    """Close it and all that stands in it now, not at the next event loop: a change of look would dress it once more."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
