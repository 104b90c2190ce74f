"""Asks over the list how a call went: one key or one click logs it, and the row is done or comes again."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.views.shared import look, paint
from app.views.shared.actions import Act, act
from app.views.shared.avatars import Glyph
from app.views.shared.buttons import Button
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import row
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_CONTROL


class OutcomeBar(QWidget):
    """Hidden until somebody was called; the digits work on the list while it is shown."""

    reached = Signal()
    missed = Signal()
    more = Signal()

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self.label = ElidedLabel("", "small", tone="blue_text", marked=True)
        self.acts: list[Act] = [
            self._act(view, "today.reached", lambda: self.tr("Reached"), self.reached.emit, "1"),
            self._act(view, "today.missed", lambda: self.tr("Not reached, again tomorrow"), self.missed.emit, "2"),
            self._act(view, "today.more", lambda: self.tr("Write more…"), self.more.emit, "3"),
        ]
        self.buttons = [Button("", "quiet", size="small") for _ in self.acts]
        for button, action in zip(self.buttons, self.acts, strict=True):
            button.set_action(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        glyph = Glyph("ph.phone", "blue_text")
        self.setLayout(row(glyph, (self.label, 1), *self.buttons, gap=8, margins=(12, 0, 8, 0)))
        self.close_bar()
        look.follow(self.relook)

    def ask(self, words: str) -> None:
        """Ask about the call that these words name."""
        self.label.setText(words)
        self._set_shown(shown=True)

    def close_bar(self) -> bool:
        """Ask no more; False when nothing was asked."""
        was = not self.isHidden()
        self._set_shown(shown=False)
        return was

    def relook(self) -> None:
        self.setFixedHeight(px(40))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.close_bar()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint.box(p, self.rect(), px(RADIUS_CONTROL), "blue_soft")
        p.end()

    def _act(self, view: QWidget, name: str, words: Callable[[], str], slot: Callable[[], object], key: str) -> Act:
        return act(view, name, words, slot, key=key, context=Qt.ShortcutContext.WidgetShortcut)

    def _set_shown(self, *, shown: bool) -> None:
        self.setVisible(shown)
        for action in self.acts:
            action.setEnabled(shown)
