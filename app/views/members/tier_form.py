"""One tier as fields: its names and colour, what it asks for, and what it brings."""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.money import currency
from app.domain.tiers.benefits import USUAL_NATURE, BenefitKind, BenefitNature
from app.services.loyalty import Benefit, TierDraft
from app.views.members import words
from app.views.shared import tier_words
from app.views.shared.buttons import Button, IconButton
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.fields import ComboBox, LineEdit
from app.views.shared.forms import Form
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.number_fields import ExactField
from app.views.shared.tokens import Hue
from app.views.shared.typed_fields import MoneyField

HUES: tuple[Hue, ...] = ("accent", "gold", "blue", "plum", "red")
MOST_BENEFITS = 8


class BenefitLine(QWidget):
    """One benefit: what kind, which bond it makes, and in the shop's words what exactly."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, benefit: Benefit) -> None:
        super().__init__()
        self.kind, self.nature, self.words = ComboBox(), ComboBox(), LineEdit()
        self.drop = IconButton("ph.x")
        self.setLayout(row(self.kind, self.nature, (self.words, 1), self.drop, gap=8))
        self.retranslate()
        self.kind.set_value(benefit.kind)
        self.nature.set_value(benefit.nature)
        self.words.set_value(benefit.words)
        self.kind.changed.connect(self._on_kind)
        self.nature.changed.connect(lambda _value: self.changed.emit())
        self.words.textChanged.connect(lambda _words: self.changed.emit())
        self.drop.clicked.connect(lambda: self.removed.emit(self))

    def retranslate(self) -> None:
        self.kind.show_choices([(code, tier_words.kind(code)) for code in BenefitKind])
        self.nature.show_choices([(code, tier_words.nature(code)) for code in BenefitNature])
        self.kind.setAccessibleName(self.tr("What it is"))
        self.nature.setAccessibleName(self.tr("Which bond it makes"))
        self.words.setAccessibleName(self.tr("What exactly"))
        self.words.setPlaceholderText(self.tr("What exactly"))
        self.drop.set_name(self.tr("Take this benefit out"))

    def value(self) -> Benefit:
        return Benefit(BenefitKind(self.kind.value()), BenefitNature(self.nature.value()), self.words.value())

    def _on_kind(self, code: object) -> None:
        self.nature.set_value(USUAL_NATURE[BenefitKind(str(code))])
        self.changed.emit()


class TierForm(QWidget):
    """Two columns of fields and a list of benefits; `changed` tells that any of them is another."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._draft, self._lowest, self._filling = TierDraft(), False, False
        digits = currency(desk.settings.currency).digits
        self.names, self.thresholds = Form(labels="above"), Form(labels="above")
        self.name, self.name_zh, self.hue = LineEdit(), LineEdit(), Chips(size="form")
        self.amount, self.days = MoneyField(digits=digits), LineEdit()
        self.off = ExactField(100, decimals=1)
        self.times, self.birthday = ExactField(100, low=1, decimals=2), ExactField(100, low=1, decimals=2)
        for name, field in (("name", self.name), ("name_zh", self.name_zh), ("hue", self.hue)):
            self.names.add(name, "", field)
        self.thresholds.add("amount", "", self.amount)
        self.thresholds.add("days", "", self.days, check=self._check_days)
        self.benefit_head, self.more = PlainLabel("", "strong"), Button("", "quiet", icon="ph.plus", size="small")
        self.prices = Form(labels="above")
        for name, field in (("off", self.off), ("times", self.times), ("birthday", self.birthday)):
            self.prices.add(name, "", field)
        self.lines: list[BenefitLine] = []
        self._listed = column(gap=4)
        left, middle, right = (column(form, None) for form in (self.names, self.thresholds, self.prices))
        head = box(row(self.benefit_head, None, self.more, gap=8))
        self.setLayout(column(row((left, 5), (middle, 4), (right, 4), gap=16), head, self._listed, gap=8))
        for form in (self.names, self.thresholds, self.prices):
            form.changed.connect(lambda _name: self._tell())
        for field in (self.name, self.name_zh, self.amount, self.days, self.off, self.times, self.birthday):
            field.textChanged.connect(lambda _words: self._tell())
        self.more.clicked.connect(self._on_more)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the fields; what is in them stays."""
        self.names.set_label("name", self.tr("Name"))
        self.names.set_label("name_zh", self.tr("Name in Chinese, where it differs"))
        self.names.set_label("hue", self.tr("Colour"))
        self.thresholds.set_label("amount", self.tr("Bought for at least"))
        self.thresholds.set_label("days", self.tr("On at least so many days"))
        self.prices.set_label("off", self.tr("Member price"))
        self.prices.set_label("times", self.tr("Points"))
        self.prices.set_label("birthday", self.tr("Points, birthday"))
        self.off.set_unit(self.tr("% off"))
        for field in (self.times, self.birthday):
            field.set_unit(self.tr("times"))
        self.amount.setPlaceholderText(self.tr("any amount"))
        self.days.setPlaceholderText(self.tr("any number"))
        self.hue.show_chips([ChipView(code, words.hue_name(code), hue=code) for code in HUES])
        self.benefit_head.setText(self.tr("Also brings"))
        self.more.setText(self.tr("Add a benefit"))
        for line in self.lines:
            line.retranslate()

    def show_tier(self, draft: TierDraft, *, lowest: bool) -> None:
        """Fill the fields with a tier; the lowest asks for nothing, and its colour is an outline."""
        self._filling, self._draft, self._lowest = True, draft, lowest
        self.names.set_values({"name": draft.name, "name_zh": draft.name_zh, "hue": draft.hue})
        self.name.setPlaceholderText(words.shipped_name(draft.code))
        self.thresholds.set_values({"amount": draft.min_amount, "days": draft.min_days})
        self.prices.set_values(
            {
                "off": Decimal(draft.member_discount) / 10,
                "times": draft.points_multiplier,
                "birthday": draft.birthday_multiplier,
            }
        )
        for form, name in ((self.thresholds, "amount"), (self.thresholds, "days"), (self.names, "hue")):
            form.set_row_visible(name, not lowest)
        self._show_benefits(draft.benefits)
        self._filling = False

    def draft(self) -> TierDraft | None:
        """The tier as the fields have it; None while one of them cannot be read."""
        off, times, birthday = self.off.value(), self.times.value(), self.birthday.value()
        if off is None or times is None or birthday is None or self.amount.check() or not self._days_read():
            return None
        kept = self._draft
        return replace(
            kept,
            name=self.name.value(),
            name_zh=self.name_zh.value(),
            hue=kept.hue if self._lowest else str(self.hue.value() or kept.hue),
            min_amount=None if self._lowest else self.amount.value() or None,
            min_days=None if self._lowest else int(self.days.value() or 0) or None,
            member_discount=int(off * 10),
            points_multiplier=times,
            birthday_multiplier=birthday,
            benefits=tuple(line.value() for line in self.lines),
        )

    def check(self) -> bool:
        """Check every field, and say what is wrong under it."""
        checked = [form.check() for form in (self.names, self.thresholds, self.prices)]
        return all(checked)

    def _days_read(self) -> bool:
        return self._check_days(self.days.value()) is None

    def _check_days(self, typed: object) -> str | None:
        plain = str(typed or "").strip()
        good = not plain or (plain.isdecimal() and len(plain) < 5)
        return None if good else self.tr("Write a whole number, or leave it empty")

    def _show_benefits(self, benefits: tuple[Benefit, ...]) -> None:
        while self.lines:
            self._take(self.lines[-1])
        for benefit in benefits:
            self._add(benefit)
        self.more.setVisible(len(self.lines) < MOST_BENEFITS)

    def _add(self, benefit: Benefit) -> BenefitLine:
        line = BenefitLine(benefit)
        line.changed.connect(self._tell)
        line.removed.connect(self._on_removed)
        self.lines.append(line)
        self._listed.add(line)
        return line

    def _take(self, line: BenefitLine) -> None:
        self.lines.remove(line)
        self._listed.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _on_more(self) -> None:
        used = {line.value().kind for line in self.lines}
        kind = next((kind for kind in BenefitKind if kind not in used), BenefitKind.WORDS)
        line = self._add(Benefit(kind, USUAL_NATURE[kind]))
        self.more.setVisible(len(self.lines) < MOST_BENEFITS)
        line.words.setFocus()
        self._tell()

    def _on_removed(self, line: BenefitLine) -> None:
        self._take(line)
        self.more.show()
        self.more.setFocus()
        self._tell()

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()
