"""The screens of the window, one of them shown: one that needs more room than there is scrolls and pushes no wall."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from app.views.shared.look import px

_PREFERRED, _IGNORED = QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored


class Pages(QScrollArea):
    """Only the shown page says how small it can be: large text may need more room than a laptop has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = QStackedWidget()
        room = _Room(self._stack)
        self.setWidget(room)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in (self.viewport(), room, self._stack):
            part.setAutoFillBackground(False)

    def addWidget(self, page: QWidget) -> None:
        page.setSizePolicy(_IGNORED, _IGNORED)
        self._stack.addWidget(page)

    def setCurrentWidget(self, page: QWidget) -> None:
        if before := self._stack.currentWidget():
            before.setSizePolicy(_IGNORED, _IGNORED)
        page.setSizePolicy(_PREFERRED, _PREFERRED)
        self._stack.setCurrentWidget(page)
        if room := self.widget():
            room.updateGeometry()

    def currentWidget(self) -> QWidget | None:
        return self._stack.currentWidget()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(440), px(280))


class _Room(QWidget):
    """Holds the stack, and keeps from the scroll area how high it would like to be: only the least is asked for."""

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__()
        self._stack = stack
        stack.setParent(self)

    def minimumSizeHint(self) -> QSize:
        """What breaks into more lines where it is narrow needs their height, too: else they lie over each other."""
        least = self._stack.minimumSizeHint()
        page = self._stack.currentWidget()
        layout = page.layout() if page else None
        if layout is None or not layout.hasHeightForWidth():
            return least
        wide = max(self.width(), least.width())
        return least.expandedTo(QSize(0, layout.totalMinimumHeightForWidth(wide)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack.setGeometry(self.rect())
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)
