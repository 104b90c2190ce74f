"""Days in a vCard: with or without a year, by the sun or by the moon, as the several phones write them."""

import re
from datetime import UTC, datetime, timedelta

from app.domain.birthdays import Birthday, NoSuchBirthday
from app.formats.birthday_in import parse_birthday
from app.formats.values import Refused

_SOLAR = re.compile(r"(?:(\d{4})-?|--)(\d{2})-?(\d{2})(?:[T ].*)?\Z", re.DOTALL)
_CHINESE = re.compile(r"(\d{4}|-)(\d{4}|-)(\d{2})(L?)(\d{2})\Z")
_MOMENT = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2}):?(\d{2})?(?:[.,]\d+)?(Z|[+-]\d{2}:?(?:\d{2})?)?)?\Z"
)
# What an iPhone writes for the year that was not given.
OMITTED_YEAR = 1604
# Years of the sixty-year cycles as calendars on phones count them: 1984 is the first year of the 78th.
_BEFORE_FIRST = 2637
_LUNAR_HEAD = re.compile(r"(?i)^(?:农历|農曆|阴历|陰曆|lunar)\s*")
_LUNAR_WORDS = ("农历", "農曆", "阴历", "陰曆", "lunar")


def says_lunar(label: str) -> bool:
    """Does the label of a date say that it goes by the moon?"""
    word = label.casefold()
    return any(one in word for one in _LUNAR_WORDS)


def lunar_label(label: str) -> str:
    """What a day by the moon is called besides: 农历结婚 is 结婚; "" for the birthday of the card itself."""
    bare = _LUNAR_HEAD.sub("", label.strip().removesuffix("（闰月）").removesuffix("(闰月)"))
    return "" if bare.strip(" ()（）:：").casefold() in ("", "生日", "birthday", "bday") else bare.strip()


def solar(text: str, omitted: str = "") -> Birthday | None:
    """1996-04-15, 19960415, --0203, with a time or not; None for a day without month and what is no date.

    `omitted` is the year that stands for none (X-APPLE-OMIT-YEAR).
    """
    value = text.strip()
    found = _SOLAR.match(value)
    if not found:
        return _otherwise(value, lunar=False)
    year = int(found[1] or 0)
    # 0000 and 0001 are no year either.
    given = None if year in (0, 1, OMITTED_YEAR) or found[1] == omitted else year
    return _made(given, int(found[2]), int(found[3]))


def lunar(text: str) -> Birthday | None:
    """A day by the moon: cycle, year of the cycle, month, L for a leap month, day; or any way a person writes one."""
    value = text.strip()
    found = _CHINESE.match(value.upper())
    if not found:
        return _otherwise(value, lunar=True)
    year = None
    if found[1] != "-" and found[2] != "-" and 1 <= int(found[2]) <= 60:
        year = 60 * (int(found[1]) - 1) + int(found[2]) - _BEFORE_FIRST
    return _made(year if year and year > 0 else None, int(found[3]), int(found[5]), lunar=True, leap=bool(found[4]))


def solar_text(day: Birthday, *, dashes: bool = True, year_for_none: int | None = None) -> str:
    """1996-04-15; without a year --04-15, or that year in its place."""
    year = day.year if day.year is not None else year_for_none
    dash = "-" if dashes else ""
    head = "--" if year is None else f"{year:04}{dash}"
    return f"{head}{day.month:02}{dash}{day.day:02}"


def lunar_text(day: Birthday) -> str:
    """As an iPhone writes a Chinese date: 007800020815; --0815 without a year, 05L15 in a leap month."""
    head = "--"
    if day.year is not None:
        cycles, rest = divmod(day.year + _BEFORE_FIRST, 60)
        head = f"{cycles + (rest > 0):04}{rest or 60:04}"
    return f"{head}{day.month:02}{'L' if day.leap else ''}{day.day:02}"


def moment(text: str) -> datetime | None:
    """When a card was last changed, in UTC; a time without a zone counts as UTC. None for anything else."""
    found = _MOMENT.match(text.strip())
    if not found:
        return None
    numbers = [int(part or 0) for part in found.groups()[:6]]
    try:
        return datetime(*numbers, tzinfo=UTC) - _offset(found[7] or "Z")  # type: ignore[misc,arg-type]
    except (ValueError, OverflowError):
        return None


def _offset(zone: str) -> timedelta:
    if zone == "Z":
        return timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -size if zone[0] == "-" else size


def _otherwise(value: str, lunar: bool) -> Birthday | None:
    try:
        return parse_birthday(value, lunar=lunar)
    except Refused:
        return None


def _made(year: int | None, month: int, day: int, lunar: bool = False, leap: bool = False) -> Birthday | None:
    try:
        return Birthday(month, day, year, lunar, leap)
    except NoSuchBirthday:
        return None
