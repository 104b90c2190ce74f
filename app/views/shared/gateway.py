"""The only door between screens and the shop: read, read later, write; says what changed and keeps the undo stack."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, QTimer, Signal

from app.domain.errors import Cancelled, ShopError, StorageError
from app.services import undo
from app.storage.attachments import Attachments
from app.storage.drafts import Drafts
from app.storage.journal import TakenBackBy
from app.storage.manifest import Copy
from app.storage.unit_of_work import Changes, UnitOfWork
from app.views.shared import collecting
from app.views.shared.tasks import Task

if TYPE_CHECKING:
    from app.services.audit import TrailEnd

__all__ = ["UNDO_DEPTH", "Copy", "Gateway", "Step", "way_back"]

T = TypeVar("T")

UNDO_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Step:
    """One act that can be taken back (or done again), with the words it was announced by."""

    said: str
    way: TakenBackBy


NEVER = -1
"""No state of the file is called so."""


class Gateway(QObject):
    """Belongs to the Qt thread. `changed` carries `Changes`; every screen that watches one of its features reloads."""

    changed = Signal(object)
    refused = Signal(object)
    """A ShopError: told kindly, nothing changed."""
    troubled = Signal(object)
    """A StorageError: the disk, offers a way out."""
    said = Signal(str, bool)
    """Words of an act just done, and whether it can be taken back."""
    steps_changed = Signal()
    copied = Signal(object)
    """A verified Copy was just made."""
    restored = Signal()
    """The shop is now what a copy of it was."""
    _answered = Signal(object, object)

    def __init__(self, work: UnitOfWork, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._end: TrailEnd | None = None
        """Where the trail ended when this window last looked: its steps belong to a shop that went on from there."""
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._away = 0
        self._answered.connect(self._on_answered)
        self._version = work.data_version()
        self._watch = QTimer(self, interval=2000)
        self._watch.timeout.connect(self._on_watch)

    # reading

    def read(self, query: Callable[..., T], *args: Any, **named: Any) -> T:
        """Ask now. For what answers within a frame."""
        return self._work.read(query, *args, **named)

    def state(self) -> int:
        """A number that is another once anybody, in this window or elsewhere, has committed to the file: what was read
        before that may no longer hold."""
        return self._work.data_version()

    def read_later(
        self,
        query: Callable[..., T],
        *args: Any,
        then: Callable[[T], None],
        owner: QObject,
        **named: Any,
    ) -> Task:
        """Ask on a worker thread; `then` hears the answer on the Qt thread, unless `owner` is gone."""
        task = self._start(lambda: self._work.read(query, *args, **named))
        owner.destroyed.connect(task.drop)
        task.answered.connect(then)
        return task

    def read_long(
        self,
        query: Callable[..., T],
        *args: Any,
        then: Callable[[T], None],
        owner: QObject,
        **named: Any,
    ) -> Task:
        """Ask what may take seconds: the query gets `progress=`, which raises Cancelled after `Task.cancel`.

        One that was cancelled says so by `failed`, and nobody is told.
        """
        task = Task(self)
        owner.destroyed.connect(task.drop)
        task.answered.connect(then)
        task.failed.connect(self._on_long_failed)
        self._start_away(
            lambda: self._deliver(task, lambda: self._work.read(query, *args, progress=task.progress, **named))
        )
        return task

    def apart(self, act: Callable[[Callable[[int, int], None]], T]) -> Task:
        """Do on a worker thread what is not about this shop; `act` gets a progress that raises Cancelled."""
        task = Task(self)
        self._start_away(lambda: self._deliver(task, lambda: act(task.progress)))
        return task

    def may(self, service: Callable[..., Any]) -> bool:
        """Whether the person at the keyboard may do this."""
        return self._work.may(service)

    # writing

    def write(self, command: Callable[..., T], *args: Any, said: str = "", **named: Any) -> T | None:
        """Act. A refusal is said aloud and changes nothing. `said` becomes a toast, with Undo where there is one."""
        try:
            answer, changes = self._work.write(command, *args, **named)
        except (ShopError, StorageError) as trouble:
            self._on_failed(trouble)
            return None
        self._remember(changes, said)
        return answer

    def write_later(
        self, command: Callable[..., T], *args: Any, said: str | Callable[[T], str] = "", **named: Any
    ) -> Task:
        """Act on a worker thread. The command gets `progress=`, which raises Cancelled after `Task.cancel`.

        `said` may word the answer.
        """
        task = Task(self)

        def act() -> tuple[T, Changes]:
            return self._work.write(command, *args, progress=task.progress, **named)

        def committed(outcome: tuple[T, Changes]) -> None:
            answer, changes = outcome
            self._remember(changes, said if isinstance(said, str) else said(answer))
            task.committed.emit(answer)

        task.answered.connect(committed)
        self._start_away(lambda: self._deliver(task, act))
        return task

    # copies, files and drafts

    @property
    def drafts(self) -> Drafts:
        """What was being typed when the program last stopped, beside the shop."""
        return Drafts(self._work.path)

    @property
    def files(self) -> Attachments:
        """Where the files that came with cases lie."""
        return self._work.copies.files

    @property
    def path(self) -> Path:
        """Where the shop file lies."""
        return self._work.path

    @property
    def copies(self) -> list[Copy]:
        """The copies of this shop, the newest first."""
        return self._work.copies.known()

    def back_up(self, reason: str, target: Path | None = None) -> Task:
        """Make a verified copy on a worker thread; `answered` carries the Copy."""
        task = self._start(lambda: self._work.copies.make(reason, target))
        task.answered.connect(self.copied)
        return task

    def look_into(self, path: Path) -> Task:
        """Verify a file that may be restored; `answered` carries the Copy it is."""
        return self._start(lambda: self._work.copies.look_into(path))

    def restore(self, path: Path) -> Task:
        """Bring a copy back; what can be undone is then forgotten. `answered` carries the safety copy made before."""
        task = self._start(lambda: self._work.copies.restore(path))
        task.answered.connect(self._on_restored)
        return task

    def _start(self, act: Callable[[], Any]) -> Task:
        task = Task(self)
        task.failed.connect(self._on_failed)
        self._start_away(lambda: self._deliver(task, act))
        return task

    def _on_restored(self, safety: object) -> None:
        self._goes_on()
        self._go_back()
        self.copied.emit(safety)

    def _go_back(self) -> None:
        """The shop is what a copy of it was: numbers that this window knows may soon name something else."""
        self._done.clear()
        self._undone.clear()
        self._version = self._work.data_version()
        self.steps_changed.emit()
        self.changed.emit(None)
        self.restored.emit()

    def _goes_on(self) -> bool:
        """Whether the shop has only gone on since this window last looked; else another one brought a copy back."""
        # Here, and not above: a window begins by reading.
        from app.services.audit import goes_on

        held, self._end = self._work.read(goes_on, self._end)
        return held

    def with_files(self, act: Callable[[Attachments], T]) -> T | None:
        """Do something with the files beside the shop; a refusal or trouble is said, and answered by None."""
        try:
            return act(self.files)
        except (ShopError, StorageError) as trouble:
            self._on_failed(trouble)
            return None

    def with_files_later(self, act: Callable[[Attachments], T]) -> Task:
        """The same on a worker thread, for what takes long; `answered` carries the answer."""
        return self._start(lambda: act(self.files))

    # undo and redo

    @property
    def undoable(self) -> str | None:
        """What Ctrl+Z would take back, in the words it was announced by."""
        return self._done[-1].said if self._done else None

    @property
    def redoable(self) -> str | None:
        return self._undone[-1].said if self._undone else None

    @property
    def next_way(self) -> TakenBackBy | None:
        """How Ctrl+Z would take the last act back."""
        return self._done[-1].way if self._done else None

    def forget(self, service: Callable[..., Any], *args: Any) -> None:
        """What was taken back otherwise is taken back no more by Ctrl+Z."""
        self._done = [step for step in self._done if (step.way.service, step.way.args) != (service, args)]
        self.steps_changed.emit()

    def undo(self) -> bool:
        """Take the last act back; False when there is none or it is refused."""
        return self._step(self._done, self._undone)

    def redo(self) -> bool:
        return self._step(self._undone, self._done)

    def _step(self, source: list[Step], target: list[Step]) -> bool:
        if not source:
            return False
        try:
            if not self._goes_on():
                self._go_back()
                self.refused.emit(undo.ChangedSince())
                return False
            step = source.pop()
            _, changes = self._work.write(step.way.service, *step.way.args, **step.way.named)
        except (ShopError, StorageError) as trouble:
            self.steps_changed.emit()
            self._on_failed(trouble)
            return False
        self._goes_on()
        way = way_back(changes)
        if way is not None:
            target.append(Step(step.said, way))
        self._announce(changes)
        return True

    def _remember(self, changes: Changes, said: str) -> None:
        if not self._goes_on():
            self._go_back()
        way = way_back(changes)
        if changes.forgets:
            self.drafts.forget()
            self._done.clear()
            self._undone.clear()
        if way is not None:
            self._done = [*self._done[-UNDO_DEPTH + 1 :], Step(said, way)]
            self._undone.clear()
        self._announce(changes)
        if said:
            self.said.emit(said, way is not None)

    def _announce(self, changes: Changes) -> None:
        self._version = self._work.data_version()
        self.steps_changed.emit()
        if changes.anything:
            self.changed.emit(changes)

    # other windows, worker threads

    def watch(self) -> None:
        """From now on notice commits by other processes on the same file."""
        self._watch.start()

    def settle(self) -> None:
        """Wait for what is running and hear its answers: for pictures, and for the last moment of a window."""
        self._pool.waitForDone()
        QCoreApplication.sendPostedEvents(self)

    def close(self) -> None:
        """Wait for what is running; nothing may touch the file afterwards."""
        self._watch.stop()
        self._pool.waitForDone()
        self._come_back(self._away)  # answers nobody waits for any more

    def _on_watch(self) -> None:
        collecting.tidy()
        try:
            version = self._work.data_version()
        except StorageError:
            self._version = NEVER  # a stick pulled out: told to whoever reads or writes next; once back, read anew
            return
        if version == self._version:
            return
        if not self._goes_on():
            self._go_back()
            return
        self._version = version
        self.changed.emit(None)

    def _deliver(self, task: Task, act: Callable[[], Any]) -> None:
        try:
            answer = act()
        except BaseException as error:
            self._answered.emit(task, error)
        else:
            self._answered.emit(task, (answer,))

    def _start_away(self, act: Callable[[], None]) -> None:
        collecting.leave()
        self._away += 1
        self._pool.start(act)

    def _on_answered(self, task: Task, outcome: Any) -> None:
        self._come_back(1)
        task.settle(outcome)

    def _come_back(self, tasks: int) -> None:
        for _ in range(min(tasks, self._away)):
            self._away -= 1
            collecting.come_back()

    def _on_long_failed(self, trouble: BaseException) -> None:
        if not isinstance(trouble, Cancelled):
            self._on_failed(trouble)

    def _on_failed(self, trouble: BaseException) -> None:
        if isinstance(trouble, ShopError):
            self.refused.emit(trouble)
        elif isinstance(trouble, StorageError):
            self.troubled.emit(trouble)
        else:
            raise trouble


def way_back(changes: Changes) -> TakenBackBy | None:
    """How a write is taken back: as it said itself, else by putting its rows back."""
    if changes.taken_back_by is not None:
        return changes.taken_back_by
    if changes.irreversible or not changes.rows:
        return None
    return TakenBackBy(undo.put_back, (changes.rows,))
