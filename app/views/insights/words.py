"""How the insight screen writes months, shares, money and tiers."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from app.domain.money import currency, divide_half_up
from app.domain.segments.rates import Rate
from app.services.insights import Period, Span
from app.services.loyalty import TierRow
from app.views.shared.desk import Desk
from app.views.shared.people_words import tier_name


def month(day: date) -> str:
    """ "Nov", "11月"."""
    return QLocale().standaloneMonthName(day.month, QLocale.FormatType.ShortFormat)


def month_and_year(day: date) -> str:
    """ "Nov 2026", "2026年11月"."""
    words = QCoreApplication.translate("Insights", "{month} {year}")
    return words.format(month=month(day), year=day.year)


def month_ticks(days: list[date]) -> list[str]:
    """Short months; the first, and each January, with its year beneath."""
    return [
        f"{month(day)}\n{day.year}" if place == 0 or day.month == 1 else month(day) for place, day in enumerate(days)
    ]


def share(part: float | None) -> str:
    """A share in whole per cent; a dash where there is nobody to count."""
    return "—" if part is None else f"{part:.0%}"


def counts(rate: Rate) -> str:
    """The counts behind a rate, and how far it can be trusted when they are few."""
    words = QCoreApplication.translate("Insights", "{hits} of {of}").format(hits=number(rate.hits), of=number(rate.of))
    if rate.interval is None:
        return words
    low, high = rate.interval
    return f"{words} · {low * 100:.0f}–{high * 100:.0f}%"


def number(count: float) -> str:
    """A count, grouped as the language does."""
    return QLocale().toString(round(count))


def money(desk: Desk, minor: float) -> str:
    """An amount in whole units: nobody reads the cents of a month."""
    unit = 10 ** currency(desk.settings.currency).digits
    return desk.money(divide_half_up(round(minor), unit) * unit, drop_zeros=True)


def bare_money(desk: Desk, minor: float) -> str:
    """The same without the sign, for an axis."""
    return number(minor / 10 ** currency(desk.settings.currency).digits)


def tier(row: TierRow) -> str:
    """The shop's own word for a tier, or the shipped one."""
    return tier_name(row.mark())


def period(kind: Period, days: Span) -> str:
    """Which month, quarter or year."""
    first = days.first
    if kind is Period.YEAR:
        return QCoreApplication.translate("Insights", "{year}").format(year=first.year)
    if kind is Period.QUARTER:
        quarter = (first.month + 2) // 3
        return QCoreApplication.translate("Insights", "Q{quarter} {year}").format(quarter=quarter, year=first.year)
    return month_and_year(first)


def signed(change: float, form: str) -> str:
    """A change with its sign, the minus as long as the plus."""
    return f"{change:{form}}".replace("-", "\u2212")
