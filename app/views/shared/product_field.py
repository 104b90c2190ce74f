"""Which article it was about: typed in any way, chosen from the finds beneath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.services import products, search
from app.services.search import HitKind
from app.views.shared.chips import Chips, ChipView
from app.views.shared.compound_field import CompoundField
from app.views.shared.desk import Desk
from app.views.shared.fields import LineEdit
from app.views.shared.layouts import column
from app.views.shared.tabbing import tab_through

FOUND = 4


class ProductField(CompoundField):
    """Enter takes the first find, ↓ goes among them, a digit there chooses. `value` is the article's id or None."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._id, self._name = desk, None, ""
        self.edit, self.finds = LineEdit(icon="ph.magnifying-glass"), Chips(size="form", digits=True)
        self.finds.hide()
        self.setLayout(column(self.edit, self.finds, gap=4))
        self.setFocusProxy(self.edit)
        self.tell_in(self.edit)
        self.edit.changed.connect(self._on_typed)
        self.edit.installEventFilter(self)
        self.finds.chosen.connect(self._on_found)
        self.retranslate()

    _id: int | None

    def value(self) -> int | None:
        return self._id

    def set_value(self, value: Any) -> None:
        self._id = value if isinstance(value, int) else None
        self._name = "" if self._id is None else self._desk.gateway.read(products.product, self._id).name
        self.edit.set_value(self._name)
        self.finds.hide()

    def offer(self, articles: Sequence[tuple[int, str]]) -> None:
        """While nothing is chosen, offer these: what was on a bill, say."""
        if self._id is None and not self.edit.value():
            self.finds.show_chips([ChipView(key, name) for key, name in articles[:FOUND]])
            self.finds.setVisible(bool(articles))
            tab_through(self.edit, self.finds)

    def check(self) -> str:
        """Typed but not taken: saving would forget it without a word."""
        if self._id is None and self.edit.value():
            return self.tr("Take an article from those found with Enter, or empty the field")
        return ""

    def retranslate(self) -> None:
        self.edit.setPlaceholderText(self.tr("Goods: name, pinyin, code (may stay empty)"))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is not self.edit or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if self.finds.isHidden():
            return False
        if event.key() == Qt.Key.Key_Down:
            self.finds.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.finds.choose_digit(1)
        return False

    def _on_typed(self, words: object) -> None:
        self._id = None
        self.set_error("")
        hits = self._desk.gateway.read(search.find, str(words), FOUND, (HitKind.PRODUCT,)) if words else []
        self.finds.show_chips([ChipView(hit.id, hit.title) for hit in hits])
        self.finds.set_value(None)
        self.finds.setVisible(bool(hits))
        tab_through(self.edit, self.finds)
        self.changed.emit(None)

    def _on_found(self, product_id: object) -> None:
        self.set_value(product_id)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(self._id)
