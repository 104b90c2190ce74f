"""The history of a case: each state with its moment, who moved it, and what they noted."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from app.domain.complaints import ComplaintState
from app.services.complaints import CaseEvent
from app.views.complaints import words
from app.views.shared.avatars import IconDisc
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import Steps, box, column, row
from app.views.shared.people_words import staff_name

_SIGNS = {
    ComplaintState.OPEN: ("ph.chat-teardrop-text", "red"),
    ComplaintState.WAITING: ("ph.hourglass", "gold"),
    ComplaintState.RESOLVED: ("ph.check", "accent"),
    ComplaintState.CLOSED: ("ph.smiley", "accent"),
}


class History(QWidget):
    """Newest last, as it happened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Steps = column(gap=8)
        self.setLayout(self._lines)

    def show_events(self, events: Sequence[CaseEvent], zone: ZoneInfo, today: date) -> None:
        """Show these events, the first one opened the case."""
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for place, event in enumerate(events):
            self._lines.add(_line(event, words.moment_words(event.at, zone, today), self._title(event, place)))

    def texts(self) -> list[str]:
        """Each line as one reads it."""
        return [" ".join(label.text() for label in line.findChildren(PlainLabel)) for line in self._rows()]

    def _rows(self) -> list[QWidget]:
        return [w for i in range(self._lines.count()) if (item := self._lines.itemAt(i)) and (w := item.widget())]

    def _title(self, event: CaseEvent, place: int) -> str:
        if event.takes_back:
            return self.tr("Taken back: {step}").replace("{step}", words.state_words(event.state))
        if event.state is ComplaintState.OPEN:
            return self.tr("Logged") if place == 0 else self.tr("Open again")
        return words.state_words(event.state)


def _line(event: CaseEvent, moment: str, title: str) -> QWidget:
    icon, hue = ("ph.arrow-u-up-left", "") if event.takes_back else _SIGNS[event.state]
    tone = "ink3" if event.taken_back or event.takes_back else "ink"
    who = PlainLabel(staff_name(event.staff), "caption", tone="ink3")
    head = row(PlainLabel(title, "strong", tone=tone), PlainLabel(moment, "caption", tone="ink2"), None, who, gap=8)
    said = [ElidedLabel(words.quoted(event.note), "small", tone="ink2")] if event.note else []
    return box(row(IconDisc(icon, 28, hue), (column(head, *said, gap=0), 1), gap=10))
