"""What program this is."""

from importlib.metadata import version

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.views.shared.dialogs import Dialog
from app.views.shared.labels import PlainLabel


def open_about(window: QWidget) -> Dialog:
    """Show the program's name, version and licences."""
    dialog = Dialog(window)
    dialog.set_title(QCoreApplication.translate("About", "Regulars"), version("regulars"))
    for words in (
        QCoreApplication.translate("About", "A desktop CRM for one small shop. Your data stay on this computer."),
        QCoreApplication.translate(
            "About",
            "Made with Qt (LGPL), SQLite, SQLCipher Community Edition by Zetetic (BSD), Matplotlib, and Phosphor "
            "icons (MIT). Regulars itself is under the MIT licence.",
        ),
    ):
        dialog.body.add(PlainLabel(words, wrap=True))
    dialog.primary.setText(QCoreApplication.translate("About", "Close"))
    dialog.cancel.hide()
    dialog.submitted.connect(dialog.accept)
    dialog.present()
    return dialog
