"""What the buyer holds that applies to this ticket: one tap or a digit uses a coupon, visits, a full punch card."""

from collections.abc import Hashable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.rewards.codes import read_code
from app.domain.rewards.kinds import PlanKind
from app.services.till import Bill, CardOffer, CardUse, CouponOffer, Offers
from app.views.shared import reward_words
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import column
from app.views.till.basket import Basket


class Holdings(QWidget):
    """Changes the basket it was shown and says so by `changed`; hidden where there is nothing to say."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._basket = desk, Basket()
        self._offers = Offers()
        self.stored = ElidedLabel("", "small", tone="accent_text")
        self.chips = Chips(many=True, size="form", digits=True)
        self.setLayout(column(self.stored, self.chips, gap=4))
        self.chips.chosen.connect(self._on_chosen)

    def enter(self) -> bool:
        """The focus goes to the first that can be used; False where there is none."""
        if not self.chips.chips():
            return False
        self.chips.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def show_bill(self, bill: Bill, offers: Offers, basket: Basket) -> None:
        """Show what applies; what is on the ticket is on, whoever put it there."""
        self._basket, self._offers = basket, offers
        views = [self._coupon(one) for one in offers.coupons if one.used or one.off]
        views += [self._card(one) for one in offers.cards if one.used or one.most]
        borne = {used.coupon.code for used in bill.coupons} - {one.coupon.code for one in offers.coupons}
        views += [self._borne(bill, code) for code in basket.coupons if self._plain(code) in borne]
        views += [ChipView(("sold", place), self._sold(bill, place)) for place in range(len(bill.deposits))]
        self.chips.show_chips(views)
        self.chips.set_values([view.value for view in views if self._is_on(view.value)])
        held = self.tr("Stored value {money}, of which {bonus} bonus")
        said = held.replace("{money}", self._desk.money(offers.stored.total, drop_zeros=True))
        said = said.replace("{bonus}", self._desk.money(offers.stored.bonus, drop_zeros=True))
        self.stored.setText(said if offers.stored.total else "")
        self.stored.setVisible(bool(offers.stored.total))
        self.setVisible(bool(views) or bool(offers.stored.total))

    def _coupon(self, one: CouponOffer) -> ChipView:
        off = self._desk.money(one.off, drop_zeros=True)
        return ChipView(("coupon", one.coupon.code), f"{one.coupon.name} −{off}", icon="ph.ticket")

    def _borne(self, bill: Bill, code: str) -> ChipView:
        used = next(used for used in bill.coupons if used.coupon.code == self._plain(code))
        words = f"{used.coupon.name} −{self._desk.money(used.off, drop_zeros=True)}"
        return ChipView(("coupon", used.coupon.code), words, icon="ph.ticket")

    def _card(self, one: CardOffer) -> ChipView:
        count = one.used or one.most
        if one.card.kind is PlanKind.VISITS:
            words = self.tr("{card}: use %n", "", count).replace("{card}", one.card.name)
        else:
            words = self.tr("{card}: %n free", "", count).replace("{card}", one.card.name)
        return ChipView(("card", one.card.plan_id), f"{words} · {reward_words.card_left(one.card)}", icon="ph.wallet")

    def _sold(self, bill: Bill, place: int) -> str:
        sold = bill.deposits[place]
        name = sold.name or self.tr("Top-up")
        return f"{name} {self._desk.money(sold.paid, drop_zeros=True)}"

    def _is_on(self, value: Hashable) -> bool:
        on: set[Hashable] = {("coupon", self._plain(code)) for code in self._basket.coupons}
        on |= {("card", use.plan_id) for use in self._basket.uses}
        return value in on or (isinstance(value, tuple) and value[0] == "sold")

    def _on_chosen(self, values: list[tuple[str, object]]) -> None:
        basket = self._basket
        most = {one.card.plan_id: one.most for one in self._offers.cards}
        used = {use.plan_id: use for use in basket.uses}
        plans = [int(str(which)) for what, which in values if what == "card"]
        kept = {which for what, which in values if what == "sold"}
        basket.coupons = tuple(str(which) for what, which in values if what == "coupon")
        basket.uses = tuple(used.get(plan) or CardUse(plan, most[plan]) for plan in plans)
        basket.cards = tuple(card for place, card in enumerate(basket.cards) if place in kept)
        self.changed.emit()

    @staticmethod
    def _plain(code: str) -> str:
        return read_code(code) or code
