"""The days a Chinese calendar marks: festivals by the moon and by the sun, the 24 solar terms, the lunar day."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from app.domain.birthdays import to_lunar
from app.domain.lunar_years import lunar_year


class Festival(StrEnum):
    NEW_YEARS_EVE_LUNAR = "new_years_eve_lunar"
    SPRING_FESTIVAL = "spring_festival"
    LANTERN = "lantern"
    DRAGON_HEAD = "dragon_head"
    QINGMING = "qingming"
    DRAGON_BOAT = "dragon_boat"
    QIXI = "qixi"
    GHOST = "ghost"
    MID_AUTUMN = "mid_autumn"
    DOUBLE_NINTH = "double_ninth"
    WINTER_SOLSTICE = "winter_solstice"
    LABA = "laba"
    NEW_YEAR = "new_year"
    VALENTINE = "valentine"
    WOMEN = "women"
    LABOUR = "labour"
    MOTHER = "mother"
    CHILDREN = "children"
    FATHER = "father"
    TEACHER = "teacher"
    NATIONAL = "national"
    SINGLES = "singles"
    THANKSGIVING = "thanksgiving"
    CHRISTMAS = "christmas"


_LUNAR = {
    (1, 1): Festival.SPRING_FESTIVAL,
    (1, 15): Festival.LANTERN,
    (2, 2): Festival.DRAGON_HEAD,
    (5, 5): Festival.DRAGON_BOAT,
    (7, 7): Festival.QIXI,
    (7, 15): Festival.GHOST,
    (8, 15): Festival.MID_AUTUMN,
    (9, 9): Festival.DOUBLE_NINTH,
    (12, 8): Festival.LABA,
}
_SOLAR = {
    (1, 1): Festival.NEW_YEAR,
    (2, 14): Festival.VALENTINE,
    (3, 8): Festival.WOMEN,
    (5, 1): Festival.LABOUR,
    (6, 1): Festival.CHILDREN,
    (9, 10): Festival.TEACHER,
    (10, 1): Festival.NATIONAL,
    (11, 11): Festival.SINGLES,
    (12, 25): Festival.CHRISTMAS,
}
_NTH_WEEKDAYS = {
    (5, 6, 2): Festival.MOTHER,
    (6, 6, 3): Festival.FATHER,
    (11, 3, 4): Festival.THANKSGIVING,
}
"""(month, weekday with Monday 0, which of them): the second Sunday of May and its like."""
QINGMING, WINTER_SOLSTICE = 7, 0
_TERM_FESTIVALS = {QINGMING: Festival.QINGMING, WINTER_SOLSTICE: Festival.WINTER_SOLSTICE}


@dataclass(frozen=True, slots=True)
class DayMarks:
    """What a day is called: its festivals (the moon's first), the solar term that begins on it, its lunar day."""

    festivals: tuple[Festival, ...]
    term: int | None
    """0 is the winter solstice, 23 Major Snow; None on most days."""
    month: int
    day: int
    leap: bool


@lru_cache(maxsize=4096)
def day_marks(day: date) -> DayMarks:
    """The marks of a solar day from 1900 to 2099."""
    term = lunar_year(day.year).terms.get(day)
    _, month, number, leap = to_lunar(day)
    return DayMarks(tuple(_festivals(day, term)), term, month, number, leap)


def _festivals(day: date, term: int | None) -> list[Festival]:
    _, month, number, leap = to_lunar(day)
    _, next_month, next_number, _ = to_lunar(day + timedelta(days=1))
    last_of_year = (next_month, next_number) == (1, 1)
    found = (
        Festival.NEW_YEARS_EVE_LUNAR if last_of_year else None,
        None if leap else _LUNAR.get((month, number)),
        _TERM_FESTIVALS.get(-1 if term is None else term),
        _SOLAR.get((day.month, day.day)),
        _NTH_WEEKDAYS.get((day.month, day.weekday(), (day.day - 1) // 7 + 1)),
    )
    return [festival for festival in found if festival]
