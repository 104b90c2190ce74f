"""What one strip of the calendar shows, by which layers are on, and how it is said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QLocale

from app.services.followups import BirthdayRow, DayPlan, FollowUpRow, Mark
from app.views.shared.birthday_words import age_words, lunar_words
from app.views.shared.followup_words import clock, kind_hue, kind_icon, kind_words, title


class Layer(StrEnum):
    """What a calendar may show; each is switched by its chip."""

    FOLLOWUPS = "followups"
    BIRTHDAYS = "birthdays"
    FESTIVALS = "festivals"
    POINTS = "points"


Layers = frozenset[Layer]


@dataclass(frozen=True, slots=True)
class Piece:
    """A follow-up; or a birthday or a day of more points, which cannot be moved."""

    item: FollowUpRow | None
    mark: Mark
    birthday: BirthdayRow | None = None
    times: Decimal | None = None

    @property
    def movable(self) -> bool:
        return self.item is not None and self.item.done_at is None


def pieces(plan: DayPlan, layers: Layers, today: date) -> list[Piece]:
    """The strips of a day: what is late first, lest it hide under "n more"; then the day's own, then the rest."""
    past = Mark.DONE if plan.day < today else Mark.DUE
    work = [Piece(strip.item, strip.mark) for strip in plan.strips] if Layer.FOLLOWUPS in layers else []
    late = [piece for piece in work if piece.mark is Mark.LATE]
    return [*late, *_of_the_day(plan, layers, past), *work[len(late) :]]


def _of_the_day(plan: DayPlan, layers: Layers, past: Mark) -> Iterator[Piece]:
    if Layer.POINTS in layers and plan.times != 1:
        yield Piece(None, past, times=plan.times)
    if Layer.BIRTHDAYS in layers:
        yield from (Piece(None, past, birthday) for birthday in plan.birthdays)


def unread(plan: DayPlan, layers: Layers) -> int:
    """How many more there are than were read."""
    born = plan.born - len(plan.birthdays) if Layer.BIRTHDAYS in layers else 0
    return born + (plan.count - len(plan.strips) if Layer.FOLLOWUPS in layers else 0)


def piece_words(piece: Piece) -> str:
    """A strip in full, for tooltips and screen readers."""
    if piece.birthday:
        row = piece.birthday
        facts = (lunar_words(row.birthday), age_words(row.age))
        return " · ".join([_birthday_words(row.who.name), *(words for words in facts if words)])
    if piece.item is None:
        return times_words(piece.times or Decimal(1))
    item = piece.item
    known = (item.text if item.who else "", clock(item.due_at), mark_words(piece.mark))
    return " · ".join([_work_words(item), *(words for words in known if words)])


def mark_words(mark: Mark) -> str:
    if mark is Mark.DUE:
        return ""  # most are, and a day has many
    return {
        Mark.LATE: QCoreApplication.translate("Squares", "overdue"),
        Mark.DONE: QCoreApplication.translate("Squares", "done"),
        Mark.HELD: QCoreApplication.translate("Squares", "held back: complaint open"),
    }[mark]


def more_words(rest: int, *, some_shown: bool) -> str:
    """What stands where strips do not fit."""
    if some_shown:
        return QCoreApplication.translate("Squares", "%n more", "", rest)
    return QCoreApplication.translate("Squares", "%n item(s)", "", rest)


def times_words(times: Decimal) -> str:
    """A day on which purchases earn more: "Points × 2"."""
    return QCoreApplication.translate("Squares", "Points × {times}").replace(
        "{times}", QLocale().toString(float(times))
    )


def short_words(piece: Piece) -> str:
    """Who, or what where it is nobody; the sign before it says what kind."""
    if piece.birthday:
        return piece.birthday.who.name
    return title(piece.item) if piece.item else times_words(piece.times or Decimal(1))


def line_words(piece: Piece) -> str:
    """A strip as a line on paper: the hour, what and who; a tick before what is done."""
    if piece.item is None:
        return piece_words(piece)
    done = "✓" if piece.mark is Mark.DONE else ""
    return " ".join(part for part in (done, clock(piece.item.due_at), _work_words(piece.item)) if part)


def icon_of(piece: Piece) -> str:
    if piece.mark is Mark.HELD:
        return "ph.hand-palm"
    if piece.item is not None:
        return kind_icon(piece.item.kind)
    return "ph.cake" if piece.birthday else "ph.sparkle"


def hue_of(piece: Piece) -> str:
    """Red for what is late, nothing for what is over or held, else the hue of its kind."""
    if piece.mark is Mark.LATE:
        return "red"
    if piece.mark is not Mark.DUE:
        return ""
    if piece.item is not None:
        return kind_hue(piece.item.kind) or "blue"
    return "plum" if piece.birthday else "gold"


def _birthday_words(name: str) -> str:
    return QCoreApplication.translate("Squares", "{name}’s birthday").replace("{name}", name)


def _work_words(item: FollowUpRow) -> str:
    if item.who is None:
        return title(item)
    said = QCoreApplication.translate("Squares", "{kind} {name}")
    return said.replace("{kind}", kind_words(item.kind)).replace("{name}", item.who.name)
