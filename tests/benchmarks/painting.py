"""What a person sees after an act: everything Qt does of itself until nothing is left to paint.

Only what changed is painted, into the backing store of the window, as on a screen; `QWidget.grab` would paint all of it
once more. `left_over` proves, outside the time taken, that nothing was put off.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from app.views.shared import look
from app.views.shell.start import application, dressed

ROUNDS = 3
"""The act's own updates, the layout they ask for, and what that moves."""


def program() -> QApplication:
    """The application as the program dresses it: its faces, colours, style sheet and Chinese words."""
    app = application()
    dressed(app, language="zh_CN", theme=look.Theme.LIGHT, scale=1.0)
    return app


def painted(act: Callable[[], object]) -> None:
    """Act, then lay out and paint what changed."""
    act()
    for _ in range(ROUNDS):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def left_over(act: Callable[[], object]) -> int:
    """How many paint events are still to come after `painted`."""
    painted(act)
    app = QApplication.instance()
    assert app is not None
    seen = _Paints()
    app.installEventFilter(seen)
    for _ in range(ROUNDS):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    app.removeEventFilter(seen)
    return seen.count


class _Paints(QObject):
    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False
