"""The fields of two cards as lines under each other, to look at or to choose in."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.services.duplicates import FieldPair, Side
from app.views.duplicates.lines import FieldLine, LineView, Take
from app.views.duplicates.values import field_words, value_lines
from app.views.shared.desk import Desk
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, column


def take_of(side: Side, *, keeps_left: bool) -> Take:
    """Where a side of the merge stands on screen."""
    if side is Side.BOTH:
        return Take.BOTH
    return Take.LEFT if (side is Side.KEPT) == keeps_left else Take.RIGHT


def side_of(take: Take, *, keeps_left: bool) -> Side:
    """Which side of the merge stands there."""
    if take is Take.BOTH:
        return Side.BOTH
    return Side.KEPT if (take is Take.LEFT) == keeps_left else Side.GONE


def line_view(
    field: FieldPair, desk: Desk, *, keeps_left: bool, choosing: bool, taken: Mapping[str, Take] = {}
) -> LineView:
    """A field as a line: the card at the left is the one that stays, or the other."""
    values = field.kept, field.gone
    left, right = values if keeps_left else values[::-1]
    takes = {take_of(side, keeps_left=keeps_left) for side in field.choices}
    proposed = take_of(field.takes, keeps_left=keeps_left)
    if not (left and right):  # where one says nothing, both is what the other says
        takes.discard(Take.BOTH)
        proposed = Take.LEFT if left else Take.RIGHT
    return LineView(
        field.name,
        field_words(field),
        tuple(value_lines(field.name, left, desk)),
        tuple(value_lines(field.name, right, desk)),
        differs=field.differs,
        offered=tuple(take for take in Take if take in takes) if choosing else (),
        chosen=taken.get(field.name, proposed),
    )


class FieldLines(QWidget):
    """Lines in groups, each under a caption; ↑ ↓ lead through all of them, and past the last one to `passed`."""

    chosen = Signal(str)
    passed = Signal()

    def __init__(self, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[FieldLine] = []
        self._parts: list[QWidget] = []
        self._page = column(gap=gap)
        self.setLayout(self._page)

    def show_groups(self, groups: Iterable[tuple[str, list[LineView]]]) -> None:
        """Show these lines; a group without any is left out, one without words has no caption."""
        before = next((line.view.name for line in self.lines if line.hasFocus()), "")
        for part in self._parts:
            self._page.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.lines, self._parts = [], []
        for caption, views in groups:
            if views and caption:
                above = 8 if self._parts else 0
                self._put(box(column(PlainLabel(caption, "caption", tone="ink2"), gap=0, margins=(0, above, 0, 0))))
            for view in views:
                self._put_line(view)
        self.focus_line(before)

    def line(self, name: str) -> FieldLine:
        """The line of a field."""
        return next(line for line in self.lines if line.view.name == name)

    def focus_line(self, name: str = "") -> None:
        """The keys go to this line, if it is there."""
        for line in self.lines:
            if line.view.name == name:
                line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _put_line(self, view: LineView) -> None:
        line = FieldLine(view)
        line.chosen.connect(lambda: self.chosen.emit(line.view.name))
        line.moved.connect(lambda step: self._move(line, step))
        self.lines.append(line)
        self._put(line)

    def _put(self, part: QWidget) -> None:
        self._parts.append(part)
        self._page.addWidget(part)

    def _move(self, line: FieldLine, step: int) -> None:
        at = self.lines.index(line) + step
        if 0 <= at < len(self.lines):
            self.lines[at].setFocus(Qt.FocusReason.TabFocusReason)
        elif at >= len(self.lines):
            self.passed.emit()
