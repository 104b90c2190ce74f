"""The form of an article: new, or changed. A name is enough; what another article has already is told by its name."""

import re
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.errors import ShopError
from app.domain.money import currency
from app.resources.refusals import sentence
from app.services import products
from app.services.products import BarcodeTaken, CodeTaken, ProductDraft, ProductRow
from app.views.products import words
from app.views.shared import look
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit, TextArea
from app.views.shared.forms import Form
from app.views.shared.typed_fields import PriceField

_BETWEEN = re.compile(r"[\s,，、;；]+")
OFFERED = 8
"""Categories beside the field; others are typed."""


class ArticleDialog(Dialog):
    """Enter saves. A scanner that types into the barcode ends with Enter: the form then asks for what is missing."""

    def __init__(self, desk: Desk, parent: QWidget, start: ProductRow | None, barcode: str) -> None:
        super().__init__(parent, width=640, draft=None if start else "article")
        self._desk, self.start = desk, start
        self.form = Form()
        self.offered = Chips()
        self._make_form()
        self.set_form(self.form)
        if start is not None:
            self.form.set_values(_values(start))
        elif barcode:
            self.form.set_values({"barcode": barcode})
        self._word()
        self.submitted.connect(self._on_submitted)
        self.offered.chosen.connect(lambda name: self.form.field("category").set_value(name))
        desk.gateway.refused.connect(self._on_refused)

    def draft(self) -> ProductDraft:
        """What is filled in."""
        said = self.form.values()
        others = tuple(code for code in _BETWEEN.split(said.pop("other_barcodes")) if code)
        return ProductDraft(**{**said, "price": said["price"] or 0, "other_barcodes": others})

    def _make_form(self) -> None:
        minor = currency(self._desk.settings.currency).digits
        add = self.form.add
        add("name", "", LineEdit(), check=self._check_name)
        add("category", "", LineEdit())
        self.form.add_aside(self.offered)
        add("price", "", PriceField(minor=minor), check=self._check_price)
        add("unit", "", LineEdit())
        add("cost", "", PriceField(minor=minor), check=self._check_price)
        add("barcode", "", LineEdit(icon="ph.barcode"))
        add("other_barcodes", "", TextArea(lines=2))
        add("code", "", LineEdit())
        names = self._desk.gateway.read(products.categories)[:OFFERED]
        self.offered.show_chips([ChipView(name, name) for name in names])
        self.offered.setVisible(bool(names))

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "form"):
            self._word()

    def _word(self) -> None:
        labels = {
            "name": self.tr("Name"),
            "category": self.tr("Category"),
            "price": self.tr("Price"),
            "unit": self.tr("Unit"),
            "cost": self.tr("Cost"),
            "barcode": self.tr("Barcode"),
            "other_barcodes": self.tr("Other barcodes"),
            "code": self.tr("Code"),
        }
        for name, said in labels.items():
            self.form.set_label(name, said)
        self.form.field("unit").setPlaceholderText(self.tr("50 g, box, each: what the price is for"))
        self.form.field("cost").setPlaceholderText(self.tr("What it costs the shop; empty: not known"))
        self.form.field("barcode").setPlaceholderText(self.tr("Scan it, or type its digits"))
        self.form.field("other_barcodes").setPlaceholderText(self.tr("Older packages, sets: one on each line"))
        self.form.field("code").setPlaceholderText(self.tr("Empty: the next free number"))
        if self.start is None:
            self.set_title(self.tr("New article"), self.tr("A name is enough"))
        else:
            self.set_title(self.tr("Change article"), words.called(self.start))
        self.primary.setText(self.tr("Save"))

    def _check_name(self, typed: object) -> str | None:
        return None if str(typed).strip() else self.tr("Say what it is called")

    def _check_price(self, units: object) -> str | None:
        return self.tr("A price is 0 or more") if isinstance(units, int) and units < 0 else None

    def _on_submitted(self) -> None:
        write, draft = self._desk.gateway.write, self.draft()
        if self.start is None:
            said = self.tr("Added {name}").replace("{name}", draft.name)
            done = write(products.add, draft, said=said) is not None
        else:
            said = self.tr("Saved {name}").replace("{name}", draft.name)
            done = write(products.edit, self.start.id, draft, said=said) is not None
        if done:
            self.accept()

    def _on_refused(self, refusal: ShopError) -> None:
        """What another article has is said with its name, where it can be mended."""
        if not self.isVisible():
            return
        if isinstance(refusal, CodeTaken | BarcodeTaken):
            other = self._desk.gateway.read(products.product, refusal.numbers["product_id"])
            self.form.show_errors({self._field_of(refusal): self._taken(refusal, other)})
        elif isinstance(refusal, products.BadProduct):
            name = "price" if refusal.code == "price_below_zero" else "name"
            self.form.show_errors({name: sentence(refusal, look.current().language)})

    def _field_of(self, refusal: ShopError) -> str:
        if isinstance(refusal, CodeTaken):
            return "code"
        return "barcode" if refusal.numbers["barcode"] == self.form.field("barcode").value() else "other_barcodes"

    def _taken(self, refusal: ShopError, other: ProductRow) -> str:
        said = self.tr("{goods} has this code. Choose another, or leave it empty.")
        if isinstance(refusal, BarcodeTaken):
            said = self.tr("{goods} has the barcode {barcode}. Take it off there first, or mend the number.")
            said = said.replace("{barcode}", refusal.numbers["barcode"])
        return said.replace("{goods}", words.called(other))


def _values(row: ProductRow) -> dict[str, Any]:
    names = ("name", "category", "unit", "price", "cost", "barcode", "code")
    return {name: getattr(row, name) for name in names} | {"other_barcodes": "\n".join(row.other_barcodes)}


def open_article(desk: Desk, parent: QWidget, start: ProductRow | None = None, *, barcode: str = "") -> ArticleDialog:
    """Add an article, perhaps one whose barcode was just scanned, or change one."""
    dialog = ArticleDialog(desk, parent, start, barcode)
    dialog.present()
    return dialog
