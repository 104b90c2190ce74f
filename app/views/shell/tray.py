"""Where reminders are told: by the system's tray, or by a line in the window where there is none."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from app.views.shared import look, paint
from app.views.shared.actions import Act, act
from app.views.shared.buttons import Button, IconButton
from app.views.shared.desk import OpenPlace, Request
from app.views.shared.layouts import column, row
from app.views.shared.notices import Notice
from app.views.shell.reminder_words import Told

SHOWN_MS = 10_000
_SIDE = 64


class Tray(QObject):
    """The icon in the system's tray; a click on what it says, or on itself, opens the window there."""

    opened = Signal(object)
    """A `Request`, or None: the window as it stands."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._goes: Request | None = None
        self.menu = QMenu(window)
        self.open = self.menu.addAction("")
        self.open.triggered.connect(lambda: self.opened.emit(OpenPlace("today")))
        self.icon = QSystemTrayIcon(_seal(), self)
        self.icon.setContextMenu(self.menu)
        self.icon.messageClicked.connect(lambda: self.opened.emit(self._goes))
        self.icon.activated.connect(self._on_activated)
        self.retranslate()
        window.installEventFilter(self)

    @staticmethod
    def there_is_one() -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()

    def tell(self, told: Sequence[Told]) -> None:
        """Say these; the system does not tell which of several was clicked, so these lead to the day's list."""
        self._goes = told[0].goes if len(told) == 1 else OpenPlace("today")
        for one in told:
            self.icon.showMessage(one.title, one.body, self.icon.icon(), SHOWN_MS)

    def retranslate(self) -> None:
        self.open.setText(QCoreApplication.translate("Tray", "What is to do today"))
        self.icon.setToolTip(QCoreApplication.translate("Tray", "Regulars"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        return super().eventFilter(watched, event)

    def _on_activated(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.opened.emit(None)


class ReminderBar(QWidget):
    """The line under the head of the window; it stays until it is opened or closed."""

    opened = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._goes: Request = OpenPlace("today")
        self.act: Act = act(
            window,
            "go.reminder",
            lambda: QCoreApplication.translate("Tray", "Show the reminder"),
            self._on_open,
            key="Ctrl+Shift+R",
            icon_name="ph.bell",
            context=Qt.ShortcutContext.WindowShortcut,
        )
        self.button = Button("", "link", size="small")
        self.button.set_action(self.act)
        self.close_button = IconButton("ph.x")
        self.notice = Notice(hue="blue", icon="ph.bell", act=self.button)
        line = row((self.notice, 1), self.close_button, gap=8, margins=(24, 4, 20, 4))
        self.setLayout(column(line, gap=0))
        self.close_button.clicked.connect(self.close_bar)
        self.retranslate()
        self.close_bar()

    def tell(self, told: Sequence[Told]) -> None:
        """Say these in one line; what was said before gives way."""
        self._goes = told[0].goes if len(told) == 1 else OpenPlace("today")
        self.notice.show_notice(" · ".join(f"**{one.title}** {one.body}".strip() for one in told))
        self.act.setEnabled(True)
        self.show()

    def words(self) -> str:
        """What is said; nothing when nothing is."""
        return "" if self.isHidden() else self.notice.label.text()

    def close_bar(self) -> None:
        self.act.setEnabled(False)
        self.hide()

    def retranslate(self) -> None:
        self.act.retranslate()
        self.close_button.setToolTip(QCoreApplication.translate("Tray", "Close"))
        self.close_button.setAccessibleName(QCoreApplication.translate("Tray", "Close the reminder"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _on_open(self) -> None:
        self.close_bar()
        self.opened.emit(self._goes)


def _seal() -> QIcon:
    """The mark of the program, as the rail shows it."""
    picture = QPixmap(_SIDE, _SIDE)
    picture.fill(Qt.GlobalColor.transparent)
    p = QPainter(picture)
    paint.box(p, QRect(0, 0, _SIDE, _SIDE), _SIDE // 4, "accent")
    font = look.font("title")
    font.setPixelSize(_SIDE * 5 // 8)
    p.setFont(font)
    p.setPen(look.colour("on_accent"))
    mark = "熟" if look.current().language.startswith("zh") else "R"
    p.drawText(QRect(0, 0, _SIDE, _SIDE), Qt.AlignmentFlag.AlignCenter, mark)
    p.end()
    return QIcon(picture)
