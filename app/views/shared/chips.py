"""Chips: filters and answers that are on or off, chosen with the mouse, the arrows or their digit."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.views.shared import flow, focus, look, paint
from app.views.shared.look import px
from app.views.shared.tokens import Hue

ChipSize = Literal["filter", "form", "payment"]
_HEIGHTS: dict[ChipSize, int] = {"filter": 28, "form": 32, "payment": 36}
_PAD, _ICON, _RADIUS = 10, 14, 7
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True)
class ChipView:
    """One choice of a group: its value, words, and perhaps a count, an icon, a hue when on, a digit."""

    value: Hashable
    words: str
    count: int | None = None
    icon: str | None = None
    hue: Hue = "accent"
    digit: int | None = None


class Chip(QAbstractButton):
    """One chip; measured at weight 600, so that choosing it never moves its neighbours."""

    def __init__(self, view: ChipView, size: ChipSize = "filter", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view, self._size = view, size
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_view(view)
        look.follow(self.relook)

    def show_view(self, view: ChipView) -> None:
        """Show other words or another count."""
        self.view = view
        counted = view.words if view.count is None else f"{view.words} {view.count}"
        self.setText(view.words)
        self.setAccessibleName(counted)
        self.updateGeometry()
        self.update()

    def relook(self) -> None:
        self.setFixedHeight(px(_HEIGHTS[self._size]))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        measure = look.current().measure
        wide = 2 * px(_PAD) + measure(self.view.words, "small", weight=600)
        wide += px(_ICON) + px(6) if self.view.icon else 0
        wide += self._key_room()
        wide += px(6) + measure(paint.figure(self.view.count), "small") if self.view.count is not None else 0
        return QSize(wide, px(_HEIGHTS[self._size]))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus.came(self, event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _ARROWS:
            event.ignore()  # the group moves the focus; a button alone would leave the group
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, on, hue = QPainter(self), self.isChecked(), self.view.hue
        ground = f"{hue}_soft" if on else "hover" if self.underMouse() and self.isEnabled() else "surface"
        paint.box(p, self.rect(), px(_RADIUS), ground, hue if on else "line")
        ink = f"{hue}_text" if on else "ink2" if self.isEnabled() else "ink3"
        x = self._paint_signs(p, px(_PAD), ink, on)
        x += paint.say(p, self._rest(x), self.view.words, "small", ink, weight=600 if on else None) + px(6)
        if self.view.count is not None:
            paint.say(p, self._rest(x), paint.figure(self.view.count), "small", ink if on else "ink3")
        p.end()

    def _paint_signs(self, p: QPainter, x: int, ink: str, on: bool) -> int:
        middle, hue = self.height() // 2, self.view.hue
        if self.view.digit is not None:
            edge, fill = (hue, f"{hue}_soft") if on else ("line", "sunken")
            paint.keycap(p, x, middle, str(self.view.digit), token=ink, edge=edge, fill=fill)
            x += self._key_room()
        if self.view.icon:
            paint.glyph(p, paint.square(QPoint(x + px(_ICON) // 2, middle), px(_ICON)), self.view.icon, ink)
            x += px(_ICON) + px(6)
        return x

    def _rest(self, x: int) -> QRect:
        return QRect(x, 0, max(0, self.width() - x), self.height())

    def _key_room(self) -> int:
        return 0 if self.view.digit is None else paint.keycap_width(str(self.view.digit)) + px(8)


class Chips(QWidget):
    """A group of chips: a radio group, or with `many` any number of them.

    A digit chooses its chip and moves on: `moved_on` says that the next question may have the focus. Arrows move
    within the group; Space chooses.
    """

    chosen = Signal(object)
    moved_on = Signal()

    def __init__(
        self,
        *,
        many: bool = False,
        size: ChipSize = "filter",
        digits: bool = False,
        may_be_none: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._many, self._size, self._digits, self._may_be_none = many, size, digits, may_be_none
        self._chips: list[Chip] = []
        self._flow = flow.Flow()
        self.setLayout(self._flow)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_chips(self, views: Sequence[ChipView]) -> None:
        """Show these choices; what was chosen stays chosen where it still exists."""
        kept = set(self.values())
        if [chip.view.value for chip in self._chips] != [view.value for view in views]:
            self._rebuild(views)
        for place, (chip, view) in enumerate(zip(self._chips, views, strict=True)):
            chip.show_view(self._numbered(view, place))
            chip.setChecked(view.value in kept)
        self._one_tab_stop()

    def chips(self) -> list[Chip]:
        """The chips in their order."""
        return list(self._chips)

    def value(self) -> Hashable | None:
        """The chosen value of a radio group, or None."""
        return next(iter(self.values()), None)

    def values(self) -> list[Hashable]:
        """Every chosen value, in the order of the chips."""
        return [chip.view.value for chip in self._chips if chip.isChecked()]

    def set_value(self, value: Hashable | None) -> None:
        """Choose one value (or none) without telling anyone."""
        self.set_values([] if value is None else [value])

    def set_values(self, values: Sequence[Hashable]) -> None:
        """Choose exactly these values without telling anyone."""
        for chip in self._chips:
            chip.setChecked(chip.view.value in values)
        self._one_tab_stop()

    def choose_digit(self, digit: int) -> bool:
        """Choose the chip with this digit and move on; False when there is none."""
        for chip in self._chips:
            if chip.view.digit == digit and chip.isEnabled():
                self._choose(chip)
                self.moved_on.emit()
                return True
        return False

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The focus goes to the chosen chip, or to the first."""
        if self._chips:
            next((c for c in self._chips if c.isChecked()), self._chips[0]).setFocus(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - Qt.Key.Key_0.value
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and 0 <= digit <= 9 and self.choose_digit(digit):
            return
        step = _ARROWS.get(Qt.Key(event.key()))
        if step and plain:
            self._step(step)
            return
        super().keyPressEvent(event)

    def _rebuild(self, views: Sequence[ChipView]) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.clearFocus()
            chip.hide()  # it is painted until it is gone
            chip.deleteLater()
        self._chips = [self._make(view, place) for place, view in enumerate(views)]
        self._one_tab_stop()

    def _make(self, view: ChipView, place: int) -> Chip:
        chip = Chip(self._numbered(view, place), self._size, self)
        chip.clicked.connect(lambda: self._on_clicked(chip))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def _numbered(self, view: ChipView, place: int) -> ChipView:
        if not self._digits or view.digit is not None or place > 8:
            return view
        return ChipView(view.value, view.words, view.count, view.icon, view.hue, place + 1)

    def _on_clicked(self, chip: Chip) -> None:
        if not self._many and not chip.isChecked() and not self._may_be_none:
            chip.setChecked(True)
            return
        self._settle(chip)

    def _choose(self, chip: Chip) -> None:
        chip.setChecked(not chip.isChecked() if self._many or (self._may_be_none and chip.isChecked()) else True)
        self._settle(chip)

    def _settle(self, chip: Chip) -> None:
        if not self._many:
            for other in self._chips:
                if other is not chip:
                    other.setChecked(False)
        self._one_tab_stop()
        self.chosen.emit(self.values() if self._many else self.value())

    def _step(self, step: int) -> None:
        place = next((i for i, chip in enumerate(self._chips) if chip.hasFocus()), 0)
        self._chips[(place + step) % len(self._chips)].setFocus(Qt.FocusReason.TabFocusReason)

    def _one_tab_stop(self) -> None:
        """Tab enters a radio group once, at the chosen chip; the arrows do the rest."""
        if not self._chips:
            return
        stop = next((c for c in self._chips if c.isChecked()), self._chips[0])
        for chip in self._chips:
            here = self._many or chip is stop
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
