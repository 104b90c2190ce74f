"""Fields that only offers have: a number that may be left out, and several categories at once."""

from collections.abc import Hashable, Sequence

from app.views.shared.chips import Chips
from app.views.shared.number_fields import WholeField, plain


class OptionalField(WholeField):
    """A whole number, or nothing."""

    def check(self) -> str:
        return super().check() if plain(self.text()) else ""


class ManyChips(Chips):
    """Any number of values; `value` is all of them."""

    def __init__(self) -> None:
        super().__init__(many=True, size="form")

    def value(self) -> tuple[Hashable, ...]:
        return tuple(self.values())

    def set_value(self, value: Sequence[Hashable] | Hashable | None) -> None:
        self.set_values(list(value) if isinstance(value, list | tuple) else [])
