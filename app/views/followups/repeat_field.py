"""How a follow-up comes again: how often, on which days, until when; with the sentence and the first dates of it."""

from calendar import monthrange
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.recurrence import LAST, Pattern, Repeat, RuleUnreadable, Unit, pattern_of, rule_of
from app.services import followups
from app.views.shared.chips import Chips, ChipView
from app.views.shared.compound_field import CompoundField
from app.views.shared.day_words import agenda_day
from app.views.shared.fields import ComboBox
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.number_fields import WholeField
from app.views.shared.repeat_words import place_in_month, repeat_sentence, weekday_name
from app.views.shared.typed_fields import DateField

ONCE, AFTER, FOREIGN = "once", "after", "foreign"
NEVER, UNTIL, TIMES = "never", "until", "times"
MOST = 999
_WEEK = 7


class RepeatField(CompoundField):
    """`value` is a Repeat; `Repeat()` is once. What was filled in and not touched comes back as it was."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today, self._start = today, today()
        self._given, self._touched = Repeat(), False
        self.how, self.place, self.end = ComboBox(), ComboBox(), ComboBox()
        self.every, self.times = WholeField(1, MOST, wide=120), WholeField(1, MOST, wide=120)
        self.weekdays, self.until = Chips(many=True, size="form"), DateField(today=today)
        self.sentence, self.coming = PlainLabel("", "small", wrap=True), PlainLabel("", "small", tone="ink2", wrap=True)
        self._ends = box(row(self.end, self.until, self.times, None, gap=8))
        self.setLayout(
            column(
                row(self.how, self.every, self.place, None, gap=8),
                self.weekdays,
                self._ends,
                column(self.sentence, self.coming, gap=2),
                gap=8,
            )
        )
        self.setFocusProxy(self.how)
        self._listen()
        self.retranslate()
        self.set_value(Repeat())

    def _listen(self) -> None:
        for field in (self.how, self.place, self.end, self.every, self.times, self.until):
            field.changed.connect(self._on_touched)
        self.weekdays.chosen.connect(self._on_touched)
        self.how.changed.connect(self._on_how)

    def retranslate(self) -> None:
        self._offer_ways()
        self.end.show_choices(
            [(NEVER, self.tr("Without end")), (UNTIL, self.tr("Ends on a day")), (TIMES, self.tr("Ends after"))]
        )
        self.weekdays.show_chips([ChipView(day, weekday_name(day, short=True)) for day in range(_WEEK)])
        self.times.set_unit(self.tr("times"))
        names: list[tuple[QWidget, str]] = [
            (self.every, self.tr("Every how many")),
            (self.place, self.tr("On which day of the month")),
            (self.weekdays, self.tr("On which weekdays")),
            (self.end, self.tr("When it ends")),
            (self.until, self.tr("Last day")),
            (self.times, self.tr("How many times")),
        ]
        for widget, name in names:
            widget.setAccessibleName(name)
        self._show()

    def _offer_ways(self) -> None:
        ways: list[tuple[Hashable, str]] = [
            (ONCE, self.tr("Does not repeat")),
            (Unit.DAY, self.tr("Daily")),
            (Unit.WEEK, self.tr("Weekly")),
            (Unit.MONTH, self.tr("Monthly")),
            (Unit.YEAR, self.tr("Yearly")),
            (AFTER, self.tr("After it is done")),
        ]
        if self._foreign():
            ways.append((FOREIGN, self.tr("By a rule of another program")))
        self.how.show_choices(ways)

    def set_start(self, day: date | None) -> None:
        """The day the follow-up is due, from which the first is looked for."""
        if day is None or day == self._start:
            return
        fresh = not self._touched or self.weekdays.values() == [self._start.weekday()]
        self._start = day
        if self._given == Repeat() and fresh:
            self.weekdays.set_values([day.weekday()])
        self._show()

    def value(self) -> Repeat:
        """How it comes again; what cannot be read yet counts as it was before."""
        if not self._touched:
            return self._given
        how = self.how.value()
        if how == ONCE:
            return Repeat()
        last = self.until.value() if self.end.value() == UNTIL else None
        times = self.times.value() if self.end.value() == TIMES else None
        if how == AFTER:
            return Repeat(after_done=self.every.value() or 1, until=last, times=times)
        rule = self._given.rule if how == FOREIGN else rule_of(self._pattern())
        return Repeat(rule, until=last, times=times)

    def set_value(self, value: Any) -> None:
        self._given, self._touched = value or Repeat(), False
        self._offer_ways()
        pattern = self._given_pattern()
        self.every.set_value(str(self._given.after_done or (pattern.every if pattern else 1)))
        self.weekdays.set_values(list(pattern.weekdays if pattern else ()) or [self._start.weekday()])
        self.how.set_value(self._way(pattern))
        self.end.set_value(UNTIL if self._given.until else TIMES if self._given.times else NEVER)
        self.until.set_value(self._given.until)
        self.times.set_value("" if self._given.times is None else str(self._given.times))
        self._offer_places()
        self.place.set_value(pattern)
        self._show()

    def check(self) -> str:
        """What is wrong with it, or nothing."""
        how = self.how.value()
        if how == ONCE or not self._touched:
            return ""
        if how != FOREIGN and (wrong := self.every.check()):
            return wrong
        if how == Unit.WEEK and not self.weekdays.values():
            return self.tr("Choose at least one weekday")
        return self._fault_of_end()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.how.setFocus(reason)

    def _fault_of_end(self) -> str:
        if self.end.value() == TIMES:
            return self.times.check()
        if self.end.value() == UNTIL:
            if self.until.value() is None:
                return self.until.check() or self.tr("Write the last day")
            if not self._coming():
                return self.tr("No day comes until then. Choose a later last day.")
        return ""

    # what was given, and what is chosen

    def _given_pattern(self) -> Pattern | None:
        return pattern_of(self._given.rule, self._start) if self._given.rule else None

    def _foreign(self) -> bool:
        return bool(self._given.rule) and self._given_pattern() is None

    def _way(self, pattern: Pattern | None) -> str:
        if self._given.after_done is not None:
            return AFTER
        return pattern.unit if pattern else FOREIGN if self._given.rule else ONCE

    def _pattern(self) -> Pattern:
        """The rule that is chosen."""
        unit, every, day = Unit(self.how.value()), self.every.value() or 1, self._start
        if unit is Unit.WEEK:
            days = tuple(int(str(day)) for day in self.weekdays.values())
            return Pattern(unit, every, days or (day.weekday(),))
        if unit is Unit.MONTH:
            return replace(self.place.value() or Pattern(unit, day=day.day), every=every)
        if unit is Unit.YEAR:
            given = self._given_pattern()
            kept = given if given is not None and given.unit is Unit.YEAR else None
            return replace(kept or Pattern(unit, month=day.month, day=day.day), every=every)
        return Pattern(unit, every)

    def _offer_places(self) -> None:
        """The day of the month, its weekday by number, and the last day; and what was there before."""
        day, last = self._start, monthrange(self._start.year, self._start.month)[1]
        found = [Pattern(Unit.MONTH, day=day.day)]
        weekday, nth = (day.weekday(),), (day.day - 1) // _WEEK + 1
        if nth < 5:
            found.append(Pattern(Unit.MONTH, weekdays=weekday, nth=nth))
        if day.day > last - _WEEK:
            found.append(Pattern(Unit.MONTH, weekdays=weekday, nth=LAST))
        found.append(Pattern(Unit.MONTH, day=LAST))
        given = self._given_pattern()
        if given is not None and given.unit is Unit.MONTH and replace(given, every=1) not in found:
            found.insert(0, replace(given, every=1))
        kept = self.place.value()
        self.place.show_choices([(pattern, self._placed(pattern)) for pattern in found])
        self.place.set_value(kept if kept in found else found[0])
        if given is not None and not self._touched:
            self.place.set_value(replace(given, every=1))

    def _placed(self, pattern: Pattern) -> str:
        return self.tr("on {day}").replace("{day}", place_in_month(pattern))

    # what is shown

    def _show(self) -> None:
        how = self.how.value() or ONCE
        repeats, by_rule = how != ONCE, how in (*Unit, AFTER)
        self._offer_places()
        self.every.setVisible(by_rule)
        self.every.set_unit(self._unit_words(how))
        self.place.setVisible(how == Unit.MONTH)
        self.weekdays.setVisible(how == Unit.WEEK)
        self._ends.setVisible(repeats)
        self.until.setVisible(self.end.value() == UNTIL)
        self.times.setVisible(self.end.value() == TIMES)
        self.sentence.setVisible(repeats)
        self.coming.setVisible(repeats)
        if repeats:
            self._say()

    def _say(self) -> None:
        value, today = self.value(), self._today()
        said = repeat_sentence(value, self._start, today)
        self.sentence.setText(self.tr("Comes {sentence}").replace("{sentence}", said))
        days = self._coming()
        if value.rule:
            words = self.tr(", ").join(agenda_day(day) for day in days)
            self.coming.setText(self.tr("The next: {days}").replace("{days}", words) if days else "")
        else:
            self.coming.setText(self.tr("The first: {day}").replace("{day}", agenda_day(self._start)))

    def _coming(self) -> list[date]:
        try:
            return followups.next_days(self.value(), self._start)
        except RuleUnreadable:
            return []

    def _unit_words(self, how: str) -> str:
        count = self.every.value() or 1
        return {
            Unit.DAY: self.tr("day(s)", "", count),
            Unit.WEEK: self.tr("week(s)", "", count),
            Unit.MONTH: self.tr("month(s)", "", count),
            Unit.YEAR: self.tr("year(s)", "", count),
            AFTER: self.tr("day(s) later", "", count),
        }.get(how, "")

    def _on_touched(self, _value: object) -> None:
        self._touched = True
        self.set_error("")
        self._show()
        self.changed.emit(self.value())

    def _on_how(self, how: object) -> None:
        """A week begins with the weekday of the day chosen; 30 days is what "after it is done" usually means."""
        if how == AFTER and self.every.value() in (None, 1):
            self.every.set_value("30")
        elif how in tuple(Unit) and self._given.after_done is None and self.every.value() in (None, 30):
            self.every.set_value("1")
        self._show()
