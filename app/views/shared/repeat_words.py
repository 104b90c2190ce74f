"""How something that comes again is spoken of: the sentence beside its rule, for people."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.domain.recurrence import LAST, Pattern, Repeat, Unit, pattern_of
from app.views.shared.day_words import short_day

_SHORTEST = 28


def repeat_sentence(repeat: Repeat, first: date, today: date) -> str:
    """How it comes again and when it ends: "every month on the 31st (or the last day), 12 times"."""
    said = _comes(repeat, first)
    if repeat.until is not None:
        ends = QCoreApplication.translate("RepeatWords", "{sentence}, until {day}")
        said = ends.replace("{sentence}", said).replace("{day}", short_day(repeat.until, today))
    times = repeat.times
    if times is not None:
        ends = QCoreApplication.translate("RepeatWords", "{sentence}, %n time(s)", "", times)
        said = ends.replace("{sentence}", said)
    return said


def _comes(repeat: Repeat, first: date) -> str:
    days = repeat.after_done
    if days is not None:
        return QCoreApplication.translate("RepeatWords", "%n day(s) after it is done", "", days)
    pattern = pattern_of(repeat.rule, first)
    if pattern is None:
        said = QCoreApplication.translate("RepeatWords", "by a rule of another program: {rule}")
        return said.replace("{rule}", repeat.rule)
    return {Unit.DAY: _daily, Unit.WEEK: _weekly, Unit.MONTH: _monthly, Unit.YEAR: _yearly}[pattern.unit](pattern)


def _daily(pattern: Pattern) -> str:
    every = pattern.every
    if every == 1:
        return QCoreApplication.translate("RepeatWords", "every day")
    return QCoreApplication.translate("RepeatWords", "every %n day(s)", "", every)


def _weekly(pattern: Pattern) -> str:
    every = pattern.every
    if every == 1:
        said = QCoreApplication.translate("RepeatWords", "every week on {days}")
    else:
        said = QCoreApplication.translate("RepeatWords", "every %n week(s) on {days}", "", every)
    return said.replace("{days}", _listed([weekday_name(day) for day in pattern.weekdays]))


def _monthly(pattern: Pattern) -> str:
    every = pattern.every
    if every == 1:
        said = QCoreApplication.translate("RepeatWords", "every month on {day}")
    else:
        said = QCoreApplication.translate("RepeatWords", "every %n month(s) on {day}", "", every)
    return said.replace("{day}", place_in_month(pattern))


def _yearly(pattern: Pattern) -> str:
    assert pattern.month is not None and pattern.day is not None
    every = pattern.every
    if every == 1:
        said = QCoreApplication.translate("RepeatWords", "every year on {day}")
    else:
        said = QCoreApplication.translate("RepeatWords", "every %n year(s) on {day}", "", every)
    if (pattern.month, pattern.day) == (2, LAST):
        return said.replace("{day}", QCoreApplication.translate("RepeatWords", "the last day of February"))
    said = said.replace("{day}", _day_of_year(pattern.month, pattern.day))
    if (pattern.month, pattern.day) == (2, 29):
        return said + QCoreApplication.translate("RepeatWords", " (the 28th in common years)")
    return said


def _day_of_year(month: int, day: int) -> str:
    """A day without its year: "29 February"."""
    last = QDate(2024, month, 1).daysInMonth()
    shown = QDate(2024, month, last if day == LAST else day)
    return QLocale().toString(shown, QCoreApplication.translate("RepeatWords", "d MMMM"))


def place_in_month(pattern: Pattern) -> str:
    """Which day of a month: "the 31st (or the last day)", "the last day", "the second Tuesday"."""
    if pattern.nth is not None:
        return nth_weekday(pattern.nth, pattern.weekdays[0])
    if pattern.day == LAST:
        return QCoreApplication.translate("RepeatWords", "the last day")
    assert pattern.day is not None
    said = QCoreApplication.translate("RepeatWords", "the {nth}").replace("{nth}", _ordinal(pattern.day))
    if pattern.day > _SHORTEST:
        return said + QCoreApplication.translate("RepeatWords", " (or the last day)")
    return said


def nth_weekday(nth: int, day: int) -> str:
    """A weekday of a month by its number: "the second Tuesday"."""
    said = {
        1: QCoreApplication.translate("RepeatWords", "the first {weekday}"),
        2: QCoreApplication.translate("RepeatWords", "the second {weekday}"),
        3: QCoreApplication.translate("RepeatWords", "the third {weekday}"),
        4: QCoreApplication.translate("RepeatWords", "the fourth {weekday}"),
        LAST: QCoreApplication.translate("RepeatWords", "the last {weekday}"),
    }[nth]
    return said.replace("{weekday}", weekday_name(day))


def weekday_name(day: int, *, short: bool = False) -> str:
    """A weekday by its number, Monday is 0."""
    width = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return QLocale().dayName(day + 1, width)


def _listed(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    said = QCoreApplication.translate("RepeatWords", "{days} and {last}")
    between = QCoreApplication.translate("RepeatWords", ", ")
    return said.replace("{days}", between.join(words[:-1])).replace("{last}", words[-1])


def _ordinal(day: int) -> str:
    """A day of the month as it is counted: 1st, 2nd, 3rd, 4th; 11日."""
    said = {
        1: QCoreApplication.translate("RepeatWords", "{n}st"),
        2: QCoreApplication.translate("RepeatWords", "{n}nd"),
        3: QCoreApplication.translate("RepeatWords", "{n}rd"),
    }.get(day % 10 if day not in (11, 12, 13) else 0, QCoreApplication.translate("RepeatWords", "{n}th"))
    return said.replace("{n}", str(day))
