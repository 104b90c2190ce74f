"""Who buys: a field to choose the person, or the person with tier, last digits and points, and what to mind."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.services.till import Bill
from app.views.shared import look
from app.views.shared.avatars import Avatar
from app.views.shared.badges import Badge
from app.views.shared.buttons import Button
from app.views.shared.customer_picker import CustomerPicker
from app.views.shared.desk import Desk
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.look import px
from app.views.shared.notices import Notice
from app.views.shared.people_words import tail, tier_badge
from app.views.shared.tier_words import benefits
from app.views.till import words


class Buyer(QWidget):
    """`chosen` tells who was chosen: an id, or None for nobody."""

    chosen = Signal(object)
    change_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.picker = CustomerPicker(desk, height=44)
        self.avatar = Avatar(40)
        self.name, self.badge = ElidedLabel("", "strong"), Badge()
        self.facts = ElidedLabel("", "small", tone="ink2")
        self.change = Button("", "quiet", key="F4", size="small")
        self.see = Button("", "quiet", size="small")
        self.brake = Notice(hue="red", icon="ph.hand-palm-fill", act=self.see, low=True)
        self.nudge = Notice(hue="gold", icon="ph.crown-simple", low=True)
        title = row(self.name, self.badge, None, gap=8)
        self.card = box(row(self.avatar, (column(title, self.facts, gap=2), 1), self.change, gap=12))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.picker)
        self._pages.addWidget(self.card)
        self.setLayout(column(self._pages, row((self.brake, 1), (self.nudge, 1), gap=8), gap=8))
        self.picker.chosen.connect(self.chosen)
        self.change.clicked.connect(self.change_asked)
        self.brake.hide()
        self.nudge.hide()
        look.follow(self.relook)

    def relook(self) -> None:
        self._pages.setFixedHeight(px(44))

    def retranslate(self) -> None:
        self.change.setText(self.tr("Change"))

    def enter(self) -> None:
        """F4: choose who buys."""
        self.picker.choose(None)
        self._pages.setCurrentWidget(self.picker)
        self.picker.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_bill(self, bill: Bill) -> None:
        """Show who the bill is for; while somebody is being chosen the field stays."""
        buyer = bill.buyer
        if buyer is None or not self.picker.edit.hasFocus():
            self._pages.setCurrentWidget(self.picker if buyer is None else self.card)
        self._mind(bill)
        if buyer is None:
            return
        self.avatar.show_person(buyer.name, buyer.customer_id)
        self.name.setText(buyer.name)
        mark = buyer.standing.tier.mark(top=buyer.standing.next_tier is None)
        self.badge.show_badge(tier_badge(mark, crown=True))
        points = words.grouped(self.tr("%n point(s)", "", bill.balance), bill.balance)
        tier = buyer.standing.tier
        facts = [tail(buyer.phone) if buyer.phone else "", points, words.member_price(tier), benefits(tier)]
        self.facts.setText(" · ".join(fact for fact in facts if fact))

    def _mind(self, bill: Bill) -> None:
        """The brake wins: while a complaint is open, nothing is nudged."""
        braked = bill.buyer is not None and bool(bill.buyer.cases)
        self.brake.show_notice(self.tr("**Complaint open**: do not promote anything") if braked else "")
        self.nudge.show_notice("" if braked else words.tier_notice(bill, self._desk))
