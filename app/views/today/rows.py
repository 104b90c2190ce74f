"""The rows of the day's list: headings for its parts, each follow-up as it is painted, and what can wait, folded."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.followups import Due, FollowUpPurpose
from app.services.followups import TodayRow
from app.views.shared.day_words import near_day
from app.views.shared.followup_words import due_words, kind_hue, kind_icon, reason, title
from app.views.shared.lists import Heading, RowView
from app.views.shared.people_words import tier_badge
from app.views.today.why import Money, why_words

Keys = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """Stands for the rows a full day leaves; Enter or a click shows or hides them."""

    id: str
    count: int
    open: bool
    cap: int
    people: int


Shown = TodayRow | Heading | Fold
_HALVES = {"now": (Due.OVERDUE, Due.TODAY), "week": (Due.THIS_WEEK, Due.LATER)}


def with_headings(rows: Sequence[TodayRow], unfolded: Collection[str], cap: int, people: int) -> list[Shown]:
    """The rows in their order, each part under its name and whole count, what can wait folded at the end of its half
    unless that is among the `unfolded`."""
    shown: list[Shown] = []
    for half, parts in _HALVES.items():
        waiting = sum(row.waits for row in rows if row.part in parts)
        for part in parts:
            within = [row for row in rows if row.part is part]
            if within:
                tone = "red_text" if part is Due.OVERDUE else "ink2"
                shown.append(Heading(part.value, part_words(part), len(within), tone))
                shown += [row for row in within if half in unfolded or not row.waits]
        if waiting:
            shown.append(Fold(half, waiting, half in unfolded, cap, people))
    return shown


def part_words(part: Due) -> str:
    return {
        Due.OVERDUE: QCoreApplication.translate("TodayRows", "Overdue"),
        Due.TODAY: QCoreApplication.translate("TodayRows", "Today"),
        Due.THIS_WEEK: QCoreApplication.translate("TodayRows", "This week"),
        Due.LATER: QCoreApplication.translate("TodayRows", "Later"),
    }[part]


@dataclass(frozen=True, slots=True)
class RowPainter:
    """Turns a row of the list into what is painted, as of a day; `keys` stand on the chosen row."""

    today: date
    keys: Keys = ()
    money: Money = str
    places: Mapping[Hashable, int] = field(default_factory=dict)
    """By row, its place in the whole list."""
    marked: Callable[[Hashable], bool] = lambda _row: False

    def view(self, row: Shown) -> RowView | Heading:
        if isinstance(row, Heading):
            return row
        return self._fold(row) if isinstance(row, Fold) else self._row(row)

    def why(self, row: TodayRow) -> str:
        """Why it stands where it does."""
        return why_words(row, self.places.get(row.id, 1), self.money)

    def _row(self, row: TodayRow) -> RowView:
        item, late = row.item, row.part is Due.OVERDUE
        who: Hashable = item.who.id if item.who else item.id
        marked = self.marked(row.id)
        about = self._about_complaint(row)
        return RowView(
            who,
            self._title(row),
            reason(item, row.facts, self.today),
            tier_badge(item.who.tier, crown=True) if item.who else None,
            self._due(row),
            "red_text" if late else "ink2",
            icon="ph.check" if marked else "ph.chat-teardrop-text" if about else kind_icon(item.kind),
            hue="accent" if marked else "red" if about else kind_hue(item.kind),
            picture="avatar" if item.who and not marked else "disc",
            mark="late" if late else "todo",
            keys=self.keys if item.who else self.keys[-2:],
            tip="\n".join(filter(None, [self._marked_words() if marked else "", self.why(row)])),
        )

    def _due(self, row: TodayRow) -> str:
        """What has a latest good day says that once its own has passed."""
        item = row.item
        if row.part is Due.TODAY and item.due_on < self.today and item.latest_on is not None:
            if item.latest_on == self.today:
                return QCoreApplication.translate("TodayRows", "today at the latest")
            until = QCoreApplication.translate("TodayRows", "until {day}")
            return until.replace("{day}", near_day(item.latest_on, self.today))
        return due_words(item.due_on, item.due_at, self.today)

    def _fold(self, fold: Fold) -> RowView:
        count, people = fold.count, fold.people
        words = QCoreApplication.translate("TodayRows", "%n more can wait", "", count)
        if fold.open:
            words = QCoreApplication.translate("TodayRows", "%n that can wait: fold them again", "", count)
        day = QCoreApplication.translate("TodayRows", "A day holds {cap}; the most pressing stand above")
        if people > 1:
            day = QCoreApplication.translate("TodayRows", "A day holds {cap} for %n people", "", people)
        icon = "ph.caret-up" if fold.open else "ph.caret-down"
        return RowView(fold.id, words, day.replace("{cap}", str(fold.cap)), picture="disc", icon=icon)

    @staticmethod
    def _title(row: TodayRow) -> str:
        nobody = QCoreApplication.translate("TodayRows", "No name given")
        return title(row.item) or nobody

    @staticmethod
    def _marked_words() -> str:
        return QCoreApplication.translate("TodayRows", "Marked")

    @staticmethod
    def _about_complaint(row: TodayRow) -> bool:
        return row.case_late and row.item.purpose is FollowUpPurpose.COMPLAINT
