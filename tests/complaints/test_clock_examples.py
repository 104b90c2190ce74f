"""Clocks worked out by hand, on paper and with a calendar; the reasoning stands beside each."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from app.domain.complaints import Clock, ComplaintState, StateChange, Term, clock
from app.domain.opening_hours import OpeningHours, parse_hours

OPEN, WAITING, RESOLVED, CLOSED = ComplaintState
SHANGHAI, BERLIN, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def shop(week: list[str], zone: ZoneInfo, *closed: str) -> OpeningHours:
    return OpeningHours(tuple(map(parse_hours, week)), zone, frozenset(map(date.fromisoformat, closed)))


DAILY = shop(["09:00-21:00"] * 7, SHANGHAI)
NATIONAL_DAY = shop(["09:00-21:00"] * 7, SHANGHAI, *(f"2026-10-0{day}" for day in range(1, 8)))
SIESTA = shop(["09:00-12:00 14:00-18:00"] * 5 + ["10:00-14:00", ""], BERLIN)
BAR = shop(["", "", "", "18:00-02:00", "18:00-04:00", "18:00-04:00", ""], NEW_YORK)
AROUND = shop(["00:00-00:00"] * 7, NEW_YORK)


class Example(NamedTuple):
    what: str
    hours: OpeningHours
    term: str
    events: str
    """Moments of the shop's own clock; o, w, r, c: open, waiting, resolved, closed."""
    now: str
    elapsed: str
    """Hours and minutes of opening time."""
    due: str | None
    late: bool


EXAMPLES = [
    # 2026-11-28 is a Saturday. 10:00 to 12:00 are two hours; four from ten o'clock end at two.
    Example("same day", DAILY, "4h", "o 11-28 10:00", "11-28 12:00", "2:00", "11-28 14:00", False),
    # 19:00–21:00 are two hours; the other two begin at nine in the morning.
    Example("over night", DAILY, "4h", "o 11-28 19:00", "11-28 23:30", "2:00", "11-29 11:00", False),
    # Logged before opening: nothing counts until nine.
    Example("before opening", DAILY, "4h", "o 11-28 06:00", "11-28 09:30", "0:30", "11-28 13:00", False),
    # One day is a day's twelve hours: six on Saturday from 15:00, six on Sunday until 15:00; at 16:00 one hour late.
    Example("a day, late", DAILY, "1d", "o 11-28 15:00", "11-29 16:00", "13:00", "11-29 15:00", True),
    # Exactly at the moment it is due a case is not late yet.
    Example("to the minute", DAILY, "1d", "o 11-28 15:00", "11-29 15:00", "12:00", "11-29 15:00", False),
    # One hour, then waiting until Monday noon; three of four hours are left: three o'clock.
    Example(
        "waited two days",
        DAILY,
        "4h",
        "o 11-28 10:00, w 11-28 11:00, o 11-30 12:00",
        "11-30 13:00",
        "2:00",
        "11-30 15:00",
        False,
    ),
    # Still waiting: one hour has counted, and nobody can say when it will be due.
    Example("waits", DAILY, "4h", "o 11-28 10:00, w 11-28 11:00", "12-05 12:00", "1:00", None, False),
    # Three hours used by 13:00, reopened two days later at 20:00: one hour is left, closing time.
    Example(
        "reopened",
        DAILY,
        "4h",
        "o 11-28 10:00, r 11-28 13:00, c 11-29 10:00, o 11-30 20:00",
        "11-30 20:30",
        "3:30",
        "11-30 21:00",
        False,
    ),
    # 30 September 18:00: three hours that day = a quarter of a day. Seven days' holiday. Two days and three quarters
    # from the 8th at nine: the 8th, the 9th, and nine of twelve hours of the 10th: 18:00.
    Example("a closed week", NATIONAL_DAY, "3d", "o 09-30 18:00", "10-05 12:00", "3:00", "10-10 18:00", False),
    # Logged in the holidays: the clock stands at nothing.
    Example("in the holidays", NATIONAL_DAY, "4h", "o 10-03 12:00", "10-07 20:00", "0:00", "10-08 13:00", False),
    # Friday 11:00 to 12:00 one hour, 14:00 to 17:00 three.
    Example("a long lunch", SIESTA, "4h", "o 11-27 11:00", "11-27 13:00", "1:00", "11-27 17:00", False),
    # Friday 17:00: one of seven hours, 1/7 of a day. Saturday's four hours are a whole day. Sunday is closed.
    # 2 − 1/7 − 1 = 6/7 of Monday's seven hours are six: 9–12 and 14–17.
    Example("over a weekend", SIESTA, "2d", "o 11-27 17:00", "11-28 20:00", "5:00", "11-30 17:00", False),
    # Clocks go forward on 29 March 2026 in Berlin, at night, while this shop is closed: nothing changes.
    # Saturday 13:00–14:00 one hour, Monday 9:00–12:00 three.
    Example("spring, closed", SIESTA, "4h", "o 03-28 13:00", "03-30 10:00", "2:00", "03-30 12:00", False),
    # Clocks go forward on 8 March 2026 in New York: Saturday's night from 18:00 to 04:00 is nine hours, not ten.
    # Five from 23:00: 23, 0, 1, (2 is skipped) 3; only four are left, the fifth is on Thursday at six.
    Example("spring, a night", BAR, "5h", "o 03-07 23:00", "03-08 12:00", "4:00", "03-12 19:00", False),
    # Clocks go back on 1 November 2026: one o'clock comes twice. Open around the clock, 24 hours from Saturday
    # 12:00 end on Sunday at 11:00 of the wall clock.
    Example("autumn, all day", AROUND, "24h", "o 10-31 12:00", "11-01 12:00", "25:00", "11-01 11:00", True),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.what)
def test_the_clock_says_what_was_worked_out_by_hand(example: Example) -> None:
    events = [_change(words, example.hours.zone) for words in example.events.split(", ")]
    found = clock(events, Term.parse(example.term), example.hours, _moment(example.now, example.hours.zone))
    hours, minutes = example.elapsed.split(":")
    due = None if example.due is None else _moment(example.due, example.hours.zone)
    running = events[-1].state is OPEN
    assert found == Clock(timedelta(hours=int(hours), minutes=int(minutes)), running, due, example.late)


def _moment(words: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(f"2026-{words}").replace(tzinfo=zone)


def _change(words: str, zone: ZoneInfo) -> StateChange:
    sign, moment = words.split(" ", 1)
    states = {"o": OPEN, "w": WAITING, "r": RESOLVED, "c": CLOSED}
    return StateChange(_moment(moment, zone), states[sign])
