"""The field of the rule editor that says what each tier multiplies points by, always and on the birthday."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from app.domain.loyalty.rules import MOST_TIMES, NO_TIER, TierTimes
from app.services.loyalty import TierRow
from app.views.members.words import name_of
from app.views.shared import look
from app.views.shared.compound_field import CompoundField
from app.views.shared.labels import ElidedLabel
from app.views.shared.look import px
from app.views.shared.number_fields import ExactField

NARROW = 160


class TiersField(CompoundField):
    """`value` is the multipliers by rank, or None while one cannot be read."""

    def __init__(self, tiers: Sequence[TierRow]) -> None:
        super().__init__()
        self._tiers = tiers
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self._labels: dict[int, ElidedLabel] = {}
        self.fields: dict[int, tuple[ExactField, ExactField]] = {}
        for place, tier in enumerate(reversed(tiers)):
            self._add(place, tier)
        self.setLayout(self._grid)
        look.follow(self.relook)
        self.retranslate()

    def value(self) -> dict[int, TierTimes] | None:
        said: dict[int, TierTimes] = {}
        for rank, (always_field, birthday_field) in self.fields.items():
            always, birthday = always_field.value(), birthday_field.value()
            if always is None or birthday is None:
                return None
            said[rank] = TierTimes(always, birthday)
        return said

    def set_value(self, value: Mapping[int, TierTimes] | None) -> None:
        for rank, (always, birthday) in self.fields.items():
            times = (value or {}).get(rank, NO_TIER)
            always.set_value(Decimal(times.always))
            birthday.set_value(Decimal(times.birthday))
        self.set_error("")

    def check(self) -> str:
        both = (field for pair in self.fields.values() for field in pair)
        return next((words for field in both if (words := field.check())), "")

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        next(iter(self.fields.values()))[0].setFocus(reason)

    def relook(self) -> None:
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(8))

    def retranslate(self) -> None:
        for tier in self._tiers:
            name, (always, birthday) = name_of(tier), self.fields[tier.rank]
            self._labels[tier.rank].setText(name)
            always.set_unit(self.tr("times always"))
            birthday.set_unit(self.tr("times birthday"))
            always.setAccessibleName(self.tr("{tier}: times always").replace("{tier}", name))
            birthday.setAccessibleName(self.tr("{tier}: times on the birthday").replace("{tier}", name))

    def _add(self, place: int, tier: TierRow) -> None:
        label = ElidedLabel("", "body")
        pair = (_times(), _times())
        self._labels[tier.rank], self.fields[tier.rank] = label, pair
        self._grid.addWidget(label, place, 0)
        for column, field in enumerate(pair, 1):
            self._grid.addWidget(field, place, column)
            field.changed.connect(lambda _value: self._on_edited())

    def _on_edited(self) -> None:
        self.set_error("")
        self.changed.emit(self.value())


def _times() -> ExactField:
    return ExactField(MOST_TIMES, low=1, decimals=2, wide=NARROW)
