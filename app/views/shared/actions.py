"""Every act a person can do is one QAction: the menu, the button, the palette and the key sheet show the same one."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.views.shared.icons import icon
from app.views.shared.keys import keycap


class Act(QAction):
    """An action that can say itself again in another language. `icon_name` is a Phosphor name such as `ph.users`."""

    def __init__(self, owner: QWidget, name: str, words: Callable[[], str], icon_name: str) -> None:
        super().__init__(owner)
        self.setObjectName(name)
        self.icon_name, self._words = icon_name, words
        if icon_name:
            self.setIcon(icon(icon_name))
        self.retranslate()

    def retranslate(self) -> None:
        words = self._words()
        self.setText(words)
        keys = keycap(self.shortcut())
        self.setToolTip(f"{words} ({keys})" if keys else words)


def act(
    owner: QWidget,
    name: str,
    words: Callable[[], str],
    slot: Callable[[], object],
    *,
    key: str = "",
    icon_name: str = "",
    context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut,
) -> Act:
    """Give `owner` an act under `name` ("complaints.log"). Its key works while the owner or a child has the focus.

    Single letters belong on the list itself with `Qt.ShortcutContext.WidgetShortcut`, never firing in a field.
    """
    made = Act(owner, name, words, icon_name)
    if key:
        made.setShortcut(QKeySequence(key))
        made.setShortcutContext(context)
        made.retranslate()
    made.triggered.connect(lambda: slot())
    owner.addAction(made)
    return made


def acts(owner: QWidget) -> Iterator[Act]:
    """All acts of a widget and its children."""
    for widget in (owner, *owner.findChildren(QWidget)):
        for action in widget.actions():
            if isinstance(action, Act):
                yield action


def retranslate_acts(owner: QWidget) -> None:
    for action in acts(owner):
        action.retranslate()
