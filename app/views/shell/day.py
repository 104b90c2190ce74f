"""Opens the shop's day: once the window stands, and again when the day turns while it is open."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer

from app.domain.errors import Cancelled, StorageError
from app.views.shared.desk import Desk
from app.views.shared.selling_words import held_words
from app.views.shared.tasks import Task

if TYPE_CHECKING:
    from app.services.followups import HandedOut, Ran

EVERY_MINUTE = 60_000


class ShopDay(QObject):
    """Lets points, cards and coupons end and tiers run out whose time has come (points rule 4), on a worker thread.
    Then the follow-ups that come again and again are written, the coupons of the day handed out, and the rules bring
    their follow-ups; the last two can be undone.

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

        task = self.desk.gateway.write_later(open_day, day)
        task.committed.connect(lambda _gone: self._extend(day))
        self._follow(task)

    def _extend(self, day: date) -> None:
        if not self._timer.isActive():
            return  # the window closes
        from app.services.followups import extend_series

        task = self.desk.gateway.write_later(extend_series, day)
        task.committed.connect(lambda _made: self._hand_out(day))
        self._follow(task)

    def _hand_out(self, day: date) -> None:
        if not self._timer.isActive():
            return  # the window closes
        from app.services.followups import hand_out_coupons

        write, now = self.desk.gateway.write_later, self.desk.now()
        task = write(hand_out_coupons, day, operation_id=uuid4().hex, at=now, said=self._handed_out)
        task.committed.connect(lambda _done: self._run_rules(day))
        self._follow(task)

    def _run_rules(self, day: date) -> None:
        if not self._timer.isActive():
            return
        from app.services.followups import run_rules

        task = self.desk.gateway.write_later(run_rules, day, at=self.desk.now(), said=self._brought)
        task.committed.connect(lambda _ran: self._on_committed(day))
        self._follow(task)

    def _brought(self, ran: "Ran") -> str:
        created = ran.created
        return self.tr("%n follow-up(s) brought by the rules", "", created) if created else ""

    def _handed_out(self, done: "HandedOut") -> str:
        if not done.given:
            return ""
        said, held = self.tr("%n birthday or win-back coupon(s) given", "", done.given), len(done.held)
        return f"{said} · {held_words(held)}" if held else said

    def _follow(self, task: Task) -> None:
        self._task = task
        task.failed.connect(self._on_failed)
        task.ended.connect(lambda: self._on_ended(task))

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

    def _on_ended(self, task: Task) -> None:
        if self._task is task:
            self._task = None
