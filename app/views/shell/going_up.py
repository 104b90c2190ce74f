"""Hands late complaints up to the owner while the window is open, looking every minute."""

from PySide6.QtCore import QObject, QTimer

from app.views.shared.desk import Desk

EVERY_MINUTE = 60_000


class GoingUp(QObject):
    """One small question a minute; another window of the same shop may have been quicker, and then nothing is left."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self, interval=EVERY_MINUTE)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now, and from now on."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        """Hand up whatever is late by now."""
        from app.services import complaints

        now, gateway = self._desk.now(), self._desk.gateway
        if gateway.read(complaints.to_escalate, now):
            gateway.write(complaints.escalate, now)
