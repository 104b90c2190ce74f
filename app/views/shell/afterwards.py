"""What a start leaves for later: done once the window has been painted, a step each turn of the event loop."""

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from app.views.shell.places import PLACES

Step = Callable[[], object]


class Afterwards(QObject):
    """Takes the steps in turn; a key or a click between two of them is heard first."""

    ended = Signal()

    def __init__(self, steps: Iterable[Step], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = deque(steps)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        """Leave out what has not been done yet."""
        self._timer.stop()
        self._steps.clear()

    def _on_timeout(self) -> None:
        if self._steps:
            self._steps.popleft()()
        else:
            self._timer.stop()
            self.ended.emit()


def warming() -> list[Step]:
    """Imports everything a person may open next, so that the first click is as quick as the second.

    A part each, none long enough to be felt; what draws charts comes last, because it is most of the work.
    """
    screens = [place.screen for place in PLACES]
    return [*screens, _dialogs, _palette, _wizard, _numbers, _drawing, _charts]


def _dialogs() -> None:
    import app.views.complaints.entry
    import app.views.customers.editor
    import app.views.followups.editor
    import app.views.interactions.log  # noqa: F401


def _palette() -> None:
    import app.views.search.palette  # noqa: F401


def _wizard() -> None:
    import app.views.transfer.wizard  # noqa: F401


def _numbers() -> None:
    import numpy  # noqa: F401


def _drawing() -> None:
    import matplotlib.figure  # noqa: F401


def _charts() -> None:
    from app.views.shared.chart_card import warm_up

    warm_up()
