"""The counts on the rail: what is to be done today, and complaints not yet answered for."""

from PySide6.QtCore import QObject

from app.services import complaints, followups
from app.views.shared.desk import Desk
from app.views.shell.rail import Rail

WATCHED = frozenset({"complaints", "followups"})


class Counts(QObject):
    """Keeps the pills of the rail true."""

    def __init__(self, desk: Desk, rail: Rail) -> None:
        super().__init__(rail)
        self.desk, self.rail, self._unbooked = desk, rail, 0
        desk.due_counted.connect(self._on_due_counted)
        desk.gateway.changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        read, today = self.desk.gateway.read, self.desk.today()
        self.rail.items["today"].set_count(read(followups.due_count, today) + self._unbooked)
        self.rail.items["complaints"].set_count(read(complaints.unsettled))

    def _on_due_counted(self, count: int) -> None:
        self._unbooked = max(0, count - self.desk.gateway.read(followups.due_count, self.desk.today()))
        self.refresh()

    def _on_changed(self, changes: object) -> None:
        if changes is None or getattr(changes, "features", WATCHED) & WATCHED:
            self.refresh()
