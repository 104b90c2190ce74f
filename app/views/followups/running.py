"""The running agenda: one list of days ahead and behind, read on as it is scrolled, either way without end."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent

from app.services.followups import DayPlan, FollowUpRow, Strip
from app.views.followups.agenda import AgendaList
from app.views.followups.agenda_rows import AgendaRow, PointsDay, RowWords, customer_of, identity, item_of, rows_of
from app.views.followups.festival_words import day_sentence
from app.views.followups.pieces import Layer, Layers
from app.views.shared.cards import Card
from app.views.shared.day_words import agenda_day, near_day, short_day
from app.views.shared.lists import Heading, RowView
from app.views.shared.look import px
from app.views.shared.rows_model import RowsModel

STRIDES = (7, 14, 28, 56, 112, 224)
"""Days read at once, more and more while nothing is found; together over a year, so that no birthday is missed."""
ROWS_KEPT = 3000
"""Days are let go at the far end beyond so many rows."""
NEAR = 400
"""So close to its end, the list is read on."""
Shown = AgendaRow | Heading


class RunningAgenda(Card):
    """Who makes it says how days are read, and how the nearest day with a follow-up is found."""

    day_changed = Signal(object)
    """The day of the chosen row."""

    def __init__(
        self,
        read: Callable[[date, date], list[DayPlan]],
        nearest: Callable[[date, bool], date | None],
    ) -> None:
        self._read, self._nearest = read, nearest
        self._plans: list[DayPlan] = []
        self._layers: Layers = frozenset()
        self._today = date.min
        self._ends: set[bool] = set()
        """Where nothing more follows: True ahead, False behind."""
        self._growing = False
        self.words = RowWords()
        self.model: RowsModel[Shown] = RowsModel(
            (), None, identity=_identity, inert=lambda shown: isinstance(shown, Heading)
        )
        self.list = AgendaList(self._view, height=52, headings=True)
        self.list.setModel(self.model)
        super().__init__((self.list, 1), gap=0, margins=(0, 8, 0, 8))
        self.model.setParent(self)
        self.list.verticalScrollBar().valueChanged.connect(lambda _value: self._grow_where_near())
        self.list.chosen.connect(self._on_chosen)

    # what is shown

    @property
    def begun(self) -> bool:
        """Whether any day was read yet."""
        return bool(self._plans)

    def show_from(self, day: date, layers: Layers, today: date) -> None:
        """Begin anew with this day at the top, and the days before it above."""
        self._layers, self._today, self._plans, self._ends = layers, today, [], set()
        self._growing = True
        self._plans = self._read_on(day - timedelta(days=1), forward=True, at_least=[day])
        self._plans = [*self._read_on(self._plans[0].day, forward=False), *self._plans]
        self._show()
        self._growing = False
        self.stand_on(day)
        QTimer.singleShot(0, self, self._grow_where_near)

    def show_again(self, layers: Layers, today: date) -> None:
        """Read the days that are shown anew; choice and place are kept."""
        self._layers, self._today, self._ends = layers, today, set()
        self._plans = [plan for first, last in _runs(self._plans) for plan in self._read(first, last)]
        self._show()

    def stand_on(self, day: date) -> None:
        """Choose the first row of a day, or of the next that has any, with its heading at the top."""
        rows = self.model.rows
        place = next((n for n, shown in enumerate(rows) if not isinstance(shown, Heading) and _day(shown) >= day), None)
        head = next((n for n, shown in enumerate(rows) if _day(shown) >= day), None)
        if place is not None:
            self.list.choice.choose_place(place)
        if head is not None:
            self.list.scrollTo(self.model.index(head, 0), self.list.ScrollHint.PositionAtTop)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._grow_where_near)

    def _show(self) -> None:
        rows: list[Shown] = []
        for plan in self._plans:
            of_day = rows_of(plan, self._layers)
            if of_day or plan.day == self._today:
                rows += [self._heading(plan, of_day), *of_day]
        self.model.show_rows(rows)

    def _heading(self, plan: DayPlan, rows: Sequence[AgendaRow]) -> Heading:
        said = [agenda_day(plan.day)] if plan.day.year == self._today.year else [short_day(plan.day, self._today)]
        if abs((plan.day - self._today).days) <= 1:
            near = near_day(plan.day, self._today)
            said.insert(0, near[:1].upper() + near[1:])
        if Layer.FESTIVALS in self._layers:
            said.append(day_sentence(plan.day))
        if not rows:
            said.append(self.tr("nothing planned"))
        tone = "accent_text" if plan.day == self._today else "ink2"
        return Heading(plan.day, " · ".join(said), len(rows) or None, tone)

    def _view(self, shown: Shown) -> RowView | Heading:
        return shown if isinstance(shown, Heading) else self.words.view(shown)

    def _on_chosen(self, shown: object) -> None:
        if isinstance(shown, Strip | PointsDay) or (shown is not None and not isinstance(shown, Heading)):
            self.day_changed.emit(_day(shown))  # type: ignore[arg-type]

    # reading on

    def _grow_where_near(self) -> None:
        """Read on at an end that is near, until the list is longer than what is seen of it, or all there is."""
        if self._growing or not self._plans or not self.isVisible():
            return
        bar = self.list.verticalScrollBar()
        self._growing = True
        if bar.maximum() - bar.value() < px(NEAR) and True not in self._ends:
            self._grow_ahead()
        if bar.value() < px(NEAR) and False not in self._ends:
            self._grow_back()
        self._growing = False
        if bar.maximum() == 0 and len(self._ends) < 2:
            QTimer.singleShot(0, self, self._grow_where_near)

    def _grow_ahead(self) -> None:
        more = self._read_on(self._plans[-1].day, forward=True)
        if more:
            self._plans = self._trimmed([*self._plans, *more], from_start=True)
            self._show_keeping_place()

    def _grow_back(self) -> None:
        more = self._read_on(self._plans[0].day, forward=False)
        if more:
            self._plans = self._trimmed([*more, *self._plans], from_start=False)
            self._show_keeping_place()

    def _show_keeping_place(self) -> None:
        """What is seen stays where it is, whatever comes before it or goes."""
        top = self.list.indexAt(self.list.viewport().rect().topLeft())
        kept = self.model.id_at(top.row()) if top.isValid() else None
        before = self.list.visualRect(top).top()
        self._show()
        place = self.model.place_of(kept) if kept is not None else None
        if place is not None:
            now = self.list.visualRect(self.model.index(place, 0)).top()
            bar = self.list.verticalScrollBar()
            bar.setValue(bar.value() + now - before)

    def _trimmed(self, plans: list[DayPlan], *, from_start: bool) -> list[DayPlan]:
        rows = sum(len(plan.strips) + len(plan.birthdays) for plan in plans)
        while rows > ROWS_KEPT and len(plans) > 1:
            gone = plans.pop(0 if from_start else -1)
            rows -= len(gone.strips) + len(gone.birthdays)
            self._ends.discard(not from_start)
        return plans

    def _read_on(self, day: date, *, forward: bool, at_least: Sequence[date] = ()) -> list[DayPlan]:
        """The days after `day` (or before it) up to some that hold anything; none where nothing more follows."""
        found: list[DayPlan] = []
        edge = day
        for stride in STRIDES:
            plans = self._stretch(edge, stride, forward=forward)
            found = [*found, *plans] if forward else [*plans, *found]
            if any(rows_of(plan, self._layers) for plan in plans):
                return found
            edge = plans[-1 if forward else 0].day
        nearest = self._nearest(edge, forward) if Layer.FOLLOWUPS in self._layers else None
        if nearest is None:
            self._ends.add(forward)
            return [plan for plan in found if plan.day in at_least]
        beyond = nearest - timedelta(days=1) if forward else nearest + timedelta(days=1)
        return self._stretch(beyond, STRIDES[0], forward=forward)

    def _stretch(self, edge: date, stride: int, *, forward: bool) -> list[DayPlan]:
        near = edge + timedelta(days=1 if forward else -1)
        far = edge + timedelta(days=stride if forward else -stride)
        return self._read(min(near, far), max(near, far))


def _runs(plans: Sequence[DayPlan]) -> list[tuple[date, date]]:
    """The stretches of days without a gap."""
    runs: list[tuple[date, date]] = []
    for plan in plans:
        if runs and plan.day - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], plan.day)
        else:
            runs.append((plan.day, plan.day))
    return runs


def _day(shown: Shown) -> date:
    if isinstance(shown, Heading):
        assert isinstance(shown.id, date)
        return shown.id
    if isinstance(shown, Strip):
        return shown.item.due_on
    return shown.day if isinstance(shown, PointsDay) else shown.on


def _identity(shown: Shown) -> object:
    return shown.id if isinstance(shown, Heading) else identity(shown)
