"""Reminds of follow-ups while the program runs: looks every half minute, and at the start for what was missed."""

from datetime import UTC, datetime
from hashlib import sha256

from PySide6.QtCore import QObject, QTimer

from app.domain.errors import Cancelled, StorageError
from app.services import followups
from app.services.followups import Reminder
from app.views.shared.desk import Request
from app.views.shared.machine_store import Remembered
from app.views.shared.tasks import Task
from app.views.shell.reminder_words import worded
from app.views.shell.tray import Tray
from app.views.shell.window import Window

EVERY_MS = 30_000


class Reminders(QObject):
    """When this computer last looked is kept on it; what was told, in the shop file: a second window tells none of it.

    A look that fails (another window is writing, the disk is full) is made again half a minute later.
    """

    def __init__(self, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self.window, self.desk = window, window.desk
        self.tray = Tray(window) if Tray.there_is_one() else None
        self._task: Task | None = None
        path = str(self.desk.gateway.path.resolve())
        self._seen = Remembered(f"reminders/{sha256(path.encode()).hexdigest()[:16]}", "")
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self.window.reminder.opened.connect(self._on_opened)
        if self.tray is not None:
            self.tray.opened.connect(self._on_opened)

    def start(self) -> None:
        """Look now, and from now on."""
        if self.tray is not None:
            self.tray.icon.show()
        self._timer.start()
        self.look()

    def close(self) -> None:
        self._timer.stop()
        if self.tray is not None:
            self.tray.icon.hide()

    def look(self) -> None:
        """Tell what is due since the last look; a computer that never looked has missed nothing."""
        if self._task is not None:
            return
        now = self.desk.now()
        since = self._since(now)
        gateway = self.desk.gateway
        if not gateway.read(followups.reminders_due, since, now):
            self._look_on(now)
            return
        # On a worker thread: an import may hold the file for seconds.
        task = self._task = gateway.write_later(followups.remind, since, now)
        task.committed.connect(lambda found: self._on_told(found, now))
        task.failed.connect(self._on_failed)
        task.ended.connect(self._on_ended)

    def _since(self, now: datetime) -> datetime:
        try:
            return datetime.fromisoformat(self._seen.get()).astimezone(UTC)
        except ValueError:
            self._seen.set(now.astimezone(UTC).isoformat())
            return now

    def _look_on(self, now: datetime) -> None:
        """In quiet hours nothing is told, so nothing was seen."""
        if not followups.reminder_rule(self.desk.settings).is_quiet(now):
            self._seen.set(now.astimezone(UTC).isoformat())

    def _on_told(self, found: tuple[Reminder, ...], now: datetime) -> None:
        self._look_on(now)
        told = worded(found, self.desk.today())
        if told:
            (self.tray or self.window.reminder).tell(told)

    def _on_opened(self, goes: Request | None) -> None:
        window = self.window
        if window.isMinimized():
            window.showNormal()
        window.raise_()
        window.activateWindow()
        if goes is not None:
            self.desk.ask(goes)

    def _on_failed(self, trouble: BaseException) -> None:
        if not isinstance(trouble, Cancelled | StorageError):
            raise trouble

    def _on_ended(self) -> None:
        self._task = None
