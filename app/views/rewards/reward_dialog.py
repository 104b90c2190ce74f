"""The form of a reward for points."""

from app.domain.money import currency
from app.domain.rewards.kinds import RewardKind
from app.services import rewards
from app.services.rewards import RewardDraft
from app.views.rewards import words
from app.views.rewards.fields import OptionalField
from app.views.rewards.offer_dialog import OfferDialog
from app.views.shared.chips import Chips, ChipView
from app.views.shared.fields import CheckBox, ComboBox, LineEdit
from app.views.shared.number_fields import WholeField
from app.views.shared.typed_fields import DateField, MoneyField


class RewardDialog(OfferDialog):
    """What it is, what it costs in points, how long and how often."""

    add, edit = staticmethod(rewards.add_reward), staticmethod(rewards.edit_reward)

    def draft(self) -> RewardDraft:
        said = self.form.values()
        product = said["product_id"] if said["kind"] is RewardKind.GIFT else None
        amount = (said["amount"] or 0) if said["kind"] is RewardKind.MONEY else 0
        days = said["days"] if said["kind"] is RewardKind.MONEY else None
        return RewardDraft(**{**said, "product_id": product, "amount": amount, "days": days})

    def _make_form(self) -> None:
        digits, today = currency(self._desk.settings.currency).digits, self._desk.today
        add = self.form.add
        add("kind", "", Chips(size="form", digits=True))
        add("name", "", LineEdit(), check=self._check_name)
        add("cost", "", WholeField(1, 100_000_000))
        add("amount", "", MoneyField(digits=digits), check=self._check_some)
        add("days", "", OptionalField(1, 3660))
        add("product_id", "", ComboBox())
        add("counted", "", CheckBox())
        add("per_customer", "", OptionalField(1, 100_000))
        add("first", "", DateField(today=today))
        add("last", "", DateField(today=today))
        self.form.field("product_id").show_choices([(None, ""), *self._articles()])
        self.form.field("counted").set_value(True)

    def _word(self) -> None:
        self._label(
            {
                "kind": self.tr("Reward"),
                "name": self.tr("Name"),
                "cost": self.tr("Costs"),
                "amount": self.tr("Takes off a bill"),
                "days": self.tr("Its coupon lasts"),
                "product_id": self.tr("Article"),
                "counted": self.tr("Stock"),
                "per_customer": self.tr("For one customer"),
                "first": self.tr("First day"),
                "last": self.tr("Last day"),
            }
        )
        self.form.field("cost").set_unit(self.tr("points"))
        self.form.field("days").set_unit(self.tr("days"))
        self.form.field("per_customer").set_unit(self.tr("at most"))
        self.form.field("days").setPlaceholderText(self.tr("no end"))
        self.form.field("per_customer").setPlaceholderText(self.tr("no limit"))
        self.form.field("first").setPlaceholderText(self.tr("at once"))
        self.form.field("last").setPlaceholderText(self.tr("none"))
        self.form.field("counted").setText(self.tr("There is a stock that runs out"))
        self.form.field("product_id").setItemText(0, self.tr("not from the shelf"))
        chips = self.form.field("kind")
        chips.show_chips([ChipView(kind, words.reward_kind(kind)) for kind in RewardKind])
        chips.set_value(chips.value() or RewardKind.GIFT)
        self.set_title(self.tr("New reward") if self.offer_id is None else self.tr("Change reward"))
        self.primary.setText(self.tr("Save"))

    def _show_rows(self) -> None:
        kind = self.form.field("kind").value()
        self.form.set_row_visible("amount", kind is RewardKind.MONEY)
        self.form.set_row_visible("days", kind is RewardKind.MONEY)
        self.form.set_row_visible("product_id", kind is RewardKind.GIFT)
