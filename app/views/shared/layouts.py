"""Columns and rows whose gaps are steps of the scale and follow the text scale."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QBoxLayout, QLayout, QScrollArea, QSpacerItem, QWidget

from app.views.shared import look
from app.views.shared.tokens import PAGE_BELOW, PAGE_LEFT, PAGE_RIGHT

Item = QWidget | QLayout | int | None | tuple[QWidget | QLayout, int]
Margins = int | tuple[int, int, int, int]
PAGE_MARGINS: Margins = (PAGE_LEFT, 0, PAGE_RIGHT, PAGE_BELOW)
CARD_MARGINS: Margins = (16, 12, 16, 12)


class Steps(QBoxLayout):
    """A box layout measured in lengths of the design."""

    def __init__(self, direction: QBoxLayout.Direction, gap: int, margins: Margins) -> None:
        super().__init__(direction)
        self._gap = gap
        self._blanks: dict[int, int] = {}
        self._margins = (margins,) * 4 if isinstance(margins, int) else margins
        look.follow(self.relook)

    def add(self, *items: Item) -> Steps:
        """Put in widgets and layouts; a number is a gap, None a stretch, `(item, n)` an item with a stretch of n."""
        for item in items:
            if item is None:
                self.addStretch(1)
            elif isinstance(item, int):
                self._blanks[self.count()] = item
                self.addSpacing(look.px(item))
            elif isinstance(item, tuple):
                self._put(item[0], item[1])
            else:
                self._put(item, 0)
        return self

    def set_margins(self, margins: Margins) -> None:
        """Change the margins, in lengths of the design."""
        self._margins = (margins,) * 4 if isinstance(margins, int) else margins
        self.relook()

    def set_gap(self, gap: int) -> None:
        """Change the gap between items, in lengths of the design."""
        self._gap = gap
        self.relook()

    def relook(self) -> None:
        self.setSpacing(look.px(self._gap))
        self.setContentsMargins(*(look.px(m) for m in self._margins))
        for at, length in self._blanks.items():
            self._respace(at, length)
        self.invalidate()

    def _put(self, item: QWidget | QLayout, stretch: int) -> None:
        if isinstance(item, QWidget):
            self.addWidget(item, stretch)
        else:
            self.addLayout(item, stretch)

    def _respace(self, at: int, length: int) -> None:
        spacer = (found := self.itemAt(at)) and found.spacerItem()
        if isinstance(spacer, QSpacerItem):
            upright = self.direction() in (QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.BottomToTop)
            spacer.changeSize(0 if upright else look.px(length), look.px(length) if upright else 0)


def column(*items: Item, gap: int = 8, margins: Margins = 0) -> Steps:
    """Items under each other."""
    return Steps(QBoxLayout.Direction.TopToBottom, gap, margins).add(*items)


def row(*items: Item, gap: int = 8, margins: Margins = 0) -> Steps:
    """Items beside each other."""
    return Steps(QBoxLayout.Direction.LeftToRight, gap, margins).add(*items)


def page(*items: Item, gap: int = 12) -> Steps:
    """A column with the margins of a page."""
    return column(*items, gap=gap, margins=PAGE_MARGINS)


def box(layout: QLayout, parent: QWidget | None = None) -> QWidget:
    """A bare widget around a layout."""
    widget = QWidget(parent)
    widget.setLayout(layout)
    return widget


def see_through(area: QAbstractScrollArea) -> None:
    """Give an area that holds nothing yet a viewport through which one sees what lies behind it.

    One of our own: when PySide is first asked for one that Qt made, it makes a class of each kind of widget there is,
    which takes a fiftieth of a start.
    """
    viewport = QWidget()
    area.setViewport(viewport)
    viewport.setAutoFillBackground(False)


class Scroll(QScrollArea):
    """A part that gives way when the window is low: it scrolls up and down, never sideways."""

    def __init__(self, inner: QWidget, *, least: int = 48) -> None:
        super().__init__()
        self._least = least
        inner.setProperty("page", "true")
        see_through(self)
        self.setWidgetResizable(True)
        self.setWidget(inner)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner.setAutoFillBackground(False)
        look.follow(self.relook)

    def set_least(self, least: int) -> None:
        """Give way further, or less far; in lengths of the design."""
        self._least = least
        self.relook()

    def relook(self) -> None:
        self.setMinimumHeight(look.px(self._least))
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """What is inside may be lower than an area with arrows of scroll bars would need."""
        return QSize(super().minimumSizeHint().width(), look.px(self._least))
