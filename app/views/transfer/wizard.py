"""Bringing a file in: which file, how it was read, what its columns hold, a dry run, the import, what came of it."""

from dataclasses import replace
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.errors import Cancelled, CodedError, StorageError
from app.formats.dates import DateOrder
from app.services import transfer
from app.services.transfer import Kind, Outcome, Plan, Rehearsed, Rejection
from app.views.shared.actions import act
from app.views.shared.buttons import Button
from app.views.shared.desk import BringArchive, Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.tasks import Task
from app.views.transfer import words
from app.views.transfer.columns_page import ColumnsPage
from app.views.transfer.file_page import FilePage
from app.views.transfer.imports import open_imports
from app.views.transfer.outcome_page import OutcomePage
from app.views.transfer.pictures import shrink
from app.views.transfer.reading_page import ReadingPage
from app.views.transfer.repair_page import RepairPage
from app.views.transfer.running_page import RunningPage


class Step(IntEnum):
    FILE = 1
    READING = 2
    COLUMNS = 3
    TRYING = 4
    TRIED = 5
    BRINGING = 6
    DONE = 7
    REPAIR = 8


SHOWN_AS = {Step.FILE: 1, Step.READING: 2, Step.COLUMNS: 3}
"""The step a person counts; all after the columns is the fourth."""
STEPS = 4


class Wizard(Dialog):
    """One dialog in four steps. Nothing is changed before the last button; the import itself can be stopped."""

    def __init__(self, desk: Desk, parent: QWidget, *, kind: Kind | None = None) -> None:
        super().__init__(parent, width=760)
        self.desk, self.kind = desk, kind
        self.plan: Plan | None = None
        self.outcome: Outcome | None = None
        self.whole: Plan | None = None
        """The plan of the whole file, once repaired rows of it come in by themselves."""
        self._waiting: tuple[Rejection, ...] = ()
        self.step = Step.FILE
        self._task: Task | None = None
        self._build()
        self.setAcceptDrops(True)
        self.retranslate()
        self.go(Step.FILE)

    def _build(self) -> None:
        self.file, self.reading, self.columns = FilePage(), ReadingPage(), ColumnsPage()
        self.running, self.outcomes, self.repair = RunningPage(), OutcomePage(self.desk), RepairPage()
        self.pages = (self.file, self.reading, self.columns, self.running, self.outcomes, self.repair)
        self.body.add(*self.pages)
        self.back, self.save = Button("", "quiet", icon="ph.arrow-left"), Button("", "secondary")
        self.mend = Button("", "secondary")
        self.footer.insertWidget(1, self.mend)
        self.footer.insertWidget(1, self.save)
        self.footer.insertWidget(1, self.back)
        self.back.clicked.connect(self._on_back)
        self.save.clicked.connect(self._on_save)
        self.mend.clicked.connect(self._on_mend)
        self.repair.edited.connect(self._word_buttons)
        self.file.earlier.connect(self._on_earlier)
        self.columns.forgotten.connect(self._on_forgotten)
        self.file.picked.connect(self.look_at)
        self.reading.other_file.connect(self.file.ask)
        self.reading.changed.connect(self._look_again)
        self.columns.changed.connect(self._look_again)
        self.submitted.connect(self._on_next)
        act(self, "transfer.choose", lambda: self.tr("Choose a file…"), self._on_choose, key="Ctrl+O")
        act(self, "transfer.back", lambda: self.tr("Back"), self._on_back, key="Alt+Left")

    # looking

    def look_at(self, path: Path) -> None:
        """Read a file and show how it was understood; one that cannot be read is told on the first page."""
        if _is_archive(path):
            self.reject()
            self.desk.ask(BringArchive(str(path)))
            return
        self.plan = self.whole = None
        self._waiting = ()
        self._examine(path, kind=self.kind)

    def _look_again(self) -> None:
        assert self.plan is not None
        how = self.reading.how()
        if self.step is Step.COLUMNS:
            how["mapping"] = self.columns.mapping()
            if self.plan.contacts:
                del how["mapping"]
        self._examine(self.plan.path, **how)

    def _examine(self, path: Path, **how: Any) -> None:
        self.primary.setEnabled(False)
        if self._task is not None:
            self._task.drop()

        def hear(found: Plan | CodedError) -> None:
            self._task = None
            if isinstance(found, CodedError):
                self._on_unreadable(path, found)
            else:
                self._on_examined(found)

        self._task = self.desk.gateway.read_later(transfer.examine, path, then=hear, owner=self, **how)

    def _on_unreadable(self, path: Path, refusal: CodedError) -> None:
        self.file.show_trouble(path.name, words.trouble(refusal))
        self.go(Step.FILE)

    def _on_examined(self, plan: Plan) -> None:
        first = self.plan is None
        if first:
            self.columns.earn.set_value(self.desk.settings.import_earns)
        self.plan = plan
        self.file.show_trouble("", "")
        self.reading.show_plan(plan)
        self.columns.show_plan(plan)
        if first:
            self.go(Step.READING)
        else:
            self._word_buttons()

    # stepping

    def go(self, step: Step) -> None:
        """Show a step."""
        self.step = step
        shown = {
            Step.FILE: self.file,
            Step.READING: self.reading,
            Step.COLUMNS: self.columns,
            Step.TRYING: self.running,
            Step.TRIED: self.outcomes,
            Step.BRINGING: self.running,
            Step.DONE: self.outcomes,
            Step.REPAIR: self.repair,
        }[step]
        for page in self.pages:
            page.setVisible(page is shown)
        self._word_buttons()
        if step is Step.REPAIR:
            self.repair.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.primary.isEnabled() and self.primary.isVisibleTo(self):
            self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        elif step is Step.READING:
            self.reading.order.setFocus(Qt.FocusReason.OtherFocusReason)  # the one answer that is still wanted

    def _word_buttons(self) -> None:
        step, plan = self.step, self.plan
        at = self.tr("step {number} of {all}").replace("{number}", str(SHOWN_AS.get(step, STEPS)))
        self.set_title(self.tr("Bring in a file"), at.replace("{all}", str(STEPS)))
        names = {
            Step.FILE: self.tr("Choose a file…"),
            Step.READING: self.tr("Next"),
            Step.COLUMNS: self.tr("Try it out"),
            Step.TRIED: self._bring_words(),
            Step.DONE: self.tr("Close"),
            Step.REPAIR: self.tr("Bring in %n repaired row(s)", "", len(self.repair.rows.touched())),
        }
        busy = step in (Step.TRYING, Step.BRINGING)
        self.primary.setText(names.get(step, self.tr("Bring in")))
        self.primary.setVisible(not busy)
        self.primary.setEnabled(not busy and self._may_go_on(plan))
        self.cancel.setText(self.tr("Stop") if busy else self.tr("Cancel"))
        self.cancel.setVisible(step is not Step.DONE)
        self.back.setVisible(step in (Step.READING, Step.COLUMNS, Step.TRIED, Step.REPAIR))
        rejected = bool(self.outcome and self.outcome.rejected)
        self.save.setVisible(step in (Step.TRIED, Step.DONE) and rejected)
        self.mend.setVisible(step is Step.DONE and rejected and plan is not None and not plan.contacts)
        self.set_note("")

    def _bring_words(self) -> str:
        outcome = self.outcome
        changed = outcome.created + outcome.updated if outcome else 0
        return self.tr("Bring in %n row(s)", "", changed) if changed else self.tr("Close")

    def _may_go_on(self, plan: Plan | None) -> bool:
        if self.step is Step.FILE:
            return True
        if self.step is Step.REPAIR:
            return bool(self.repair.rows.touched())
        if plan is None or (self.step is not Step.DONE and plan.date_order is DateOrder.AMBIGUOUS):
            return False
        return self.step is not Step.COLUMNS or not plan.missing

    def _on_next(self) -> None:
        if self.step is Step.FILE:
            self.file.ask()
        elif self.step is Step.READING:
            self.go(Step.COLUMNS)
        elif self.step is Step.COLUMNS:
            self._try_out()
        elif self.step is Step.TRIED and self.outcome and self.outcome.created + self.outcome.updated:
            self._bring_in()
        elif self.step is Step.REPAIR:
            self._bring_repaired()
        elif self.step in (Step.TRIED, Step.DONE):
            self.accept()

    def _on_back(self) -> None:
        earlier = {Step.READING: Step.FILE, Step.COLUMNS: Step.READING, Step.TRIED: Step.COLUMNS}
        earlier[Step.REPAIR] = Step.DONE
        if self.step in earlier:
            self.go(earlier[self.step])

    def _on_earlier(self) -> None:
        """The list of imports stands in place of the wizard, which holds nothing yet."""
        window = self.parentWidget()
        assert window is not None
        self.reject()
        open_imports(self.desk, window)

    def _on_choose(self) -> None:
        if self.step in (Step.FILE, Step.READING):
            self.file.ask()

    # acting

    def _try_out(self) -> None:
        self.running.begin(self.tr("Trying it out. Nothing is changed yet."))
        self.go(Step.TRYING)
        self._run(rehearse=True, said="")

    def _bring_in(self) -> None:
        assert self.plan is not None
        self.running.begin(self.tr("Copying the shop first, to be safe."))
        self.go(Step.BRINGING)
        copying = self.desk.gateway.back_up("before-import")
        self._task = copying
        copying.answered.connect(lambda _copy: self._on_copied())
        copying.failed.connect(lambda _trouble: self.go(Step.TRIED))

    def _on_copied(self) -> None:
        assert self.plan is not None
        if self.step is not Step.BRINGING:
            return
        self.running.begin(self.tr("Bringing in {file}").replace("{file}", self.plan.path.name))
        self._run(rehearse=False, said=self.tr("Brought in {file}").replace("{file}", self.plan.path.name))

    def _run(self, *, rehearse: bool, said: str) -> None:
        plan = self.plan
        assert plan is not None
        task = self.desk.gateway.write_later(
            transfer.IMPORTS[plan.kind], plan, at=self.desk.now(), rehearse=rehearse, said=said, **self._more(plan)
        )
        self._task = task
        task.progressed.connect(self.running.show_progress)
        task.committed.connect(self._on_brought_in)
        task.failed.connect(self._on_failed)

    def _more(self, plan: Plan) -> dict[str, Any]:
        """What only one kind of import is told."""
        if plan.kind is Kind.SALES:
            return {"earn": self.columns.earns()}
        return {"known_by": self.columns.known_by(), "shrink": shrink} if plan.kind is Kind.CUSTOMERS else {}

    def _on_mend(self) -> None:
        assert self.plan is not None and self.outcome is not None
        self.repair.show_rejected(self.whole or self.plan, self.outcome.rejections)
        self.go(Step.REPAIR)

    def _bring_repaired(self) -> None:
        """What was touched comes in as an import of its own; the others stay rejected."""
        assert self.plan is not None and self.outcome is not None
        rows = self.repair.rows.touched()
        self.whole = self.whole or self.plan
        self._waiting = tuple(one for one in self.outcome.rejections if one.line not in rows)
        self.plan = transfer.repaired(self.whole, rows)
        self.running.begin(self.tr("Bringing in {file}").replace("{file}", self.plan.path.name))
        self.go(Step.BRINGING)
        self._run(
            rehearse=False, said=self.tr("Brought in repaired rows of {file}").replace("{file}", self.plan.path.name)
        )

    def _on_forgotten(self) -> None:
        plan = self.plan
        if plan is not None:
            said = self.tr("Forgot how these columns were mapped")
            self.desk.gateway.write(transfer.forget_mapping, plan.kind, plan.headers, said=said)
            self._examine(plan.path, **self.reading.how())

    def _on_brought_in(self, outcome: Outcome) -> None:
        self._task = None
        still = sorted((*outcome.rejections, *self._waiting), key=lambda one: one.line)
        self._show_outcome(replace(outcome, rejections=tuple(still)), Step.DONE)

    def _on_failed(self, error: BaseException) -> None:
        self._task = None
        if isinstance(error, Rehearsed) and isinstance(error.outcome, Outcome):
            self._show_outcome(error.outcome, Step.TRIED)
            return
        self.go(Step.REPAIR if self.whole else Step.COLUMNS)
        if isinstance(error, Cancelled):
            self.set_note(words.trouble(error))
        elif isinstance(error, StorageError):
            self.desk.gateway.troubled.emit(error)
        elif isinstance(error, CodedError):
            self.set_note(words.trouble(error))
        else:
            raise error

    def _show_outcome(self, outcome: Outcome, step: Step) -> None:
        assert self.plan is not None
        self.outcome = outcome
        self.outcomes.show_outcome(outcome, self.plan, done=step is Step.DONE)
        self.go(step)

    def _on_save(self) -> None:
        assert self.plan is not None
        ending = ".vcf" if self.plan.contacts else ".csv"
        start = self.plan.path.with_name(f"{self.plan.path.stem}-rejected{ending}")
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save rejected rows"), str(start), f"*{ending}")
        if chosen:
            self.save_rejected(Path(chosen))

    def save_rejected(self, target: Path) -> None:
        """Write every rejected row with its reason, in the language on screen."""
        assert self.plan is not None and self.outcome is not None
        titles = (self.tr("Line"), self.tr("Reason"))
        try:
            count = transfer.write_rejected(
                target, self.whole or self.plan, self.outcome.rejections, titles, words.reason
            )
        except OSError:
            self.set_note(self.tr("The file cannot be written there. Choose another folder."))
            return
        self.set_note(self.tr("%n row(s) saved in {file}", "", count).replace("{file}", target.name))

    # closing, dropping, languages

    def reject(self) -> None:
        """Esc stops what runs, and closes only what stands still."""
        if self.step is Step.TRYING or (self.step is Step.BRINGING and self._task is not None):
            if self._task is not None:
                self._task.cancel()
            return
        super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.step in (Step.FILE, Step.READING) and _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.look_at(path)

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "pages"):
            return
        self.back.setText(self.tr("Back"))
        self.save.setText(self.tr("Save rejected rows…"))
        self.mend.setText(self.tr("Put right here…"))
        for page in (self.file, self.reading, self.columns, self.repair):
            page.retranslate()
        if self.plan and self.outcome:
            self.outcomes.show_outcome(self.outcome, self.plan, done=self.step is Step.DONE)
        self._word_buttons()


def _is_archive(path: Path) -> bool:
    """A whole shop is shown by a dialog of its own; what cannot be opened is told by the look at the file."""
    try:
        return transfer.is_archive(path)
    except OSError:
        return False


def _dropped(event: QDropEvent) -> Path | None:
    """The file that is dragged, when it is one."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def open_wizard(desk: Desk, parent: QWidget, *, path: str = "", kind: str = "") -> Wizard:
    """Open the wizard, perhaps with a file already chosen or dropped."""
    dialog = Wizard(desk, parent, kind=Kind(kind) if kind else None)
    dialog.present()
    if path:
        dialog.look_at(Path(path))
    return dialog
