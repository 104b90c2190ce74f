"""The chosen day beside the month: how full it is, its birthdays, and its follow-ups one after the other."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.services.followups import BirthdayRow, DayPlan, FollowUpRow, Mark, Strip
from app.views.shared import look, paint
from app.views.shared.birthday_words import age_words, lunar_words
from app.views.shared.buttons import Button
from app.views.shared.cards import Card, Rule
from app.views.shared.day_words import agenda_day
from app.views.shared.followup_words import brake_words, clock, heavier, kind_hue, kind_icon, kind_words, title
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.lists import RowList, RowView
from app.views.shared.meters import Meter
from app.views.shared.rows_model import RowsModel

AgendaRow = Strip | BirthdayRow
_SIGNS = {Mark.DONE: "ph.check", Mark.HELD: "ph.hand-palm"}


class AgendaList(RowList):
    """Esc goes back to the month."""

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
        self.keys: tuple[tuple[str, str], ...] = ()
        self._today = date.min
        self.model: RowsModel[AgendaRow] = RowsModel((), None, identity=identity)
        self.list = AgendaList(self._view, height=52, lines=2)
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
        self.hint.setText(self.tr("Drag a strip to another day, or cut it here and paste it there."))

    def show_day(self, plan: DayPlan, today: date) -> None:
        """Show a day."""
        self._today = today
        self.title.setText(agenda_day(plan.day))
        self.caption.setText(self._counts(plan))
        self.load.setText(self.tr("Planned"))
        self.count.setText(self._of_capacity(plan))
        full = plan.planned > plan.capacity
        self.meter.show_share(plan.planned / plan.capacity if plan.capacity else 0, "gold" if full else "accent")
        rows: list[AgendaRow] = [*plan.birthdays, *plan.strips]
        self.model.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._rest.setVisible(not rows)

    def chosen(self) -> FollowUpRow | None:
        """The follow-up that is chosen; a birthday is none."""
        shown = self.list.choice.row()
        return shown.item if isinstance(shown, Strip) else None

    def customer(self) -> int | None:
        """Whom the chosen row is about."""
        shown = self.list.choice.row()
        who = shown.item.who if isinstance(shown, Strip) else shown.who if isinstance(shown, BirthdayRow) else None
        return who.id if who else None

    def _counts(self, plan: DayPlan) -> str:
        said = [self.tr("%n follow-up(s)", "", len(plan.strips))]
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

    def _view(self, shown: AgendaRow) -> RowView:
        return self._birthday(shown) if isinstance(shown, BirthdayRow) else self._work(shown)

    def _work(self, strip: Strip) -> RowView:
        item = strip.item
        said = heavier(item.text.replace("\n", " ")) if item.who and item.text else kind_words(item.kind)
        if item.brake and item.done_at is None:
            said = f"{brake_words(item)} · {said}"
        return RowView(
            strip.id,
            title(item),
            said,
            trailing=clock(item.due_at),
            picture="disc",
            icon=_SIGNS.get(strip.mark) or kind_icon(item.kind),
            hue={Mark.DUE: kind_hue(item.kind), Mark.LATE: "red"}.get(strip.mark, ""),
            reason_tone="ink3" if strip.mark is Mark.DONE else "ink2",
            keys=self.keys,
            spoken=", ".join(part for part in (title(item), paint.plain(said), self._mark(strip.mark)) if part),
        )

    def _mark(self, mark: Mark) -> str:
        return {Mark.DONE: self.tr("done"), Mark.LATE: self.tr("overdue")}.get(mark, "")

    def _birthday(self, row: BirthdayRow) -> RowView:
        facts = [words for words in (lunar_words(row.birthday), age_words(row.age)) if words]
        if row.brake:
            facts.insert(0, self.tr("complaint open: **greet only**"))
        return RowView(
            row.who.id,
            row.who.name,
            " · ".join(facts) or self.tr("Birthday"),
            trailing=self.tr("Birthday") if facts else "",
            trailing_tone="plum_text",
            picture="disc",
            icon="ph.cake",
            hue="plum",
        )


def identity(shown: AgendaRow) -> object:
    """A birthday and a follow-up may have the same number."""
    return ("birthday", shown.who.id) if isinstance(shown, BirthdayRow) else shown.id


def wide(scale_width: int) -> int:
    """296, and 360 where there is plenty of room."""
    return look.px(360 if scale_width > look.px(1420) else 296)
