"""The rail: the shop, the places, and at the foot settings, the state of the copies and who is at the keyboard."""

from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QWidget

from app.domain.shop_rules import opening_hours
from app.domain.staff import Role
from app.services.staff import acting
from app.views.shared import look, paint
from app.views.shared.avatars import Avatar
from app.views.shared.desk import Desk
from app.views.shared.keys import keycap
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import Margins, Scroll, box, column, row
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_CONTROL, RAIL_NARROW, RAIL_WIDTH
from app.views.shell.places import PLACES, words
from app.views.shell.rail_item import RailItem

WIDE_HEAD: Margins = (16, 12, 8, 10)
NARROW_HEAD: Margins = (12, 12, 12, 10)


class Seal(QWidget):
    """The mark: a square seal on accent ground, 熟 or R by language."""

    def __init__(self, side: int = 32) -> None:
        super().__init__()
        self._side = side
        look.follow(self.relook)

    def relook(self) -> None:
        self.setFixedSize(QSize(px(self._side), px(self._side)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint.box(p, self.rect(), px(RADIUS_CONTROL), "accent")
        mark = "熟" if look.current().language.startswith("zh") else "R"
        paint.say(p, self.rect(), mark, "title" if self._side > 40 else "section", "on_accent", paint.CENTRE)
        p.end()


class CopyState(QWidget):
    """When the shop was last copied, as a shield and a time."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        look.follow(self.relook)

    def set_words(self, words: str) -> None:
        self._words = words
        self.setToolTip(words)
        self.update()

    def relook(self) -> None:
        self.setFixedHeight(px(24))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        middle = self.height() // 2
        paint.glyph(p, paint.square(QPoint(px(28), middle), px(14)), "ph.shield-check", "ink3")
        paint.say(p, QRect(px(40), 0, self.width() - px(44), self.height()), self._words, "caption", "ink2")
        p.end()


class Rail(QFrame):
    """Says which place was chosen; the window decides."""

    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.items = {
            place.name: RailItem(place.name, place.icon, urgent=place.name == "complaints") for place in PLACES
        }
        self.seal, self.shop, self.hours = Seal(), ElidedLabel("", "strong"), ElidedLabel("", "caption", tone="ink2")
        self.copies = CopyState()
        self.avatar, self.person, self.role = (
            Avatar(28),
            ElidedLabel("", "small"),
            ElidedLabel("", "caption", tone="ink2"),
        )
        self._copied_at: datetime | None = None
        shop = box(column(self.shop, self.hours, gap=0))
        self._head = row(self.seal, (shop, 1), gap=10, margins=WIDE_HEAD)
        self._top = box(self._head)
        self._names = box(column(self.person, self.role, gap=0))
        self._foot = box(row(self.avatar, (self._names, 1), gap=8, margins=(14, 6, 8, 12)))
        places = [self.items[place.name] for place in PLACES if place.digit]
        self._places = Scroll(box(column(*places, None, gap=0)))
        # A bar would push every icon aside; the icon that is cut shows that there is more.
        self._places.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = (self.items["settings"], self.copies, self._foot)
        self.setLayout(column(self._top, (self._places, 1), *foot, gap=0))
        self._one = QButtonGroup(self)
        for item in self.items.values():
            self._one.addButton(item)
            item.clicked.connect(lambda _checked=False, name=item.name: self.chosen.emit(name))
        self.narrow = False
        look.follow(self.relook)
        desk.settings_changed.connect(self.retranslate)
        self.retranslate()

    def choose(self, name: str) -> None:
        """Mark a place as the one shown, and bring it into sight where the window is too low for all of them."""
        item = self.items[name]
        item.setChecked(True)
        if self._places.isAncestorOf(item):
            self._places.ensureWidgetVisible(item, 0, 0)

    def set_narrow(self, narrow: bool) -> None:
        self.narrow = narrow
        self._head.set_margins(NARROW_HEAD if narrow else WIDE_HEAD)
        for part in (self.shop, self.hours, self.copies, self._names):
            part.setVisible(not narrow)
        for item in self.items.values():
            item.set_narrow(narrow)
        self.relook()

    def set_copied(self, at: datetime | None) -> None:
        """When the last verified copy was made."""
        self._copied_at = at
        self.retranslate()

    def retranslate(self) -> None:
        for place in PLACES:
            key = f"Ctrl+{place.digit}" if place.digit else "Ctrl+,"
            self.items[place.name].set_words(words(place.name), keycap(key))
        settings = self.desk.settings
        self.shop.setText(settings.name)
        self.hours.setText(self._hours())
        self.copies.set_words(self._copied())
        person = self.desk.gateway.read(acting)
        self.role.setText(self._role(person.role))
        self.person.setText(self._role(person.role) if person.name == Role.OWNER.value else person.name)
        self.role.setVisible(person.name != Role.OWNER.value and not self.narrow)
        self.avatar.show_person(self.person.text(), person.id)

    def relook(self) -> None:
        self.setFixedWidth(px(RAIL_NARROW if self.narrow else RAIL_WIDTH))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), look.colour("rail"))
        paint.hairline(p, self.rect().topRight(), self.height(), vertical=True)
        p.end()

    def _hours(self) -> str:
        hours, now = opening_hours(self.desk.settings), self.desk.now()
        opens, closes = hours.next_opening(now)
        if opens <= now:
            return self.tr("Open until {time}").replace("{time}", f"{closes.astimezone(self.desk.zone):%H:%M}")
        if hours.shop_day(opens) == hours.shop_day(now):
            return self.tr("Opens at {time}").replace("{time}", f"{opens.astimezone(self.desk.zone):%H:%M}")
        return self.tr("Closed now")

    def _copied(self) -> str:
        if self._copied_at is None:
            return self.tr("No backup yet")
        local = self._copied_at.astimezone(self.desk.zone)
        same_day = local.date() == self.desk.today()
        when = local.strftime("%H:%M" if same_day else "%m-%d")
        return self.tr("Backed up {when}").replace("{when}", when)

    def _role(self, role: Role) -> str:
        return {Role.OWNER: self.tr("Owner"), Role.MANAGER: self.tr("Manager"), Role.CLERK: self.tr("Clerk")}[role]
