"""Read dates and times: the order of day and month is decided for a whole column, then each cell is read by it."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from app.domain.text import clean, half_width
from app.formats.tables import Cell
from app.formats.values import Refused

_SEP = r"[-/.\s]"
_YEAR_FIRST = re.compile(rf"(\d{{4}})\s*(?:{_SEP}\s*|年\s*)(\d{{1,2}})\s*(?:{_SEP}\s*|月\s*)(\d{{1,2}})日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_SHORT_YEAR_FIRST = re.compile(r"(\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT_MOMENT = re.compile(r"(\d{8})(\d{2})(\d{2})(\d{2})?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.\s])\s*(\d{1,2})[-/.\s]\s*(\d{4}|\d{2})")
_MONTH_WORD = re.compile(r"(\d{1,2})[\s-]+([a-z]{3,9})\.?[\s,-]+(\d{4}|\d{2})|([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")
_MONTHS = {m: i for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # noqa: SIM905
_TIME = re.compile(
    r"(?P<before>上午|下午|早上|晚上|中午|凌晨|am|pm)?\s*(?P<h>\d{1,2})\s*[:时点h]\s*(?:(?P<m>\d{1,2})\s*分?)?"
    r"(?:\s*[:.]?\s*(?P<s>\d{1,2})\s*秒?(?:[.,](?P<f>\d{1,9}))?)?\s*(?P<after>[ap]\.?m\.?)?"
)
_WEEKDAY = re.compile(r"[(（]?(?:星期|周|週)[一二三四五六日天][)）]?|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s", re.I)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_EPOCH = datetime(1899, 12, 30)
# A bare number of five digits in a column of dates is a spreadsheet's count of days: 1927-05-18 to 2119-01-05.
_SERIALS = range(10_000, 80_000)
_PIVOT = 69


class DateOrder(StrEnum):
    """How a column writes its dates where the year does not come first."""

    YMD = "ymd"
    DMY = "dmy"
    MDY = "mdy"
    AMBIGUOUS = "ambiguous"


def decide_date_order(samples: Iterable[Cell]) -> DateOrder:
    """Look at a whole column: one day above 12 decides for all; dots mean day first; no proof is AMBIGUOUS.

    YMD when every date begins with its year or is a real date. A column that proves both orders is AMBIGUOUS.
    """
    first = second = dotted = doubtful = False
    for text in {cell for cell in samples if isinstance(cell, str)}:
        found = _YEAR_LAST.match(half_width(text).strip()) if not _year_first(text) else None
        if found:
            if int(found[1]) > 31:  # 85-03-02: a short year
                return DateOrder.YMD
            doubtful = True
            first = first or int(found[1]) > 12
            second = second or int(found[3]) > 12
            dotted = dotted or found[2] == "."
    if not doubtful:
        return DateOrder.YMD
    if first and second:
        return DateOrder.AMBIGUOUS
    if first or (dotted and not second):
        return DateOrder.DMY
    return DateOrder.MDY if second else DateOrder.AMBIGUOUS


def _year_first(text: str) -> bool:
    return bool(_YEAR_FIRST.match(half_width(text).strip()))


def parse_moment(cell: Cell, order: DateOrder | str = DateOrder.YMD) -> datetime | date | None:
    """A datetime when the cell holds a time of day, a plain date when it does not, None when it is empty.

    Naive unless the cell carries an offset. Two-digit years: 69–99 are 1969–1999, 00–68 are 2000–2068.
    Raises Refused (not_a_date, no_such_date, not_a_time, date_order_unknown).
    """
    if isinstance(cell, str):
        if cell[4:5] == "-" and cell[7:8] == "-" and len(cell) > 9:
            try:
                moment = datetime.fromisoformat(cell)
            except ValueError:
                return _parse(cell, str(order))
            return moment if len(cell) > 10 else moment.date()
        return _parse(cell, str(order))
    if cell is None or (isinstance(cell, datetime | date) and not isinstance(cell, bool)):
        return cell
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return _number(cell)
    raise Refused("not_a_date", cell)


def parse_date(cell: Cell, order: DateOrder | str = DateOrder.YMD) -> date | None:
    """The day of a cell, a time of day left out. Raises Refused."""
    found = parse_moment(cell, order)
    return found.date() if isinstance(found, datetime) else found


def parse_time(cell: Cell) -> time | None:
    """A time of day from its own column: 8:26, 08:26:00, 下午3:05, 8时26分, 0.3514 of a day. Raises Refused."""
    if isinstance(cell, time):
        return cell
    if isinstance(cell, datetime):
        return cell.time()
    if (isinstance(cell, float | Decimal) and 0 <= cell < 1) or cell == 0:
        return (_EPOCH + timedelta(seconds=round(float(str(cell)) * 86_400))).time()
    if not isinstance(cell, str):
        if cell is None:
            return None
        raise Refused("not_a_time", cell)
    text = half_width(clean(cell)).strip().casefold()
    return _time(text, cell) if text else None


@lru_cache(maxsize=65_536)
def _parse(cell: str, order: str) -> datetime | date | None:
    text = half_width(clean(cell)).lstrip("'").strip().casefold()
    if not text:
        return None
    text = _WEEKDAY.sub(" ", text).strip()
    if _SERIAL.fullmatch(text):
        return _number(Decimal(text))
    compact = _COMPACT_MOMENT.fullmatch(text)
    if compact:
        text = f"{compact[1]} {compact[2]}:{compact[3]}:{compact[4] or '00'}"
    day, rest = _day(text, order, cell)
    rest = rest.strip().lstrip("t,").strip()
    if rest:
        return _combined(day, rest, cell)
    return day


def _combined(day: date, rest: str, cell: str) -> datetime:
    try:  # with an offset, or "z"
        exact = time.fromisoformat(rest.upper())
    except ValueError:
        exact = _time(rest, cell)
    return datetime.combine(day, exact)


def _day(text: str, order: str, cell: str) -> tuple[date, str]:
    """The date a text begins with, and what follows it."""
    found = _YEAR_FIRST.match(text) or _COMPACT.match(text)
    if found:
        return _date(int(found[1]), int(found[2]), int(found[3]), cell), text[found.end() :]
    found = _SHORT_YEAR_FIRST.match(text) if order == DateOrder.YMD else None
    if found:
        return _date(_full_year(found[1]), int(found[2]), int(found[3]), cell), text[found.end() :]
    found = _YEAR_LAST.match(text)
    if found:
        one, two, year = int(found[1]), int(found[3]), _full_year(found[4])
        month, day = _month_and_day(one, two, order, cell)
        return _date(year, month, day, cell), text[found.end() :]
    found = _MONTH_WORD.match(text)
    if found:
        word, day, year = found[2] or found[4], int(found[1] or found[5]), _full_year(found[3] or found[6])
        if word[:3] in _MONTHS:
            return _date(year, _MONTHS[word[:3]], day, cell), text[found.end() :]
    raise Refused("not_a_date", cell)


def _month_and_day(one: int, two: int, order: str, cell: str) -> tuple[int, int]:
    if order == DateOrder.DMY:
        return two, one
    if order == DateOrder.MDY:
        return one, two
    if one == two or one > 12 >= two:
        return two, one
    if two > 12 >= one:
        return one, two
    raise Refused("date_order_unknown", cell)


def _full_year(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (1900 if int(year) >= _PIVOT else 2000)


def _date(year: int, month: int, day: int, cell: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused("no_such_date", cell) from None


def _time(text: str, cell: str) -> time:
    found = _TIME.fullmatch(text)
    if not found:
        raise Refused("not_a_time", cell)
    hour, word = int(found["h"]), found["before"] or found["after"] or ""
    if word in ("下午", "晚上", "中午") or word.startswith("p"):
        hour += 12 if hour < 12 and not (word == "中午" and hour > 10) else 0
    elif word and hour == 12:
        hour = 0
    micros = int((found["f"] or "0").ljust(6, "0")[:6])
    try:
        return time(hour, int(found["m"] or 0), int(found["s"] or 0), micros)
    except ValueError:
        raise Refused("not_a_time", cell) from None


def _number(cell: int | float | Decimal) -> datetime | date:
    """A spreadsheet's serial (days since 1899-12-30), or 20101201."""
    if isinstance(cell, int) and 19_000_101 <= cell <= 99_991_231:
        return _date(cell // 10_000, cell // 100 % 100, cell % 100, str(cell))
    if not 0 <= cell < 1e9 or int(cell) not in _SERIALS:
        raise Refused("not_a_date", cell)
    moment = _EPOCH + timedelta(days=int(cell), seconds=round(float(cell % 1) * 86_400))
    return moment if cell % 1 else moment.date()
