"""Painting shared by widgets and delegates: rounded boxes, hairlines, lines of words, keycaps, shadows."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.views.shared import icons
from app.views.shared.look import colour, current, px
from app.views.shared.tokens import RADIUS_KEYCAP, Role

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
_ONE_LINE = Qt.TextFlag.TextSingleLine.value

SHADOW_WIDTH, _SHADOW_RINGS = 24, 12


def rounded(rect: QRect | QRectF, radius: float, *, inset: float = 0) -> QPainterPath:
    """A rounded rectangle; also the path with which to clip the children of a rounded card."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)
    return path


def box(
    p: QPainter,
    rect: QRect | QRectF,
    radius: float,
    fill: str | None = None,
    edge: str | None = None,
    width: float = 1,
) -> None:
    """A rounded rectangle in tokens; its outline stays inside, so that it falls on whole pixels at every ratio."""
    look, inset = current(), width / 2 if edge else 0
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(look.pen(edge, width) if edge else Qt.PenStyle.NoPen)
    p.setBrush(look.ink(fill) if fill else Qt.BrushStyle.NoBrush)
    p.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)
    p.restore()


def hairline(p: QPainter, start: QPoint, length: int, *, vertical: bool = False, token: str = "line") -> None:
    """A line one pixel wide, never blurred."""
    size = QSize(1, length) if vertical else QSize(length, 1)
    p.fillRect(QRect(start, size), current().ink(token))


def say(
    p: QPainter,
    rect: QRect,
    words: str,
    role: Role = "body",
    token: str = "ink",
    where: Qt.AlignmentFlag = LEFT,
    *,
    weight: int | None = None,
) -> int:
    """One line of words, cut with an ellipsis where it does not fit; returns its drawn width."""
    look, shown = current(), words
    wide = look.measure(words, role, weight=weight)
    if wide > rect.width():
        metrics = look.metrics(role, weight=weight)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        wide = min(metrics.horizontalAdvance(shown), rect.width())
    p.setFont(look.face(role, weight=weight))
    p.setPen(look.ink(token))
    p.drawText(rect, where.value | _ONE_LINE, shown)
    return wide


def runs(
    p: QPainter,
    rect: QRect,
    words: str,
    role: Role = "small",
    token: str = "ink2",
    strong: str = "ink",
) -> int:
    """One line in which **marked** words are darker and heavier; elided at the end; returns its drawn width."""
    x, end = rect.left(), rect.right() + 1
    for i, part in enumerate(words.split("**")):
        if part and x < end:
            area = QRect(x, rect.top(), end - x, rect.height())
            heavy = i % 2 == 1
            weight = 600 if heavy else None
            x += say(p, area, part, role, strong if heavy else token, weight=weight)
            if current().measure(part, role, weight=weight) > area.width():
                break  # what follows an ellipsis would be a second one
    return x - rect.left()


def plain(words: str) -> str:
    """Words without the marks of `runs`, for a tooltip or a screen reader."""
    return words.replace("**", "")


def figure(count: int) -> str:
    """A count in the manner of the language in force."""
    return QLocale().toString(count)


def square(middle: QPoint | QPointF, side: float) -> QRect:
    """A square of whole pixels around a point."""
    return QRect(round(middle.x() - side / 2), round(middle.y() - side / 2), round(side), round(side))


def glyph(p: QPainter, rect: QRect, name: str, token: str = "ink2") -> None:
    """An icon of the design in a token's colour."""
    icons.draw(p, rect, name, token)


def keycap_width(words: str) -> int:
    """The width a keycap needs."""
    return max(px(20), current().measure(words, "caption") + px(10)) if words else 0


def keycap(
    p: QPainter,
    x: int,
    middle: int,
    words: str,
    *,
    token: str = "ink3",
    edge: str = "line",
    fill: str = "sunken",
) -> int:
    """A keycap with its left edge at `x`; returns the x after it."""
    if not words:
        return x
    rect = QRect(x, middle - px(18) // 2, keycap_width(words), px(18))
    box(p, rect, px(RADIUS_KEYCAP), fill, edge)
    say(p, rect, words, "caption", token, CENTRE)
    return rect.right() + 1


def shadow(p: QPainter, rect: QRect, radius: float) -> None:
    """The depth of what floats: twelve faint rings around `rect`, 24 px wide."""
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = px(SHADOW_WIDTH)
    for i in range(_SHADOW_RINGS):
        out = width * (_SHADOW_RINGS - i) / _SHADOW_RINGS
        ink = QColor(colour("shadow"))
        ink.setAlpha(2 + round(5 * i / (_SHADOW_RINGS - 1)))
        lowered = QRectF(rect).adjusted(-out, -out, out, out).translated(0, px(4))
        p.fillPath(rounded(lowered, radius + out), ink)
    p.restore()


def tick_round(p: QPainter, rect: QRect, *, state: str = "") -> None:
    """The round that marks a thing done: `state` is "done", "late" or nothing."""
    if state != "done":
        box(p, rect, rect.width() / 2, None, "red" if state == "late" else "edge", 1.5)
        return
    box(p, rect, rect.width() / 2, "accent")
    check(p, rect, "on_accent")


def check(p: QPainter, rect: QRect, token: str) -> None:
    """A check mark that fills a box or a round."""
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    ends = Qt.PenCapStyle.RoundCap
    p.setPen(QPen(colour(token), max(1.5, rect.width() / 10), Qt.PenStyle.SolidLine, ends, Qt.PenJoinStyle.RoundJoin))
    points = ((0.28, 0.52), (0.44, 0.68), (0.73, 0.36))
    p.drawPolyline([QPointF(rect.left() + rect.width() * x, rect.top() + rect.height() * y) for x, y in points])
    p.restore()
