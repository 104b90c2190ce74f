"""The form of a kind of coupon."""

from collections.abc import Hashable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from app.domain.money import currency
from app.domain.rewards.kinds import Benefit, Occasion
from app.services import followups, rewards
from app.services.rewards import KindDraft
from app.views.rewards.fields import ManyChips, OptionalField
from app.views.rewards.offer_dialog import OfferDialog
from app.views.shared import reward_words
from app.views.shared.chips import Chips, ChipView
from app.views.shared.fields import ComboBox, LineEdit
from app.views.shared.number_fields import ExactField, WholeField
from app.views.shared.typed_fields import DateField, MoneyField

MOST = 100_000
FROM_NOW, ALL_DUE = "now", "all"
AUTOMATIC = frozenset({Occasion.BIRTHDAY, Occasion.WIN_BACK})


class KindDialog(OfferDialog):
    """What it gives, for what, how long, and when it is handed out."""

    add, edit = staticmethod(rewards.add_kind), staticmethod(rewards.edit_kind)

    _began: tuple[Hashable, date | None] = (None, None)
    """The occasion of a kind that is changed, and the day from which it counts."""
    _due: int | None = None
    _asked: object = None

    def draft(self) -> KindDraft:
        said = self.form.values()
        percent, money = said.pop("percent"), said.pop("money")
        benefit = said["benefit"]
        amount = int(percent * 10) if benefit is Benefit.PERCENT and percent is not None else money or 0
        numbers = {name: said[name] or 0 for name in ("min_bill", "from_amount")}
        if said["occasion"] is not Occasion.NEXT_VISIT:
            numbers["from_amount"] = 0
        product = said["product_id"] if benefit is Benefit.GIFT else None
        automatic = said["occasion"] in AUTOMATIC
        from_now = said.pop("since") == FROM_NOW and automatic
        occasion, since = self._began
        kept = since if said["occasion"] is occasion else None
        said["since"] = (kept or self._desk.today()) if from_now else None
        uses = {"uses": said["uses"] or 1}
        return KindDraft(**{**said, **numbers, **uses, "amount": amount, "product_id": product})

    def _values(self, start: KindDraft) -> dict[str, Any]:
        amount = (
            {"percent": Decimal(start.amount) / 10} if start.benefit is Benefit.PERCENT else {"money": start.amount}
        )
        numbers = {name: number or None for name, number in super()._values(start).items() if isinstance(number, int)}
        self._began = (start.occasion, start.since)
        begins = {"since": FROM_NOW if start.since is not None or start.occasion not in AUTOMATIC else ALL_DUE}
        return {**super()._values(start), **numbers, **amount, **begins}

    def _make_form(self) -> None:
        digits, today = currency(self._desk.settings.currency).digits, self._desk.today
        add = self.form.add
        add("name", "", LineEdit(), check=self._check_name)
        add("benefit", "", Chips(size="form", digits=True))
        add("money", "", MoneyField(digits=digits), check=self._check_some)
        add("percent", "", ExactField(100, decimals=1), check=self._check_percent)
        add("product_id", "", ComboBox())
        add("occasion", "", Chips(size="form"))
        add("from_amount", "", MoneyField(digits=digits))
        add("since", "", Chips(size="form"))
        add("min_bill", "", MoneyField(digits=digits))
        add("categories", "", ManyChips())
        add("days", "", OptionalField(1, 3660))
        add("first", "", DateField(today=today))
        add("last", "", DateField(today=today))
        add("uses", "", WholeField(1, MOST))
        add("per_customer", "", OptionalField(1, MOST))
        self.form.field("product_id").show_choices(self._articles())
        self.form.field("categories").show_chips([ChipView(name, name) for name in self._categories()])
        self.form.field("uses").set_value("1")

    def _word(self) -> None:
        self._label(
            {
                "name": self.tr("Name"),
                "benefit": self.tr("Gives"),
                "money": self.tr("Takes off"),
                "percent": self.tr("Takes off"),
                "product_id": self.tr("Gift"),
                "occasion": self.tr("Handed out"),
                "from_amount": self.tr("After a sale of"),
                "since": self.tr("Begins"),
                "min_bill": self.tr("For a bill from"),
                "categories": self.tr("Only for"),
                "days": self.tr("Lasts"),
                "first": self.tr("First day"),
                "last": self.tr("Last day"),
                "uses": self.tr("Uses of a coupon"),
                "per_customer": self.tr("Uses by a customer"),
            }
        )
        days, times = self.tr("days"), self.tr("times")
        for name, unit in (("percent", "%"), ("days", days), ("uses", times), ("per_customer", times)):
            self.form.field(name).set_unit(unit)
        self.form.field("days").setPlaceholderText(self.tr("no end"))
        self.form.field("per_customer").setPlaceholderText(self.tr("no limit"))
        self.form.field("from_amount").setPlaceholderText(self.tr("any amount"))
        self.form.field("min_bill").setPlaceholderText(self.tr("any amount"))
        self.form.field("first").setPlaceholderText(self.tr("from the day it is handed out"))
        self.form.field("last").setPlaceholderText(self.tr("none"))
        self._offer(
            "benefit",
            [
                ChipView(Benefit.MONEY, self.tr("Money off")),
                ChipView(Benefit.PERCENT, self.tr("Percent off")),
                ChipView(Benefit.GIFT, self.tr("A gift")),
            ],
        )
        by_hand = [code for code in Occasion if code is not Occasion.REWARD]
        self._offer("occasion", [ChipView(code, reward_words.occasion(code)) for code in by_hand])
        self._word_begins()
        self.set_title(self.tr("New kind of coupon") if self.offer_id is None else self.tr("Change kind of coupon"))
        self.primary.setText(self.tr("Save"))

    def _word_begins(self) -> None:
        """Whom the first day would bring a coupon: thousands may be away for long when a shop begins."""
        told = self.tr("Also for the %n due already", "", self._due or 0) if self._due is not None else ""
        said = told or self.tr("Also for all who are due already")
        self._offer("since", [ChipView(FROM_NOW, self.tr("Only from now on")), ChipView(ALL_DUE, said)])

    def _count_due(self) -> None:
        """Count, away from the window, who is due already."""
        asked = tuple(self.form.field(name).value() for name in ("occasion", "days", "first", "last"))
        if asked == self._asked or asked[0] not in AUTOMATIC:
            return
        self._asked, self._due = asked, None
        self._word_begins()
        occasion, days, first, last = asked
        draft, today = KindDraft("", occasion, days=days, first=first, last=last), self._desk.today()
        hear = partial(self._on_counted, asked)
        self._desk.gateway.read_later(followups.due_already, draft, today, then=hear, owner=self)

    def _on_counted(self, asked: object, due: int) -> None:
        if asked == self._asked:
            self._due = due
            self._word_begins()

    def _offer(self, name: str, views: list[ChipView]) -> None:
        chips = self.form.field(name)
        chips.show_chips(views)
        chips.set_value(chips.value() or views[0].value)

    def _show_rows(self) -> None:
        benefit, occasion = self.form.field("benefit").value(), self.form.field("occasion").value()
        self.form.set_row_visible("money", benefit is Benefit.MONEY)
        self.form.set_row_visible("percent", benefit is Benefit.PERCENT)
        self.form.set_row_visible("product_id", benefit is Benefit.GIFT)
        self.form.set_row_visible("from_amount", occasion is Occasion.NEXT_VISIT)
        self.form.set_row_visible("since", occasion in AUTOMATIC)
        self._count_due()
        self.form.set_row_visible("categories", bool(self.form.field("categories").chips()))

    def _check_percent(self, percent: object) -> str | None:
        return None if percent else self.tr("Write a percentage above 0")
