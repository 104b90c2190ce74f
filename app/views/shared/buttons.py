"""Buttons: primary, secondary, quiet, link and danger, with their icon before the words and their key after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QPushButton, QSizePolicy, QWidget

from app.views.shared import focus, look, paint
from app.views.shared.keys import keycap
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_BADGE, RADIUS_CONTROL, Hue, Role

Kind = Literal["primary", "secondary", "quiet", "link", "danger"]
Size = Literal["small", "normal", "large"]
_HEIGHTS: dict[Size, int] = {"small": 28, "normal": 32, "large": 40}
_GAP, _ICON = 6, 16


@dataclass(frozen=True)
class _Colours:
    ground: str | None
    hover: str | None
    pressed: str | None
    edge: str | None
    ink: str


_KINDS: dict[Kind, _Colours] = {
    "primary": _Colours("accent", "accent_hover", "accent_pressed", None, "on_accent"),
    "secondary": _Colours("surface", "hover", "pressed", "edge", "ink"),
    "quiet": _Colours(None, "hover", "pressed", None, "ink2"),
    "link": _Colours(None, "accent_soft", "accent_soft", None, "accent_text"),
    "danger": _Colours("surface", "red_soft", "red_soft", "red", "red_text"),
}


class Button(QPushButton):
    """A button that paints itself from the tokens and is never narrower than its words.

    `key` is what its keycap shows; `set_action` takes words, key, icon and state from a QAction instead.
    """

    def __init__(
        self,
        words: str = "",
        kind: Kind = "secondary",
        *,
        icon: str | None = None,
        key: QKeySequence | QKeySequence.StandardKey | str | None = None,
        size: Size = "normal",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self.kind, self.glyph, self._keycap, self._size = kind, icon, keycap(key), size
        self._action: QAction | None = None
        self._compact, self._hue = False, "accent"
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.follow(self.relook)

    def set_action(self, action: QAction) -> None:
        """Show an action: its words, key, icon, state and tip; a click triggers it."""
        self._action = action
        action.changed.connect(self._on_action_changed)
        self.clicked.connect(action.trigger)
        self._on_action_changed()

    def set_key(self, key: QKeySequence | QKeySequence.StandardKey | str | None) -> None:
        """Change what the keycap shows."""
        self._keycap = keycap(key)
        self.relook()

    def set_hue(self, hue: Hue) -> None:
        """Say a link in the hue of the notice it stands on."""
        self._hue = hue
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Where space is scarce: the icon alone, its words and key in the tooltip."""
        self._compact = compact and self.glyph is not None
        self.relook()

    def keep_room(self) -> None:
        """Leave the room empty while it is hidden: what stands beside it in other lines stays in its column."""
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    def setText(self, words: str) -> None:
        super().setText(words)
        self.relook()

    def relook(self) -> None:
        self.setFixedHeight(px(_HEIGHTS[self._size]))
        self.setFont(look.font(self._role()))
        if self._compact or not self.text():
            self._tell_words()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        pad = 8 if self._bare() else 10 if self._size == "small" else 14
        return QSize(self._content_width() + 2 * px(pad), px(_HEIGHTS[self._size]))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus.came(self, event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.click()  # the focus is here: Enter must not press the default button of the dialog instead
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        ground, edge, ink = self._colours()
        radius = RADIUS_BADGE if self._size == "small" else RADIUS_CONTROL
        paint.box(p, self.rect(), px(radius), ground, edge)
        self._paint_content(p, ink)
        p.end()

    def _colours(self) -> tuple[str | None, str | None, str]:
        c = _KINDS[self.kind]
        if not self.isEnabled():
            return (None if self.kind in ("quiet", "link") else "pressed"), None, "ink3"
        if self.isDown() or self.isChecked():
            return c.pressed, c.edge, c.ink
        if self.kind == "link":
            return ("hover" if self.underMouse() else None), None, f"{self._hue}_text"
        if self.underMouse() and self.kind == "quiet" and isinstance(self.window(), QDialog):
            return "pressed", c.edge, c.ink  # the dark theme's hover cannot be told from its raised ground
        return (c.hover if self.underMouse() else c.ground), c.edge, c.ink

    def _paint_content(self, p: QPainter, ink: str) -> None:
        x, middle = (self.width() - self._content_width()) // 2, self.height() // 2
        if self.glyph:
            paint.glyph(p, paint.square(QPoint(x + px(_ICON) // 2, middle), px(_ICON)), self.glyph, ink)
            x += px(_ICON) + px(_GAP)
        if self._bare():
            return
        x += paint.say(p, QRect(x, 0, self.width() - x, self.height()), self._words(), self._role(), ink)
        if self._keycap and self.kind == "primary" and self.isEnabled():
            cap = {"token": "on_accent", "edge": "accent_hover", "fill": "accent_hover"}
            paint.keycap(p, x + px(8), middle, self._keycap, **cap)
        elif self._keycap:
            paint.keycap(p, x + px(8), middle, self._keycap)

    def _content_width(self) -> int:
        icon = px(_ICON) if self.glyph else 0
        if self._bare():
            return icon
        words = look.current().measure(self._words(), self._role())
        key = px(8) + paint.keycap_width(self._keycap) if self._keycap else 0
        return words + key + (icon + px(_GAP) if icon else 0)

    def _words(self) -> str:
        """The words without mnemonic marks."""
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _bare(self) -> bool:
        return self._compact or not self.text()

    def _role(self) -> Role:
        if self._size == "small":
            return "small"
        return "strong" if self.kind in ("primary", "danger") else "body"

    def _tell_words(self) -> None:
        if self.text():
            self.setAccessibleName(self._words())
            self.setToolTip(f"{self._words()}  {self._keycap}".strip())

    def _on_action_changed(self) -> None:
        action = self._action
        assert action is not None
        if action.icon().name():
            self.glyph = action.icon().name()
        self._keycap = keycap(action.shortcut())
        self.setEnabled(action.isEnabled())
        self.setVisible(action.isVisible()) if not action.isVisible() else None
        self.setText(action.text().removesuffix("…") if self.kind == "primary" else action.text())
        tip = action.toolTip()
        self.setToolTip("" if tip == self._words() else tip)
        if self._compact:
            self._tell_words()


class IconButton(Button):
    """A button without words: a quiet icon with a name for screen readers and a tooltip that tells its key."""

    def __init__(
        self,
        icon: str,
        name: str = "",
        kind: Kind = "quiet",
        *,
        key: QKeySequence | QKeySequence.StandardKey | str | None = None,
        size: Size = "small",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", kind, icon=icon, key=key, size=size, parent=parent)
        self._compact = True
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """What it does, for the tooltip and for screen readers."""
        self.setText(name)
        self._tell_words()

    def sizeHint(self) -> QSize:
        side = px(_HEIGHTS[self._size])
        return QSize(side, side)
