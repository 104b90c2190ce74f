"""Does what the wizard asks: the dry run, the copy made before, the import itself; it is heard by signals."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.errors import CodedError, StorageError
from app.services import transfer
from app.services.transfer import Outcome, Plan, Rehearsed
from app.views.shared.desk import Desk
from app.views.shared.tasks import Task
from app.views.transfer import words
from app.views.transfer.running_page import RunningPage


class Acting(QObject):
    """One act at a time. `more` is what only one kind of import is told."""

    tried = Signal(object)
    """What would come of it."""
    brought = Signal(object)
    failed = Signal(str)
    """Why nothing was done, "" where it is told elsewhere."""
    uncopied = Signal()
    """The copy before could not be made, so nothing was begun."""

    def __init__(self, desk: Desk, running: RunningPage, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._running = desk, running
        self._task: Task | None = None
        self._stopped = False

    def try_out(self, plan: Plan, more: Mapping[str, Any]) -> None:
        """A dry run."""
        self._running.begin(self.tr("Trying it out. Nothing is changed yet."))
        self._run(plan, more, rehearse=True, said="")

    def bring_in(self, plan: Plan, more: Mapping[str, Any]) -> None:
        """Make a copy of the shop, then bring the file in."""
        self._stopped = False
        self._running.begin(self.tr("Copying the shop first, to be safe."))
        self._task = copying = self._desk.gateway.back_up("before-import")
        said = self.tr("Brought in {file}").replace("{file}", plan.path.name)
        copying.answered.connect(lambda _copy: self._bring(plan, more, said))
        copying.failed.connect(lambda _trouble: self._on_uncopied())

    def bring_repaired(self, plan: Plan, more: Mapping[str, Any]) -> None:
        """Bring in rows a person has put right: the copy was made before the others."""
        self._stopped = False
        self._bring(plan, more, self.tr("Brought in repaired rows of {file}").replace("{file}", plan.path.name))

    def cancel(self) -> None:
        """Stop what runs at its next report of progress; a copy that is being made is finished first."""
        self._stopped = True
        if self._task is not None:
            self._task.cancel()

    def _bring(self, plan: Plan, more: Mapping[str, Any], said: str) -> None:
        self._running.begin(self.tr("Bringing in {file}").replace("{file}", plan.path.name))
        self._run(plan, more, rehearse=False, said=said)
        if self._stopped:
            self.cancel()

    def _run(self, plan: Plan, more: Mapping[str, Any], *, rehearse: bool, said: str) -> None:
        act = transfer.IMPORTS[plan.kind]
        task = self._desk.gateway.write_later(act, plan, at=self._desk.now(), rehearse=rehearse, said=said, **more)
        self._task = task
        task.progressed.connect(self._running.show_progress)
        task.committed.connect(self._on_brought)
        task.failed.connect(self._on_failed)

    def _on_uncopied(self) -> None:
        self._task = None
        self.uncopied.emit()

    def _on_brought(self, outcome: Outcome) -> None:
        self._task = None
        self.brought.emit(outcome)

    def _on_failed(self, error: BaseException) -> None:
        self._task = None
        if isinstance(error, Rehearsed) and isinstance(error.outcome, Outcome):
            self.tried.emit(error.outcome)
        elif isinstance(error, StorageError):
            self.failed.emit("")
            self._desk.gateway.troubled.emit(error)
        elif isinstance(error, CodedError):
            self.failed.emit(words.trouble(error))
        else:
            self.failed.emit("")
            raise error
