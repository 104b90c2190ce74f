"""Series leave as rules with their exceptions and come back as they were; calendars of other programs come in."""

import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.bootstrap import open_shop
from app.domain.followups import FollowUpKind
from app.domain.recurrence import Repeat, Scope
from app.services import followups
from app.services.followups import FollowUpDraft
from app.services.transfer import export_table, hand_over, undo_batch
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import NOW, asked, bring, counts, written

TODAY = date(2026, 11, 23)
SHANGHAI = ZoneInfo("Asia/Shanghai")
SERIES = """SELECT coalesce(uid, 'series-' || id || '-' || substr(replace(replace(created_at, '-', ''), ':', ''), 1, 15)
    || '@regulars') AS u, rule, first_on, since, until_on, times, due_at, kind, purpose, text FROM followup_series
    ORDER BY u"""
DAYS = """SELECT s.text, f.occurs_on, f.due_on, f.due_at, f.kind, f.purpose, f.text, f.done_at FROM followups f
    LEFT JOIN followup_series s ON s.id = f.series_id ORDER BY s.text, f.occurs_on, f.text, f.due_on"""
GAPS = """SELECT s.text, g.occurs_on FROM followup_gaps g JOIN followup_series s ON s.id = g.series_id ORDER BY 1, 2"""
WEEKLY = Repeat("FREQ=WEEKLY;BYDAY=MO,TH")
MONTHLY = Repeat("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1")


@pytest.fixture
def other(empty_shop_file: Path, tmp_path: Path) -> Iterator[UnitOfWork]:
    """A second shop, empty."""
    shop = open_shop(Path(shutil.copy(empty_shop_file, tmp_path / "other.shop")), clock=lambda: NOW)
    yield shop.work
    shop.close()


def book(work: UnitOfWork, day: date, text: str, repeat: Repeat | None, **said: Any) -> int:
    return work.write(followups.book, FollowUpDraft(day, text=text, repeat=repeat, **said), NOW)[0]


def day_of(work: UnitOfWork, text: str, place: int) -> int:
    ids = asked(
        work,
        "SELECT f.id FROM followups f JOIN followup_series s ON s.id = f.series_id "
        f"WHERE s.text = '{text}' ORDER BY f.occurs_on LIMIT 1 OFFSET {place}",
    )
    return int(ids[0][0])


def out(work: UnitOfWork, target: Path, ids: list[int] | None = None, **how: Any) -> list[str]:
    """Write a calendar, held to what RFC 5545 asks of every line; its lines, unfolded."""
    work.write(hand_over, work.read(export_table, "followups", target, ids, language="en", **how))
    data = target.read_bytes()
    assert data.endswith(b"END:VCALENDAR\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    text = data.decode("utf-8").replace("\r\n ", "")
    for event in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL):
        names = [re.split("[;:]", line, maxsplit=1)[0] for line in event.strip().split("\r\n")]
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(names)
        assert all(names.count(name) == 1 for name in ("UID", "DTSTAMP", "DTSTART", "RRULE") if name in names)
    assert {"VERSION:2.0", "CALSCALE:GREGORIAN"} <= set(text.split("\r\n"))
    return text.split("\r\n")


def told(work: UnitOfWork) -> list[Any]:
    return [asked(work, statement) for statement in (SERIES, DAYS, GAPS)]


def furnish(work: UnitOfWork) -> None:
    """A series by the hour with every kind of exception, one to the month's end, one that counts, and a single."""
    book(work, TODAY, "Tea", WEEKLY, due_at=time(9, 30), kind=FollowUpKind.VISIT)
    book(work, date(2026, 11, 30), "Stock list", Repeat(MONTHLY.rule, until=date(2027, 6, 30)))
    book(work, TODAY, "Water, twice; \\ a day", Repeat("FREQ=DAILY;INTERVAL=2", times=5), due_at=time(23, 45))
    book(work, date(2026, 12, 1), "Once", None)
    work.write(followups.finish, day_of(work, "Tea", 0), NOW)
    work.write(followups.move_occurrence, day_of(work, "Tea", 1), date(2026, 11, 28), Scope.THIS, at=NOW)
    work.write(followups.remove_occurrence, day_of(work, "Tea", 2), Scope.THIS)
    row = work.read(followups.followup, day_of(work, "Tea", 3))
    draft = FollowUpDraft(row.due_on, FollowUpKind.CALL, None, time(8), text="Call instead")
    work.write(followups.edit, row.id, draft, version=row.version, at=NOW)


def test_series_and_their_exceptions_come_back_as_they_were(
    work: UnitOfWork, other: UnitOfWork, tmp_path: Path
) -> None:
    furnish(work)
    target = tmp_path / "all.ics"
    lines = out(work, target)
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO,TH" in lines
    assert "RRULE:FREQ=MONTHLY;UNTIL=20270630;BYMONTHDAY=28,29,30,31;BYSETPOS=-1" in lines
    assert "RRULE:FREQ=DAILY;COUNT=5;INTERVAL=2" in lines
    assert "EXDATE;TZID=Asia/Shanghai:20261130T093000" in lines
    assert "RECURRENCE-ID;TZID=Asia/Shanghai:20261126T093000" in lines
    brought = bring(other, target, "followups")
    assert counts(brought) == (6, 0, 0, 0, 0)
    assert told(other) == told(work)
    for shop in (work, other):
        assert counts(bring(shop, target, "followups")) == (0, 0, 6, 0, 0)
    assert told(other) == told(work)
    again = out(other, tmp_path / "again.ics")
    assert [line for line in again if "SEQUENCE" not in line] == [line for line in lines if "SEQUENCE" not in line]
    other.write(undo_batch, brought.batch)
    assert told(other) == [[], [], []]


def test_undo_of_an_import_keeps_a_series_somebody_has_used_whole(
    work: UnitOfWork, other: UnitOfWork, tmp_path: Path
) -> None:
    furnish(work)
    target = tmp_path / "all.ics"
    out(work, target)
    brought = bring(other, target, "followups")
    other.write(followups.extend_series, date(2026, 12, 23))
    count = "SELECT count(*) FROM followups f JOIN followup_series s ON s.id = series_id AND s.text = 'Tea'"
    before = asked(other, count)
    other.write(followups.finish, day_of(other, "Tea", 4), NOW)
    answer, _ = other.write(undo_batch, brought.batch)
    assert [(one.kind, one.title) for one in answer.kept] == [("followup", "Tea")]
    assert asked(other, "SELECT text FROM followup_series") == [("Tea",)]
    assert asked(other, count) == before


def test_a_second_reader_finds_the_same_days(work: UnitOfWork, tmp_path: Path) -> None:
    """Each series of the file through dateutil's own reader of calendars, its days beside those of the table."""
    furnish(work)
    text = "\n".join(out(work, tmp_path / "all.ics"))
    for event in re.findall(r"BEGIN:VEVENT\n(.*?)END:VEVENT", text, re.DOTALL):
        if "RRULE" not in event or "RECURRENCE-ID" in event:
            continue
        rule = "\n".join(line for line in event.split("\n") if line.startswith(("DTSTART", "RRULE", "EXDATE", "RDATE")))
        zone = None if "VALUE=DATE" in rule else {"Asia/Shanghai": SHANGHAI}
        bare = rule.replace(";VALUE=DATE", "") if zone is None else rule
        found = rrulestr(bare, tzids=zone, forceset=True)
        title = re.search(r"X-REGULARS-TEXT:(.*)", event)
        assert title is not None
        name = title[1].replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
        table = [date.fromisoformat(day) for text, day, *_ in asked(work, DAYS) if text == name]
        last = datetime.combine(table[-1], time(23, 59), tzinfo=SHANGHAI if zone else None)
        assert [moment.date() for moment in found if moment <= last] == table, name


def test_chosen_ones_are_single_events_with_an_alarm_where_asked(work: UnitOfWork, tmp_path: Path) -> None:
    furnish(work)
    chosen = [day_of(work, "Tea", 4), day_of(work, "Stock list", 1)]
    lines = out(work, tmp_path / "two.ics", chosen, reminds=True)
    assert [line for line in lines if line.startswith(("RRULE", "DTSTART", "TRIGGER"))][-4:] == [
        "DTSTART;TZID=Asia/Shanghai:20261210T093000",
        "TRIGGER:P0D",
        "DTSTART;VALUE=DATE:20261231",
        "TRIGGER:PT9H",
    ]
    assert lines.count("BEGIN:VALARM") == 2
    assert counts(bring(work, tmp_path / "two.ics", "followups")) == (0, 0, 2, 0, 0)


CHAINS = """SELECT coalesce(uid, 'series-' || id || '-' || substr(replace(replace(created_at, '-', ''), ':', ''), 1, 15)
    || '@regulars'), after_done_days, first_on, since, until_on, times, due_at, kind, purpose, text
    FROM followup_series WHERE rule IS NULL ORDER BY 1"""


def chains(work: UnitOfWork) -> None:
    """Three that count from done: fresh; done late, left out, moved and reworded alone; and one that has ended."""
    book(work, TODAY, "Fresh", Repeat(after_done=7, until=date(2027, 3, 1)))
    book(
        work,
        TODAY,
        "Ask; how, \\ it\nwent",
        Repeat(after_done=30, times=6),
        due_at=time(9, 30),
        kind=FollowUpKind.VISIT,
    )
    name = "Ask; how, \\ it\nwent"
    work.write(followups.snooze, day_of(work, name, 0), followups.Later.THREE_DAYS, TODAY)
    work.write(followups.finish, day_of(work, name, 0), NOW)
    work.write(followups.remove_occurrence, day_of(work, name, 1), Scope.THIS)
    row = work.read(followups.followup, day_of(work, name, 1))
    draft = FollowUpDraft(date(2027, 1, 5), FollowUpKind.CALL, None, time(8), text="Call instead")
    work.write(followups.edit, row.id, draft, version=row.version, at=NOW)
    book(work, TODAY, "Over", Repeat(after_done=1, times=1))
    work.write(followups.finish, day_of(work, "Over", 0), NOW)


def test_what_counts_from_done_leaves_as_single_dates_and_comes_back_as_it_was(
    work: UnitOfWork, other: UnitOfWork, tmp_path: Path
) -> None:
    chains(work)
    target = tmp_path / "all.ics"
    lines = out(work, target)
    assert [line for line in lines if line.startswith(("DTSTART;V", "DTSTART;TZID=Asia/S"))] == [
        "DTSTART;VALUE=DATE:20261123",
        "DTSTART;TZID=Asia/Shanghai:20270105T080000",
    ]
    events = "\n".join(lines).split("BEGIN:VEVENT", 1)[1]
    assert not re.search("EXDATE|RDATE|RECURRENCE-ID|RRULE", events)
    brought = bring(other, target, "followups")
    assert counts(brought) == (2, 0, 0, 0, 0)
    open_chains = [row for row in asked(work, CHAINS) if row[-1] != "Over"]
    assert asked(other, CHAINS) == open_chains
    assert asked(other, DAYS) == [row for row in asked(work, DAYS) if row[0] != "Over"]
    assert asked(other, GAPS) == asked(work, GAPS) != []
    for shop in (work, other):
        assert counts(bring(shop, target, "followups")) == (0, 0, 2, 0, 0)
    again = out(other, tmp_path / "again.ics")
    assert [line for line in again if "SEQUENCE" not in line] == [line for line in lines if "SEQUENCE" not in line]
    other.write(followups.finish, day_of(other, "Fresh", 0), NOW)
    assert asked(other, "SELECT occurs_on FROM followups WHERE text = 'Fresh' AND done_at IS NULL") == [("2026-11-30",)]


def test_the_next_of_a_chain_joins_the_series_that_is_there_and_undo_takes_all(
    work: UnitOfWork, other: UnitOfWork, tmp_path: Path
) -> None:
    chains(work)
    out(work, tmp_path / "one.ics")
    first = bring(other, tmp_path / "one.ics", "followups").batch
    work.write(followups.finish, day_of(work, "Fresh", 0), NOW)
    out(work, tmp_path / "two.ics")
    second = bring(other, tmp_path / "two.ics", "followups")
    assert counts(second) == (1, 0, 1, 0, 0)
    assert len(asked(other, CHAINS)) == 2
    assert asked(other, "SELECT occurs_on FROM followups WHERE text = 'Fresh' ORDER BY 1") == [
        ("2026-11-23",),
        ("2026-11-30",),
    ]
    other.write(undo_batch, second.batch)
    other.write(undo_batch, first)
    assert told(other) == [[], [], []]


@pytest.mark.parametrize(
    ("old", "new"), [("after_done", "after"), ("09:30", "99:30"), ("visit", "dance"), ("2026-11-23", "soon")]
)
def test_a_series_somebody_has_spoilt_comes_once_and_is_counted(
    work: UnitOfWork, other: UnitOfWork, tmp_path: Path, old: str, new: str
) -> None:
    chains(work)
    text = "\r\n".join(out(work, tmp_path / "all.ics"))
    spoilt = re.sub(r"X-REGULARS-SERIES:[^\r]*", lambda found: found[0].replace(old, new), text)
    (tmp_path / "spoilt.ics").write_text(spoilt, encoding="utf-8", newline="")
    brought = bring(other, tmp_path / "spoilt.ics", "followups")
    assert counts(brought) == (2, 0, 0, 0, 0)
    assert brought.warnings["repeats_unread"] >= 1
    assert len(asked(other, "SELECT id FROM followups WHERE series_id IS NULL")) == brought.warnings["repeats_unread"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "FREQ=DAILY;INTERVAL=9", WEEKLY.rule, MONTHLY.rule, "FREQ=MONTHLY;BYDAY=-1FR"]),
            st.sampled_from([None, time(0), time(14, 5)]),
            st.sampled_from([{}, {"times": 7}, {"until": date(2027, 3, 1)}]),
            st.lists(
                st.tuples(st.sampled_from(["finish", "move", "remove", "later", "reword"]), st.integers(0, 4)),
                max_size=5,
            ),
        ),
        min_size=1,
        max_size=3,
    )
)
@settings(
    max_examples=7,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_was_done_to_series_comes_back(tmp_path: Path, empty_shop_file: Path, made: list[Any]) -> None:
    folder = Path(mkdtemp(dir=tmp_path))
    shops = [
        open_shop(Path(shutil.copy(empty_shop_file, folder / f"{name}.shop")), clock=lambda: NOW)
        for name in ("one", "two")
    ]
    one, two = (shop.work for shop in shops)
    for number, (rule, hour, end, acts) in enumerate(made):
        how = Repeat(rule, **end) if rule else Repeat(after_done=9, **end)
        book(one, TODAY, f"S{number}", how, due_at=hour)
        for act, place in acts:
            _act(one, act, f"S{number}", place)
    out(one, folder / "all.ics")
    if asked(one, "SELECT 1 FROM followups WHERE done_at IS NULL"):
        bring(two, folder / "all.ics", "followups")
        open_ones = (
            "SELECT s.text, f.occurs_on, f.due_on, f.due_at, f.text FROM followups f "
            "JOIN followup_series s ON s.id = f.series_id AND EXISTS (SELECT 1 FROM followups o "
            "WHERE o.series_id = s.id AND o.done_at IS NULL) ORDER BY s.text, s.first_on, f.occurs_on"
        )
        assert asked(two, open_ones) == asked(one, open_ones)
    for shop in shops:
        shop.close()


def _act(work: UnitOfWork, act: str, name: str, place: int) -> None:
    ids = asked(
        work,
        "SELECT f.id, f.due_on FROM followups f JOIN followup_series s ON s.id = f.series_id "
        f"WHERE s.text = '{name}' AND f.done_at IS NULL ORDER BY f.occurs_on LIMIT 1 OFFSET {place}",
    )
    for number, due in ids:
        day = date.fromisoformat(due)
        if act == "finish":
            work.write(followups.finish, number, NOW)
        elif act == "remove":
            work.write(followups.remove_occurrence, number, Scope.THIS)
        elif act == "reword":
            row = work.read(followups.followup, number)
            draft = FollowUpDraft(day, due_at=row.due_at, text="Other words")
            work.write(followups.edit, number, draft, version=row.version, at=NOW)
        else:
            scope = Scope.THIS if act == "move" else Scope.LATER
            work.write(followups.move_occurrence, number, date.fromordinal(day.toordinal() + 1), scope, at=NOW)


# calendars of other programs


def test_exceptions_before_their_rule_called_off_and_in_another_zone(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(
        tmp_path,
        """
        BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VEVENT
        UID:a
        RECURRENCE-ID:20261204T020000Z
        DTSTART:20261205T010000Z
        SUMMARY:Moved
        END:VEVENT
        BEGIN:VEVENT
        UID:a
        RECURRENCE-ID:20261211T020000Z
        DTSTART:20261211T020000Z
        STATUS:CANCELLED
        SUMMARY:Called off
        END:VEVENT
        BEGIN:VEVENT
        UID:a
        DTSTART;TZID=America/New_York:20261126T210000
        RRULE:FREQ=WEEKLY;BYDAY=TH;UNTIL=20261226T020000Z
        EXDATE;TZID=America/New_York:20261217T210000
        SUMMARY:Call New York
        END:VEVENT
        BEGIN:VEVENT
        UID:b
        DTSTART;VALUE=DATE:20261201
        RRULE:FREQ=MONTHLY;BYSETPOS=99
        SUMMARY:Odd
        END:VEVENT
        END:VCALENDAR
        """,
        "zones.ics",
    )
    outcome = bring(work, source, "followups")
    assert counts(outcome) == (3, 0, 0, 1, 0)
    # Thursday nine in the evening in New York is Friday ten in the morning in the shop.
    assert asked(work, "SELECT occurs_on, due_on, due_at, text FROM followups ORDER BY due_on") == [
        ("2026-11-27", "2026-11-27", "10:00", "Call New York"),
        (None, "2026-12-01", None, "Odd"),
        ("2026-12-04", "2026-12-05", "09:00", "Moved"),
        ("2026-12-25", "2026-12-25", "10:00", "Call New York"),
    ]
    assert outcome.warnings["repeats_unread"] == 1
    assert asked(work, "SELECT rule, first_on FROM followup_series") == [("FREQ=WEEKLY;BYDAY=FR", "2026-11-27")]
    assert asked(work, "SELECT occurs_on FROM followup_gaps ORDER BY 1") == [("2026-12-11",), ("2026-12-18",)]
    assert counts(bring(work, source, "followups")) == (0, 0, 3, 1, 0)


SHARED: dict[str, tuple[int, list[tuple[Any, ...]], int]] = {
    "icaljs/daily_recur.ics": (1, [("2026-11-23", "20:00", "Every day recurring")], 401),
    "icaljs/duration_instead_of_dtend.ics": (1, [("2012-06-30", "21:00", "Really long event name thing")], 1),
    "icaljs/google_birthday.ics": (
        4,
        [
            ("2012-12-10", None, "PErson #2's birthday\nToday is PErson #2's birthday!"),
            ("2013-12-10", None, "PErson #2's birthday\nToday is PErson #2's birthday!"),
            ("2014-12-10", None, "PErson #2's birthday"),
            ("2014-12-10", None, "PErson #2's birthday\nToday is PErson #2's birthday!"),
        ],
        4,
    ),
    "icaljs/minimal.ics": (1, [("2012-06-30", "21:00", "Really long event name thing")], 1),
    "icaljs/only_dtstart_date.ics": (1, [("2012-06-30", None, "Really long event name thing")], 1),
    "icaljs/recur_instances_finite.ics": (1, [("2012-12-05", "01:00", "Crazy Event Thingy!\nIAM FOO")], 1),
    "pyvobject/ruby_rrule.ics": (1, [("2003-01-10", "07:00", "Something")], 1),
    "pyvobject/timezones.ics": (0, [], 0),
}


@pytest.mark.real_data
@pytest.mark.parametrize("name", sorted(SHARED))
def test_a_calendar_of_another_program_says_what_it_says(work: UnitOfWork, shared_data: Path, name: str) -> None:
    events, first, days = SHARED[name]
    source = shared_data / "ics" / name
    outcome = bring(work, source, "followups")
    assert counts(outcome) == (events, 0, 0, 0, 0)
    found = asked(work, "SELECT due_on, due_at, text FROM followups ORDER BY due_on, text")
    assert (found[: len(first)], len(found)) == (first, days)
    assert counts(bring(work, source, "followups")) == (0, 0, events, 0, 0)
