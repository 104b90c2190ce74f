"""How a day is written: near ones by their names, others by date, with the year when it is not this year's."""

from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale


def long_day(day: date, today: date) -> str:
    """A day in full, for headings: "Monday 23 November", "11月23日 星期一"."""
    if day.year == today.year:
        return _write(day, QCoreApplication.translate("Days", "dddd d MMMM"))
    return _write(day, QCoreApplication.translate("Days", "dddd d MMMM yyyy"))


def agenda_day(day: date) -> str:
    """A day as the head of a narrow panel: "Mon 23 Nov", "11月23日 周一"."""
    return _write(day, QCoreApplication.translate("Days", "ddd d MMM"))


def short_day(day: date, today: date) -> str:
    """A date without its weekday: "30 Nov", "11月30日"."""
    if day.year == today.year:
        return _write(day, QCoreApplication.translate("Days", "d MMM"))
    return _write(day, QCoreApplication.translate("Days", "d MMM yyyy"))


def near_day(day: date, today: date) -> str:
    """Today, tomorrow, yesterday, a weekday of the next six days, else the date."""
    if day == today:
        return QCoreApplication.translate("Days", "today")
    if day == today + timedelta(days=1):
        return QCoreApplication.translate("Days", "tomorrow")
    if day == today - timedelta(days=1):
        return QCoreApplication.translate("Days", "yesterday")
    if 0 < (day - today).days < 7:
        return weekday(day)
    return short_day(day, today)


def weekday(day: date) -> str:
    """The short name of a weekday: "Mon", "周一"."""
    return QLocale().dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)


def month_title(day: date) -> str:
    """A month: "November 2026", "2026年11月"."""
    return _write(day, QCoreApplication.translate("Days", "MMMM yyyy"))


def week_title(first: date, last: date) -> str:
    """A week: "23–29 November 2026", "2026年11月23–29日"; with both months where it lies in two."""
    if first.month != last.month:
        return f"{short_day(first, last)}–{_write(last, QCoreApplication.translate('Days', 'd MMM yyyy'))}"
    said = QCoreApplication.translate("Days", "{first}–{last} {month}").replace("{month}", month_title(first))
    return said.replace("{first}", str(first.day)).replace("{last}", str(last.day))


def _write(day: date, pattern: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)
