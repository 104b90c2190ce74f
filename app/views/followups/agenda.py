"""The chosen day beside the calendar: how full it is, its birthdays, and its follow-ups one after the other."""

from collections.abc import Collection
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.services.followups import DayPlan, FollowUpRow
from app.views.followups.agenda_rows import AgendaRow, RowWords, customer_of, identity, item_of, rows_of
from app.views.followups.festival_words import day_sentence
from app.views.followups.pieces import Layer, Layers
from app.views.shared import look, paint
from app.views.shared.buttons import Button
from app.views.shared.cards import Card, Rule
from app.views.shared.day_words import agenda_day
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.lists import RowList
from app.views.shared.meters import Meter
from app.views.shared.rows_model import RowsModel


class AgendaList(RowList):
    """Esc goes back to the calendar; a click on a tick, or Ctrl and a click, marks."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class Agenda(Card):
    """One day. Its keys are on the chosen row; what they do is given by the screen."""

    def __init__(self) -> None:
        self.title, self.caption = ElidedLabel("", "section"), ElidedLabel("", "caption", tone="ink3")
        self.add = Button("", "secondary", icon="ph.plus", size="small")
        self.load, self.count = PlainLabel("", "small"), ElidedLabel("", "caption", tone="ink2", align="right")
        self.meter = Meter()
        self.words = RowWords()
        self.model: RowsModel[AgendaRow] = RowsModel((), None, identity=identity)
        self.list = AgendaList(self.words.view, height=52, lines=2)
        self.list.setModel(self.model)
        self.nothing = PlainLabel("", "small", tone="ink2", wrap=True)
        self.hint = PlainLabel("", "caption", tone="ink3", wrap=True)
        head = row((self.title, 1), self.add)
        planned = row(self.load, (self.count, 1))
        super().__init__(gap=8, margins=(0, 12, 0, 12))
        for part in (head, self.caption, planned, self.meter):
            self.body.add(row((part, 1), margins=(16, 0, 16, 0)))
        self.body.add(row((Rule(), 1), margins=(16, 0, 16, 0)))
        self._rest = box(column(self.nothing, None, margins=(16, 4, 16, 0)))
        self.body.add((self.list, 1), (self._rest, 1))
        self.body.add(row((self.hint, 1), margins=(16, 0, 16, 0)))
        self.model.setParent(self)

    def retranslate(self) -> None:
        """Word what is the agenda's own."""
        self.load.setText(self.tr("Planned"))
        self.nothing.setText(self.tr("Nothing is planned for this day."))
        self.hint.setText(
            self.tr("Drag a strip to another day, or cut it here and paste it there. Space marks several.")
        )

    def show_day(self, plan: DayPlan, layers: Layers, today: date) -> None:
        """Show a day in full."""
        self.title.setText(agenda_day(plan.day))
        marks = [day_sentence(plan.day)] if Layer.FESTIVALS in layers else []
        self.caption.setText(" · ".join([*marks, self._counts(plan)]))
        self.load.setText(self.tr("Planned"))
        self.count.setText(self._of_capacity(plan))
        full = plan.planned > plan.capacity
        self.meter.show_share(plan.planned / plan.capacity if plan.capacity else 0, "gold" if full else "accent")
        rows = rows_of(plan, layers)
        self.model.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._rest.setVisible(not rows)

    def show_marked(self, marked: Collection[int]) -> None:
        """Tick the rows that are chosen together."""
        self.words.marked = marked
        self.list.scheduleDelayedItemsLayout()  # a tick leaves less room for words
        self.list.viewport().update()

    def chosen(self) -> FollowUpRow | None:
        """The follow-up that is chosen; a birthday is none."""
        return item_of(self.list.choice.row())

    def customer(self) -> int | None:
        """Whom the chosen row is about."""
        return customer_of(self.list.choice.row())

    def _counts(self, plan: DayPlan) -> str:
        said = [self.tr("%n follow-up(s)", "", plan.count)]
        if plan.born:
            said.append(self.tr("%n birthday(s)", "", plan.born))
        if plan.held:
            said.append(self.tr("%n held back", "", plan.held))
        return " · ".join(said)

    def _of_capacity(self, plan: DayPlan) -> str:
        said = self.tr("{planned} of at most {most}")
        if plan.people > 1:
            said = self.tr("{planned} of at most {most} for %n people", "", plan.people)
        return said.replace("{planned}", paint.figure(plan.planned)).replace("{most}", paint.figure(plan.capacity))


def wide(room: int) -> int:
    """Of the room for calendar and day 296, and 360 where there is plenty of room."""
    return look.px(360 if room > look.px(1376) else 296)
