"""What every rule would bring, worked out on the side: after a while a meter shows, and Esc stops it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import Cancelled
from app.services import followups
from app.views.shared.buttons import Button
from app.views.shared.desk import Desk
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import row
from app.views.shared.meters import Meter
from app.views.shared.saving import PATIENCE
from app.views.shared.tasks import Task


class RulesAhead(QWidget):
    """A line that is not there while nothing is waited for; what was stopped can be begun again."""

    seen = Signal(object)
    """What each rule would bring, by its number."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._task: Task | None = None
        self.said, self.meter = PlainLabel("", "small", tone="ink2"), Meter()
        self.stop_button, self.again = Button("", key="Esc", size="small"), Button("", size="small")
        self.setLayout(row(self.said, (self.meter, 1), None, self.stop_button, self.again, gap=12))
        self._late = QTimer(self, singleShot=True, interval=PATIENCE)
        self._late.timeout.connect(self.show)
        self.stop_button.clicked.connect(self.stop)
        self.again.clicked.connect(self.work_out)
        self.hide()

    @property
    def running(self) -> bool:
        return self._task is not None and self._task.running

    def retranslate(self) -> None:
        self.stop_button.setText(self.tr("Stop"))
        self.again.setText(self.tr("Work it out"))
        self._say()

    def work_out(self) -> None:
        """Begin; what was asked for before is not waited for any more."""
        self._let_go()
        self._task = task = self._desk.gateway.read_long(
            followups.preview_rules, self._desk.today(), then=self.seen.emit, owner=self
        )
        task.progressed.connect(lambda done, total: self.meter.show_share(done / total if total else 0.0))
        task.failed.connect(self._on_failed)
        task.ended.connect(lambda: self._on_ended(task))
        self.meter.show_share(0)
        self._say()
        if not self.isVisible():
            self._late.start()

    def stop(self) -> bool:
        """Ask what runs to stop; False when nothing does."""
        if self._task is None or not self.running:
            return False
        self._task.cancel()
        return True

    def _let_go(self) -> None:
        if self._task is not None and self.running:
            self._task.drop()
            self._task.cancel()
        self._task = None

    def _on_failed(self, trouble: BaseException) -> None:
        self._late.stop()
        self._task = None
        self._say()
        self.setVisible(isinstance(trouble, Cancelled))

    def _on_ended(self, task: Task) -> None:
        if task is self._task:
            self._late.stop()
            self._task = None
            self.hide()

    def _say(self) -> None:
        running = self.running
        self.said.setText(
            self.tr("Working out what each would bring")
            if running
            else self.tr("Stopped: what each would bring is not known")
        )
        for part in (self.meter, self.stop_button):
            part.setVisible(running)
        self.again.setVisible(not running)
