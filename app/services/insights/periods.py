"""The spans of days that figures are compared over: this month, quarter or year so far, and the same days before."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.months import months_before


class Period(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}[self]


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


def spans(period: Period, as_of: date, count: int) -> list[Span]:
    """The period so far, and the same days of the periods before it: `count` in all, oldest first."""
    first_month = (as_of.month - 1) // period.months * period.months + 1
    first = as_of.replace(month=first_month, day=1)
    back = range((count - 1) * period.months, -1, -period.months)
    return [Span(months_before(first, months), months_before(as_of, months)) for months in back]
