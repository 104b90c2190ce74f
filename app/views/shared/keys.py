"""How a key is written on a button, in a menu and on a keycap."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

_SIGNS = {"Return": "↵", "Enter": "↵", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}


def keycap(key: QKeySequence | QKeySequence.StandardKey | Qt.Key | str | None) -> str:
    """The words of a keycap in the manner of this system: "Ctrl K" here, "⌘K" on a Mac; empty for no key."""
    if not key:
        return ""
    if sys.platform == "darwin":
        return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    # Native words would be translated into Chinese, and a keyboard is not.
    return _spaced(QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText))


def _spaced(native: str) -> str:
    """Blanks for the plus signs between keys; the plus of "Ctrl++" is a key itself."""
    ends_in_plus = native.endswith("+")
    parts = [part for part in native.removesuffix("+").split("+") if part]
    parts += ["+"] if ends_in_plus else []
    return " ".join(_SIGNS.get(part, part) for part in parts)
