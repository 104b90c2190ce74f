"""Series of a card that is merged into another or archived, and in an archive of the whole shop."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.bootstrap import Shop, found_from_archive, open_shop
from app.domain.recurrence import Repeat, Scope
from app.services import customers, duplicates, followups
from app.services.transfer import export_archive, hand_over
from app.storage.unit_of_work import UnitOfWork
from tests.followups.people import NOW, TODAY, at, book, days, person, remove
from tests.followups.test_service_booking import take_back
from tests.followups.test_service_series import EVERY_31ST, FOUR, MONDAYS, edit, everything, nth, rows


def shown(work: UnitOfWork, last: date) -> list[tuple[date, str]]:
    """What the calendar shows, and for whom."""
    plans = work.read(followups.days, TODAY, last, TODAY)
    return [(plan.day, strip.item.who.name if strip.item.who else "") for plan in plans for strip in plan.strips]


@pytest.mark.parametrize("repeat", [FOUR, Repeat(after_done=7, times=4)], ids=["rule", "after done"])
def test_a_series_of_a_merged_card_goes_on_for_whoever_answers(work: UnitOfWork, repeat: Repeat) -> None:
    kept, gone = person(work, "Laura"), person(work, "Laura Ouyang")
    book(work, gone, TODAY, text="Call", repeat=repeat)
    work.write(duplicates.merge, kept, gone, at=at(23))
    work.write(followups.finish, nth(work, 0), NOW)
    assert shown(work, days(7)) == [(TODAY, "Laura"), (days(7), "Laura")]
    row = work.read(followups.followup, nth(work, 1))
    assert row.who is not None and row.who.id == kept
    draft = followups.FollowUpDraft(row.due_on, row.kind, row.who.id, text="Tea", repeat=repeat)
    work.write(followups.edit, row.id, draft, version=row.version, at=NOW, scope=Scope.LATER)
    work.write(followups.extend_series, days(30))
    work.write(followups.finish, nth(work, 1), at(30))
    assert {name for _, name in shown(work, days(30))} == {"Laura"}
    assert [row[2] for row in rows(work)][:3] == ["Call", "Tea", "Tea"]


def test_taking_a_merge_back_gives_the_series_back(work: UnitOfWork) -> None:
    kept, gone = person(work, "Laura"), person(work, "Laura Ouyang")
    book(work, gone, TODAY, text="Call", repeat=FOUR)
    before = everything(work)
    changes = work.write(duplicates.merge, kept, gone, at=at(23))[1]
    take_back(work, changes)
    assert everything(work) == before
    assert {name for _, name in shown(work, days(30))} == {"Laura Ouyang"}


def test_a_series_of_an_archived_card_is_hidden_and_there_again_when_it_is_back(work: UnitOfWork) -> None:
    who = person(work, "Laura")
    book(work, who, TODAY, text="Call", repeat=MONDAYS)
    work.write(customers.archive, who, at=NOW)
    assert shown(work, days(30)) == []
    assert work.write(followups.extend_series, days(60))[0] > 0
    assert work.write(followups.extend_series, days(60))[0] == 0
    assert not work.read(followups.today, TODAY, at=NOW).rows
    work.write(customers.unarchive, who)
    assert [day for day, _ in shown(work, days(14))] == [TODAY, days(7), days(14)]


def test_series_and_exceptions_are_in_an_archive_and_go_on_from_it(shop: Shop, tmp_path: Path) -> None:
    work = shop.work
    book(work, person(work, "Laura"), TODAY, text="Call", repeat=FOUR)
    work.write(followups.finish, nth(work, 0), NOW)
    work.write(followups.move_occurrence, nth(work, 1), days(9), Scope.THIS, at=NOW)
    work.write(followups.remove_occurrence, nth(work, 2), Scope.THIS)
    edit(work, nth(work, 2), Scope.THIS, text="Bring the tea")
    book(work, None, days(40), text="Stock list", repeat=EVERY_31ST)
    book(work, None, days(60), text="Ask", repeat=Repeat(after_done=30, times=5, until=days(900)))
    written = work.read(export_archive, tmp_path / "a.zip", at=NOW)
    work.write(hand_over, written)
    found_from_archive(tmp_path / "new.shop", tmp_path / "a.zip", clock=shop.clock)
    again = open_shop(tmp_path / "new.shop", clock=shop.clock)
    assert everything(again.work) == everything(work)
    for one in (work, again.work):
        one.write(followups.extend_series, days(200))
        one.write(followups.move_occurrence, nth(one, 1), days(8), Scope.ALL, at=NOW)
        with Session(one.engine) as session:
            asked = session.execute(text("SELECT id FROM followups WHERE text = 'Ask'")).scalar_one()
        one.write(followups.finish, asked, NOW)
    assert everything(again.work) == everything(work)
    again.close()


RULES = ("FREQ=DAILY;INTERVAL=2", "FREQ=WEEKLY;BYDAY=MO,FR", EVERY_31ST.rule, "FREQ=MONTHLY;BYDAY=-1FR")
ACTS = st.tuples(st.sampled_from(["words", "move", "longer"]), st.integers(0, 3), st.sampled_from([-3, 0, 2]))


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rule=st.sampled_from(RULES), first=ACTS, second=ACTS)
def test_a_series_in_two_has_the_days_it_had_before_and_those_asked_for_after(
    work: UnitOfWork, rule: str, first: Any, second: Any
) -> None:
    for one, _ in of_it(work):  # of the example before
        remove(work, one)
    book(work, None, TODAY, text="x", repeat=Repeat(rule, times=8))
    place = 0
    for act, further, step in (first, second):
        before, place = of_it(work), place + further  # in what goes on since the first act
        chosen, day = before[place]
        if act == "move":
            work.write(followups.move_occurrence, chosen, day_on(day, step), Scope.LATER, at=NOW)
        else:
            row = work.read(followups.followup, chosen)
            assert row.series_id is not None
            repeat = work.read(followups.series, row.series_id).repeat
            more = Repeat(repeat.rule, times=(repeat.times or 0) + (act == "longer"))
            draft = followups.FollowUpDraft(row.due_on, text=act, repeat=more)
            work.write(followups.edit, chosen, draft, version=row.version, at=NOW, scope=Scope.LATER)
        after = of_it(work)
        assert after[:place] == before[:place]
        assert len(after) == len(before) + (act == "longer")
        if act != "move":
            assert after[: len(before)] == before
        elif "MONTHLY" not in rule:
            assert after[place:] == [(one, day_on(due, step)) for one, due in before[place:]]
        else:
            assert after[place] == (chosen, day_on(day, step))
        assert work.write(followups.extend_series, TODAY)[0] == 0


def of_it(work: UnitOfWork) -> list[tuple[int, date]]:
    with Session(work.engine) as session:
        found = session.execute(text("SELECT id, due_on FROM followups ORDER BY id")).all()
        return [(row[0], date.fromisoformat(row[1])) for row in found]


def day_on(day: date, step: int) -> date:
    return date.fromordinal(day.toordinal() + step)
