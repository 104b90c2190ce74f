"""The one form kit: labelled rows that check themselves on leaving and save with Enter or Ctrl+Enter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from app.views.shared import look
from app.views.shared.badges import Keycap
from app.views.shared.chips import Chips
from app.views.shared.fields import FieldBox, TextArea
from app.views.shared.keys import keycap
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, row
from app.views.shared.look import px
from app.views.shared.naming import name_parts

Check = Callable[[Any], str | None]
_APART = 8
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass
class _Row:
    label: PlainLabel
    caption: QWidget
    box: FieldBox
    check: Check | None


class Form(QWidget):
    """Labelled fields by name. `labels` stand at the left in dialogs, above in side panels.

    With `keys` each row can be reached by Alt and its number, printed after its label.
    """

    submitted = Signal()
    cancelled = Signal()
    changed = Signal(str)

    def __init__(
        self, labels: Literal["left", "above"] = "left", *, keys: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._above, self._keys = labels == "above", keys
        self._rows: dict[str, _Row] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self.setLayout(self._grid)
        look.follow(self.relook)

    def add(self, name: str, label: str, field: QWidget, *, check: Check | None = None) -> FieldBox:
        """Put in a field; `check` turns its value into what is wrong with it, or None."""
        caption = PlainLabel(label, "small", tone="ink2")
        parts: list[QWidget] = [caption]
        if self._keys and len(self._rows) < 9:
            parts.append(self._reach(field, len(self._rows) + 1))
        head = box(row(*parts, None, gap=8))
        entry = _Row(caption, head, FieldBox(field), check)
        self._rows[name] = entry
        caption.setBuddy(field)
        _name(field, label)
        self._place(entry)
        self._align(entry)
        self._connect(name, field)
        return entry.box

    def add_aside(self, widget: QWidget) -> None:
        """Put something under the last field that is no field: what its words call to mind."""
        at = self._grid.rowCount()
        self._grid.addWidget(widget, at, 0 if self._above else 1, 1, 2 if self._above else 1)

    def field(self, name: str) -> Any:
        """The field of this name."""
        return self._rows[name].box.field

    def set_label(self, name: str, words: str) -> None:
        """Word a label, as after a change of language."""
        self._rows[name].label.setText(words)
        _name(self._rows[name].box.field, words)

    def set_row_visible(self, name: str, visible: bool) -> None:
        """Show or hide a row with its label; a hidden row is not checked."""
        self._rows[name].caption.setVisible(visible)
        self._rows[name].box.setVisible(visible)

    def values(self) -> dict[str, Any]:
        """What every field holds."""
        return {name: self.field(name).value() for name in self._rows}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill the fields named; the others stay."""
        for name, value in values.items():
            if name in self._rows:
                self.field(name).set_value(value)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Say what is wrong, field by field, and go to the first of them."""
        for name, entry in self._rows.items():
            entry.box.set_error(errors.get(name, ""))
        first = next((name for name in self._rows if errors.get(name)), None)
        if first:
            self.field(first).setFocus(Qt.FocusReason.OtherFocusReason)

    def errors(self) -> dict[str, str]:
        """What is wrong now."""
        return {name: entry.box.error() for name, entry in self._rows.items() if entry.box.error()}

    def check(self) -> bool:
        """Check every row; False, with the errors shown, when one is wrong."""
        wrong = {name: said for name in self._rows if (said := self._fault(name))}
        self.show_errors(wrong)
        return not wrong

    def submit(self) -> None:
        """Check, and say `submitted` when nothing is wrong."""
        if self.check():
            self.submitted.emit()

    def focus_first(self, *, empty: bool = True) -> None:
        """The focus goes to the first field, and where `empty` is asked for to the first that is."""
        names = [name for name, entry in self._rows.items() if not entry.box.isHidden()]
        free = [name for name in names if empty and self.field(name).value() in (None, "", [])]
        if names:
            self.field((free or names)[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def relook(self) -> None:
        self._grid.setVerticalSpacing(px(12 if not self._above else 4))
        self._grid.setHorizontalSpacing(px(16))
        for entry in self._rows.values():
            self._align(entry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in _ENTERS and (control or not self._in_text_area()):
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _in_text_area(self) -> bool:
        areas = [entry.box.field for entry in self._rows.values() if isinstance(entry.box.field, TextArea)]
        return any(area.hasFocus() for area in areas)

    def _place(self, entry: _Row) -> None:
        at = self._grid.rowCount()
        if self._above:
            self._grid.addWidget(entry.caption, at, 0, 1, 2)
            self._grid.addWidget(entry.box, at + 1, 0, 1, 2)
            return
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(entry.caption, at, 0, top)
        self._grid.addWidget(entry.box, at, 1)

    def _align(self, entry: _Row) -> None:
        """A label at the left stands in the middle of the first line of its field; one above keeps its distance."""
        if self._above:
            first = entry is next(iter(self._rows.values()))
            entry.caption.setContentsMargins(0, 0 if first else px(_APART), 0, 0)
        else:
            entry.caption.setFixedHeight(px(32 if isinstance(entry.box.field, Chips) else 36))

    def _connect(self, name: str, field: QWidget) -> None:
        told = field.chosen if isinstance(field, Chips) else getattr(field, "changed", None)
        if told is not None:
            told.connect(lambda _value: self.changed.emit(name))
        if isinstance(field, Chips):
            field.moved_on.connect(lambda: self._go_on(name))
            field.chosen.connect(lambda _value: self._rows[name].box.set_error(""))
        left = getattr(field, "left", None)
        if left is not None:
            left.connect(lambda: self._on_left(name))

    def _on_left(self, name: str) -> None:
        entry = self._rows[name]
        if self.field(name).value() not in (None, "") or entry.box.error():
            entry.box.set_error(self._fault(name))

    def _fault(self, name: str) -> str:
        entry = self._rows[name]
        if entry.box.isHidden():
            return ""
        own = getattr(entry.box.field, "check", None)
        said: str = own() if callable(own) else ""
        return said or (entry.check and entry.check(self.field(name).value())) or ""

    def _go_on(self, name: str) -> None:
        """A digit chose: the next question has the focus."""
        names = [n for n, entry in self._rows.items() if not entry.box.isHidden()]
        after = names[names.index(name) + 1 :]
        if after:
            self.field(after[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _reach(self, field: QWidget, number: int) -> Keycap:
        key = QKeySequence(f"Alt+{number}")
        shortcut = QShortcut(key, self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: field.setFocus(Qt.FocusReason.ShortcutFocusReason))
        return Keycap(keycap(key))


def _name(field: QWidget, words: str) -> None:
    """A field is called by its label, and so is each of its parts."""
    field.setAccessibleName(words)
    name_parts(field, words)
