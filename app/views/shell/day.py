"""Opens the shop's day: once the window stands, and again when the day turns while it is open."""

from datetime import date

from PySide6.QtCore import QObject, QTimer

from app.domain.errors import Cancelled, StorageError
from app.views.shared.desk import Desk
from app.views.shared.tasks import Task

EVERY_MINUTE = 60_000


class ShopDay(QObject):
    """Lets points, cards and coupons end and tiers run out whose time has come (points rule 4), on a worker thread.

    When the day turns, every screen looks again. A day that could not be opened (another window was writing, the disk
    is full) is tried again every minute.
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self._day = desk.today()
        self._opened: date | None = None
        self._task: Task | None = None
        self._timer = QTimer(self, interval=EVERY_MINUTE)
        self._timer.timeout.connect(self._on_timeout)
        desk.gateway.restored.connect(self._on_restored)

    def open(self) -> None:
        """Open the day it is, unless that was done; from now on notice that it turns."""
        self._timer.start()
        if self._task is None and self._opened != self.desk.today():
            self._open(self.desk.today())

    def close(self) -> None:
        """Ask what runs to stop: it then leaves nothing, and is done when the shop is next opened."""
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()

    def _open(self, day: date) -> None:
        # Here, and not above: the first paint does not wait for it.
        from app.services.rewards import open_day

        self._task = self.desk.gateway.write_later(open_day, day)
        self._task.committed.connect(lambda _gone: self._on_committed(day))
        self._task.failed.connect(self._on_failed)
        self._task.ended.connect(self._on_ended)

    def _on_timeout(self) -> None:
        today = self.desk.today()
        if today != self._day:
            self._day = today
            self.desk.gateway.changed.emit(None)
        self.open()

    def _on_restored(self) -> None:
        """A copy from an earlier day has that day's points."""
        self._opened = None
        if self._timer.isActive():
            self.open()

    def _on_committed(self, day: date) -> None:
        self._opened = day

    def _on_failed(self, trouble: BaseException) -> None:
        if not isinstance(trouble, Cancelled | StorageError):
            raise trouble

    def _on_ended(self) -> None:
        self._task = None
