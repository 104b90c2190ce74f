"""Changing what purchases earn: the rules as fields, the same as a sentence, and what some bills would bring."""

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.loyalty.rules import (
    MOST_POINTS_PER_UNIT,
    MOST_POINTS_PER_VISIT,
    MOST_TIMES,
    BirthdaySpan,
    BonusDay,
    EarningRules,
    GoodsRate,
    RulesDraft,
)
from app.domain.money import currency
from app.services import loyalty, products
from app.services.products import ProductRow
from app.views.members import rule_words
from app.views.members.line_fields import Choice, DayLine, GoodsLine, LinesField
from app.views.members.tiers_field import TiersField
from app.views.shared.buttons import Button
from app.views.shared.cards import Card
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk, TryRules
from app.views.shared.dialogs import Dialog
from app.views.shared.forms import Form
from app.views.shared.labels import PlainLabel
from app.views.shared.number_fields import ExactField, WholeField


class RulesDialog(Dialog):
    """Enter keeps the rules from today on; Esc keeps nothing. The same may be tried on past sales before."""

    def __init__(self, desk: Desk, parent: QWidget, draft: RulesDraft) -> None:
        self._desk = desk
        super().__init__(parent, width=760)
        shelf = desk.gateway.read(products.products, retired=True)
        self._names = {row.id: row.name for row in shelf}
        self._categories = {row.id: row.category for row in shelf}
        self._goods = _choices(shelf, draft.rules)
        self._tiers = desk.gateway.read(loyalty.tiers)
        self.said, self.shown = PlainLabel("", "body", wrap=True), PlainLabel("", "small", tone="ink2", wrap=True)
        self.body.add(Card(self.said, self.shown, kind="soft", gap=4))
        self.form = Form()
        self.form.add("per_unit", "", ExactField(MOST_POINTS_PER_UNIT))
        self.form.add("goods", "", LinesField(self._goods_line), check=self._check_goods)
        self.form.add("per_visit", "", WholeField(0, MOST_POINTS_PER_VISIT))
        self.form.add("tier_times", "", TiersField(self._tiers))
        self.form.add("birthday", "", ExactField(MOST_TIMES, low=1, decimals=2))
        self.form.add("birthday_span", "", Chips(size="form"))
        self.form.add("days", "", LinesField(self._day_line))
        self.form.add("highest_only", "", Chips(size="form"))
        self.set_form(self.form)
        self.attempt = Button("", "secondary", icon="ph.flask")
        self.footer.insertWidget(1, self.attempt)
        self.attempt.clicked.connect(self._on_attempt)
        self.form.changed.connect(lambda _name: self._show_words())
        self.submitted.connect(self._on_submitted)
        self._word()
        self.fill(draft)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "form"):
            self._word()
            self._show_words()

    def draft(self) -> RulesDraft | None:
        """The rules as the fields say them; None while one cannot be read."""
        values: dict[str, Any] = self.form.values()
        tier_times = values.pop("tier_times")
        if values["per_unit"] is None or values["per_visit"] is None or values["birthday"] is None:
            return None
        return None if tier_times is None else RulesDraft(EarningRules(**values), tier_times)

    def _goods_line(self, said: GoodsRate | None) -> GoodsLine:
        return GoodsLine(said, self._goods, self._unit)

    def _day_line(self, said: BonusDay | None) -> DayLine:
        return DayLine(said, self._desk.today)

    def _unit(self) -> str:
        sign = f"{currency(self._desk.settings.currency).sign}1"
        return self.tr("points per {unit}").replace("{unit}", sign)

    def fill(self, draft: RulesDraft) -> None:
        """Show other rules."""
        names = ("per_unit", "per_visit", "goods", "birthday", "birthday_span", "days", "highest_only")
        self.form.set_values({name: getattr(draft.rules, name) for name in names})
        self.form.set_values({"tier_times": draft.tier_times})
        self._show_words()

    def _word(self) -> None:
        self.set_title(self.tr("What purchases earn"), self.tr("from today on; points given before keep their rule"))
        for name, words in self._labels().items():
            self.form.set_label(name, words)
        self.form.field("per_unit").set_unit(self._unit())
        self.form.field("goods").word(self.tr("Goods with points of their own, or none"))
        self.form.field("per_visit").set_unit(self.tr("points a purchase"))
        self.form.field("birthday").set_unit(self.tr("times"))
        self.form.field("days").word(self.tr("Days with more points"))
        self.form.field("birthday_span").show_chips(
            [
                ChipView(BirthdaySpan.MONTH, self.tr("the whole month")),
                ChipView(BirthdaySpan.DAY, self.tr("the day itself")),
            ]
        )
        self.form.field("highest_only").show_chips(
            [ChipView(False, self.tr("multiply them")), ChipView(True, self.tr("only the highest"))]
        )
        self.attempt.setText(self.tr("Try on last year's sales"))
        self.primary.setText(self.tr("Use from today"))

    def _labels(self) -> dict[str, str]:
        return {
            "per_unit": self.tr("By amount"),
            "goods": self.tr("By goods"),
            "per_visit": self.tr("By visit"),
            "tier_times": self.tr("By tier"),
            "birthday": self.tr("On the birthday"),
            "birthday_span": self.tr("Birthday counts"),
            "days": self.tr("On some days"),
            "highest_only": self.tr("Where several apply"),
        }

    def _show_words(self) -> None:
        """The sentence and the examples follow each key; what cannot be read leaves them as they were."""
        draft = self.draft()
        if draft is None:
            return
        self.said.setText(rule_words.sentence(draft, self._names, self._tiers, self._desk))
        found = rule_words.examples(draft.rules, self._names, self._categories, self._desk)
        self.shown.setText(" · ".join(map(self._earns, found)))

    def _earns(self, example: rule_words.Example) -> str:
        words = self.tr("{bill} earns %n point(s)", "", example.points)
        return words.replace("{bill}", example.said)

    def _check_goods(self, lines: object) -> str | None:
        said = [(each.product_id, each.category) for each in self.form.field("goods").value()]
        return self.tr("An article or category stands here twice") if len(set(said)) < len(said) else None

    def _on_submitted(self) -> None:
        draft = self.draft()
        assert draft is not None
        use_rules(self._desk, draft)
        self.accept()

    def _on_attempt(self) -> None:
        draft = self.draft()
        if self.form.check() and draft is not None:
            self.accept()
            self._desk.ask(TryRules(draft))


def _choices(shelf: list[ProductRow], rules: EarningRules) -> list[Choice]:
    """Every category, then every article on sale; one that is not any more stays where a rule names it."""
    named = {each.product_id for each in rules.goods}
    categories = {row.category for row in shelf if row.category} | {each.category for each in rules.goods}
    groups: list[Choice] = [(("category", name), name) for name in sorted(categories - {""})]
    return groups + [(("product", row.id), row.name) for row in shelf if row.active or row.id in named]


def use_rules(desk: Desk, draft: RulesDraft) -> None:
    """Let purchases earn by these rules from today on."""
    desk.gateway.write(
        loyalty.change_rules,
        draft.rules,
        day=desk.today(),
        tier_times=draft.tier_times,
        said=QCoreApplication.translate("Rules", "Earning rules changed"),
    )


def open_rules(desk: Desk, parent: QWidget, draft: RulesDraft | None = None) -> RulesDialog:
    """Open the editor on some rules, or on those in force today."""
    dialog = RulesDialog(desk, parent, draft or desk.gateway.read(loyalty.rules_draft, desk.today()))
    dialog.present()
    return dialog
