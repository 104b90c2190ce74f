"""Bringing a file in: which file, how it was read, what its columns hold, a dry run, the import, what came of it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import CodedError
from app.formats.dates import DateOrder
from app.services import transfer
from app.services.transfer import Kind, Outcome, Plan, Rejection
from app.views.shared.actions import act
from app.views.shared.buttons import Button
from app.views.shared.desk import BringArchive, Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.tasks import Task
from app.views.transfer import rejected_file, words
from app.views.transfer.acting import Acting
from app.views.transfer.columns_page import ColumnsPage
from app.views.transfer.dropping import dropped, is_archive
from app.views.transfer.file_page import FilePage
from app.views.transfer.imports import open_imports
from app.views.transfer.outcome_page import OutcomePage
from app.views.transfer.pictures import shrink
from app.views.transfer.reading_page import ReadingPage
from app.views.transfer.repair_page import RepairPage
from app.views.transfer.running_page import RunningPage
from app.views.transfer.steps import BEFORE, SHOWN_AS, STEPS, Step


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
        self.acting = Acting(self.desk, self.running, self)
        self.acting.tried.connect(lambda outcome: self._show_outcome(outcome, Step.TRIED))
        self.acting.brought.connect(self._on_brought_in)
        self.acting.failed.connect(self._on_failed)
        self.acting.uncopied.connect(lambda: self.go(Step.TRIED))
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
        if is_archive(path):
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
        self.back.setVisible(step in BEFORE)
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
        if self.step in BEFORE:
            self.go(BEFORE[self.step])

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
        assert self.plan is not None
        self.go(Step.TRYING)
        self.acting.try_out(self.plan, self._more(self.plan))

    def _bring_in(self) -> None:
        assert self.plan is not None
        self.go(Step.BRINGING)
        self.acting.bring_in(self.plan, self._more(self.plan))

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
        self.go(Step.BRINGING)
        self.acting.bring_repaired(self.plan, self._more(self.plan))

    def _on_forgotten(self) -> None:
        plan = self.plan
        if plan is not None:
            said = self.tr("Forgot how these columns were mapped")
            self.desk.gateway.write(transfer.forget_mapping, plan.kind, plan.headers, said=said)
            self._examine(plan.path, **self.reading.how())

    def _on_brought_in(self, outcome: Outcome) -> None:
        still = sorted((*outcome.rejections, *self._waiting), key=lambda one: one.line)
        self._show_outcome(replace(outcome, rejections=tuple(still)), Step.DONE)

    def _on_failed(self, note: str) -> None:
        self.go(Step.REPAIR if self.whole else Step.COLUMNS)
        self.set_note(note)

    def _show_outcome(self, outcome: Outcome, step: Step) -> None:
        assert self.plan is not None
        self.outcome = outcome
        self.outcomes.show_outcome(outcome, self.plan, done=step is Step.DONE)
        self.go(step)

    def _on_save(self) -> None:
        assert self.plan is not None
        if target := rejected_file.ask(self, self.plan):
            self.save_rejected(target)

    def save_rejected(self, target: Path) -> None:
        """Write every rejected row with its reason, in the language on screen."""
        assert self.plan is not None and self.outcome is not None
        self.set_note(rejected_file.save(target, self.whole or self.plan, self.outcome.rejections))

    # closing, dropping, languages

    def reject(self) -> None:
        """Esc stops what runs, and closes only what stands still."""
        if self.step in (Step.TRYING, Step.BRINGING):
            self.acting.cancel()
            return
        super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.step in (Step.FILE, Step.READING) and dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped(event)
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


def open_wizard(desk: Desk, parent: QWidget, *, path: str = "", kind: str = "") -> Wizard:
    """Open the wizard, perhaps with a file already chosen or dropped."""
    dialog = Wizard(desk, parent, kind=Kind(kind) if kind else None)
    dialog.present()
    if path:
        dialog.look_at(Path(path))
    return dialog
