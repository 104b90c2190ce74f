"""Coupons that the shop's day brings: once for a birthday, once for a silence, to nobody who is to be left alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.domain.birthdays import Birthday
from app.domain.complaints import Severity
from app.domain.rewards.kinds import Benefit, Occasion
from app.services import complaints, customers, duplicates, followups, privacy, rewards, till
from app.services.complaints import ComplaintDraft
from app.services.followups import HandedOut
from app.services.rewards import KindDraft
from app.storage.unit_of_work import Changes
from tests.rewards.desk_drawer import MORNING, Drawer

BIRTHDAY = KindDraft("Birthday", Occasion.BIRTHDAY, Benefit.PERCENT, 100, days=20)
WIN_BACK = KindDraft("Come back", Occasion.WIN_BACK, Benefit.MONEY, 1000, days=30)
DAY = timedelta(days=1)


@pytest.fixture
def kinds(drawer: Drawer) -> None:
    for draft in (BIRTHDAY, WIN_BACK, KindDraft("By hand", amount=500)):
        drawer.work.write(rewards.add_kind, draft)


def open_day(drawer: Drawer) -> tuple[HandedOut, Changes]:
    return drawer.work.write(followups.hand_out_coupons, drawer.day, operation_id=drawer.operation(), at=drawer.now)


def born(drawer: Drawer, month: int, day: int, *, lunar: bool = False, **more: Any) -> int:
    draft = customers.CustomerDraft("Ann", birthday=Birthday(month, day, lunar=lunar), **more)
    return drawer.work.write(customers.add, draft, at=MORNING - timedelta(days=400))[0]


def bought(drawer: Drawer, someone: int, *ago: int) -> None:
    """On so many days before MORNING; every ten days makes a rhythm of which 21 days are a silence."""
    for days in sorted(ago, reverse=True):
        ticket = till.Ticket(someone, (till.TicketLine(None, 1000, 100_0000),))
        drawer.work.write(till.sell, ticket, operation_id=drawer.operation(), at=MORNING - timedelta(days=days))


def holds(drawer: Drawer, someone: int) -> list[tuple[str, date | None]]:
    return [(one.name, one.last) for one in drawer.work.read(rewards.coupons_held, someone, drawer.day)]


@pytest.mark.usefixtures("kinds")
def test_a_birthday_brings_a_coupon_once_a_year(drawer: Drawer) -> None:
    ann = born(drawer, 11, 23)
    born(drawer, 11, 24)
    assert open_day(drawer)[0].given == 1
    assert holds(drawer, ann) == [("Birthday", date(2026, 12, 13))]
    assert open_day(drawer)[0].given == 0
    drawer.now = datetime(2027, 11, 23, 2, tzinfo=MORNING.tzinfo)
    assert open_day(drawer)[0].given == 1
    assert holds(drawer, ann) == [("Birthday", date(2027, 12, 13))]


@pytest.mark.usefixtures("kinds")
def test_three_weeks_closed_bring_what_can_still_be_used(drawer: Drawer) -> None:
    """Twenty days from the 3rd of November end on the 23rd; from the 2nd they ended on the day before."""
    late, over, today = born(drawer, 11, 3), born(drawer, 11, 2), born(drawer, 11, 23)
    assert open_day(drawer)[0].given == 2
    assert holds(drawer, late) == [("Birthday", date(2026, 11, 23))]
    assert holds(drawer, over) == []
    assert holds(drawer, today) == [("Birthday", date(2026, 12, 13))]


@pytest.mark.usefixtures("kinds")
def test_a_birthday_before_somebody_came_is_not_made_up_for(drawer: Drawer) -> None:
    draft = customers.CustomerDraft("New", birthday=Birthday(11, 20))
    drawer.work.write(customers.add, draft, at=drawer.now - DAY)
    assert open_day(drawer)[0].given == 0


@pytest.mark.usefixtures("kinds")
def test_a_birthday_by_the_moon(drawer: Drawer) -> None:
    """The 15th day of the 10th month of the lunar year 2026 is 23 November 2026."""
    ann = born(drawer, 10, 15, lunar=True)
    assert open_day(drawer)[0].given == 1
    assert holds(drawer, ann) == [("Birthday", date(2026, 12, 13))]


@pytest.mark.usefixtures("kinds")
def test_whoever_stays_away_is_won_back_once_until_they_buy_again(drawer: Drawer) -> None:
    ann = drawer.person("Ann")
    bought(drawer, ann, 41, 31, 21)
    bought(drawer, drawer.person("Ben"), 40, 30, 20)
    assert open_day(drawer)[0].given == 1
    assert holds(drawer, ann) == [("Come back", date(2026, 12, 23))]
    drawer.now += DAY
    assert open_day(drawer)[0].given == 1, "Ben's twenty-first day"
    drawer.now += 60 * DAY
    assert open_day(drawer)[0].given == 0
    drawer.sale(ann)
    drawer.now += 60 * DAY
    assert open_day(drawer)[0].given == 1


@pytest.mark.usefixtures("kinds")
def test_what_was_taken_back_is_not_given_again(drawer: Drawer) -> None:
    ann = born(drawer, 11, 23)
    _, changes = open_day(drawer)
    again = drawer.back(changes)
    assert holds(drawer, ann) == []
    assert open_day(drawer)[0].given == 0
    drawer.now += DAY
    assert open_day(drawer)[0].given == 0
    drawer.back(again)
    assert len(holds(drawer, ann)) == 1


def complain(drawer: Drawer, someone: int) -> None:
    drawer.work.write(complaints.log, ComplaintDraft("quality", Severity.MINOR, "Cold tea", someone), at=drawer.now)


def archive(drawer: Drawer, someone: int) -> None:
    drawer.work.write(customers.archive, someone, at=drawer.now)


def erase(drawer: Drawer, someone: int) -> None:
    drawer.work.write(privacy.erase, someone, at=drawer.now)


@pytest.mark.usefixtures("kinds")
@pytest.mark.parametrize("act", [complain, archive, erase])
def test_whoever_is_to_be_left_alone_gets_nothing(drawer: Drawer, act: Callable[[Drawer, int], None]) -> None:
    ann = born(drawer, 11, 23)
    bought(drawer, ann, 41, 31, 21)
    act(drawer, ann)
    assert open_day(drawer)[0].given == 0


@pytest.mark.usefixtures("kinds")
def test_whoever_is_not_to_be_contacted_gets_nothing(drawer: Drawer) -> None:
    bought(drawer, born(drawer, 11, 23, do_not_contact=True), 41, 31, 21)
    assert open_day(drawer)[0].given == 0


@pytest.mark.usefixtures("kinds")
def test_two_cards_of_one_person_bring_one_coupon(drawer: Drawer) -> None:
    one, two = born(drawer, 11, 23), born(drawer, 11, 23)
    drawer.work.write(duplicates.merge, one, two, at=drawer.now)
    assert open_day(drawer)[0].given == 1
    assert open_day(drawer)[0].given == 0


def test_a_coupon_put_away_or_never_made_is_not_given(drawer: Drawer) -> None:
    born(drawer, 11, 23)
    kind = drawer.work.write(rewards.add_kind, BIRTHDAY)[0]
    drawer.work.write(rewards.archive_kind, kind, at=drawer.now)
    _, changes = open_day(drawer)
    assert (changes.rows, changes.taken_back_by) == ((), None)


def test_a_kind_that_begins_today_brings_nothing_for_what_fell_due_before(drawer: Drawer) -> None:
    away, late, today = born(drawer, 3, 1), born(drawer, 11, 3), born(drawer, 11, 23)
    bought(drawer, away, 61, 51, 41)
    assert drawer.work.read(followups.due_already, WIN_BACK, drawer.day) == 1
    assert drawer.work.read(followups.due_already, BIRTHDAY, drawer.day) == 1
    for draft in (BIRTHDAY, WIN_BACK):
        drawer.work.write(rewards.add_kind, replace(draft, since=drawer.day))
    assert open_day(drawer)[0].given == 1
    assert [len(holds(drawer, who)) for who in (away, late, today)] == [0, 0, 1]
    drawer.now += DAY
    ticket = till.Ticket(away, (till.TicketLine(None, 1000, 100_0000),))
    drawer.work.write(till.sell, ticket, operation_id=drawer.operation(), at=drawer.now)
    drawer.now += 30 * DAY
    assert open_day(drawer)[0].given == 1
    assert [name for name, _ in holds(drawer, away)] == ["Come back"]
