"""The card with the day's list: chips over it, the rows, what is marked, what a full day folds, and its calm end."""

from collections.abc import Collection, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.followups import FollowUpPurpose
from app.services import customers
from app.services.followups import TodayList, TodayRow
from app.views.shared.actions import act
from app.views.shared.buttons import Button
from app.views.shared.cards import Card
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import BookFollowUp, Desk
from app.views.shared.empty import EmptyState
from app.views.shared.followup_words import title
from app.views.shared.layouts import box, row
from app.views.shared.lists import Heading, RowList, RowView
from app.views.shared.rows_model import RowRole, RowsModel
from app.views.today.acts import TodayActs
from app.views.today.rows import Fold, RowPainter, Shown, with_headings
from app.views.today.why import score_words


class DayBoard(Card):
    """Shows a `TodayList`; the keys of its rows are in `acts`."""

    mine_chosen = Signal(bool)
    folding = Signal()
    """What can wait is to be shown, or hidden again: the list is read anew."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.chips = Chips()
        self.mine = Button("", "quiet", icon="ph.user", size="small")
        self.mine.setCheckable(True)
        self.held = Button("", "quiet", icon="ph.hand-palm", size="small")
        self.list = RowList(self._view, headings=True)
        self.model: RowsModel[Shown] = RowsModel((), self.list, inert=lambda shown: isinstance(shown, Heading))
        self.list.setModel(self.model)
        self.book = Button("", icon="ph.plus")
        self.book.clicked.connect(lambda: desk.ask(BookFollowUp(None)))
        self.calm = EmptyState("ph.check", other=self.book)
        self.day, self._painter = TodayList(), RowPainter(desk.today())
        self._marked: set[Hashable] = set()
        self._unfolded: set[str] = set()
        self.acts = TodayActs(self.list, desk, self.chosen, self.many, self._move_on, self._why, self._on_mark)
        self.only_mine = act(
            self.list,
            "today.mine",
            lambda: self.tr("Mine only"),
            self.mine.click,
            key="A",
            icon_name="ph.user",
            context=Qt.ShortcutContext.WidgetShortcut,
        )
        self.mine.set_key("A")
        above = box(row((self.chips, 1), self.mine, self.held, gap=12, margins=(16, 12, 16, 4)))
        asked = box(row((self.acts.outcome, 1), gap=0, margins=(8, 0, 8, 0)))
        super().__init__(above, asked, (self.calm, 1), (self.list, 3), gap=0, margins=(0, 0, 0, 6))
        self._listen()

    def _listen(self) -> None:
        self.list.opened.connect(self._on_opened)
        self.list.clicked.connect(lambda index: self._on_clicked(index.data(RowRole)))
        self.list.ticked.connect(lambda shown: self.acts.finish_rows([shown]))
        self.list.installEventFilter(self)
        self.chips.chosen.connect(lambda _purpose: self.show_rows())
        self.held.clicked.connect(self._on_held)
        self.mine.clicked.connect(self.mine_chosen)

    # what is shown

    def show_day(self, day: TodayList, painter: RowPainter) -> None:
        """Show another list; what is marked and unfolded stays so."""
        before, ids = self.chosen(), {shown.id for shown in day.rows}
        self.day, self._painter = day, painter
        self._marked &= ids
        self._show_chips()
        self.show_rows()
        if before is not None and before.id not in ids:
            self._choose_taken_up(before)

    def _choose_taken_up(self, before: TodayRow) -> None:
        """What nobody had booked is booked now, by a rule or by another window: it is the same row to whoever reads."""
        for shown in self.day.rows:
            same = before.matter and shown.item.who == before.item.who and shown.item.kind is before.item.kind
            if same and shown.item.who is not None:
                self.list.choice.choose(shown.id)
                return

    def show_rows(self) -> None:
        """The rows of the purpose that is chosen."""
        purpose = self.chips.value()
        rows = [shown for shown in self.day.rows if purpose == "all" or shown.item.purpose == purpose]
        self.model.show_rows(with_headings(rows, self._unfolded, self.day.cap, self.day.people))
        self.list.setVisible(bool(rows))
        self.calm.setVisible(not rows or not self.day.left)
        self._say_calm(shows_all=purpose == "all")

    @property
    def unfolded(self) -> bool:
        """Whether any of what can wait is shown."""
        return bool(self._unfolded)

    def choose(self, identity: Hashable) -> bool:
        """Choose a row by its id, unfolding what hides it; False when it is not in the list."""
        if not any(shown.id == identity for shown in self.day.rows):
            return False
        self.chips.set_value("all")
        self.show_rows()
        if not self.list.choice.choose(identity):
            self._unfolded = {"now", "week"}
            self.folding.emit()
        return self.list.choice.choose(identity)

    def set_compact(self, compact: bool) -> None:
        self.held.set_compact(compact)
        self.mine.set_compact(compact)

    def _view(self, shown: Shown) -> RowView | Heading:
        return self._painter.view(shown)

    def marked(self, identity: Hashable) -> bool:
        return identity in self._marked

    def _show_chips(self) -> None:
        purposes = [shown.item.purpose for shown in self.day.rows]
        words = {
            FollowUpPurpose.CARE: self.tr("Care"),
            FollowUpPurpose.SELL: self.tr("Sell"),
            FollowUpPurpose.COMPLAINT: self.tr("Complaints"),
        }
        chips = [ChipView(purpose, said, purposes.count(purpose)) for purpose, said in words.items()]
        self.chips.show_chips([ChipView("all", self.tr("All"), len(purposes)), *chips])
        if self.chips.value() is None:
            self.chips.set_value("all")
        count = len(self.day.held)
        self.held.setText(self.tr("%n kept out of selling", "", count))
        self.held.setVisible(bool(count))
        self.mine.setText(self.tr("Mine only"))
        self.mine.setVisible(self.day.people > 1)

    def front(self) -> QWidget:
        """Where the keyboard begins: the list, or what can be done when there is none."""
        return self.book if self.list.isHidden() else self.list

    def _say_calm(self, *, shows_all: bool) -> None:
        self.book.setText(self.tr("New follow-up"))
        if self.day.left and not shows_all:
            self.calm.set_words(self.tr("Nothing of this kind"), self.tr("The other kinds are under “All”."))
            return
        names = self.tr(", ").join(title(item) for item in self.day.tomorrow)
        tomorrow = self.tr("Tomorrow begins with {names}.").replace("{names}", names)
        self.calm.set_words(
            self.tr("Done for today"), tomorrow if names else self.tr("Nothing is due tomorrow either.")
        )

    # which rows

    def chosen(self) -> TodayRow | None:
        shown: Any = self.list.choice.row()
        return shown if isinstance(shown, TodayRow) else None

    def many(self) -> list[TodayRow]:
        """The marked rows in their order; else the chosen one."""
        marked = [shown for shown in self.day.rows if shown.id in self._marked]
        chosen = self.chosen()
        return marked or ([chosen] if chosen else [])

    def _why(self, shown: TodayRow) -> str:
        return f"{self._painter.why(shown)} · {score_words(shown)}"

    def _move_on(self, leaving: Sequence[TodayRow]) -> None:
        """Choose the row after those about to leave; the last one gives way to the one before."""
        gone = {shown.id for shown in leaving}
        self._marked -= gone
        chosen, rows, place = self.chosen(), self.model.rows, self.list.currentIndex().row()
        if chosen is None or chosen.id not in gone:
            return
        after = _staying(rows, range(place + 1, len(rows)), gone)
        before = _staying(rows, range(place - 1, -1, -1), gone)
        if after or before:
            self.list.choice.choose_place((after or before)[0])

    # what is heard

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and event.type() == QEvent.Type.FocusIn:
            self.acts.forget_log()
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return event.key() == Qt.Key.Key_Escape and self._step_back()
        return super().eventFilter(watched, event)

    def _step_back(self) -> bool:
        """Esc asks no more about a call, else takes the marks off; False when there was neither."""
        if self.acts.stop_asking():
            return True
        return self.unmark()

    def unmark(self) -> bool:
        """Take the marks off; False when there were none."""
        had = bool(self._marked)
        self._marked.clear()
        self._repaint()
        return had

    def _on_mark(self) -> None:
        chosen = self.chosen()
        if chosen is None:
            return
        self._marked ^= {chosen.id}
        self._repaint()
        place = self.list.currentIndex().row() + 1
        if place < self.model.rowCount():
            self.list.choice.choose_place(place)

    def _repaint(self) -> None:
        self.list.viewport().update()

    def _on_opened(self, shown: Shown | None) -> None:
        if isinstance(shown, Fold):
            self._unfolded ^= {shown.id}
            self.folding.emit()
        elif shown is not None:
            self.acts.open.trigger()

    def _on_clicked(self, shown: Shown | None) -> None:
        if isinstance(shown, Fold):
            self._on_opened(shown)

    def _on_held(self) -> None:
        from app.views.shared.held_back import open_held_back  # here: the first paint needs no dialog

        open_held_back(self.desk, self.window(), self.desk.gateway.read(customers.audience, self.day.held).held)


def _staying(rows: Sequence[Shown], places: range, gone: Collection[Hashable]) -> list[int]:
    return [at for at in places if isinstance(shown := rows[at], TodayRow) and shown.id not in gone]
