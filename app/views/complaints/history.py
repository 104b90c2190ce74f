"""The history of a case: each state with its moment, who moved it, and what they noted."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from app.domain.complaints import ComplaintState, MarkKind
from app.services.complaints import CaseEvent, CaseMark
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


_MARKS = {
    MarkKind.ANSWERED: ("ph.chat-teardrop-text", "blue"),
    MarkKind.ESCALATED: ("ph.arrow-up", "red"),
    MarkKind.CALLED: ("ph.phone", "blue"),
}


class History(QWidget):
    """Newest last, as it happened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Steps = column(gap=8)
        self.setLayout(self._lines)

    def show_events(
        self, events: Sequence[CaseEvent], zone: ZoneInfo, today: date, marks: Sequence[CaseMark] = ()
    ) -> None:
        """Show these events, the first one opened the case, and what was noted between them."""
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        told: list[tuple[CaseEvent | CaseMark, str]] = [(e, self._title(e, place)) for place, e in enumerate(events)]
        told += [(mark, self._mark_title(mark)) for mark in marks]
        for told_of, title in sorted(told, key=lambda pair: pair[0].at):
            self._lines.add(_line(told_of, words.moment_words(told_of.at, zone, today), title))

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

    def _mark_title(self, mark: CaseMark) -> str:
        title = {
            MarkKind.ANSWERED: self.tr("Answered"),
            MarkKind.ESCALATED: self.tr("Up to the owner"),
            MarkKind.CALLED: self._call_title(mark),
        }[mark.kind]
        return self.tr("Taken back: {step}").replace("{step}", title) if mark.takes_back else title

    def _call_title(self, mark: CaseMark) -> str:
        if mark.answer is None:
            return self.tr("Called, not reached")
        return self.tr("Called: {answer} / 5").replace("{answer}", str(mark.answer))


def _line(event: CaseEvent | CaseMark, moment: str, title: str) -> QWidget:
    icon, hue = ("ph.arrow-u-up-left", "") if event.takes_back else _sign(event)
    tone = "ink3" if event.taken_back or event.takes_back else "ink"
    who = PlainLabel(staff_name(event.staff), "caption", tone="ink3")
    head = row(PlainLabel(title, "strong", tone=tone), PlainLabel(moment, "caption", tone="ink2"), None, who, gap=8)
    said = [ElidedLabel(words.quoted(event.note), "small", tone="ink2")] if event.note else []
    return box(row(IconDisc(icon, 28, hue), (column(head, *said, gap=0), 1), gap=10))


def _sign(event: CaseEvent | CaseMark) -> tuple[str, str]:
    return _MARKS[event.kind] if isinstance(event, CaseMark) else _SIGNS[event.state]
