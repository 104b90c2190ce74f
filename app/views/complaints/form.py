"""The questions of a complaint: who, what, how bad, their words, their wish; a digit answers and goes on."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.complaints import Severity
from app.domain.interactions import Channel
from app.domain.shop_rules import complaint_targets
from app.services import complaints, sales
from app.services.complaints import Case, ComplaintDraft
from app.views.complaints import words
from app.views.complaints.remedy import RemedyField
from app.views.complaints.sale_field import SaleChoice, SaleLine
from app.views.complaints.spot import SpotPanel
from app.views.shared.category_words import category_words
from app.views.shared.chips import Chips, ChipView
from app.views.shared.customer_picker import CustomerPicker
from app.views.shared.desk import Desk
from app.views.shared.fields import LineEdit, TextArea
from app.views.shared.forms import Form
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import Steps, row
from app.views.shared.product_field import ProductField


class ComplaintForm(Form):
    """Alt+1 to Alt+5 jump to a question. `mending` asks for more: channel, remedy, sale, goods; never for the spot."""

    def __init__(self, desk: Desk, *, mending: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(keys=True, parent=parent)
        self.desk, self.mending = desk, mending
        self.who, self.what = CustomerPicker(desk, height=44), Chips(size="form", digits=True)
        self.bad, self.said, self.wish = Chips(size="form", digits=True), TextArea(lines=2), LineEdit()
        self.promise = ElidedLabel("", "caption", tone="ink2", align="right")
        self.channel, self.remedy, self.spot = Chips(size="form", digits=True), RemedyField(), SpotPanel(desk)
        self.about, self.sale, self.goods = SaleLine(desk), SaleChoice(desk), ProductField(desk)
        self._was: int | None = None
        self._operation = uuid4().hex
        self._ask()
        self.sale.changed.connect(lambda _sale: self._offer_goods())
        self.who.chosen.connect(self._on_who)
        self.bad.chosen.connect(lambda _value: self._promise())
        self.about.cross.clicked.connect(self._tell_about)
        self.spot.asked.form.submitted.connect(self.submit)

    def _ask(self) -> None:
        self._offered = [row.code for row in self.desk.gateway.read(complaints.categories)]
        self.what.show_chips([ChipView(code, category_words(code)) for code in self._offered])
        self.bad.show_chips([ChipView(s, words.severity_words(s), hue=words.SEVERITY_HUES[s]) for s in Severity])
        self.said.setPlaceholderText(self.tr("In their own words"))
        self.wish.setPlaceholderText(self.tr("What would put it right? (may stay empty)"))
        self.add("who", self.tr("Who"), self.who, check=lambda _value: self._unnamed())
        hint = self.tr("Name, pinyin, any digits; Enter takes, Backspace: no name")
        self.who.edit.setPlaceholderText(hint)
        if not self.mending:
            self.add_aside(self.about)
        self.add("what", self.tr("What"), self.what, check=lambda v: None if v else self.tr("Choose what it is about"))
        box = self.add("bad", self.tr("How bad"), self.bad, check=lambda v: None if v else self.tr("Choose how bad"))
        _put_beside(box.layout(), self.bad, self.promise)
        self.add("words", self.tr("Words"), self.said, check=lambda v: None if v else self.tr("What did they say?"))
        self.add("wish", self.tr("Wish"), self.wish)
        if self.mending:
            channels = [ChipView(channel.value, words.channel_words(channel)) for channel in Channel]
            self.channel.show_chips(channels)
            self.add("channel", self.tr("Came"), self.channel)
            self.add("remedy", self.tr("Remedy"), self.remedy)
            self.add("sale", self.tr("Sale"), self.sale)
            self.add("goods", self.tr("Goods"), self.goods, check=lambda _value: self.goods.check())

    def values(self) -> dict[str, Any]:
        """What is filled in; "spot" is the remedy where it was solved on the spot, else None; "given" what it moves."""
        held = super().values()
        return held if self.mending else {**held, "spot": self.spot.value(), "given": self.spot.asked.values()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        super().set_values(values)
        self._was = self.who.customer_id
        self._tell_about()
        if "spot" in values:
            self.spot.set_value(values["spot"])
            self.spot.asked.set_values(values.get("given", {}))
        self._promise()

    def show_case(self, case: Case) -> None:
        """Fill in what is known of a case."""
        card, channel = case.card, case.card.channel
        self.sale.offer(card.who.id if card.who else None, case.sale.id if case.sale else None)
        known = {
            "sale": case.sale.id if case.sale else None,
            "goods": case.product.id if case.product else None,
            "who": card.who.id if card.who else None,
            "what": card.category,
            "bad": card.severity,
            "words": card.words,
            "wish": card.wish,
            "channel": channel,
            "remedy": card.remedy,
        }
        if card.category not in self._offered:
            self.what.show_chips([*(chip.view for chip in self.what.chips()), ChipView(card.category, card.category)])
        self.set_values(known)
        self._offer_goods()

    def draft(self) -> ComplaintDraft:
        """What is to be saved. Call it only after the checks."""
        held = self.values()
        spot = held.get("spot")
        return ComplaintDraft(
            category=str(held["what"]),
            severity=Severity(held["bad"]),
            words=held["words"],
            customer_id=held["who"],
            wish=held["wish"],
            channel=str(held.get("channel") or ("" if self.mending else Channel.VISIT)),
            on_the_spot=spot is not None,
            remedy=spot or held.get("remedy") or "",
            sale_id=held["sale"] if self.mending else self.about.sale_id,
            product_id=held.get("goods"),
            given=() if self.mending else self.spot.given(),
            operation_id="" if self.mending else self._operation,
        )

    def check(self) -> bool:
        """What is given on the spot is asked for under the other questions."""
        return super().check() and (self.mending or self.spot.check())

    def show_sale(self, sale_id: int | None) -> None:
        """Say which bill a new complaint is about."""
        self.about.show_sale(sale_id)
        self._tell_about()

    def _tell_about(self) -> None:
        self.spot.asked.show_about(self.who.customer_id, self.about.sale_id)

    def _unnamed(self) -> str | None:
        """Typed but not taken: saving would make the complaint anonymous without a word."""
        if self.who.customer_id is None and self.who.edit.text().strip():
            return self.tr("Take somebody from the list with Enter, or empty the field")
        return None

    def _offer_goods(self) -> None:
        """What was on the bill, each article once."""
        sale_id = self.sale.value()
        lines = [] if sale_id is None else self.desk.gateway.read(sales.sale, sale_id).lines
        self.goods.offer(
            list({line.product_id: (line.product_id, line.name) for line in lines if line.product_id}.values())
        )

    def _on_who(self, customer_id: int | None) -> None:
        """An answer goes on to the next question; a name just taken out stays for another."""
        cleared = customer_id is None and self._was is not None
        self._was = customer_id
        self.about.keep_for(customer_id)
        self._tell_about()
        if self.mending:
            self.sale.offer(customer_id, None)
        if not cleared:
            self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _promise(self) -> None:
        """What the shop promises for one as bad as this."""
        bad = self.bad.value()
        if bad is None:
            self.promise.setText("")
            return
        target = complaint_targets(self.desk.settings)[Severity(str(bad))]
        said = self.tr("Answer in {answer}, solve in {solve}")
        said = said.replace("{answer}", words.term_words(target.answer))
        self.promise.setText(said.replace("{solve}", words.term_words(target.resolve)))


def _put_beside(layout: Any, field: QWidget, note: QWidget) -> None:
    """A note at the right of a field, in the field's own box."""
    assert isinstance(layout, Steps)
    layout.removeWidget(field)
    layout.insertLayout(0, row(field, (note, 1)))
