"""The second step: how the file was read, with its first rows; whatever was guessed can be overruled."""

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.formats.dates import DateOrder
from app.formats.xlsx_sheets import ALL
from app.services.transfer import DATES, Kind, Plan
from app.views.shared import look
from app.views.shared.avatars import Glyph
from app.views.shared.buttons import Button
from app.views.shared.chips import Chips, ChipView
from app.views.shared.choice_fields import ComboBox
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.look import px
from app.views.shared.notices import Notice
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table
from app.views.transfer import words
from app.views.transfer.cells import cell_words

Preview = tuple[str, ...]
HEADS = 10
"""Rows among which the headers are chosen."""
NARROW, WIDE, PADDING = 72, 220, 28
SHOWN = 12
"""Columns in the preview: more would only be seen by scrolling."""


class ReadingPage(QWidget):
    """`changed` says that a person overruled something; `how()` is what they said."""

    changed = Signal()
    other_file = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan: Plan | None = None
        self.name, self.rows_found = ElidedLabel("", "strong"), PlainLabel("", "small", tone="ink2")
        self.other = Button("", "link", size="small")
        self.kinds = Chips()
        self.encoding, self.delimiter, self.sheet, self.heads, self.order = (ComboBox() for _ in range(5))
        self._heads_said: int | None = None
        self._captions = {field: PlainLabel("", "caption", tone="ink3") for field in self._fields()}
        self._boxes = {field: box(column(caption, field, gap=4)) for field, caption in self._captions.items()}
        self.doubt = Notice("", "gold", icon="ph.question")
        self.preview: RowsModel[Preview] = RowsModel((), self, identity=id)
        self.table = Table(compact=True)
        self.table.setModel(self.preview)
        self.setLayout(
            column(
                row(Glyph("ph.file-text", "ink2", 20), self.name, self.rows_found, None, self.other, gap=8),
                self.kinds,
                row(*((widget, 1) for widget in self._boxes.values()), gap=12),
                self.doubt,
                self.table,
                gap=12,
            )
        )
        self.other.clicked.connect(self.other_file)
        self.kinds.chosen.connect(lambda _kind: self.changed.emit())
        self.heads.changed.connect(self._on_heads)
        self.sheet.changed.connect(self._on_sheet)
        for field in (self.encoding, self.delimiter, self.order):
            field.changed.connect(lambda _value: self.changed.emit())

    def how(self) -> dict[str, Any]:
        """What the person says of the file, for `transfer.examine`."""
        plan = self.plan
        assert plan is not None
        said: dict[str, Any] = {"kind": self.kinds.value() or plan.kind}
        if plan.encoding:
            said |= {"encoding": self.encoding.value(), "delimiter": self.delimiter.value()}
        elif self.sheet.value():
            said["sheet"] = self.sheet.value()
        if self._heads_said is not None:
            said["header_row"] = self._heads_said
        if self.order.value() not in (None, "ambiguous") and said["kind"] is plan.kind:
            said["date_order"] = self.order.value()
        return said

    def show_plan(self, plan: Plan) -> None:
        """Show how the file was read."""
        if self.plan is None or self.plan.path != plan.path:
            self._heads_said = None
        self.plan = plan
        self.name.setText(plan.path.name)
        found = self.tr("%n card(s)", "", plan.rows) if plan.contacts else self.tr("%n row(s)", "", plan.rows)
        self.rows_found.setText(found)
        self.kinds.show_chips([ChipView(kind, words.kind(kind)) for kind in Kind])
        self.kinds.set_value(plan.kind)
        self.kinds.setVisible(not (plan.contacts or plan.calendar))
        self._fill(self.encoding, words.encodings(plan.encoding), plan.encoding)
        self._fill(self.delimiter, words.delimiters(plan.delimiter), plan.delimiter)
        self._fill(self.sheet, [*((sheet, sheet) for sheet in plan.sheets), (ALL, self.tr("All alike"))], plan.sheet)
        self._fill(self.heads, self._head_rows(plan), plan.header_row)
        self._fill(self.order, words.date_orders(), str(plan.date_order))
        self._show_boxes(plan)
        self.doubt.show_notice(self._doubt(plan))
        self.preview.show_columns(self._columns(plan))
        self.preview.show_rows(list(plan.first_rows))
        self.relook()

    def relook(self) -> None:
        rows = len(self.plan.first_rows) if self.plan else 0
        self.table.setFixedHeight(px(32 + 28 * rows + 16))
        if self.plan:
            self.table.set_widths(*(self._width(self.plan, place) for place in range(len(self.preview.columns))))

    def retranslate(self) -> None:
        self.other.setText(self.tr("Another file…"))
        how = (self.tr("Encoding"), self.tr("Cells parted by"), self.tr("Sheet"))
        names = (*how, self.tr("Headers in row"), self.tr("Dates are written"))
        for (field, caption), name in zip(self._captions.items(), names, strict=True):
            caption.setText(name)
            field.setAccessibleName(name)
        if self.plan:
            self.show_plan(self.plan)

    def _fields(self) -> tuple[ComboBox, ...]:
        return self.encoding, self.delimiter, self.sheet, self.heads, self.order

    def _on_heads(self, row: int) -> None:
        self._heads_said = row
        self.changed.emit()

    def _on_sheet(self, _sheet: str) -> None:
        self._heads_said = None
        self.changed.emit()

    def _head_rows(self, plan: Plan) -> list[tuple[Hashable, str]]:
        rows = sorted({*range(1, HEADS + 1), plan.header_row} - {0})
        return [(0, self.tr("none")), *((row, str(row)) for row in rows)]

    def _fill(self, field: ComboBox, choices: Sequence[tuple[Hashable, str]], value: Hashable) -> None:
        field.show_choices(choices)
        field.set_value(value)

    def _show_boxes(self, plan: Plan) -> None:
        dated = not plan.calendar and any(name in plan.columns for name in DATES[plan.kind])
        table = not (plan.contacts or plan.calendar) and plan.sheet != ALL
        shown = (bool(plan.encoding), bool(plan.delimiter), len(plan.sheets) > 1, table, dated)
        for widget, visible in zip(self._boxes.values(), shown, strict=True):
            widget.setVisible(visible)

    def _doubt(self, plan: Plan) -> str:
        if plan.date_order is DateOrder.AMBIGUOUS:
            return self.tr("**Is 03/04 the third of April or the fourth of March?** Nothing in the file says; choose.")
        if not plan.certain:
            return self.tr("**Can you read these words?** If not, choose another encoding.")
        return ""

    def _width(self, plan: Plan, place: int) -> int:
        """As wide as what stands in the column, within reason; in lengths of 100 % text."""
        now = look.current()
        said = [words.header(plan, place), *(cell_words(plan, cells, place) for cells in plan.first_rows)]
        return min(max(NARROW, round(max(map(now.measure, said)) / now.scale) + PADDING), WIDE)

    def _columns(self, plan: Plan) -> list[Column[Preview]]:
        def cell(place: int) -> Column[Preview]:
            return Column(words.header(plan, place), lambda cells: cell_words(plan, cells, place))

        return [cell(place) for place in range(min(len(plan.headers), SHOWN))]
