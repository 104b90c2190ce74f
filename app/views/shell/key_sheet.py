"""All keys on one sheet: every act of the window and of the screen in view that has one."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from app.views.shared.actions import acts
from app.views.shared.badges import Keycap
from app.views.shared.dialogs import Dialog
from app.views.shared.keys import keycap
from app.views.shared.labels import ElidedLabel
from app.views.shared.look import px

COLUMNS = 2


def open_key_sheet(window: QWidget) -> Dialog:
    """Show the sheet; the primary closes it."""
    dialog = Dialog(window, width=760)
    dialog.set_title(QCoreApplication.translate("KeySheet", "All keys"))
    found = {keycap(action.shortcut()): action for action in acts(window) if not action.shortcut().isEmpty()}
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(16))
    grid.setVerticalSpacing(px(6))
    rows = -(-len(found) // COLUMNS)
    for place, (keys, action) in enumerate(found.items()):
        at, column = place % rows, place // rows * 2
        words = ElidedLabel(action.text())
        grid.addWidget(words, at, column)
        grid.addWidget(Keycap(keys), at, column + 1)
    sheet = QWidget()
    sheet.setLayout(grid)
    dialog.body.add(sheet)
    dialog.primary.setText(QCoreApplication.translate("KeySheet", "Close"))
    dialog.cancel.hide()
    dialog.submitted.connect(dialog.accept)
    dialog.present()
    return dialog
