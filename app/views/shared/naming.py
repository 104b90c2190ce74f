"""Names for screen readers: a part that takes the keyboard and is nameless is called by what it stands in."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

_BY, _AS = "namedBy", "namedAs"
"""The properties that say what named a part, and how, so that the same may name it again in another language."""


def name_parts(root: QWidget, words: str, *, by_hint: bool = False) -> None:
    """Call every nameless part of `root` by `words`; with `by_hint` a field by the hint that stands in it, if any.

    A part that has a name of its own, or was named by something nearer to it, keeps it.
    """
    whose = str(id(root))
    for part in root.findChildren(QWidget):
        if not part.focusPolicy() & Qt.FocusPolicy.TabFocus or part.focusProxy() is not None:
            continue
        if isinstance(part, QAbstractButton):
            continue  # its words name it, also those it will get later
        ours = part.property(_BY) == whose and part.property(_AS) == part.accessibleName()
        if part.accessibleName() and not ours:
            continue
        hint = part.placeholderText() if by_hint and isinstance(part, QLineEdit) else ""
        part.setAccessibleName(hint or words)
        part.setProperty(_BY, whose)
        part.setProperty(_AS, hint or words)
