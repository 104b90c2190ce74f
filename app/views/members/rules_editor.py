"""Changing what purchases earn: the rules as fields, the same as a sentence, and what some bills would bring."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.loyalty.rules import (
    MOST_POINTS_PER_UNIT,
    MOST_POINTS_PER_VISIT,
    MOST_TIMES,
    BirthdaySpan,
    EarningRules,
)
from app.domain.money import currency
from app.services import loyalty
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.forms import Form
from app.views.shared.number_fields import ExactField, WholeField


class RulesDialog(Dialog):
    """Enter keeps the rules from today on; Esc keeps nothing."""

    def __init__(self, desk: Desk, parent: QWidget, rules: EarningRules) -> None:
        self._desk, self._found = desk, rules
        super().__init__(parent, width=680)
        self.form = Form()
        self.form.add("per_unit", "", ExactField(MOST_POINTS_PER_UNIT))
        self.form.add("per_visit", "", WholeField(0, MOST_POINTS_PER_VISIT))
        self.form.add("birthday", "", ExactField(MOST_TIMES, low=1, decimals=2))
        self.form.add("birthday_span", "", Chips(size="form"))
        self.form.add("highest_only", "", Chips(size="form"))
        self.set_form(self.form)
        self.submitted.connect(self._on_submitted)
        self._word()
        self._fill(rules)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "form"):
            self._word()

    def rules(self) -> EarningRules:
        """The rules as the fields say them."""
        values: dict[str, Any] = self.form.values()
        return EarningRules(
            per_unit=values["per_unit"],
            per_visit=values["per_visit"],
            goods=self._found.goods,
            birthday=values["birthday"],
            birthday_span=BirthdaySpan(values["birthday_span"]),
            days=self._found.days,
            highest_only=values["highest_only"],
        )

    def _fill(self, rules: EarningRules) -> None:
        self.form.set_values(
            {
                "per_unit": rules.per_unit,
                "per_visit": rules.per_visit,
                "birthday": rules.birthday,
                "birthday_span": rules.birthday_span,
                "highest_only": rules.highest_only,
            }
        )

    def _word(self) -> None:
        self.set_title(self.tr("What purchases earn"), self.tr("from today on; points given before keep their rule"))
        sign = f"{currency(self._desk.settings.currency).sign}1"
        self.form.set_label("per_unit", self.tr("By amount"))
        self.form.field("per_unit").set_unit(self.tr("points per {unit}").replace("{unit}", sign))
        self.form.set_label("per_visit", self.tr("By visit"))
        self.form.field("per_visit").set_unit(self.tr("points a purchase"))
        self.form.set_label("birthday", self.tr("On the birthday"))
        self.form.field("birthday").set_unit(self.tr("times"))
        self.form.set_label("birthday_span", self.tr("Birthday counts"))
        self.form.field("birthday_span").show_chips(
            [
                ChipView(BirthdaySpan.MONTH, self.tr("the whole month")),
                ChipView(BirthdaySpan.DAY, self.tr("the day itself")),
            ]
        )
        self.form.set_label("highest_only", self.tr("Where several apply"))
        self.form.field("highest_only").show_chips(
            [ChipView(False, self.tr("multiply them")), ChipView(True, self.tr("only the highest"))]
        )
        self.primary.setText(self.tr("Use from today"))

    def _on_submitted(self) -> None:
        self._desk.gateway.write(
            loyalty.change_rules, self.rules(), day=self._desk.today(), said=self.tr("Earning rules changed")
        )
        self.accept()


def open_rules(desk: Desk, parent: QWidget) -> RulesDialog:
    """Open the editor on the rules in force today."""
    dialog = RulesDialog(desk, parent, desk.gateway.read(loyalty.earning_rules, desk.today()))
    dialog.present()
    return dialog
