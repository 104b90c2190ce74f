"""How the calendar and the chosen day share the room: side by side, or as two pages with a button between them."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.views.followups.agenda import Agenda, wide
from app.views.followups.head import CalendarHead
from app.views.shared import look
from app.views.shared.layouts import row
from app.views.shared.look import px

FOLDED, SMALL, LOW = 956, 716, 408
"""At 100 % text: narrower than the first, calendar and day are two pages; narrower than the second or lower than the
third, the running agenda comes first until somebody chooses a view."""
_ANY_WIDTH = 16_777_215


class Halves(QWidget):
    """`arranged` says that another half may be in front. The button is the one in the head of the page."""

    arranged = Signal()
    turned = Signal()
    """By the button or a key: the keyboard goes along."""

    def __init__(self, calendar: QWidget, agenda: Agenda, head: CalendarHead) -> None:
        super().__init__()
        self._calendar, self._agenda, self._head = calendar, agenda, head
        self._beside = False
        """Whether the view that is shown has the chosen day beside it."""
        self._shows_agenda = False
        """Which of the two pages is shown, where there are two."""
        self.setLayout(row((calendar, 1), agenda, gap=16))
        head.glance.clicked.connect(self.turn)
        look.follow(self.make_room)

    @property
    def is_small(self) -> bool:
        """Whether there is too little room for a page of squares."""
        return self.width() < px(SMALL) or self.height() < px(LOW)

    @property
    def shows_calendar(self) -> bool:
        return not self._calendar.isHidden()

    def show_calendar(self, *, beside: bool) -> None:
        """Put the calendar in front; `beside`: with the chosen day at its side."""
        self._beside, self._shows_agenda = beside, False
        self.make_room()

    def turn(self) -> None:
        """Show the other page."""
        self._shows_agenda = not self._shows_agenda
        self._head.glance.setFocus(Qt.FocusReason.OtherFocusReason)  # whoever has it is about to hide
        self.make_room()
        self.turned.emit()

    def make_room(self) -> None:
        """Show what there is room for."""
        both = self.width() >= px(FOLDED)
        self._calendar.setVisible(both or not self._beside or not self._shows_agenda)
        self._agenda.setVisible(self._beside and (both or self._shows_agenda))
        self._agenda.setMinimumWidth(wide(self.width()) if both else 0)
        self._agenda.setMaximumWidth(wide(self.width()) if both else _ANY_WIDTH)
        self._head.show_glance(self._beside and not both)
        self.retranslate()
        self.arranged.emit()

    def retranslate(self) -> None:
        self._head.glance.setText(self.tr("Calendar") if self._shows_agenda else self.tr("The day"))

    def minimumSizeHint(self) -> QSize:
        """Of one page: asking for room for both would keep a window from ever folding."""
        return QSize(px(476), px(260))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.make_room()
