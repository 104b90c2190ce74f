"""The form of a card the shop offers."""

from typing import Any

from app.domain.money import currency
from app.domain.rewards.kinds import PlanKind
from app.services import products, rewards
from app.services.rewards import PlanDraft
from app.views.rewards.fields import OptionalField
from app.views.rewards.offer_dialog import OfferDialog
from app.views.shared import reward_words
from app.views.shared.chips import Chips, ChipView
from app.views.shared.fields import ComboBox, LineEdit
from app.views.shared.number_fields import WholeField
from app.views.shared.typed_fields import MoneyField

EVERYTHING = ""


class PlanDialog(OfferDialog):
    """Stored value with its bonus, so many visits ahead, or buy so many and get one."""

    add, edit = staticmethod(rewards.add_plan), staticmethod(rewards.edit_plan)

    def draft(self) -> PlanDraft:
        said = self.form.values()
        numbers = {name: said[name] or 0 for name in ("price", "bonus", "units")}
        return PlanDraft(**{**said, **numbers})

    def _values(self, start: PlanDraft) -> dict[str, Any]:
        """A category no article is of any more, or an article put away, is still what the card counts for."""
        for name, said in (("category", start.category), ("product_id", self._article(start.product_id))):
            field, value = self.form.field(name), getattr(start, name)
            if value and field.findData(value) < 0:
                field.addItem(said, value)
        return super()._values(start)

    def _article(self, product_id: int | None) -> str:
        return "" if product_id is None else self._desk.gateway.read(products.product, product_id).name

    def _make_form(self) -> None:
        digits = currency(self._desk.settings.currency).digits
        add = self.form.add
        add("kind", "", Chips(size="form", digits=True))
        add("name", "", LineEdit(), check=self._check_name)
        add("price", "", MoneyField(digits=digits), check=self._check_some)
        add("bonus", "", MoneyField(digits=digits))
        add("units", "", WholeField(1, 1000))
        add("category", "", ComboBox())
        add("product_id", "", ComboBox())
        add("months", "", OptionalField(1, 120))
        self.form.field("category").show_choices([(EVERYTHING, ""), *((name, name) for name in self._categories())])
        self.form.field("product_id").show_choices([(None, ""), *self._articles()])

    def _word(self) -> None:
        self._label(
            {
                "kind": self.tr("Card"),
                "name": self.tr("Name"),
                "price": self.tr("Price"),
                "bonus": self.tr("Bonus on top"),
                "units": self.tr("How many"),
                "category": self.tr("For the category"),
                "product_id": self.tr("Or for one article"),
                "months": self.tr("Lasts"),
            }
        )
        self.form.field("months").set_unit(self.tr("months"))
        self.form.field("months").setPlaceholderText(self.tr("no end"))
        for name, words in (("category", self.tr("all goods")), ("product_id", self.tr("no single article"))):
            self.form.field(name).setItemText(0, words)
        chips = self.form.field("kind")
        chips.show_chips([ChipView(kind, reward_words.plan_kind(kind)) for kind in PlanKind])
        chips.set_value(chips.value() or PlanKind.STORED)
        self.set_title(self.tr("New card") if self.offer_id is None else self.tr("Change card"))
        self.primary.setText(self.tr("Save"))
        self._show_rows()

    def _show_rows(self) -> None:
        kind = self.form.field("kind").value()
        self.form.field("kind").setEnabled(self.offer_id is None)
        self.form.set_row_visible("price", kind is not PlanKind.STAMPS)
        self.form.set_row_visible("bonus", kind is PlanKind.STORED)
        for name in ("units", "category", "product_id"):
            self.form.set_row_visible(name, kind is not PlanKind.STORED)
        self.form.field("units").set_unit(self.tr("stamps") if kind is PlanKind.STAMPS else self.tr("visits"))
