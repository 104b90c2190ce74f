"""Puts parts into a window that is already shown."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLayout, QWidget


def put(window: QWidget, layout: QLayout) -> None:
    """Lay the parts out and let Qt show them: children of a shown window appear with the next events."""
    window.setLayout(layout)
    QApplication.processEvents()
