"""Pictures of cards: one is painted when it is first seen, and laid down again while its lane scrolls."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPixmap

from app.views.shared import look
from app.views.shared.look import Look

KEPT = 16
"""A lane shows about five."""
GROUND = "canvas"
"""What lies behind the round corners; a picture without it could not hold letters as sharp as those beside it."""


class CardPictures:
    """The pictures of one lane. Those not looked at for long are dropped."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], tuple[object, Look, QPixmap]] = OrderedDict()

    def lay(
        self, p: QPainter, area: QRect, view: object, state: tuple[bool, ...], paint: Callable[[QPainter, QRect], None]
    ) -> None:
        """Lay the picture of a view in this state on an area; `paint` makes it, on any painter and area."""
        ratio = p.device().devicePixelRatioF()
        if not ratio.is_integer():  # a picture would lie between the pixels, and blur
            paint(p, area)
            return
        key = (id(view), area.width(), area.height(), state, ratio)
        found = self._kept.get(key)
        if found is None or found[0] is not view or found[1] is not look.current():
            found = self._kept[key] = view, look.current(), _painted(area, ratio, paint)
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        p.drawPixmap(area.topLeft(), found[2])


def _painted(area: QRect, ratio: float, paint: Callable[[QPainter, QRect], None]) -> QPixmap:
    picture = QPixmap(area.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(look.colour(GROUND))
    p = QPainter(picture)
    paint(p, QRect(QPoint(0, 0), area.size()))
    p.end()
    return picture
