"""The asserted values of two libraries' own tests: rules of calendars, and the moon."""

import ast
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from dateutil import rrule

from app.domain.birthdays import LUNAR_YEARS, Birthday, in_year, lunar_date, to_lunar
from app.domain.festivals import DayMarks, Festival, day_marks
from app.domain.recurrence import RuleUnreadable, days_of, moments_of, read_rule

pytestmark = pytest.mark.real_data
_FAR = datetime(2200, 1, 1)


def asserted(source: Path) -> Iterator[tuple[str, ast.expr, ast.expr]]:
    """Every `assertEqual(one, other)` of a file, with the name of its test."""
    for kind in ast.parse(source.read_text(encoding="utf-8")).body:
        for test in (node for node in ast.walk(kind) if isinstance(node, ast.FunctionDef)):
            for node in ast.walk(test):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("assertEqual"):
                    yield test.name, node.args[0], node.args[1]


def value(node: ast.expr) -> Any:
    names = {name: getattr(rrule, name) for name in rrule.__all__}
    return eval(ast.unparse(node), {**names, "datetime": datetime, "date": date})


def test_the_rules_of_dateutil_come_through_our_door(shared_data: Path) -> None:
    """Each `list(rrule(…)) == […]` of its tests, written as an RRULE and read by ours."""
    moments = days = 0
    for name, call, expected in asserted(shared_data / "rrule" / "dateutil_test_rrule.py.txt"):
        if not ast.unparse(call).startswith("list(rrule(") or any(
            word in ast.unparse(call) for word in ("byeaster", "long(")
        ):
            continue  # Easter is none of RFC 5545, and that kind of number none of this Python
        assert isinstance(call, ast.Call)
        made, dates = value(call.args[0]), value(expected)
        if not isinstance(made, rrule.rrule):
            continue  # a slice of one, or several together
        head, _, rule = str(made).rpartition("RRULE:")
        start = datetime.strptime(head.strip()[8:], "%Y%m%dT%H%M%S")
        assert list(islice(moments_of(rule, start), len(dates) + 1)) == dates, name
        moments += 1
        if rule.split(";")[0] in ("FREQ=YEARLY", "FREQ=MONTHLY", "FREQ=WEEKLY", "FREQ=DAILY") and dates:
            if "BYSETPOS" in rule and "," in rule.partition("BYHOUR=")[2].partition(";")[0]:
                with pytest.raises(RuleUnreadable):
                    read_rule(rule, start)
                continue
            repeat = read_rule(rule, start)
            found = list(islice(days_of(repeat, start.date(), _FAR.date()), 40))
            assert found == list(dict.fromkeys(moment.date() for moment in dates)), (name, rule)
            days += 1
    assert (moments, days) == (217, 124)


class Solar:
    """The library's name over our door: only what can be asked of `app.domain.birthdays`."""

    def __init__(self, day: date) -> None:
        self.day = day

    @classmethod
    def fromYmd(cls, year: int, month: int, day: int) -> "Solar":
        if year not in LUNAR_YEARS:
            raise AttributeError(year)
        return cls(date(year, month, day))

    @classmethod
    def fromYmdHms(cls, year: int, month: int, day: int, *_hour: int) -> "Solar":
        return cls.fromYmd(year, month, day)

    def getLunar(self) -> "Lunar":
        year, month, day, leap = to_lunar(self.day)
        return Lunar(year, -month if leap else month, day)

    def toString(self) -> str:
        return self.day.isoformat()

    def toYmd(self) -> str:
        return self.toString()


class Lunar:
    def __init__(self, year: int, month: int, day: int) -> None:
        self.year, self.month, self.day = year, month, day

    @classmethod
    def fromYmd(cls, year: int, month: int, day: int) -> "Lunar":
        if year not in LUNAR_YEARS:
            raise AttributeError(year)
        return cls(year, month, day)

    @classmethod
    def fromYmdHms(cls, year: int, month: int, day: int, *_hour: int) -> "Lunar":
        return cls.fromYmd(year, month, day)

    def getSolar(self) -> Solar:
        return Solar(in_year(Birthday(abs(self.month), self.day, lunar=True, leap=self.month < 0), self.year))

    def toString(self) -> str:
        digits = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(self.year))
        return f"{digits}年{lunar_date(abs(self.month), self.day, self.month < 0)}"

    def getDay(self) -> int:
        return self.day

    def getFestivals(self) -> list[str]:
        return [_NAMES[found] for found in self._marks().festivals if found in _NAMES]

    def getJieQi(self) -> str:
        term = self._marks().term
        return "" if term is None else _TERMS[term]

    def _marks(self) -> DayMarks:
        return day_marks(self.getSolar().day)


_NAMES = {Festival.NEW_YEARS_EVE_LUNAR: "除夕", Festival.SPRING_FESTIVAL: "春节", Festival.QIXI: "七夕节"}
_TERMS = [
    "冬至",
    "小寒",
    "大寒",
    "立春",
    "雨水",
    "惊蛰",
    "春分",
    "清明",
    "谷雨",
    "立夏",
    "小满",
    "芒种",
    "夏至",
    "小暑",
    "大暑",
    "立秋",
    "处暑",
    "白露",
    "秋分",
    "寒露",
    "霜降",
    "立冬",
    "小雪",
    "大雪",
]


def test_the_moon_of_lunar_python_is_ours(shared_data: Path) -> None:
    """Every assertion of its tests that our door can be asked: days of the moon to days of the sun, and back."""
    checked = 0
    for source in sorted((shared_data / "lunar").glob("*.txt")):
        for test in (
            n for n in ast.walk(ast.parse(source.read_text(encoding="utf-8"))) if isinstance(n, ast.FunctionDef)
        ):
            known: dict[str, Any] = {"Solar": Solar, "Lunar": Lunar}
            for line in test.body:
                try:
                    if isinstance(line, ast.Assign):
                        exec(ast.unparse(line), known)
                    elif isinstance(line, ast.Expr) and isinstance(line.value, ast.Call):
                        expected, asked = line.value.args[:2]
                        found = eval(ast.unparse(asked), known)
                        assert found == eval(ast.unparse(expected)), (source.name, test.name)
                        checked += 1
                except (AttributeError, NameError, TypeError):
                    continue  # asks for hours, animals or years outside 1900 to 2099
    assert checked == 28
