"""An archive of a whole shop: what is in it, then a shop file of its own made of it, with progress and a way out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from app.domain.errors import Cancelled, CodedError, StorageError
from app.services import transfer
from app.services.transfer import Archived
from app.views.shared import look
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, column
from app.views.shared.look import px
from app.views.shared.notices import Notice
from app.views.shared.tasks import Task
from app.views.transfer import export_words, words
from app.views.transfer.running_page import RunningPage

Found = Callable[..., Archived]
"""`bootstrap.found_from_archive`: makes a shop file at a path of an archive, whole or not at all."""
COUNTED = {
    "customers": "customers",
    "sales": "sales",
    "products": "products",
    "interactions": "interactions",
    "complaints": "complaints",
    "followups": "followups",
    "point_entries": "points",
}
"""Tables a person knows by name → the word for them."""


@dataclass(frozen=True, slots=True)
class Makers:
    """What only the shell may do: make a shop file, and open one in place of this."""

    found: Found
    open_shop: Callable[[Path], None]


class ArchiveDialog(Dialog):
    """Three faces: what is in the archive, the work, and the shop that is there now."""

    def __init__(self, desk: Desk, parent: QWidget, path: Path, makers: Makers) -> None:
        super().__init__(parent, width=640)
        self.desk, self.path, self._makers = desk, path, makers
        self.archived: Archived | None = None
        self.made: Path | None = None
        self._task: Task | None = None
        self.about = PlainLabel("", "strong", wrap=True)
        self.when = PlainLabel("", "small", tone="ink2", wrap=True)
        self.said = Notice("", "blue", icon="ph.info")
        self.numbers: dict[str, PlainLabel] = {}
        self._grid = QGridLayout()
        self._grid.setColumnStretch(2, 1)
        self._grid.setContentsMargins(0, 0, 0, 0)
        counts = QWidget()
        counts.setLayout(self._grid)
        self.content = box(column(self.about, self.when, counts, gap=8))
        self.running = RunningPage()
        self.body.add(self.said, self.content, self.running)
        self.submitted.connect(self._on_submitted)
        self.retranslate()
        self._look()
        look.follow(self._space)

    def _space(self) -> None:
        self._grid.setHorizontalSpacing(px(24))
        self._grid.setVerticalSpacing(px(6))

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "running"):
            return
        self.set_title(self.tr("An archive of a whole shop"), self.path.name)
        self._show()

    def _look(self) -> None:
        self.running.begin(self.tr("Checking the archive"))
        task = self.desk.gateway.apart(lambda _progress: transfer.verify_archive(self.path))
        self._watch(task, self._on_seen)

    def _watch(self, task: Task, then: Callable[[Any], None]) -> None:
        self._task = task
        task.progressed.connect(self.running.show_progress)
        task.answered.connect(then)
        task.failed.connect(self._on_failed)
        self._show()

    def _on_seen(self, archived: Archived) -> None:
        self._task, self.archived = None, archived
        self._show()
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_submitted(self) -> None:
        if self._task is not None:
            return
        if self.made is not None:
            made = self.made
            self.accept()
            self._makers.open_shop(made)
        elif self.archived is not None:
            kind = self.tr("Shops")
            start = str(_free(self.desk.gateway.path.parent, self.archived.shop or self.path.stem))
            chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Where the shop will lie"), start, f"{kind} (*.shop)")
            if chosen:
                path = Path(chosen)
                self.make(path if path.suffix.lower() == ".shop" else path.with_name(path.name + ".shop"))

    def make(self, target: Path) -> None:
        """Make the shop on a worker thread; stopped or refused it leaves nothing."""
        self.set_note("")
        self.running.begin(self.tr("Making {file}, and checking it in full").replace("{file}", target.name))
        found, clock = self._makers.found, self.desk.now
        task = self.desk.gateway.apart(lambda progress: found(target, self.path, clock=clock, progress=progress))
        self._watch(task, lambda _archived: self._on_made(target))

    def _on_made(self, target: Path) -> None:
        self._task, self.made = None, target
        self._show()
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: BaseException) -> None:
        self._task = None
        self._show()
        if isinstance(error, StorageError) and not isinstance(error, Cancelled):
            self.desk.gateway.troubled.emit(error)
        elif isinstance(error, CodedError):
            if self.archived is None:
                self.said.show_notice(words.trouble(error), "red", "ph.warning-circle")
            else:
                self.set_note(words.trouble(error))
        else:
            raise error

    def _show(self) -> None:
        busy, archived = self._task is not None, self.archived
        self.running.setVisible(busy)
        self.content.setVisible(archived is not None and not busy)
        if archived is not None:
            self._tell(archived)
            self.said.show_notice("" if busy else self._promise(), "accent" if self.made else "blue", "ph.info")
        self.primary.setText(self.tr("Open it now") if self.made else self.tr("Make a shop of it…"))
        self.primary.setVisible(archived is not None and not busy)
        self.cancel.setText(self.tr("Stop") if busy else self.tr("Close") if self.made else self.tr("Cancel"))

    def _promise(self) -> str:
        if self.made is not None:
            return self.tr(
                "**{file} is there, and everything in it adds up.** The shop open now stays as it is."
            ).replace("{file}", self.made.name)
        return self.tr("**It becomes a shop file of its own.** The shop open now stays as it is.")

    def _tell(self, archived: Archived) -> None:
        self.about.setText(archived.shop)
        told = self.tr("written {day} by version {version}").replace("{day}", archived.made_at[:10])
        self.when.setText(told.replace("{version}", archived.app))
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.setParent(None)
                widget.deleteLater()
        self.numbers = {table: PlainLabel(f"{archived.rows.get(table, 0):,}", "body") for table in COUNTED}
        for line, (table, number) in enumerate(self.numbers.items()):
            self._grid.addWidget(PlainLabel(export_words.kind(COUNTED[table]), "body", tone="ink2"), line, 0)
            self._grid.addWidget(number, line, 1, Qt.AlignmentFlag.AlignRight)

    def reject(self) -> None:
        """Esc stops what runs, and closes only what stands still."""
        if self._task is not None and self.archived is not None:
            self._task.cancel()
            return
        if self._task is not None:
            self._task.drop()
        super().reject()


def _free(folder: Path, name: str) -> Path:
    """A name nothing has yet: it is a new file."""
    plain = "".join(sign for sign in name if sign not in '\\/:*?"<>|').strip() or "shop"
    path, number = folder / f"{plain}.shop", 1
    while path.exists():
        number += 1
        path = folder / f"{plain} {number}.shop"
    return path


def open_archive(desk: Desk, parent: QWidget, makers: Makers, path: str = "") -> ArchiveDialog | None:
    """Show an archive, perhaps chosen already; None when nothing was chosen."""
    if not path:
        path, _ = QFileDialog.getOpenFileName(
            parent, export_words.kind("archive"), "", f"{export_words.ending('.zip')} (*.zip)"
        )
    if not path:
        return None
    dialog = ArchiveDialog(desk, parent, Path(path), makers)
    dialog.present()
    return dialog
