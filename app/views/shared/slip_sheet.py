"""Lays the lines of a slip out on paper: an 80 mm roll as long as it needs, or pages of A5 or A4."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen

from app.views.shared.codes import paint_bars
from app.views.shared.paper import UNIT, Grid, Paint, Sheets, letters

ROLL, A5, A4 = "roll80", "a5", "a4"
WIDTHS = {ROLL: 80.0, A5: 148.0, A4: 210.0}
HIGHS = {A5: 210.0, A4: 297.0}
EDGES = {ROLL: 4.0, A5: 14.0, A4: 20.0}
Kind = Literal["title", "centre", "pair", "strong", "small", "rule", "code", "picture"]
_HEIGHTS: dict[Kind, float] = {"title": 4.6, "centre": 3.2, "pair": 3.2, "strong": 4.0, "small": 2.8}
"""How high the letters of each kind are, in millimetres on a roll; pages have them a sixth larger."""
_LINE, _RULE, _CODE, _BARS = 1.45, 3.0, 15.0, 50.0
_PICTURE_HIGH, _PICTURE_GAP, _DOTS = 110.0, 3.0, 6.0
"""A picture is no higher than that and no coarser than so many of its dots a millimetre."""


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One line; `right` is never cut, `left` is wrapped."""

    kind: Kind
    left: str = ""
    right: str = ""
    picture: QImage | None = None
    """Of a picture, with its name at the left."""


RULE = SlipRow("rule")


class SlipSheet:
    """The rows of one slip on one kind of paper. Lengths inside are tenths of a millimetre, as painting is."""

    def __init__(self, rows: Sequence[SlipRow], paper: str) -> None:
        self._rows, self._scale = list(rows), 1.0 if paper == ROLL else 1.15
        self._edge = EDGES[paper] * UNIT
        self._wide = WIDTHS[paper] * UNIT - 2 * self._edge
        page_high = self._whole() / UNIT + 2 * EDGES[paper] if paper == ROLL else HIGHS[paper]
        self._room = page_high * UNIT - 2 * self._edge
        size = (WIDTHS[paper], page_high)
        self.grid = Grid(paper, size, 1, 1, size)

    def sheets(self) -> Sheets:
        """One page of a roll, or as many pages as it takes."""
        return Sheets(self.grid, self.things())

    def things(self) -> list[Paint]:
        """What is painted, page by page."""
        pages: list[list[SlipRow]] = [[]]
        used = 0.0
        for row in self._rows:
            high = self._high(row)
            if pages[-1] and used + high > self._room + 1:
                pages.append([])
                used = 0.0
            pages[-1].append(row)
            used += high
        return [self._painting(rows) for rows in pages]

    def _painting(self, rows: Sequence[SlipRow]) -> Paint:
        def paint(p: QPainter, cell: QRectF) -> None:
            top = cell.top() + self._edge
            for row in rows:
                high = self._high(row)
                self._paint(p, QRectF(cell.left() + self._edge, top, self._wide, high), row)
                top += high

        return paint

    def _whole(self) -> float:
        return sum(self._high(row) for row in self._rows)

    def _high(self, row: SlipRow) -> float:
        if row.kind == "rule":
            return _RULE * UNIT
        if row.kind == "code":
            return _CODE * UNIT
        if row.picture is not None:
            return self._picture_size(row.picture).height() + self._line("small") + _PICTURE_GAP * UNIT
        return len(self._parts(row)) * self._line(row.kind)

    def _picture_size(self, picture: QImage) -> QSizeF:
        """As large as the page allows, and never enlarged until its dots are seen."""
        own = QSizeF(picture.size()) * (UNIT / _DOTS)
        most = QSizeF(self._wide, min(_PICTURE_HIGH * UNIT, self._room - self._line("small") - _PICTURE_GAP * UNIT))
        fits = own.width() <= most.width() and own.height() <= most.height()
        return own if fits else own.scaled(most, Qt.AspectRatioMode.KeepAspectRatio)

    def _line(self, kind: Kind) -> float:
        return _HEIGHTS[kind] * _LINE * UNIT * self._scale

    def _font(self, kind: Kind) -> QFontMetricsF:
        return QFontMetricsF(letters(_HEIGHTS[kind] * UNIT * self._scale, bold=kind in ("title", "strong")))

    def _parts(self, row: SlipRow) -> list[str]:
        """The words at the left in as many lines as they need beside the figures."""
        measure = self._font(row.kind)
        room = self._wide - (measure.horizontalAdvance(row.right) + 2 * UNIT if row.right else 0)
        return wrapped(row.left, measure, room)

    def _paint(self, p: QPainter, room: QRectF, row: SlipRow) -> None:
        if row.kind == "rule":
            p.setPen(QPen(Qt.GlobalColor.black, 1.5, Qt.PenStyle.DashLine))
            middle = room.center().y()
            p.drawLine(room.left(), middle, room.right(), middle)  # type: ignore[call-overload]
            return
        if row.kind == "code":
            wide = min(room.width(), _BARS * UNIT)
            bars = QRectF(room.center().x() - wide / 2, room.top() + 2 * UNIT, wide, room.height() - 6 * UNIT)
            paint_bars(p, bars, row.left)
            self._words(p, QRectF(room.left(), bars.bottom(), room.width(), 4 * UNIT), row.left, "small", centred=True)
            return
        if row.picture is not None:
            size, line = self._picture_size(row.picture), self._line("small")
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            p.drawImage(QRectF(room.topLeft(), size), row.picture)
            under = QRectF(room.left(), room.top() + size.height(), room.width(), line)
            self._words(p, under, row.left, "small", centred=False)
            return
        line = self._line(row.kind)
        for place, part in enumerate(self._parts(row)):
            where = QRectF(room.left(), room.top() + place * line, room.width(), line)
            self._words(p, where, part, row.kind, centred=row.kind in ("title", "centre"))
        if row.right:
            p.drawText(
                QRectF(room.left(), room.top(), room.width(), line),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                row.right,
            )

    def _words(self, p: QPainter, room: QRectF, words: str, kind: Kind, *, centred: bool) -> None:
        p.setFont(letters(_HEIGHTS[kind] * UNIT * self._scale, bold=kind in ("title", "strong")))
        p.setPen(Qt.GlobalColor.black)
        across = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        p.drawText(room, across | Qt.AlignmentFlag.AlignVCenter, words)


def wrapped(words: str, measure: QFontMetricsF, room: float) -> list[str]:
    """Words in lines no wider than `room`, one at least: parted at blanks, or between signs where there is none."""
    lines, line = [], ""
    for sign in words:
        if line and measure.horizontalAdvance(line + sign) > room:
            at = line.rfind(" ")
            if at > 0 and sign != " ":
                lines.append(line[:at])
                line = line[at + 1 :]
            else:
                lines.append(line)
                line = ""
        line += sign
    return [*lines, line]
