"""Things to do come in from tables and calendars; what repeats comes as a series."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import open_shop
from app.domain.followups import FollowUpKind
from app.services import followups
from app.services.followups import FollowUpDraft, Spot
from app.services.transfer import export_table, hand_over, inspect_file, undo_batch
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import NOW, asked, bring, counts, written

ROWS = "SELECT due_on, due_at, kind, purpose, text, customer_id IS NULL, done_at IS NULL FROM followups ORDER BY id"
CALENDAR = """
    BEGIN:VCALENDAR
    VERSION:2.0
    BEGIN:VEVENT
    UID:a
    DTSTART:20261201T063000Z
    SUMMARY:Ring Li about the jars
    DESCRIPTION:Twelve\\, with lids
    END:VEVENT
    BEGIN:VTODO
    UID:b
    DUE;VALUE=DATE:20261205
    SUMMARY:给王姐送茶样
    CATEGORIES:拜访
    STATUS:COMPLETED
    COMPLETED:20261120T020000Z
    END:VTODO
    BEGIN:VEVENT
    UID:c
    DTSTART;VALUE=DATE:20200131
    RRULE:FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1
    SUMMARY:Stock list
    END:VEVENT
    BEGIN:VEVENT
    UID:d
    DTSTART:20269999T990000
    SUMMARY:Never
    END:VEVENT
    BEGIN:VEVENT
    UID:e
    STATUS:CANCELLED
    DTSTART;VALUE=DATE:20261206
    SUMMARY:Called off
    END:VEVENT
    BEGIN:VEVENT
    UID:f
    DTSTART;VALUE=DATE:20261207
    END:VCALENDAR
"""


@pytest.fixture
def other(empty_shop_file: Path, tmp_path: Path) -> Iterator[UnitOfWork]:
    """A second shop, empty."""
    shop = open_shop(Path(shutil.copy(empty_shop_file, tmp_path / "other.shop")), clock=lambda: NOW)
    yield shop.work
    shop.close()


def test_a_calendar_gives_events_and_things_to_do(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, CALENDAR, "calendar.ics")
    outcome = bring(work, source, "followups")
    assert counts(outcome) == (3, 0, 0, 1, 2)
    assert [(one.line, one.code) for one in outcome.rejections] == [(23, "broken_event"), (34, "broken_event")]
    found = asked(work, ROWS)
    assert found[:4] == [
        ("2026-12-01", "14:30", "other", "care", "Ring Li about the jars\nTwelve, with lids", 1, 1),
        ("2026-12-05", None, "visit", "care", "给王姐送茶样", 1, 0),
        ("2026-11-30", None, "other", "care", "Stock list", 1, 1),
        ("2026-12-31", None, "other", "care", "Stock list", 1, 1),
    ]
    assert (len(found), found[-1][0]) == (15, "2027-11-30")
    assert counts(bring(work, source, "followups")) == (0, 0, 3, 1, 2)


def test_one_that_was_put_off_or_done_since_is_not_brought_in_twice(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, "Due date,Subject,Hour\n2026-12-01,Ring Li,9:30\n2026-12-02,Write\n2026-12-02,Write,")
    outcome = bring(work, source, "followups")
    assert counts(outcome) == (3, 0, 0, 0, 0)
    assert asked(work, "SELECT due_at FROM followups") == [("09:30",), (None,), (None,)]
    work.write(followups.move_many, [1], Spot(date(2026, 12, 24)), NOW)
    work.write(followups.finish, 2, NOW)
    assert counts(bring(work, source, "followups")) == (0, 0, 3, 0, 0)
    answer, _ = work.write(undo_batch, outcome.batch)
    assert (answer.removed, [(one.kind, one.title) for one in answer.kept]) == (
        1,
        [("followup", "Ring Li"), ("followup", "Write")],
    )


@pytest.mark.parametrize("ending", [".ics", ".csv", ".xlsx"])
def test_what_goes_out_comes_back(work: UnitOfWork, other: UnitOfWork, tmp_path: Path, ending: str) -> None:
    people = written(tmp_path, "会员号,姓名,手机\nV1,王伟,13800138000\n,李娜,13900139000", "people.csv")
    for one in (work, other):
        bring(one, people, "customers")
    drafts = (
        FollowUpDraft(date(2026, 12, 1), FollowUpKind.REORDER, text="毛尖 two bags, 'soon'", customer_id=1),
        FollowUpDraft(date(2026, 12, 2), FollowUpKind.CALL, customer_id=2),
        FollowUpDraft(date(2026, 12, 3), FollowUpKind.OTHER, text="Order\nboxes"),
    )
    for draft in drafts:
        work.write(followups.book, draft, NOW)
    target = tmp_path / f"out{ending}"
    work.write(hand_over, work.read(export_table, "followups", target, language="zh_CN"))
    assert counts(bring(work, target, "followups")) == (0, 0, 3, 0, 0)
    assert counts(bring(other, target, "followups")) == (3, 0, 0, 0, 0)
    assert asked(other, ROWS) == asked(work, ROWS)
    assert asked(other, "SELECT customer_id FROM followups ORDER BY id") == [(1,), (2,), (None,)]


def test_a_calendar_is_of_follow_ups_alone(tmp_path: Path) -> None:
    source = written(tmp_path, CALENDAR, "calendar.ics")
    with pytest.raises(Exception, match="only_followups"):
        inspect_file(source, "sales")


@pytest.mark.real_data
def test_calendars_of_other_programs_come_in(work: UnitOfWork, shared_data: Path) -> None:
    files = sorted((shared_data / "ics").glob("*/*.ics"))
    assert len(files) == 8
    for source in files:
        outcome = bring(work, source, "followups")
        events = source.read_text(encoding="utf-8").count("BEGIN:VEVENT")
        assert (outcome.read, outcome.rejected) == (events, 0), source.name
        assert bring(work, source, "followups").created == 0
