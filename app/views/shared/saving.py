"""The write a dialog waits for: a meter once it takes long, Esc stops it, and what came of it is said."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QTimer

from app.domain.errors import Cancelled, ShopError, StorageError
from app.views.shared.dialogs import Dialog
from app.views.shared.gateway import Gateway
from app.views.shared.meters import Meter
from app.views.shared.tasks import Task

PATIENCE = 500
"""Milliseconds of work before the meter shows."""


class Saving:
    """Put `meter` into the dialog. It is accepted once all is written; `again` shows anew what was not."""

    def __init__(self, dialog: Dialog, gateway: Gateway, *, again: Callable[[], object]) -> None:
        self._dialog, self._gateway, self._again = dialog, gateway, again
        self._task: Task | None = None
        self.meter = Meter(0, high=8)
        self.meter.hide()
        self._late = QTimer(dialog, singleShot=True, interval=PATIENCE)
        self._late.timeout.connect(self.meter.show)

    @property
    def running(self) -> bool:
        return self._task is not None

    def begin(self, task: Task, *, stopped: str) -> None:
        """Wait for this write; `stopped` is said when a person stops it."""
        self._task = task
        self._dialog.primary.setEnabled(False)
        self._dialog.cancel.setText(QCoreApplication.translate("Saving", "Stop"))
        self.watch(task)
        task.committed.connect(lambda _answer: self._end(self._dialog.accept))
        task.failed.connect(lambda trouble: self._on_failed(trouble, stopped))

    def stop(self) -> bool:
        """Ask what runs to stop; False when nothing does."""
        if self._task is None:
            return False
        self._task.cancel()
        return True

    def watch(self, task: Task) -> None:
        """Show how far a piece of work is once it takes long."""
        self._late.start()
        task.progressed.connect(lambda done, total: self.meter.show_share(done / total if total else 0.0))

    def rest(self) -> None:
        """Nothing is waited for."""
        self._late.stop()
        self.meter.hide()

    def _on_failed(self, trouble: BaseException, stopped: str) -> None:
        self._end(self._again)
        if isinstance(trouble, Cancelled):
            self._dialog.set_note(stopped)
        elif isinstance(trouble, ShopError):
            self._gateway.refused.emit(trouble)
        elif isinstance(trouble, StorageError):
            self._gateway.troubled.emit(trouble)
        else:
            raise trouble

    def _end(self, then: Callable[[], object]) -> None:
        self._task = None
        self.rest()
        self._dialog.cancel.setText(QCoreApplication.translate("Saving", "Cancel"))
        then()
