"""Read a birthday from a cell: by the sun or the moon, with or without a year."""

import re
from datetime import date, datetime

from app.domain.birthdays import Birthday, NoSuchBirthday
from app.domain.text import half_width
from app.formats.dates import DateOrder, parse_date
from app.formats.tables import Cell
from app.formats.values import Refused, text_of

_LUNAR = re.compile(
    r"农历|農曆|阴历|陰曆|旧历|舊曆|\blunar\b"
    r"|[(（]?(?:农|阴|農|陰)[)）]?(?=[\d正一二三四五六七八九十冬腊闰])"
)
_MONTH_DAY = re.compile(r"(?:-{2}|\s*)(\d{1,2})\s*(?:[-/.月]\s*)(\d{1,2})\s*[日号]?")
_CHINESE = re.compile(
    r"(?:(\d{4})年)?\s*([闰閏])?([正一二三四五六七八九十冬腊臘]{1,2})月"
    r"(初|廿|卅|三十|二十|十)?([一二三四五六七八九十])?[日号]?"
)
_LEAP = re.compile(r"闰|閏|\bleap\b")
_NUMBERS = {char: i for i, char in enumerate("一二三四五六七八九十", 1)} | {"正": 1, "冬": 11, "腊": 12, "臘": 12}
_TENS = {"初": 0, "十": 10, "廿": 20, "二十": 20, "卅": 30, "三十": 30}
# Spreadsheets and forms write 1900 or 1904 where no year was given.
_NO_YEAR = (1900, 1904)


def parse_birthday(cell: Cell, order: DateOrder | str = DateOrder.YMD, *, lunar: bool = False) -> Birthday | None:
    """1985-03-02, 19850302, 3月2日, --03-02, 农历八月十五, 农历1985-8-15, 闰四月初一; None for an empty cell.

    `lunar` says that the whole column is. A year of 1900 or 1904 counts as none.
    Raises Refused (not_a_birthday, no_such_date, date_order_unknown).
    """
    if isinstance(cell, datetime | date):
        return _from_parts(cell.year, cell.month, cell.day, lunar, False, cell)
    text = half_width(text_of(cell)).lstrip("'").strip().casefold()
    if not text or text in ("0000-00-00", "-", "/"):
        return None
    lunar = lunar or bool(_LUNAR.search(text)) or bool(_LEAP.search(text))
    bare = _LUNAR.sub("", text).strip(" ()（）:")
    chinese = _CHINESE.fullmatch(bare)
    if chinese:
        return _from_chinese(chinese, cell)
    leap = bool(_LEAP.search(bare))
    bare = _LEAP.sub("", bare).strip()
    short = _MONTH_DAY.fullmatch(bare)
    if short:
        one, two = int(short[1]), int(short[2])
        if order == DateOrder.DMY and "月" not in bare:
            one, two = two, one
        return _from_parts(None, one, two, lunar, leap, cell)
    return _with_year(bare, order, lunar, leap, cell)


def _with_year(bare: str, order: DateOrder | str, lunar: bool, leap: bool, cell: Cell) -> Birthday:
    parts = re.fullmatch(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})[日号]?", bare) if lunar else None
    if parts:  # lunar dates such as 30 February exist, so no solar calendar may judge them
        return _from_parts(int(parts[1]), int(parts[2]), int(parts[3]), lunar, leap, cell)
    try:
        found = parse_date(bare, order)
    except Refused as refusal:
        code = "not_a_birthday" if refusal.code in ("not_a_date", "not_a_time") else refusal.code
        raise Refused(code, cell) from None
    if found is None:
        raise Refused("not_a_birthday", cell)
    year = found.year - 100 if found.year > 2050 else found.year  # two digits: nobody is born in the future
    return _from_parts(year, found.month, found.day, lunar, leap, cell)


def _from_chinese(found: re.Match[str], cell: Cell) -> Birthday:
    month = _chinese_number(found[3])
    day = _TENS.get(found[4] or "初", 0) + (_NUMBERS[found[5]] if found[5] else 0)
    year = int(found[1]) if found[1] else None
    return _from_parts(year, month, day, True, bool(found[2]), cell)


def _chinese_number(text: str) -> int:
    return sum(_NUMBERS[char] for char in text)


def _from_parts(year: int | None, month: int, day: int, lunar: bool, leap: bool, cell: Cell) -> Birthday:
    try:
        return Birthday(month, day, None if year in _NO_YEAR else year, lunar, leap)
    except NoSuchBirthday:
        raise Refused("no_such_date", cell) from None
