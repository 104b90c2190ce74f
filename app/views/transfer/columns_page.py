"""The third step: which column holds what."""

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.services.transfer import FIELDS, Kind, KnownBy, Plan
from app.views.shared import look
from app.views.shared.buttons import Button
from app.views.shared.choice_fields import CheckBox, ComboBox
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.look import px
from app.views.shared.notices import Notice
from app.views.transfer import words
from app.views.transfer.cells import cell_words


class ColumnsPage(QWidget):
    """One line a field: its name, the column it is read from, and what stands there in the first row."""

    changed = Signal()
    forgotten = Signal()
    """The columns of last time are not wanted any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan: Plan | None = None
        self.choices: dict[str, ComboBox] = {}
        self.lacking = Notice("", "gold", icon="ph.warning-circle")
        self.left_out = PlainLabel("", "caption", tone="ink3", wrap=True)
        self.forget = Button("", "link", size="small")
        self.last = Notice("", "blue", icon="ph.clock-counter-clockwise", act=self.forget)
        self.way, self._way_caption = ComboBox(), PlainLabel("", "caption", tone="ink3")
        self.way_box = box(row(self._way_caption, (self.way, 1), gap=16))
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(2, 1)
        self.earn = CheckBox()
        self.setLayout(column(self.last, self.lacking, self.way_box, self._lines, self.left_out, self.earn, gap=12))
        self.forget.clicked.connect(self.forgotten)
        look.follow(self.relook)

    def known_by(self) -> KnownBy:
        """How known customers are found."""
        return KnownBy(self.way.value() or KnownBy.AUTO)

    def mapping(self) -> dict[str, int | None]:
        """Field → column from 0; None for what is to be left out."""
        return {name: choice.value() for name, choice in self.choices.items()}

    def earns(self) -> bool:
        """Whether past sales are to earn points."""
        return self.earn.value() and self.plan is not None and self.plan.kind is Kind.SALES

    def show_plan(self, plan: Plan) -> None:
        """Show what each field is read from."""
        self.last.show_notice(self.tr("**As last time** a file came with these columns.") if plan.remembered else "")
        self._show_ways(plan)
        names = (
            []
            if plan.contacts
            else [*FIELDS[plan.kind], *(name for name in plan.columns if name not in FIELDS[plan.kind])]
        )
        if self.plan is None or self.plan.kind is not plan.kind or list(self.choices) != names:
            self._make_lines(names)
        self.plan = plan
        free = [(None, self.tr("— not in the file")), *((i, words.header(plan, i)) for i in range(len(plan.headers)))]
        for place, (name, choice) in enumerate(self.choices.items()):
            choice.show_choices(free)
            choice.set_value(plan.columns.get(name))
            self._label(place).setText(words.field(name))
            choice.setAccessibleName(words.field(name))
            self._sample(place).setText(self._first(plan, plan.columns.get(name)))
        lacking = words.fields(plan.missing)
        self.lacking.show_notice(
            self.tr("**Still needed: {fields}**").replace("{fields}", lacking) if lacking else "", "gold"
        )
        left = list(plan.unkept) if plan.contacts else [plan.header(i) for i in plan.left_out]
        said = self.tr("Not brought in: {columns}").replace("{columns}", " · ".join(left))
        self.left_out.setText(said if left else "")
        self.left_out.setVisible(bool(left))
        self.earn.setVisible(plan.kind is Kind.SALES)

    def _show_ways(self, plan: Plan) -> None:
        chosen = self.way.value() or KnownBy.AUTO
        self.way.show_choices(words.ways())
        self.way.set_value(chosen)
        self.way_box.setVisible(plan.kind is Kind.CUSTOMERS)

    def retranslate(self) -> None:
        self.forget.setText(self.tr("Forget"))
        self._way_caption.setText(self.tr("Known customers are found"))
        self.way.setAccessibleName(self.tr("Known customers are found"))
        self.earn.setText(self.tr("Past sales earn points"))
        if self.plan:
            self.show_plan(self.plan)

    def relook(self) -> None:
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnMinimumWidth(0, px(132))
        self._grid.setColumnMinimumWidth(1, px(240))

    def _make_lines(self, names: list[str]) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.setParent(None)
                widget.deleteLater()
        self.choices = {name: ComboBox(height=32) for name in names}
        for place, choice in enumerate(self.choices.values()):
            self._grid.addWidget(PlainLabel("", "body"), place, 0)
            self._grid.addWidget(choice, place, 1)
            self._grid.addWidget(ElidedLabel("", "small", tone="ink2"), place, 2)
            choice.changed.connect(lambda _column: self.changed.emit())
        order = [self.way, *self.choices.values(), self.earn]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _label(self, place: int) -> PlainLabel:
        widget = self._at(place, 0)
        assert isinstance(widget, PlainLabel)
        return widget

    def _sample(self, place: int) -> ElidedLabel:
        widget = self._at(place, 2)
        assert isinstance(widget, ElidedLabel)
        return widget

    def _at(self, place: int, part: int) -> QWidget | None:
        item = self._grid.itemAtPosition(place, part)
        return item.widget() if item else None

    def _first(self, plan: Plan, place: int | None) -> str:
        """What the first row that has anything there says."""
        if place is None:
            return ""
        return next((said for cells in plan.first_rows if (said := cell_words(plan, cells, place))), "")
