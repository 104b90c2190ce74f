"""Paints one square of the month: its number, its lunar day, and a strip for each thing it holds."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QLocale, QRect
from PySide6.QtGui import QPainter

from app.views.followups.festival_words import day_label
from app.views.followups.page import HEAD, SATURDAY, WEEKDAYS, Squares
from app.views.followups.pieces import Piece, more_words
from app.views.followups.strips import paint_strip
from app.views.shared import paint
from app.views.shared.look import colour, px
from app.views.shared.tokens import RADIUS_CONTROL


def paint_weekdays(p: QPainter, squares: Squares) -> None:
    """The names of the weekdays, Monday first, over the squares."""
    for column in range(WEEKDAYS):
        square = squares.square(column)
        name = QLocale().dayName(column + 1, QLocale.FormatType.ShortFormat)
        room = QRect(square.left() + px(10), 0, square.width() - px(10), px(HEAD))
        paint.say(p, room, name, "caption", "ink2" if column >= SATURDAY else "ink3")


class SquarePainter:
    """One square on one painter."""

    def __init__(self, p: QPainter, squares: Squares, place: int, day: date, marks: bool) -> None:
        self._p, self._squares, self._place, self._day, self._marks = p, squares, place, day, marks
        self._square = squares.square(place)
        self._outside = False

    def paint_ground(self, *, outside: bool, today: bool, chosen: bool, focused: bool, over: bool) -> None:
        """The square itself: other months and weekends sunken, the chosen day outlined, today a disc."""
        p, square = self._p, self._square
        self._outside = outside
        if outside or self._day.weekday() >= SATURDAY:
            p.fillRect(square, colour("sunken"))
        paint.hairline(p, square.topLeft(), square.width())
        if self._place % WEEKDAYS:
            paint.hairline(p, square.topLeft(), square.height(), vertical=True)
        inner = square.adjusted(px(2), px(2), -px(1), -px(1))
        if over:
            paint.box(p, inner, px(RADIUS_CONTROL), "accent_soft", "accent", 2)
        elif chosen:
            paint.box(p, inner, px(RADIUS_CONTROL), "selected", "accent", 2 if focused else 1)
        self._paint_head(today=today)

    def _paint_head(self, *, today: bool) -> None:
        p, square = self._p, self._square
        number = QRect(square.left() + px(8), square.top() + px(5), px(22), px(22))
        if today:
            paint.box(p, number, px(11), "accent")
        token = "on_accent" if today else "ink3" if self._outside else "ink"
        weight = None if self._outside and not today else 600
        paint.say(p, number, str(self._day.day), "small", token, paint.CENTRE, weight=weight)
        if self._marks and not self._squares.low:
            label, festival = day_label(self._day)
            paint.say(p, self._corner(), label, "caption", "plum_text" if festival else "ink3", paint.RIGHT)

    def _corner(self) -> QRect:
        """Right of the number."""
        square, left = self._square, self._square.left() + px(8 + 22 + 6)
        return QRect(left, square.top() + px(5), square.right() - left - px(6), px(22))

    def paint_pieces(self, shown: Sequence[tuple[QRect, Piece]], rest: int) -> None:
        """The strips that fit, and how many do not."""
        for strip, piece in shown:
            paint_strip(self._p, strip, piece, faint=self._outside)
        if rest > 0:
            words = more_words(rest, some_shown=bool(shown))
            if self._squares.low:
                paint.say(self._p, self._corner(), words, "caption", "ink2", paint.RIGHT, weight=600)
                return
            room = self._squares.strip(self._place, len(shown)).adjusted(px(4), 0, 0, 0)
            paint.say(self._p, room, words, "caption", "ink2", weight=600)


def fitting(squares: Squares, place: int, pieces: Sequence[Piece], unread: int) -> list[tuple[QRect, Piece]]:
    """The strips of a square for which there is room, each with where it lies."""
    shown = squares.shown(len(pieces) + unread)
    return [(squares.strip(place, nth), piece) for nth, piece in enumerate(pieces[:shown])]
