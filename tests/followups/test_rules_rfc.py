"""Every list of dates printed in RFC 5545, section 3.8.5.3, typed in from there."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from app.domain.recurrence import RuleUnreadable, days_of, moments_of, read_rule

NEW_YORK = ZoneInfo("America/New_York")
FAR = timedelta(days=366 * 60)


def on(said: str) -> list[date]:
    """Dates as the RFC prints them: "1997-9: 2-11; 10: 1,3" goes on in the same year until another is named."""
    found: list[date] = []
    year = 0
    for part in said.split(";"):
        head, _, tail = part.partition(":")
        month = head.strip()
        if "-" in month:
            year, month = int(month.split("-")[0]), month.split("-")[1]
        for piece in tail.split(","):
            first, _, last = piece.strip().partition("-")
            found += [date(year, int(month), day) for day in range(int(first), int(last or first) + 1)]
    return found


def step(first: date, last: date, days: int) -> list[date]:
    return list(_steps(first, last, days))


def _steps(day: date, last: date, days: int) -> Iterator[date]:
    while day <= last:
        yield day
        day += timedelta(days=days)


JANUARIES = on("1998-1: 1-31") + on("1999-1: 1-31") + on("2000-1: 1-31")
MWF = on("1997-9: 1,3,5,15,17,19,29; 10: 1,3,13,15,17,27,29,31; 11: 10,12,14,24,26,28; 12: 8,10,12,22")
FRIDAYS = on("1997-9: 5; 10: 3; 11: 7; 12: 5")
THURSDAYS = (
    "1997-6: 5,12,19,26; 7: 3,10,17,24,31; 8: 7,14,21,28; 1998-6: 4,11,18,25; 7: 2,9,16,23,30; 8: 6,13,20,27;"
    "1999-6: 3,10,17,24; 7: 1,8,15,22,29; 8: 5,12,19,26"
)
JUNE_JULY = "; ".join(f"{year}-6: 10; 7: 10" for year in range(1997, 2002))
TUESDAYS = "1997-9: 2,9,16,23,30; 11: 4,11,18,25; 1998-1: 6,13,20,27; 3: 3,10,17,24,31"

FINITE: list[tuple[str, str, list[date]]] = [
    ("19970902", "FREQ=DAILY;COUNT=10", on("1997-9: 2-11")),
    ("19970902", "FREQ=DAILY;UNTIL=19971224T000000Z", on("1997-9: 2-30; 10: 1-31; 11: 1-30; 12: 1-23")),
    ("19970902", "FREQ=DAILY;INTERVAL=10;COUNT=5", on("1997-9: 2,12,22; 10: 2,12")),
    ("19980101", "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", JANUARIES),
    ("19980101", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", JANUARIES),
    ("19970902", "FREQ=WEEKLY;COUNT=10", on("1997-9: 2,9,16,23,30; 10: 7,14,21,28; 11: 4")),
    (
        "19970902",
        "FREQ=WEEKLY;UNTIL=19971224T000000Z",
        on("1997-9: 2,9,16,23,30; 10: 7,14,21,28; 11: 4,11,18,25; 12: 2,9,16,23"),
    ),
    (
        "19970902",
        "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
        on("1997-9: 2,4,9,11,16,18,23,25,30; 10: 2"),
    ),
    ("19970902", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", on("1997-9: 2,4,9,11,16,18,23,25,30; 10: 2")),
    ("19970901", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR", MWF),
    ("19970902", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", on("1997-9: 2,4,16,18,30; 10: 2,14,16")),
    ("19970905", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", FRIDAYS + on("1998-1: 2; 2: 6; 3: 6; 4: 3; 5: 1; 6: 5")),
    ("19970905", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", FRIDAYS),
    (
        "19970907",
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        on("1997-9: 7,28; 11: 2,30; 1998-1: 4,25; 3: 1,29; 5: 3,31"),
    ),
    ("19970922", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", on("1997-9: 22; 10: 20; 11: 17; 12: 22; 1998-1: 19; 2: 16")),
    (
        "19970902",
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
        on("1997-9: 2,15; 10: 2,15; 11: 2,15; 12: 2,15; 1998-1: 2,15"),
    ),
    (
        "19970930",
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
        on("1997-9: 30; 10: 1,31; 11: 1,30; 12: 1,31; 1998-1: 1,31; 2: 1"),
    ),
    (
        "19970910",
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        on("1997-9: 10-15; 1999-3: 10-13"),
    ),
    ("19970610", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", on(JUNE_JULY)),
    (
        "19970310",
        "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
        on("1997-3: 10; 1999-1: 10; 2: 10; 3: 10; 2001-1: 10; 2: 10; 3: 10; 2003-1: 10; 2: 10; 3: 10"),
    ),
    (
        "19970101",
        "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
        on("1997-1: 1; 4: 10; 7: 19; 2000-1: 1; 4: 9; 7: 18; 2003-1: 1; 4: 10; 7: 19; 2006-1: 1"),
    ),
    ("19970904", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", on("1997-9: 4; 10: 7; 11: 6")),
    ("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", on("1997-8: 5,10,19,24")),
    ("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", on("1997-8: 5,17,19,31")),
    ("20070115", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", on("2007-1: 15,30; 2: 15; 3: 15,30")),
]
ENDLESS: list[tuple[str, str, list[date]]] = [
    ("19970902", "FREQ=DAILY;INTERVAL=2", step(date(1997, 9, 2), date(1997, 12, 3), 2)),
    (
        "19970902",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
        on("1997-9: 2,16,30; 10: 14,28; 11: 11,25; 12: 9,23; 1998-1: 6,20; 2: 3,17"),
    ),
    (
        "19970928",
        "FREQ=MONTHLY;BYMONTHDAY=-3",
        on("1997-9: 28; 10: 29; 11: 28; 12: 29; 1998-1: 29; 2: 26"),
    ),
    ("19970902", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", on(TUESDAYS)),
    ("19970519", "FREQ=YEARLY;BYDAY=20MO", on("1997-5: 19; 1998-5: 18; 1999-5: 17")),
    ("19970512", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", on("1997-5: 12; 1998-5: 11; 1999-5: 17")),
    (
        "19970313",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
        on("1997-3: 13,20,27; 1998-3: 5,12,19,26; 1999-3: 4,11,18,25"),
    ),
    ("19970605", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", on(THURSDAYS)),
    (
        "19970902",  # taken out by EXDATE there, and no Friday the 13th
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        on("1998-2: 13; 3: 13; 11: 13; 1999-8: 13; 2000-10: 13"),
    ),
    (
        "19970913",
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        on("1997-9: 13; 10: 11; 11: 8; 12: 13; 1998-1: 10; 2: 7; 3: 7; 4: 11; 5: 9; 6: 13"),
    ),
    (
        "19961105",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        on("1996-11: 5; 2000-11: 7; 2004-11: 2"),
    ),
    (
        "19970929",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        on("1997-9: 29; 10: 30; 11: 27; 12: 30; 1998-1: 29; 2: 26; 3: 30"),
    ),
]
TWENTIES = [f"{hour}:{minute:02}" for hour in range(9, 17) for minute in (0, 20, 40)]
WITHIN_A_DAY = [
    ("FREQ=MINUTELY;INTERVAL=15;COUNT=6", ["9:00", "9:15", "9:30", "9:45", "10:00", "10:15"]),
    ("FREQ=MINUTELY;INTERVAL=90;COUNT=4", ["9:00", "10:30", "12:00", "13:30"]),
    ("FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", TWENTIES),
    ("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", TWENTIES),
]


def nine(day: str) -> datetime:
    """All examples of the RFC begin at nine in New York."""
    return datetime.strptime(day, "%Y%m%d").replace(hour=9, tzinfo=NEW_YORK)


@pytest.mark.parametrize(("first", "rule", "expected"), FINITE, ids=lambda value: str(value)[:60])
def test_a_rule_that_ends_gives_the_days_printed_and_no_more(first: str, rule: str, expected: list[date]) -> None:
    start = nine(first)
    assert list(days_of(read_rule(rule, start), start.date(), start.date() + FAR)) == expected


@pytest.mark.parametrize(("first", "rule", "expected"), ENDLESS, ids=lambda value: str(value)[:60])
def test_a_rule_without_end_begins_with_the_days_printed(first: str, rule: str, expected: list[date]) -> None:
    start = nine(first)
    found = days_of(read_rule(rule, start), start.date(), start.date() + FAR)
    assert list(islice(found, len(expected))) == expected


@pytest.mark.parametrize(("rule", "expected"), WITHIN_A_DAY)
def test_what_comes_several_times_a_day_has_the_hours_printed_and_is_one_day_here(
    rule: str, expected: list[str]
) -> None:
    start = nine("19970902").replace(tzinfo=None)
    found = list(islice(moments_of(rule, start), len(expected)))
    assert [f"{moment.hour}:{moment.minute:02}" for moment in found] == expected
    assert {moment.date() for moment in found} == {start.date()}
    days = list(islice(days_of(read_rule(rule, start), start.date(), start.date() + FAR), 2))
    assert days == ([start.date()] if "COUNT" in rule else [start.date(), start.date() + timedelta(days=1)])


def test_every_three_hours_from_nine_to_five() -> None:
    """The RFC prints UNTIL=…T170000Z but the hours of five o'clock on the wall; they are read as printed."""
    rule, start = "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000", nine("19970902").replace(tzinfo=None)
    assert [moment.hour for moment in moments_of(rule, start)] == [9, 12, 15]
    assert list(days_of(read_rule(rule, start), start.date(), start.date() + FAR)) == [start.date()]


def test_until_is_a_moment_and_ends_before_a_later_hour() -> None:
    start = nine("19970902")
    for until, last in (("T125959Z", 3), ("T130000Z", 4), ("", 4)):
        days = days_of(read_rule(f"FREQ=DAILY;UNTIL=19970904{until}", start), start.date(), start.date() + FAR)
        assert [day.day for day in days] == list(range(2, last + 1))


@pytest.mark.parametrize(
    "rule", ["", "FREQ=NEVER", "FREQ=DAILY;COUNT=x", "FREQ=DAILY;UNTIL=soon", "FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2"]
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(RuleUnreadable):
        read_rule(rule, date(2026, 1, 1))
