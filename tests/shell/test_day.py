"""The shop's day is opened when the window stands and when it turns: points end, screens look again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import OWNER, open_shop
from app.domain.birthdays import Birthday
from app.domain.loyalty.kinds import PointKind
from app.domain.recurrence import Repeat
from app.domain.rewards.kinds import Occasion
from app.domain.staff import Actor, Role
from app.services import customers, followups, loyalty, rewards
from app.services.followups import FollowUpDraft
from app.storage.engine import connect
from app.views.members.screen import MembersScreen
from app.views.shared import look
from app.views.shared.translator import Interpreter
from app.views.shell.start import Session, dressed
from app.views.today.screen import TodayScreen
from tests.conftest import FixedClock
from tests.till.counter import Counter

POINTS = 300
DAY = timedelta(days=1)
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def interpreter(qapp: QApplication, tmp_path: Path) -> Interpreter:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "machine"))
    return dressed(qapp, language="en", theme=look.Theme.LIGHT, scale=1.0)


@dataclass(frozen=True)
class Story:
    """A shop in which one person bought twice; the last days of the two lots, and a copy made before they came."""

    path: Path
    someone: int
    first: date
    second: date
    copy: Path


@pytest.fixture
def story(shop_path: Path, clock: FixedClock) -> Story:
    """The clock stands on the day after the last day of the first lot."""
    shop = open_shop(shop_path, clock=clock)
    counter = Counter(shop.work, clock.moment)
    someone = counter.person()
    counter.buy(someone, POINTS)
    counter.now += timedelta(days=31)
    counter.buy(someone, POINTS)
    first, second = sorted(lot.expires_on for lot in shop.work.read(loyalty.holding, someone).lots if lot.expires_on)
    copy = shop.work.copies.make("by-hand").path
    shop.close()
    clock.moment = at(first + DAY, time(10))
    return Story(shop_path, someone, first, second, copy)


def at(day: date, hour: time) -> datetime:
    """A moment by the clock on the shop's wall."""
    return datetime.combine(day, hour, ZONE)


def opened(
    qtbot: QtBot, path: Path, clock: FixedClock, interpreter: Interpreter, actor: Actor = OWNER, place: str = "members"
) -> Session:
    session = Session(open_shop(path, clock=clock, actor=actor), interpreter)
    with qtbot.waitSignal(session.afterwards.ended, timeout=60_000):
        session.show(place)
    settle(session)
    return session


def settle(session: Session) -> None:
    """The day is opened, what comes again is written, coupons are handed out, the rules bring their follow-ups."""
    for _ in range(4):
        session.gateway.settle()


def ended(session: Session, someone: int) -> list[tuple[int, date]]:
    """The points that ended and the days on which they did, the oldest first."""
    rows = reversed(session.gateway.read(loyalty.ledger, someone))
    return [(row.points, row.day) for row in rows if row.kind is PointKind.EXPIRE]


def tick(session: Session) -> None:
    """A minute is over, and what it set going is done."""
    (timer,) = session.day.findChildren(QTimer)
    assert timer.isActive()
    timer.timeout.emit()
    settle(session)


@pytest.fixture
def session(qtbot: QtBot, story: Story, clock: FixedClock, interpreter: Interpreter) -> Iterator[Session]:
    session = opened(qtbot, story.path, clock, interpreter)
    yield session
    session.window.close()


def test_opening_the_window_ends_points_whose_last_day_was_yesterday(session: Session, story: Story) -> None:
    assert ended(session, story.someone) == [(-POINTS, story.first + DAY)]
    screen = session.window.pages.currentWidget()
    assert isinstance(screen, MembersScreen)
    tier = session.gateway.read(loyalty.standing, story.someone, session.desk.today()).tier
    screen.show_tier(tier.rank)
    row = screen.people.row_at(0)
    assert row is not None and row.points == POINTS
    assert session.gateway.undoable is None


def test_the_day_that_turns_is_opened_and_every_screen_looks_again(
    session: Session, story: Story, clock: FixedClock
) -> None:
    today = session.window.go("today")
    assert isinstance(today, TodayScreen)
    clock.moment = at(story.second, time(23, 59))
    tick(session)
    before = today.context.text()
    assert len(ended(session, story.someone)) == 1
    clock.forward(minutes=2)
    tick(session)
    assert today.context.text() != before
    assert ended(session, story.someone) == [(-POINTS, story.first + DAY), (-POINTS, story.second + DAY)]
    assert session.gateway.undoable is None


def test_a_minute_later_nothing_is_done_again(qtbot: QtBot, session: Session, story: Story, clock: FixedClock) -> None:
    before = session.gateway.read(loyalty.ledger, story.someone)
    clock.forward(minutes=1)
    with qtbot.assertNotEmitted(session.gateway.changed):
        tick(session)
    assert session.gateway.read(loyalty.ledger, story.someone) == before


def test_any_role_that_opens_the_window_opens_the_day(
    qtbot: QtBot, story: Story, clock: FixedClock, interpreter: Interpreter
) -> None:
    session = opened(qtbot, story.path, clock, interpreter, Actor(OWNER.staff_id, Role.CLERK), "today")
    assert len(ended(session, story.someone)) == 1
    session.window.close()


def test_a_day_that_could_not_be_opened_is_opened_a_minute_later(
    qtbot: QtBot, story: Story, clock: FixedClock, interpreter: Interpreter
) -> None:
    elsewhere = connect(story.path)
    elsewhere.execute("BEGIN IMMEDIATE")
    session = opened(qtbot, story.path, clock, interpreter)
    assert ended(session, story.someone) == []
    elsewhere.execute("ROLLBACK")
    elsewhere.close()
    tick(session)
    assert len(ended(session, story.someone)) == 1
    session.window.close()


def test_closing_the_window_while_the_day_is_opened_leaves_it_whole(
    qtbot: QtBot, story: Story, clock: FixedClock, interpreter: Interpreter
) -> None:
    session = Session(open_shop(story.path, clock=clock), interpreter)
    session.show("members")
    session.day.open()
    session.window.close()
    again = opened(qtbot, story.path, clock, interpreter)
    assert len(ended(again, story.someone)) == 1
    again.window.close()


def test_a_copy_that_is_brought_back_has_its_day_opened(qtbot: QtBot, session: Session, story: Story) -> None:
    with qtbot.waitSignal(session.gateway.restored, timeout=60_000):
        session.gateway.restore(story.copy)
    session.gateway.settle()
    assert ended(session, story.someone) == [(-POINTS, story.first + DAY)]


def test_the_day_writes_what_comes_again_and_again(
    qtbot: QtBot, story: Story, clock: FixedClock, interpreter: Interpreter
) -> None:
    shop = open_shop(story.path, clock=clock)
    day = clock.moment.date()
    daily = FollowUpDraft(day, text="Water the plants", repeat=Repeat("FREQ=DAILY"))
    shop.work.write(followups.book, daily, clock.moment)
    shop.close()
    last = day + timedelta(days=400)
    clock.moment += 7 * DAY
    session = opened(qtbot, story.path, clock, interpreter)
    plans = session.gateway.read(followups.days, last, last + 8 * DAY, clock.moment.date())
    assert [len(plan.strips) for plan in plans] == [1] * 8 + [0]
    session.window.close()


def test_the_day_brings_coupons_and_follow_ups_once_and_each_is_taken_back_by_one_undo(
    qtbot: QtBot, story: Story, clock: FixedClock, interpreter: Interpreter
) -> None:
    shop = open_shop(story.path, clock=clock)
    day = clock.moment.date()
    draft = customers.CustomerDraft("Born today", birthday=Birthday(day.month, day.day))
    someone = shop.work.write(customers.add, draft, at=clock.moment)[0]
    shop.work.write(rewards.add_kind, rewards.KindDraft("Birthday", Occasion.BIRTHDAY, amount=500, days=30))
    shop.close()
    session = opened(qtbot, story.path, clock, interpreter)

    def held() -> int:
        return len(session.gateway.read(rewards.coupons_held, someone, day))

    def due() -> int:
        return len(session.gateway.read(followups.today, day, clock.moment).rows)

    assert (held(), due()) == (1, 1)
    assert session.gateway.undoable == "1 follow-up brought by the rules"
    assert session.gateway.undo()
    assert session.gateway.undoable == "1 birthday or win-back coupon given"
    assert session.gateway.undo()
    session.day._on_restored()
    settle(session)
    assert (held(), due()) == (0, 0)
    session.window.close()
