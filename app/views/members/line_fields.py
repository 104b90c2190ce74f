"""Fields of the rule editor that hold any number of lines: goods with their rates, days with their multipliers."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QLocale

from app.domain.loyalty.rules import MOST_POINTS_PER_UNIT, MOST_TIMES, BonusDay, GoodsRate
from app.views.shared.fields import ComboBox, LineEdit
from app.views.shared.growing_lines import GrowingLines, Line
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, row
from app.views.shared.number_fields import ExactField, WholeField
from app.views.shared.typed_fields import DateField

WHAT, RATE = 112, 132
Choice = tuple[tuple[str, Any], str]
"""What a line may be about, as ("product", id) or ("category", name), and how it is called."""


class LinesField(GrowingLines):
    """Any number of lines of the kind that `make` makes; none at all is fine."""

    def __init__(self, make: Callable[[Any], Line]) -> None:
        self._make, self._more = make, ""
        super().__init__(least=0)

    def made(self, value: Any) -> Line:
        return self._make(value)

    def more_words(self) -> str:
        return self._more

    def word(self, more: str) -> None:
        """Word the button that adds a line, and the lines."""
        self._more = more
        self.retranslate()


class GoodsLine(Line):
    """An article or a category, and its points per unit of currency."""

    def __init__(self, said: GoodsRate | None, choices: Sequence[Choice], unit: Callable[[], str]) -> None:
        self._unit = unit
        self.goods, self.rate = ComboBox(), ExactField(MOST_POINTS_PER_UNIT, wide=RATE)
        super().__init__(self.goods)
        self.goods.show_choices(choices)
        if said is not None:
            known = ("category", said.category) if said.product_id is None else ("product", said.product_id)
            self.goods.set_value(known)
            self.rate.set_value(said.rate)
        self.setLayout(row((self.goods, 1), self.rate, self.cross, gap=8))
        _listen(self, self.goods, self.rate)
        self.retranslate()

    def value(self) -> GoodsRate | None:
        rate, chosen = self.rate.value(), self.goods.value()
        if rate is None or chosen is None:
            return None
        kind, which = chosen
        return GoodsRate(rate, which) if kind == "product" else GoodsRate(rate, None, which)

    def check(self) -> str:
        return self.tr("Choose an article or a category") if self.goods.value() is None else self.rate.check()

    def retranslate(self) -> None:
        super().retranslate()
        self.goods.setAccessibleName(self.tr("Article or category"))
        self.rate.setAccessibleName(self.tr("Its points; 0: it earns none"))
        self.rate.setToolTip(self.tr("Its points; 0: it earns none"))
        self.rate.set_unit(self._unit())


class DayLine(Line):
    """A weekday, a day of every month, or dates, and how many times the points."""

    def __init__(self, said: BonusDay | None, today: Callable[[], date]) -> None:
        self.kind, self.times = ComboBox(), ExactField(MOST_TIMES, low=1, decimals=2, wide=WHAT)
        super().__init__(self.kind)
        self.number = WholeField(1, 31, wide=72)
        self.first, self.last, self._to = DateField(today=today), DateField(today=today), PlainLabel("–", tone="ink2")
        self._dates = box(row((self.first, 1), self._to, (self.last, 1), gap=4))
        self.setLayout(row((self.kind, 1), self.number, (self._dates, 2), self.times, self.cross, gap=8))
        _listen(self, self.kind, self.number, self.first, self.last, self.times)
        for field in (self.first, self.last):
            field.picked.connect(lambda _day: self.edited.emit())
        self.kind.changed.connect(lambda _kind: self._make_room())
        self.retranslate()
        self._fill(said or BonusDay(Decimal(2), weekday=1))

    def value(self) -> BonusDay | None:
        times, kind = self.times.value(), self.kind.value()
        if times is None or self.check():
            return None
        if kind == "month_day":
            return BonusDay(times, month_day=self.number.value())
        if kind == "dates":
            return BonusDay(times, first=self.first.value(), last=self.last.value() or self.first.value())
        return BonusDay(times, weekday=int(kind))

    def check(self) -> str:
        kind = self.kind.value()
        if kind == "month_day" and self.number.check():
            return self.number.check()
        if kind == "dates":
            first, last = self.first.value(), self.last.value()
            if first is None or self.last.check() or (last is not None and last < first):
                return self.tr("Write the first and the last day, such as 2026-11-11")
        return self.times.check()

    def retranslate(self) -> None:
        super().retranslate()
        weekdays = [(str(day), QLocale().dayName(day + 1)) for day in range(7)]
        others = [("month_day", self.tr("Every month on the")), ("dates", self.tr("Dates"))]
        self.kind.show_choices([*weekdays, *others])
        self.kind.setAccessibleName(self.tr("Which days"))
        self.number.setAccessibleName(self.tr("Day of the month"))
        self.first.setAccessibleName(self.tr("First day"))
        self.last.setAccessibleName(self.tr("Last day"))
        self.times.setAccessibleName(self.tr("How many times the points"))
        self.times.set_unit(self.tr("times"))

    def _fill(self, said: BonusDay) -> None:
        weekday = None if said.weekday is None else str(said.weekday)
        self.kind.set_value(weekday or ("dates" if said.month_day is None else "month_day"))
        self.number.set_value(said.month_day)
        self.first.set_value(said.first)
        self.last.set_value(said.last)
        self.times.set_value(said.factor)
        self._make_room()

    def _make_room(self) -> None:
        self.number.setVisible(self.kind.value() == "month_day")
        self._dates.setVisible(self.kind.value() == "dates")


def _listen(line: Line, *fields: LineEdit | ComboBox) -> None:
    for field in fields:
        field.changed.connect(lambda _value: line.edited.emit())
