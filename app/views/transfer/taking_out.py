"""Writing a file: what goes out, into which kind of file, and where to; with progress, and nothing half written."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.errors import Cancelled
from app.services import followups, transfer
from app.services.transfer import ENDINGS, Written
from app.views.shared import look
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, column
from app.views.shared.tasks import Task
from app.views.transfer import export_words, words
from app.views.transfer.due_range import DueRange
from app.views.transfer.running_page import RunningPage

PREFERRED = (".xlsx", ".csv", ".vcf", ".ics", ".zip")
"""The first that a kind can be written as is offered first."""


class TakingOut(Dialog):
    """Two questions and a button; the place is asked for by the system's own dialog."""

    folder: Path | None = None
    """Where the last file went, for as long as the program runs."""

    def __init__(self, desk: Desk, parent: QWidget, *, kind: str = "", ids: Sequence[int] = ()) -> None:
        super().__init__(parent, width=640)
        self.desk, self.ids = desk, tuple(ids)
        self._task: Task | None = None
        self.what, self.ending = Chips(digits=True), Chips()
        self.what_said, self.ending_said = PlainLabel("", "strong"), PlainLabel("", "strong")
        self.about = PlainLabel("", "body", tone="ink2", wrap=True)
        self.only_said, self.only = PlainLabel("", "strong"), DueRange(desk)
        self.questions = box(
            column(
                self.what_said,
                self.what,
                8,
                self.ending_said,
                self.ending,
                8,
                self.about,
                self.only_said,
                self.only,
                gap=8,
            )
        )
        self.running = RunningPage()
        self.running.hide()
        self.body.add(self.questions, self.running)
        self.what.chosen.connect(self._on_kind)
        self.ending.chosen.connect(self._on_ending)
        self.what.moved_on.connect(lambda: self.ending.setFocus(Qt.FocusReason.TabFocusReason))
        self.submitted.connect(self._on_submitted)
        self._first_kind = kind or "customers"
        self.retranslate()
        self.what.set_value(self._first_kind)
        self._on_kind(self.kind)
        if self.ids and self.kind == "followups":
            self.ending.set_value(".ics")  # chosen ones go into a calendar
            self._tell()

    @property
    def kind(self) -> str:
        return str(self.what.value() or self._first_kind)

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "running"):
            return
        self.set_title(self.tr("Export to a file"), self._whom())
        self.primary.setText(self.tr("Choose where…"))
        self.what_said.setText(self.tr("What"))
        self.ending_said.setText(self.tr("As"))
        self.only_said.setText(self.tr("Which"))
        kept, ending = self.what.value(), self.ending.value()
        kinds = (self.kind,) if self.ids else tuple(ENDINGS)
        self.what.show_chips([ChipView(kind, export_words.kind(kind)) for kind in kinds])
        self.what.set_value(kept)
        if kept:
            self._show_endings()
            self.ending.set_value(ending)
            self._tell()

    def _whom(self) -> str:
        count = len(self.ids)
        if self.kind == "followups":
            return self.tr("%n chosen follow-up(s)", "", count) if count else ""
        return self.tr("%n chosen customer(s)", "", count) if count else ""

    def _on_kind(self, _kind: object) -> None:
        kept = self.ending.value()
        self._show_endings()
        fitting = ENDINGS[self.kind]
        self.ending.set_value(kept if kept in fitting else next(one for one in PREFERRED if one in fitting))
        self._tell()

    def _on_ending(self, _ending: object) -> None:
        self._tell()

    def _show_endings(self) -> None:
        fitting = sorted(ENDINGS[self.kind], key=PREFERRED.index)
        self.ending.show_chips([ChipView(ending, export_words.ending(ending)) for ending in fitting])

    def _tell(self) -> None:
        ending = str(self.ending.value())
        self.about.setText(export_words.about(ending))
        in_days = self.kind == "followups"
        self.only.show_for(days=in_days and not self.ids, calendar=in_days and ending == ".ics")
        self.only_said.setVisible(in_days and not self.ids)

    # acting

    def _on_submitted(self) -> None:
        if self._task is not None or not self.only.check():
            return
        ending = str(self.ending.value())
        name = f"{export_words.kind(self.kind)} {self.desk.today():%Y-%m-%d}{ending}"
        folder = TakingOut.folder or self.desk.gateway.path.parent
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export to a file"), str(folder / name), f"{export_words.ending(ending)} (*{ending})"
        )
        if chosen:
            path = Path(chosen)
            self.write_to(path if path.suffix.lower() == ending else path.with_name(path.name + ending))

    def write_to(self, path: Path) -> None:
        """Write the file on a worker thread; it is there whole or not at all."""
        TakingOut.folder = path.parent
        whole = self.kind == "archive"
        act: Callable[..., Written] = transfer.export_archive if whole else transfer.export_table
        what = () if whole else (self.kind,)
        more: dict[str, Any] = {"at": self.desk.now()} if whole else {"language": look.current().language}
        ids = self._chosen_ids()
        if ids is not None:
            if not ids:
                self.set_note(self.tr("No follow-up is due in those days"))
                return
            more["ids"] = ids
        if self.kind == "followups":
            more["reminds"] = self.only.reminds.value()
        self._show_running(path)
        self._task = task = self.desk.gateway.read_long(act, *what, path, then=self._on_written, owner=self, **more)
        task.progressed.connect(self.running.show_progress)
        task.failed.connect(self._on_failed)

    def _chosen_ids(self) -> Sequence[int] | None:
        """Of whom or what it is; None: of all."""
        if self.ids:
            return self.ids
        if self.kind != "followups" or self.only.span() is None:
            return None
        return self.desk.gateway.read(followups.ids_due, *self.only.span() or ())

    def _on_written(self, written: Written) -> None:
        self._task = None
        said = self.tr("%n row(s) written to {file}", "", written.rows).replace("{file}", written.path.name)
        if self.desk.gateway.write(transfer.hand_over, written, said=said) is None:
            written.discard()
            self._show_questions()
        else:
            self.accept()

    def _on_failed(self, error: BaseException) -> None:
        """Told already, as of every read; what was stopped is told here alone."""
        self._task = None
        self._show_questions()
        if isinstance(error, Cancelled):
            self.set_note(words.trouble(error))

    def _show_running(self, path: Path) -> None:
        self.set_note("")
        self.running.begin(self.tr("Writing {file}").replace("{file}", path.name))
        self.questions.hide()
        self.running.show()
        self.primary.setEnabled(False)
        self.cancel.setText(self.tr("Stop"))

    def _show_questions(self) -> None:
        self.running.hide()
        self.questions.show()
        self.primary.setEnabled(True)
        self.cancel.setText(self.tr("Cancel"))

    def reject(self) -> None:
        """Esc stops what runs, and closes only what stands still."""
        if self._task is not None:
            self._task.cancel()
            return
        super().reject()


def open_export(desk: Desk, parent: QWidget, *, kind: str = "", ids: Sequence[int] = ()) -> TakingOut:
    """Open the export, perhaps of one kind, or of these customers or follow-ups alone."""
    dialog = TakingOut(desk, parent, kind=kind, ids=ids)
    dialog.present()
    dialog.what.setFocus(Qt.FocusReason.OtherFocusReason)
    return dialog
