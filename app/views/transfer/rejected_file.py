"""The rejected rows as a file of their own: where to, and what is said of it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.services import transfer
from app.services.transfer import Plan, Rejection
from app.views.transfer import words


def ask(parent: QWidget, plan: Plan) -> Path | None:
    """Where the person wants it; None when they think better of it."""
    ending = ".vcf" if plan.contacts else ".csv"
    start = plan.path.with_name(f"{plan.path.stem}-rejected{ending}")
    title = QCoreApplication.translate("Wizard", "Save rejected rows")
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(start), f"*{ending}")
    return Path(chosen) if chosen else None


def save(target: Path, plan: Plan, rejections: Sequence[Rejection]) -> str:
    """Write every rejected row with its reason, in the language on screen; what to tell of it."""
    titles = QCoreApplication.translate("Wizard", "Line"), QCoreApplication.translate("Wizard", "Reason")
    try:
        count = transfer.write_rejected(target, plan, rejections, titles, words.reason)
    except OSError:
        return QCoreApplication.translate("Wizard", "The file cannot be written there. Choose another folder.")
    said = QCoreApplication.translate("Wizard", "%n row(s) saved in {file}", "", count)
    return said.replace("{file}", target.name)
