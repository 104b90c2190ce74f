"""The heads of two cards above their fields: who it is, what they bought, and which of the two stays."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from app.services.customers import CustomerRow
from app.views.duplicates.lines import BOTH, GAP, LABEL
from app.views.shared import look
from app.views.shared.avatars import Avatar
from app.views.shared.badges import Badge, BadgeView
from app.views.shared.desk import Desk
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.look import px
from app.views.shared.people_words import ago, grouped, tier_badge


class PersonHead(QWidget):
    """One person: picture, name, tier and two lines of figures; a click means this one."""

    clicked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.avatar, self.name = Avatar(32), ElidedLabel("", "strong", weight=600)
        self.tier, self.mark = Badge(), Badge()
        self.bought, self.last = ElidedLabel("", "caption", tone="ink2"), ElidedLabel("", "caption", tone="ink2")
        self.mark.hide()
        words = column(row((self.name, 1), self.tier, gap=6), self.bought, self.last, row(self.mark, None), gap=2)
        self.setLayout(row(self._top(), (words, 1), gap=10, margins=(10, 8, 4, 8)))

    def _top(self) -> QWidget:
        return box(column(self.avatar, None, gap=0))

    def show_person(self, person: CustomerRow) -> None:
        """Show somebody."""
        self.avatar.show_person(person.name, person.id)
        self.name.setText(person.name)
        self.tier.show_badge(tier_badge(person.tier))
        days = self.tr("%n purchase day(s)", "", person.purchase_days) if person.purchase_days else ""
        points = grouped(self.tr("%n point(s)", "", person.points), person.points) if person.points else ""
        money = self._desk.money(person.net, drop_zeros=True) if person.purchase_days else ""
        said = " · ".join(part for part in (money, days) if part)
        self.bought.setText(said or self.tr("no purchase yet"))
        when = ago(person.last_sale_on, self._desk.today()) if person.last_sale_on else ""
        last = self.tr("last purchase {ago}").replace("{ago}", when) if when else ""
        archived = self.tr("archived") if person.archived else ""
        self.last.setText(" · ".join(part for part in (points, last, archived) if part))
        self.last.setVisible(bool(self.last.text()))

    def show_mark(self, stays: bool | None) -> None:
        """Whether this card stays (None: nothing is decided here)."""
        views = {
            True: BadgeView(self.tr("This card stays"), "accent", "ph.check"),
            False: BadgeView(self.tr("Joins the other"), "neutral"),
        }
        self.mark.show_badge(None if stays is None else views[stays])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class Heads(QWidget):
    """Two heads over the columns of their fields."""

    def __init__(self, desk: Desk, *, both: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._both = both
        self.left, self.right = PersonHead(desk), PersonHead(desk)
        self._before, self._after = QWidget(), QWidget()
        self._after.setVisible(both)
        self.setLayout(row(self._before, (self.left, 1), (self.right, 1), self._after, gap=GAP))
        look.follow(self.relook)

    def show_people(self, left: CustomerRow, right: CustomerRow) -> None:
        self.left.show_person(left)
        self.right.show_person(right)

    def relook(self) -> None:
        self._before.setFixedWidth(px(LABEL))
        self._after.setFixedWidth(px(BOTH))
