"""Need-finding while one speaks: choose the questions, then answer one after another, by digits where one can."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.services import interactions
from app.services.interactions import Answered, QuestionRow, ScriptRow
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.fields import LineEdit
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, column
from app.views.shared.tabbing import tab_through

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ScriptField(QWidget):
    """`value` is the script and its answers by question, or None while nothing is chosen."""

    changed = Signal(object)
    done = Signal()
    """The last question was answered."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._scripts: dict[int, ScriptRow] = {}
        self.pick = Chips(size="form", digits=True, may_be_none=True)
        self.hint = PlainLabel("", "small", tone="ink2", wrap=True)
        self.asked: dict[int, Chips | LineEdit] = {}
        self._questions = column(gap=8)
        self._list: QWidget | None = None
        self._page = column(self.pick, self.hint, gap=8)
        self.setLayout(self._page)
        self.setFocusProxy(self.pick)
        self.pick.chosen.connect(self._on_picked)
        self.pick.moved_on.connect(self._go_to_first)
        self._offer()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """To the choice of questions, or to the first that is not answered yet."""
        fields = list(self.asked.values())
        open_ones = [field for field in fields if not field.value()]
        (open_ones or fields or [self.pick])[0].setFocus(reason)

    def value(self) -> Any:
        script_id = self.pick.value()
        if script_id is None:
            return None
        return script_id, tuple((key, str(field.value() or "")) for key, field in self.asked.items())

    def set_value(self, value: Any) -> None:
        script_id, answers = value or (None, ())
        self._offer(script_id, [key for key, _words in answers])
        self.pick.set_value(script_id)
        self._show(script_id, [key for key, words in answers if words])
        for key, words in answers:
            if key in self.asked and words:
                self._fill(self.asked[key], words)

    def answers(self) -> tuple[Answered, ...]:
        """What was answered, in the order of the questions."""
        said = ((key, str(field.value() or "")) for key, field in self.asked.items())
        return tuple(Answered(key, words) for key, words in said if words)

    def retranslate(self) -> None:
        self.hint.setText("" if self._scripts else self.tr("No questions yet: they are written in the settings"))
        self.hint.setVisible(not self._scripts)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next question; Ctrl+Enter is the form's."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTERS and plain:
            self._go_on()
            return
        super().keyPressEvent(event)

    def _offer(self, also: int | None = None, answered: Sequence[int] = ()) -> None:
        """Scripts with something to ask; one put away only where it was asked from."""
        rows = self._desk.gateway.read(interactions.scripts, archived=bool(answered))
        asking = [row for row in rows if row.id == also or (not row.archived and row.questions)]
        self._scripts = {row.id: row for row in asking}
        self.pick.show_chips([ChipView(row.id, row.name) for row in asking])
        self.retranslate()

    def _on_picked(self, script_id: object) -> None:
        self._show(script_id, ())
        self.changed.emit(self.value())

    def _show(self, script_id: object, answered: Sequence[int]) -> None:
        if self._list is not None:
            self._page.removeWidget(self._list)
            self._list.hide()
            self._list.deleteLater()
            self._list = None
        self.asked = {}
        script = self._scripts.get(script_id) if isinstance(script_id, int) else None
        if script is None:
            return
        rows = [row for row in script.questions if not row.archived or row.id in answered]
        self.asked = {row.id: self._field(row) for row in rows}
        parts = [column(PlainLabel(row.text, "small", wrap=True), self.asked[row.id], gap=4) for row in rows]
        self._list = box(column(*parts, gap=10))
        self._page.addWidget(self._list)
        tab_through(self.pick, *self.asked.values())

    def _field(self, question: QuestionRow) -> Chips | LineEdit:
        field: Chips | LineEdit
        if question.choices:
            field = Chips(size="form", digits=True, may_be_none=True)
            field.show_chips([ChipView(choice, choice) for choice in question.choices])
            field.chosen.connect(lambda _value: self.changed.emit(self.value()))
            field.moved_on.connect(self._go_on)
        else:
            field = LineEdit()
            field.changed.connect(lambda _value: self.changed.emit(self.value()))
        field.setAccessibleName(question.text)
        return field

    def _fill(self, field: Chips | LineEdit, words: str) -> None:
        """An answer that is no longer offered stays one."""
        if isinstance(field, Chips) and words not in [chip.view.value for chip in field.chips()]:
            field.show_chips([*(chip.view for chip in field.chips()), ChipView(words, words)])
        field.set_value(words)

    def _go_to_first(self) -> None:
        fields = list(self.asked.values())
        if fields:
            fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        fields = list(self.asked.values())
        at = next((at for at, field in enumerate(fields) if _holds_focus(field)), -1)
        if at + 1 < len(fields):
            fields[at + 1].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.done.emit()


def _holds_focus(field: Chips | LineEdit) -> bool:
    return field.hasFocus() or (isinstance(field, Chips) and any(chip.hasFocus() for chip in field.chips()))
