"""The sums under the lines: list price, member price, discount, points, and what is to be paid."""

import unicodedata
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.loyalty.rules import Times, TimesCause
from app.domain.money import currency, divide_half_up
from app.services.till import Bill
from app.views.shared import look
from app.views.shared.desk import Desk
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.look import px
from app.views.shared.typed_fields import MoneyField
from app.views.till import words


class SumRow(QWidget):
    """Words at the left, an amount at the right; hidden while there is nothing to say."""

    def __init__(self, tone: str = "ink2") -> None:
        super().__init__()
        self.words, self.amount = ElidedLabel("", "small", tone="ink2"), PlainLabel("", "small", tone=tone)
        self.setLayout(row((self.words, 1), self.amount))

    def show_sum(self, said: str, amount: str) -> None:
        self.words.setText(said)
        self.amount.setText(amount)
        self.setVisible(bool(amount))


class DiscountField(MoneyField):
    """An amount off, or a percentage of what the lines come to: "10%" or "10 ％"."""

    def __init__(self, *, digits: int, height: int) -> None:
        super().__init__(digits=digits, height=height)
        self.of = 0
        """What a percentage is of, in minor units."""

    def value(self) -> int | None:
        """Minor units off; None where there is no amount, or none that can be read."""
        share = self._share()
        return super().value() if share is None else divide_half_up(int(share * 100) * self.of, 10_000)

    def check(self) -> str:
        wrong = self._share() is None and super().check()
        return self.tr("Write what is taken off: an amount such as 5, or a share such as 10%") if wrong else ""

    def _on_left(self) -> None:
        """What the bill refuses is left as it was typed, and as it was marked."""
        if not self.error() or self.check():
            super()._on_left()

    def _share(self) -> Decimal | None:
        """The percentage typed, with at most two decimals; None for anything else."""
        plain = unicodedata.normalize("NFKC", self.text()).strip()
        if not plain.endswith("%"):
            return None
        try:
            share = Decimal(plain.removesuffix("%").strip())
        except InvalidOperation:
            return None
        return share if share.is_finite() and 0 <= share <= 100 and share == round(share, 2) else None


class Sums(QWidget):
    """The total. `details` is what leads to it, for a place that may scroll: the total never does.

    `discounted` tells what the person typed as a discount, in minor units.
    """

    discounted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.gross, self.member, self.points = SumRow("ink2"), SumRow("accent_text"), SumRow("gold_text")
        self.coupons, self.cards, self.sold = SumRow("accent_text"), SumRow("accent_text"), SumRow("ink2")
        self.off = ElidedLabel("", "small", tone="ink2")
        self.discount = DiscountField(digits=currency(desk.settings.currency).digits, height=28)
        self.caption, self.total = PlainLabel("", "small", tone="ink2"), PlainLabel("", "total")
        self.earns = ElidedLabel("", "small", tone="accent_text", align="right")
        self.after = ElidedLabel("", "small", tone="ink2", align="right")
        self.discount.changed.connect(lambda value: self.discounted.emit(value or 0))
        side = column(None, self.earns, self.after, gap=2)
        discount, taken = row((self.off, 1), self.discount), (self.cards, self.coupons)
        self.details = box(column(self.gross, self.member, *taken, discount, self.points, self.sold, gap=2))
        self.setLayout(row(column(self.caption, self.total, gap=0), (side, 1), gap=12))
        look.follow(self.relook)

    def relook(self) -> None:
        self.discount.setFixedWidth(px(92))

    def retranslate(self) -> None:
        self.off.setText(self.tr("Discount"))
        self.discount.setAccessibleName(self.tr("Discount on the bill"))
        self.discount.setPlaceholderText(self.tr("0 or 10%"))
        self.caption.setText(self.tr("To pay"))

    def show_bill(self, bill: Bill, discount: int) -> None:
        money = self._desk.money
        items = sum(-(-line.quantity // 1000) for line in bill.lines)
        self.gross.show_sum(self.tr("%n item(s)", "", items), money(bill.gross))
        tier = words.name_of(bill.buyer.standing.tier) if bill.buyer else ""
        member = self.tr("{tier} member price").replace("{tier}", tier)
        self.member.show_sum(member, f"−{money(bill.saved)}" if bill.saved else "")
        used = words.grouped(self.tr("%n point(s)", "", bill.points), bill.points)
        self.points.show_sum(used, f"−{money(bill.points_value)}" if bill.points else "")
        names = " · ".join(used.coupon.name for used in bill.coupons)
        self.coupons.show_sum(names, f"−{money(bill.coupon_off)}" if bill.coupon_off else "")
        by_cards = bill.card_off + bill.visits_value
        self.cards.show_sum(self.tr("Paid by cards"), f"−{money(by_cards)}" if by_cards else "")
        self.sold.show_sum(self.tr("Cards and top-ups"), money(bill.deposited) if bill.deposited else "")
        self.discount.of = bill.gross - bill.saved
        if not self.discount.hasFocus():
            self.discount.set_value(discount or None)
        self.total.setText(money(bill.due))
        self.earns.setText(self._earned(bill))
        after = self.tr("Balance becomes {points}").replace("{points}", words.points(bill.balance_after))
        if bill.pending_after:
            later = self.tr("{points} of them later").replace("{points}", f"{bill.pending_after:,}")
            after = f"{after} · {later}"
        self.after.setText(after if bill.buyer and bill.lines else "")

    def _earned(self, bill: Bill) -> str:
        """The points, the money they are counted on, and what multiplies them."""
        if not (bill.buyer and bill.earns):
            return ""
        earned = words.grouped(self.tr("Earns %n point(s)", "", bill.earns), bill.earns)
        parts = [earned, self.tr("on {money}").replace("{money}", self._desk.money(bill.earning_base, drop_zeros=True))]
        return " · ".join([*parts, *map(self._times, bill.times)])

    def _times(self, each: Times) -> str:
        """Why, and how many times."""
        why = {
            TimesCause.TIER: self.tr("tier"),
            TimesCause.BIRTHDAY: self.tr("birthday"),
            TimesCause.DAY: self.tr("bonus day"),
        }[each.cause]
        return f"{why} ×{each.factor.normalize():f}"
