"""Fields for the kinds of values settings have: shares and terms."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from app.domain.complaints import Term
from app.views.shared import look
from app.views.shared.compound_field import CompoundField
from app.views.shared.fields import ComboBox, LineEdit
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import row
from app.views.shared.look import px
from app.views.shared.number_fields import UnitField, plain


class ShareField(UnitField):
    """A share in thousandths, typed as percent with at most one decimal."""

    def value(self) -> int | None:
        try:
            share = Decimal(plain(self.text()).removesuffix("%")) * 10
        except InvalidOperation:
            return None
        return int(share) if share.is_finite() and 0 <= share <= 1000 and share == int(share) else None

    def set_value(self, value: Any) -> None:
        super().set_value(None if value is None else f"{(Decimal(value) / 10).normalize():f}")

    def check(self) -> str:
        return "" if self.value() is not None else self.tr("Write a percentage from 0 to 100")


class TermField(CompoundField):
    """So many opening days or opening hours."""

    def __init__(self, example: Callable[[Term], str]) -> None:
        super().__init__()
        self._example = example
        self.amount, self.unit = LineEdit(), ComboBox()
        self.told = ElidedLabel("", "small", tone="ink2")
        self.amount.left.connect(self.left)
        self.tell_in(self.amount)
        self.unit.changed.connect(lambda _unit: self.left.emit())
        self.amount.changed.connect(lambda _words: self.tell())
        self.unit.changed.connect(lambda _unit: self.tell())
        self.setFocusProxy(self.amount)
        self.setLayout(row(self.amount, self.unit, (self.told, 1), gap=8))
        self.retranslate()
        look.follow(self.relook)

    def relook(self) -> None:
        self.amount.setFixedWidth(px(64))

    def retranslate(self) -> None:
        self.unit.show_choices([("d", self.tr("opening days")), ("h", self.tr("opening hours"))])

    def tell(self) -> None:
        """Say what the term would mean now."""
        value = self.value()
        self.told.setText("" if value is None else self._example(Term.parse(value)))

    def value(self) -> str | None:
        words = f"{plain(self.amount.text())}{self.unit.value()}"
        try:
            return str(Term.parse(words)) if len(words) <= 4 else None
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        self.amount.set_value(str(value)[:-1])
        self.unit.set_value(str(value)[-1:])
        self.tell()

    def check(self) -> str:
        return "" if self.value() is not None else self.tr("Write a whole number from 1 to 999")
