"""Rows of a day's list: a follow-up, a birthday, a day of more points, each in words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from app.services.followups import BirthdayRow, DayPlan, FollowUpRow, Mark, Strip
from app.views.followups.pieces import Layer, Layers, mark_words, times_words
from app.views.shared import paint
from app.views.shared.birthday_words import age_words, lunar_words
from app.views.shared.followup_words import brake_words, clock, kind_hue, kind_icon, planned, title
from app.views.shared.lists import RowView
from app.views.shared.people_words import staff_name

_SIGNS = {Mark.DONE: "ph.check", Mark.HELD: "ph.hand-palm"}


@dataclass(frozen=True, slots=True)
class PointsDay:
    """A day on which purchases earn more."""

    day: date
    times: Decimal


AgendaRow = Strip | BirthdayRow | PointsDay


def rows_of(plan: DayPlan, layers: Layers) -> list[AgendaRow]:
    """A day as a list: what the day itself is, birthdays, and what is to be done."""
    points = [PointsDay(plan.day, plan.times)] if Layer.POINTS in layers and plan.times != 1 else []
    born = plan.birthdays if Layer.BIRTHDAYS in layers else ()
    return [*points, *born, *(plan.strips if Layer.FOLLOWUPS in layers else ())]


def identity(shown: AgendaRow) -> object:
    """A birthday and a follow-up may have the same number."""
    if isinstance(shown, BirthdayRow):
        return ("birthday", shown.on, shown.who.id)
    return ("points", shown.day) if isinstance(shown, PointsDay) else shown.id


def item_of(shown: object) -> FollowUpRow | None:
    """The follow-up of a row; a birthday is none."""
    return shown.item if isinstance(shown, Strip) else None


def customer_of(shown: object) -> int | None:
    """Whom a row is about."""
    who = shown.item.who if isinstance(shown, Strip) else shown.who if isinstance(shown, BirthdayRow) else None
    return who.id if who else None


@dataclass
class RowWords:
    """How rows are worded now: `me` acts, `keys` stand on the chosen row, `marked` are chosen together."""

    me: int = 0
    keys: tuple[tuple[str, str], ...] = ()
    marked: Collection[int] = ()

    def view(self, shown: AgendaRow) -> RowView:
        if isinstance(shown, BirthdayRow):
            return self._birthday(shown)
        return self._points(shown) if isinstance(shown, PointsDay) else self._work(shown)

    def _work(self, strip: Strip) -> RowView:
        item = strip.item
        said = planned(item)
        if item.brake and item.done_at is None:
            said = f"{brake_words(item)} · {said}"
        if item.staff_id != self.me:
            said = f"{staff_name(item.staff)} · {said}"
        marked = item.id in self.marked
        spoken = (title(item), paint.plain(said), mark_words(strip.mark), _marked_words() if marked else "")
        return RowView(
            strip.id,
            title(item),
            said,
            trailing=clock(item.due_at),
            picture="disc",
            icon=_SIGNS.get(strip.mark) or kind_icon(item.kind),
            hue={Mark.DUE: kind_hue(item.kind), Mark.LATE: "red"}.get(strip.mark, ""),
            reason_tone="ink3" if strip.mark is Mark.DONE else "ink2",
            mark=("done" if marked else "todo") if self.marked else "",
            keys=self.keys,
            spoken=", ".join(part for part in spoken if part),
        )

    def _birthday(self, row: BirthdayRow) -> RowView:
        facts = [words for words in (lunar_words(row.birthday), age_words(row.age)) if words]
        if row.brake:
            facts.insert(0, QCoreApplication.translate("Agenda", "complaint open: **greet only**"))
        birthday = QCoreApplication.translate("Agenda", "Birthday")
        return RowView(
            identity(row),
            row.who.name,
            " · ".join(facts) or birthday,
            trailing=birthday if facts else "",
            trailing_tone="plum_text",
            picture="disc",
            icon="ph.cake",
            hue="plum",
        )

    def _points(self, row: PointsDay) -> RowView:
        why = QCoreApplication.translate("Agenda", "Every purchase of this day earns more")
        return RowView(
            identity(row),
            times_words(row.times),
            why,
            picture="disc",
            icon="ph.sparkle",
            hue="gold",
        )


def _marked_words() -> str:
    return QCoreApplication.translate("Agenda", "marked")
