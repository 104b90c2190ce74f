"""The calendar on paper: a month, a week, or the days as a list with a box to tick; black on white in any theme."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.services.followups import DayPlan, Mark
from app.views.followups.festival_words import day_label, day_sentence
from app.views.followups.page import WEEKDAYS
from app.views.followups.pieces import Layer, Layers, Piece, line_words, more_words, pieces, unread
from app.views.shared.day_words import long_day, weekday
from app.views.shared.followup_words import clock, kind_words, title
from app.views.shared.paper import Paint, letters, say
from app.views.shared.people_words import phone, staff_name

TITLE, HEAD, LINE, ENTRY = 110, 50, 36, 84
"""Tenths of a millimetre: the title of a page, the heads of its columns, a line of a square, a row of the list."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_INK = {Mark.DONE: Qt.GlobalColor.gray, Mark.HELD: Qt.GlobalColor.gray}


@dataclass(frozen=True, slots=True)
class Printed:
    """What is put on paper, and how: its title, whose shop, the layers that are on, whether phones are shown."""

    title: str
    shop: str
    plans: Sequence[DayPlan]
    layers: Layers
    today: date
    phones: bool = False

    def pieces(self, plan: DayPlan) -> list[Piece]:
        """The strips of a day by their hour, those at any time first."""
        return sorted(
            pieces(plan, self.layers, self.today), key=lambda piece: clock(piece.item.due_at) if piece.item else ""
        )

    def paint_title(self, p: QPainter, cell: QRectF, page: str = "") -> QRectF:
        """The title over a page; returns the room that is left."""
        head = QRectF(cell.left(), cell.top(), cell.width(), TITLE)
        say(p, head, self.title, letters(60, bold=True))
        right = " · ".join(part for part in (self.shop, page) if part)
        say(p, head, right, letters(30), _RIGHT, colour=Qt.GlobalColor.darkGray)
        return cell.adjusted(0, TITLE, 0, 0)


def month_pages(printed: Printed, month: date) -> list[Paint]:
    """One page of six weeks; `month` is any day of the month."""

    def paint(p: QPainter, cell: QRectF) -> None:
        room = printed.paint_title(p, cell)
        wide, high = room.width() / WEEKDAYS, (room.height() - HEAD) / (len(printed.plans) / WEEKDAYS)
        for place, plan in enumerate(printed.plans):
            down, across = divmod(place, WEEKDAYS)
            if not down:
                say(p, QRectF(room.left() + across * wide, room.top(), wide, HEAD), weekday(plan.day), letters(30))
            square = QRectF(room.left() + across * wide, room.top() + HEAD + down * high, wide, high)
            _paint_square(p, square, printed, plan, inside=plan.day.month == month.month)

    return [paint]


def _paint_square(p: QPainter, square: QRectF, printed: Printed, plan: DayPlan, *, inside: bool) -> None:
    p.setPen(QPen(Qt.GlobalColor.gray, 2))
    p.drawRect(square)
    inner = square.adjusted(14, 8, -14, -8)
    line = QRectF(inner.left(), inner.top(), inner.width(), LINE + 4)
    ink = Qt.GlobalColor.black if inside else Qt.GlobalColor.gray
    say(p, line, str(plan.day.day), letters(34, bold=inside), colour=ink)
    if Layer.FESTIVALS in printed.layers:
        say(p, line, day_label(plan.day)[0], letters(26), _RIGHT, colour=Qt.GlobalColor.darkGray)
    _paint_lines(p, inner.adjusted(0, LINE + 6, 0, 0), printed, plan, LINE)


def _paint_lines(p: QPainter, room: QRectF, printed: Printed, plan: DayPlan, high: int) -> None:
    """A line for each thing, and how many there is no room for."""
    found, more = printed.pieces(plan), unread(plan, printed.layers)
    fits = int(room.height() // high)
    shown = len(found) if len(found) + more <= fits else max(0, fits - 1)
    for nth, piece in enumerate(found[:shown]):
        line = QRectF(room.left(), room.top() + nth * high, room.width(), high)
        face = letters(27, bold=piece.mark is Mark.LATE)
        say(p, line, line_words(piece), face, colour=_INK.get(piece.mark, Qt.GlobalColor.black))
    rest = len(found) + more - shown
    if rest > 0:
        line = QRectF(room.left(), room.top() + shown * high, room.width(), high)
        say(p, line, more_words(rest, some_shown=shown > 0), letters(27, bold=True))


def week_pages(printed: Printed) -> list[Paint]:
    """One page with a column for each day, each by the hour."""

    def paint(p: QPainter, cell: QRectF) -> None:
        room = printed.paint_title(p, cell)
        wide = room.width() / len(printed.plans)
        for place, plan in enumerate(printed.plans):
            column = QRectF(room.left() + place * wide, room.top(), wide, room.height())
            p.setPen(QPen(Qt.GlobalColor.gray, 2))
            p.drawRect(column)
            inner = column.adjusted(14, 10, -14, -10)
            head = QRectF(inner.left(), inner.top(), inner.width(), HEAD)
            say(p, head, f"{weekday(plan.day)} {plan.day.day}", letters(34, bold=True))
            if Layer.FESTIVALS in printed.layers:
                say(p, head, day_label(plan.day)[0], letters(26), _RIGHT, colour=Qt.GlobalColor.darkGray)
            _paint_lines(p, inner.adjusted(0, HEAD + 10, 0, 0), printed, plan, LINE + 6)

    return [paint]


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the list: a day, or something of it."""

    day: date | None = None
    piece: Piece | None = None


def list_pages(printed: Printed, high: float) -> list[Paint]:
    """Day after day, a line for each thing; pages of this height in tenths of a millimetre. Empty days are left out."""
    rows = list(_rows(printed))
    fits = int((high - TITLE) // ENTRY)
    pages = list(_parted(rows, fits))

    def paint_page(number: int, p: QPainter, cell: QRectF) -> None:
        room = printed.paint_title(p, cell, f"{number + 1} / {len(pages)}")
        for nth, row in enumerate(pages[number]):
            line = QRectF(room.left(), room.top() + nth * ENTRY, room.width(), ENTRY)
            if row.day is not None:
                _paint_day(p, line, printed, row.day)
            elif row.piece is not None:
                _paint_entry(p, line, printed, row.piece)

    return [lambda p, cell, number=number: paint_page(number, p, cell) for number in range(len(pages))]  # type: ignore[misc]


def _rows(printed: Printed) -> Iterator[_Row]:
    for plan in printed.plans:
        found = printed.pieces(plan)
        if found:
            yield _Row(day=plan.day)
            yield from (_Row(piece=piece) for piece in found)


def _parted(rows: list[_Row], fits: int) -> Iterator[list[_Row]]:
    """Pages of so many rows; the head of a day never stands alone at the foot of one."""
    start = 0
    while start < len(rows):
        end = start + fits
        if end < len(rows) and rows[end - 1].day is not None:
            end -= 1
        yield rows[start:end]
        start = end


def _paint_day(p: QPainter, line: QRectF, printed: Printed, day: date) -> None:
    said = long_day(day, printed.today)
    marks = f" · {day_sentence(day)}" if Layer.FESTIVALS in printed.layers else ""
    say(p, line.adjusted(0, 20, 0, 0), said + marks, letters(36, bold=True))
    p.setPen(QPen(Qt.GlobalColor.gray, 2))
    p.drawLine(line.bottomLeft(), line.bottomRight())


def _paint_entry(p: QPainter, line: QRectF, printed: Printed, piece: Piece) -> None:
    """A box to tick, the hour, who and what, why below, and at the right the phone and who does it."""
    ink = _INK.get(piece.mark, Qt.GlobalColor.black)
    item = piece.item
    if item is None:
        say(p, line.adjusted(190, 0, 0, 0), line_words(piece), letters(32))
        return
    p.setPen(QPen(ink, 3))
    box = QRectF(line.left() + 6, line.top() + 24, 34, 34)
    p.drawRect(box)
    if item.done_at is not None:
        p.drawLine(box.topLeft(), box.bottomRight())
        p.drawLine(box.topRight(), box.bottomLeft())
    say(p, QRectF(line.left() + 60, line.top(), 120, ENTRY), clock(item.due_at), letters(30), colour=ink)
    words = line.adjusted(190, 4, -520, -4)
    upper, lower = QRectF(words), QRectF(words)
    upper.setHeight(words.height() / 2)
    lower.setTop(upper.bottom())
    say(p, upper, title(item), letters(33, bold=True), colour=ink)
    why = " · ".join(part for part in (kind_words(item.kind), item.text.replace("\n", " ") if item.who else "") if part)
    say(p, lower, why, letters(28), colour=Qt.GlobalColor.darkGray)
    number = phone(item.who.phone) if printed.phones and item.who and item.who.phone else ""
    right = QRectF(line.right() - 510, line.top(), 510, ENTRY)
    say(
        p, right, " · ".join(part for part in (number, staff_name(item.staff)) if part), letters(28), _RIGHT, colour=ink
    )
