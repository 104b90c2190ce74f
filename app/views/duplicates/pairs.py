"""The pairs of the base that look alike, as they were last found: what was decided since then is left out at once."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.duplicates import Found, Pair, TooCommon
from app.domain.errors import Cancelled
from app.services import duplicates
from app.services.duplicates import PairRow
from app.views.shared.gateway import Gateway
from app.views.shared.tasks import Task


class Pairs(QObject):
    """Looks on a worker thread; `found` says that the pairs are others now, `busy` that it looks."""

    found = Signal()
    busy = Signal(bool)
    progressed = Signal(int, int)
    stopped = Signal()

    def __init__(self, gateway: Gateway, parent: QObject) -> None:
        super().__init__(parent)
        self._gateway = gateway
        self._task: Task | None = None
        self.pairs: list[Pair] = []
        self.too_common: tuple[TooCommon, ...] = ()
        self.known = False
        """Whether a search has come to its end."""

    @property
    def running(self) -> bool:
        return self._task is not None

    def look(self) -> None:
        """Look anew; a search that runs is given up."""
        self._leave()
        task = self._gateway.read_long(duplicates.look_over, then=self._on_found, owner=self)
        self._task = task
        task.progressed.connect(self.progressed)
        task.failed.connect(self._on_failed)
        self.busy.emit(True)

    def stop(self) -> None:
        """End the search; what was found before stays."""
        if self._task is not None:
            self._leave()
            self.busy.emit(False)
            self.stopped.emit()

    def leave_out(self, holds: Callable[[Pair], bool]) -> None:
        """These pairs are decided: the next search will not find them either."""
        self.pairs = [pair for pair in self.pairs if not holds(pair)]
        self.found.emit()

    def count(self) -> int:
        return len(self.pairs)

    def page(self, offset: int, limit: int, _sort: object = None) -> list[PairRow]:
        return self._gateway.read(duplicates.pair_rows, self.pairs[offset : offset + limit])

    def place(self, identity: Any, _sort: object = None) -> int | None:
        wanted = (pair_id(pair) == identity for pair in self.pairs)
        return next((place for place, here in enumerate(wanted) if here), None)

    def _leave(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task.drop()
            self._task = None

    def _on_found(self, found: Found) -> None:
        self._task = None
        self.pairs, self.too_common, self.known = list(found.pairs), found.too_common, True
        self.busy.emit(False)
        self.found.emit()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self._task = None
            self.busy.emit(False)


def pair_id(pair: Pair | PairRow) -> tuple[int, int]:
    """The two cards, the smaller id first."""
    if isinstance(pair, Pair):
        return pair.low, pair.high
    return min(pair.one.id, pair.other.id), max(pair.one.id, pair.other.id)
