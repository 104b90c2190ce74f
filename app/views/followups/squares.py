"""Paints one square of the month: its number, its lunar day, and a strip for each thing it holds."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale, QRect
from PySide6.QtGui import QPainter

from app.domain.birthdays import lunar_label
from app.services.followups import Mark
from app.views.followups.page import HEAD, WEEKDAYS, Piece, Squares
from app.views.shared import paint
from app.views.shared.birthday_words import age_words, lunar_words
from app.views.shared.followup_words import clock, kind_hue, kind_icon, kind_words, title
from app.views.shared.look import colour, px
from app.views.shared.tokens import RADIUS_CONTROL

SATURDAY = 5


def paint_weekdays(p: QPainter, squares: Squares) -> None:
    """The names of the weekdays, Monday first, over the squares."""
    for column in range(WEEKDAYS):
        square = squares.square(column)
        name = QLocale().dayName(column + 1, QLocale.FormatType.ShortFormat)
        room = QRect(square.left() + px(10), 0, square.width() - px(10), px(HEAD))
        paint.say(p, room, name, "caption", "ink2" if column >= SATURDAY else "ink3")


def piece_words(piece: Piece) -> str:
    """A strip in full, for tooltips and screen readers."""
    if piece.birthday:
        row = piece.birthday
        facts = (lunar_words(row.birthday), age_words(row.age))
        return " · ".join([_birthday_words(row.who.name), *(words for words in facts if words)])
    assert piece.item is not None
    item = piece.item
    known = (item.text if item.who else "", clock(item.due_at), _mark_words(piece.mark))
    return " · ".join([_strip_words(piece), *(words for words in known if words)])


def _mark_words(mark: Mark) -> str:
    return {
        Mark.DUE: "",
        Mark.LATE: QCoreApplication.translate("Squares", "overdue"),
        Mark.DONE: QCoreApplication.translate("Squares", "done"),
        Mark.HELD: QCoreApplication.translate("Squares", "held back: complaint open"),
    }[mark]


def _birthday_words(name: str) -> str:
    return QCoreApplication.translate("Squares", "{name}’s birthday").replace("{name}", name)


def _strip_words(piece: Piece) -> str:
    if piece.birthday:
        return _birthday_words(piece.birthday.who.name)
    assert piece.item is not None
    item = piece.item
    if item.who is None:
        return title(item)
    said = QCoreApplication.translate("Squares", "{kind} {name}")
    return said.replace("{kind}", kind_words(item.kind)).replace("{name}", item.who.name)


class SquarePainter:
    """One square on one painter."""

    def __init__(self, p: QPainter, squares: Squares, place: int, day: date, lunar: bool) -> None:
        self._p, self._squares, self._place, self._day, self._lunar = p, squares, place, day, lunar
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
        if self._lunar and not self._squares.low:
            label, festival = lunar_label(self._day)
            paint.say(p, self._corner(), label, "caption", "plum_text" if festival else "ink3", paint.RIGHT)

    def _corner(self) -> QRect:
        """Right of the number."""
        square, left = self._square, self._square.left() + px(8 + 22 + 6)
        return QRect(left, square.top() + px(5), square.right() - left - px(6), px(22))

    def paint_pieces(self, pieces: Sequence[Piece], held: int | None, unread: int = 0) -> None:
        """The strips that fit, and how many do not; `held` is in the hand or cut, and outlined."""
        shown = self._squares.shown(len(pieces) + unread)
        for nth, piece in enumerate(pieces[:shown]):
            strip = self._squares.strip(self._place, nth)
            self.paint_strip(self._p, strip, piece, faint=self._outside)
            if piece.item and piece.item.id == held:
                paint.box(self._p, strip, px(5), None, "accent")
        rest = len(pieces) + unread - shown
        if rest > 0:
            words = QCoreApplication.translate("Squares", "%n more", "", rest)
            if not shown:
                words = QCoreApplication.translate("Squares", "%n item(s)", "", rest)
            if self._squares.low:
                paint.say(self._p, self._corner(), words, "caption", "ink2", paint.RIGHT, weight=600)
                return
            room = self._squares.strip(self._place, shown).adjusted(px(4), 0, 0, 0)
            paint.say(self._p, room, words, "caption", "ink2", weight=600)

    @staticmethod
    def paint_strip(p: QPainter, strip: QRect, piece: Piece, *, faint: bool = False) -> None:
        """Due: a soft ground; late: red; done or held: no ground and a grey mark."""
        hue = _hue(piece)
        if hue:
            paint.box(p, strip, px(5), f"{hue}_soft")
        mark = QRect(strip.left() + px(4), strip.top() + px(5), px(3), px(10))
        paint.box(p, mark, px(3) / 2, hue or "edge")
        room = strip.adjusted(px(11), 0, -px(3), 0)
        spot = QRect(room.left(), strip.top() + px(4), px(12), px(12))
        paint.glyph(p, spot, _icon(piece), f"{hue}_text" if hue else "ink3")
        room.setLeft(spot.right() + px(5))
        quiet = "ink3" if faint or piece.mark is Mark.DONE else "ink2"
        paint.say(p, room, _short(piece), "caption", f"{hue}_text" if hue else quiet)


def _short(piece: Piece) -> str:
    """Who, or what where it is nobody; the sign before it says what kind."""
    return piece.birthday.who.name if piece.birthday else title(piece.item) if piece.item else ""


def _icon(piece: Piece) -> str:
    if piece.mark is Mark.HELD:
        return "ph.hand-palm"
    return "ph.cake" if piece.item is None else kind_icon(piece.item.kind)


def _hue(piece: Piece) -> str:
    if piece.mark is Mark.LATE:
        return "red"
    if piece.mark is not Mark.DUE:
        return ""
    return "plum" if piece.item is None else kind_hue(piece.item.kind) or "blue"
