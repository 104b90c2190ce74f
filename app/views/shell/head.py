"""The head of the window: menus, the door to the palette, and the three acts that are possible anywhere."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QMenuBar, QSizePolicy, QWidget

from app.views.shared import focus, look, paint
from app.views.shared.actions import Act
from app.views.shared.buttons import Button, IconButton
from app.views.shared.keys import keycap
from app.views.shared.layouts import row
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_CONTROL, WINDOW_HEAD


class Finder(QAbstractButton):
    """Looks like a search field and opens the palette."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self.relook)

    def relook(self) -> None:
        self.setFixedHeight(px(32))
        self.setMaximumWidth(px(344))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(px(344), px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(32))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus.came(self, event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint.box(p, self.rect(), px(RADIUS_CONTROL), "hover" if self.underMouse() else "surface", "edge")
        high = self.height()
        paint.glyph(p, QRect(px(10), (high - px(16)) // 2, px(16), px(16)), "ph.magnifying-glass", "ink2")
        cap = keycap("Ctrl+K")
        left = self.width() - px(8) - paint.keycap_width(cap)
        paint.keycap(p, left, high // 2, cap)
        paint.say(p, QRect(px(34), 0, left - px(42), high), self.text(), "body", "ink3")
        p.end()


class MenuButton(IconButton):
    """Where there is no room for a menu bar, all menus behind one button."""

    def __init__(self) -> None:
        super().__init__("ph.list", size="normal")
        self._menus: Sequence[QMenu] = ()
        self.clicked.connect(self._on_clicked)

    def set_menus(self, menus: Sequence[QMenu]) -> None:
        self._menus = menus

    def _on_clicked(self) -> None:
        whole = QMenu(self)
        for menu in self._menus:
            whole.addMenu(menu)
        whole.popup(self.mapToGlobal(self.rect().bottomLeft()))


class Head(QWidget):
    """Shows the acts it is given; knows none of its own."""

    find_wanted = Signal()

    def __init__(self, menus: Sequence[QMenu], everywhere: Sequence[Act]) -> None:
        super().__init__()
        self.bar, self.menu_button, self.finder = QMenuBar(), MenuButton(), Finder()
        self.menu_button.set_menus(menus)
        for menu in menus:
            self.bar.addMenu(menu)
        self.bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.finder.clicked.connect(self.find_wanted)
        kinds = ["quiet"] * (len(everywhere) - 1) + ["secondary"]
        self.buttons = [Button(kind=kind) for kind in kinds]  # type: ignore[arg-type]
        for button, action in zip(self.buttons, everywhere, strict=True):
            button.set_action(action)
        self.setLayout(
            row(self.menu_button, self.bar, 24, (self.finder, 100), None, *self.buttons, gap=8, margins=(12, 8, 20, 8))
        )
        self.set_room(narrow=False, tiny=False)
        look.follow(self.relook)

    def set_room(self, *, narrow: bool, tiny: bool) -> None:
        """What gives way as the window narrows: first the acts' words, then the menu bar."""
        for button in self.buttons:
            button.set_compact(narrow)
        self.menu_button.setVisible(tiny)
        self.bar.setVisible(not tiny)

    def retranslate(self) -> None:
        self.finder.setText(self.tr("Find anything"))
        self.finder.setAccessibleName(self.finder.text())
        self.finder.setToolTip(f"{self.finder.text()}  {keycap('Ctrl+K')}")
        self.menu_button.set_name(self.tr("Menu"))
        self.relook()

    def relook(self) -> None:
        self.setFixedHeight(px(WINDOW_HEAD))
        self.bar.setFont(look.font())
        self.bar.setFixedSize(self.bar.sizeHint())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), look.colour("canvas"))
        paint.hairline(p, self.rect().bottomLeft(), self.width())
        p.end()
