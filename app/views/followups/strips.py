"""Paints one strip: its mark, the sign of its kind, and whom it is about."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from app.domain.text import one_line
from app.services.followups import Mark
from app.views.followups.pieces import Piece, hue_of, icon_of, short_words
from app.views.shared import paint
from app.views.shared.look import px

RADIUS, ROOMY = 5, 220
"""A strip that is wide enough says why as well."""


def paint_strip(p: QPainter, strip: QRect, piece: Piece, *, faint: bool = False, before: str = "") -> None:
    """Due: a soft ground; late: red; done or held: no ground and a grey mark. `before` is an hour to be said."""
    hue = hue_of(piece)
    if hue:
        paint.box(p, strip, px(RADIUS), f"{hue}_soft")
    mark = QRect(strip.left() + px(4), strip.top() + px(5), px(3), px(10))
    paint.box(p, mark, px(3) / 2, hue or "edge")
    room = strip.adjusted(px(11), 0, -px(3), 0)
    spot = QRect(room.left(), strip.top() + px(4), px(12), px(12))
    paint.glyph(p, spot, icon_of(piece), f"{hue}_text" if hue else "ink3")
    room.setLeft(spot.right() + px(5))
    quiet = "ink3" if faint or piece.mark is Mark.DONE else "ink2"
    told = [before, short_words(piece)]
    if strip.width() >= px(ROOMY) and piece.item and piece.item.who and piece.item.text:
        told.append(f"· {one_line(piece.item.text)}")
    paint.say(p, room, " ".join(told).strip(), "caption", f"{hue}_text" if hue else quiet)


def outline(p: QPainter, strip: QRect, *, marked: bool) -> None:
    """Of what is in the hand, cut or marked; what is marked has a tick at its end as well."""
    paint.box(p, strip, px(RADIUS), None, "accent")
    if marked:
        spot = QRect(strip.right() - px(16), strip.top() + px(4), px(12), px(12))
        paint.box(p, spot.adjusted(-px(2), -px(2), px(2), px(2)), px(4), "surface")
        paint.glyph(p, spot, "ph.check-bold", "accent_text")
