"""All keys on one sheet: every act that has one, under the name of the menu or the place it belongs to."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.views.shared.actions import Act, acts
from app.views.shared.badges import Keycap
from app.views.shared.dialogs import Dialog
from app.views.shared.keys import keycap
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.look import px
from app.views.shell.acts import menu_titles
from app.views.shell.places import PAGES, PLACES, words

if TYPE_CHECKING:
    from app.views.shell.window import Window

COLUMNS = 3
Group = dict[str, str]
"""What each key does, by the key as it is printed."""


def open_key_sheet(window: "Window") -> Dialog:
    """Show the sheet; the primary closes it."""
    dialog = Dialog(window, width=760)
    dialog.set_title(QCoreApplication.translate("KeySheet", "All keys"))
    sheet = QWidget()
    sheet.setLayout(row(*((_column(groups), 1) for groups in _columns(groups_of(window))), gap=24))
    dialog.body.add(sheet)
    dialog.primary.setText(QCoreApplication.translate("KeySheet", "Close"))
    dialog.cancel.hide()
    dialog.submitted.connect(dialog.accept)
    dialog.present()
    return dialog


def groups_of(window: "Window") -> dict[str, Group]:
    """The keys by the name of the menu or the place they work in: the same letter may do another thing elsewhere."""
    found: dict[str, Group] = {name: {} for name in (*menu_titles(), *(place.name for place in (*PLACES, *PAGES)))}
    for action in acts(window):
        if not action.shortcut().isEmpty() and action.text():
            name = _place_of(action, window) or action.objectName().partition(".")[0]
            found[name].setdefault(keycap(action.shortcut()), action.text())
    return {name: keys for name, keys in found.items() if keys}


def title_of(name: str) -> str:
    """What a menu or a place is called: in Chinese a menu and a place may share a word, and are two groups still."""
    return menu_titles().get(name) or words(name)


def _place_of(action: Act, window: "Window") -> str:
    """The screen an act belongs to; none for an act of the window itself."""
    owner = action.parent()
    while owner is not None and owner is not window:
        for name, screen in window.screens.items():
            if owner is screen:
                return name
        owner = owner.parent()
    return ""


def _columns(groups: dict[str, Group]) -> list[list[tuple[str, Group]]]:
    """Groups stay whole, and the columns come out about as long as each other."""
    columns: list[list[tuple[str, Group]]] = [[] for _ in range(COLUMNS)]
    left, at, filled = sum(len(keys) + 1 for keys in groups.values()), 0, 0
    for name, keys in groups.items():
        high = len(keys) + 1
        fair = left / (COLUMNS - at)
        if at < COLUMNS - 1 and filled and filled + high / 2 > fair:
            left, at, filled = left - filled, at + 1, 0
        columns[at].append((name, keys))
        filled += high
    return columns


def _column(groups: list[tuple[str, Group]]) -> QWidget:
    grid, sheet = QGridLayout(), QWidget()
    grid.setHorizontalSpacing(px(8))
    grid.setVerticalSpacing(px(4))
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setColumnStretch(0, 1)
    for name, keys in groups:
        top = grid.rowCount()
        heading = PlainLabel(title_of(name), "caption", tone="ink3", weight=600)
        grid.addWidget(box(column(heading, margins=(0, 4 if top > 1 else 0, 0, 0))), top, 0, 1, 2)
        for at, (key, said) in enumerate(keys.items(), top + 1):
            grid.addWidget(ElidedLabel(said, "small"), at, 0)
            grid.addWidget(Keycap(key), at, 1, Qt.AlignmentFlag.AlignRight)
    grid.setRowStretch(grid.rowCount(), 1)
    sheet.setLayout(grid)
    return sheet
