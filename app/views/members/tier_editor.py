"""Changing what a tier asks for and brings."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QWidget

from app.domain.money import currency
from app.services import loyalty
from app.services.loyalty import TierDraft, TierRow
from app.views.members import words
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form
from app.views.shared.typed_fields import MoneyField


class TierDialog(Dialog):
    """One tier; the lowest asks for nothing, so its thresholds are not shown."""

    def __init__(self, desk: Desk, parent: QWidget, tier: TierRow, *, lowest: bool) -> None:
        self._desk, self._tier = desk, tier
        super().__init__(parent, width=480)
        self.form = Form()
        self.name, self.days, self.off, self.times = LineEdit(), LineEdit(), LineEdit(), LineEdit()
        self.amount = MoneyField(digits=currency(desk.settings.currency).digits)
        self.form.add("name", "", self.name)
        self.form.add("amount", "", self.amount)
        self.form.add("days", "", self.days, check=self._check_number)
        self.form.add("off", "", self.off, check=self._check_share)
        self.form.add("times", "", self.times, check=self._check_times)
        self.set_form(self.form)
        for row in ("amount", "days"):
            self.form.set_row_visible(row, not lowest)
        self._fill()
        self.submitted.connect(self._on_submitted)
        self._word()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "form"):
            self._word()

    def _fill(self) -> None:
        tier = self._tier
        self.form.set_values(
            {
                "name": tier.name,
                "amount": tier.min_amount,
                "days": tier.min_days,
                "off": f"{tier.member_discount / 10:g}",
                "times": f"{tier.birthday_multiplier:f}",
            }
        )

    def _word(self) -> None:
        self.set_title(self.tr("Tier"), words.name_of(self._tier))
        self.form.set_label("name", self.tr("Name"))
        self.form.set_label("amount", self.tr("Bought for at least"))
        self.form.set_label("days", self.tr("On at least so many days"))
        self.form.set_label("off", self.tr("Member price, % off"))
        self.form.set_label("times", self.tr("Points in the birthday month, times"))
        self.name.setPlaceholderText(words.name_of(self._tier))
        self.amount.setPlaceholderText(self.tr("any amount"))
        self.days.setPlaceholderText(self.tr("any number"))
        self.primary.setText(self.tr("Save"))
        self.set_note(self.tr("Counts for everyone at once"))

    def _check_number(self, typed: object) -> str | None:
        good = str(typed).isdecimal() or not str(typed).strip()
        return None if good else self.tr("Write a whole number, or leave it empty")

    def _check_times(self, typed: object) -> str | None:
        good = str(typed).isdecimal() and 1 <= int(str(typed)) <= 10
        return None if good else self.tr("Write a whole number from 1 to 10")

    def _check_share(self, typed: object) -> str | None:
        return None if read_share(str(typed)) is not None else self.tr("Write a share such as 5 or 7.5")

    def _on_submitted(self) -> None:
        tier = self._tier
        wanted = TierDraft(
            code=tier.code,
            name=self.name.value(),
            name_zh=tier.name_zh,
            hue=tier.hue,
            min_amount=self.amount.value() or None,
            min_days=int(self.days.value() or 0) or None,
            member_discount=read_share(self.off.value()) or 0,
            points_multiplier=tier.points_multiplier,
            birthday_multiplier=Decimal(self.times.value()),
            benefits=tier.benefits,
        )
        said = self.tr("Tier {name} changed").replace("{name}", wanted.name or words.name_of(tier))
        shop, rows = self._desk.settings, self._desk.gateway.read(loyalty.tiers)
        ladder = loyalty.draft_of(rows, shop.tier_window, shop.tier_grace_days)
        others = tuple(each for each in ladder.tiers if each.code != tier.code)
        draft = replace(ladder, tiers=(*others, wanted), from_start=True)
        self._desk.gateway.write(loyalty.change_tiers, draft, day=self._desk.today(), said=said)
        self.accept()


def read_share(typed: str) -> int | None:
    """Thousandths from a percentage with at most one decimal, 0 to 100; None for anything else."""
    plain = typed.strip().removesuffix("%").strip() or "0"
    try:
        thousandths = Decimal(plain) * 10
    except InvalidOperation:
        return None
    if not thousandths.is_finite() or thousandths != int(thousandths) or not 0 <= thousandths <= 1000:
        return None
    return int(thousandths)


def open_tier(desk: Desk, parent: QWidget, tier: TierRow, *, lowest: bool) -> TierDialog:
    dialog = TierDialog(desk, parent, tier, lowest=lowest)
    dialog.present()
    return dialog
