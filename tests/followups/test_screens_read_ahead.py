"""The pages beside the one that is shown are read while nobody waits; whatever is written or chosen ends them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.bootstrap import open_shop
from app.domain.followups import FollowUpKind
from app.domain.staff import Role
from app.models.staff import Staff
from app.services import followups
from app.services.followups import FollowUpDraft
from app.storage.unit_of_work import UnitOfWork
from app.views.followups import kept
from app.views.followups.kept import View
from app.views.followups.pieces import piece_words
from app.views.followups.screen import FollowUpsScreen
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway
from app.views.shared.translator import Interpreter
from tests.conftest import FixedClock
from tests.followups.conftest import shown
from tests.followups.people import NOW, book

THEN, FIONA = date(2026, 12, 23), 2
"""The day PageDown leads to."""


@pytest.fixture
def screen(qtbot: QtBot, work: UnitOfWork, desk: Desk, english: Interpreter) -> FollowUpsScreen:
    """November, with one follow-up a month later; the months beside it have been read."""
    with Session(work.engine) as session:
        session.add(Staff(id=FIONA, name="Fiona", role=Role.CLERK))
        session.commit()
    book(work, None, THEN, text="Cups")
    kept.keep_view(View.MONTH)
    made: FollowUpsScreen = shown(qtbot, FollowUpsScreen(desk))
    rested(qtbot, made)
    return made


@pytest.fixture
def asked(work: UnitOfWork, screen: FollowUpsScreen) -> list[str]:
    """The statements asked of the shop from now on."""
    statements: list[str] = []
    event.listen(work.engine, "before_cursor_execute", lambda _c, _k, said, *_rest: statements.append(said))
    return statements


def rested(qtbot: QtBot, screen: FollowUpsScreen) -> None:
    """Wait until the pages beside the one that is shown are there."""
    qtbot.waitUntil(lambda: screen.ahead.ready)


def strips(screen: FollowUpsScreen) -> list[str]:
    return [piece_words(piece) for piece in screen.month.pieces_of(THEN)]


def turn(qtbot: QtBot, screen: FollowUpsScreen) -> list[str]:
    """What stands a month later, once the page was turned."""
    qtbot.keyClick(screen.month, Qt.Key.Key_PageDown)
    assert (screen.title.text()[-4:], screen.month.day) == ("2026", THEN)
    return strips(screen)


def test_a_page_that_was_read_ahead_asks_nothing_when_it_is_turned(
    qtbot: QtBot, asked: list[str], screen: FollowUpsScreen
) -> None:
    assert turn(qtbot, screen) == ["Cups"] and screen.agenda.model.rowCount() == 1
    assert asked == []
    rested(qtbot, screen)
    asked.clear()
    qtbot.keyClick(screen.month, Qt.Key.Key_PageUp)
    assert screen.title.text() == "November 2026" and asked == []


def test_week_and_day_are_read_ahead_as_well(qtbot: QtBot, asked: list[str], screen: FollowUpsScreen) -> None:
    for view, key in ((View.WEEK, Qt.Key.Key_PageDown), (View.DAY, Qt.Key.Key_Left)):
        screen.show_view(view)
        grid = screen.grid
        assert grid is not None
        rested(qtbot, screen)
        asked.clear()
        qtbot.keyClick(grid, key)
        assert asked == []


def test_pages_are_not_read_ahead_while_the_key_is_held_down(qtbot: QtBot, screen: FollowUpsScreen) -> None:
    for _ in range(6):
        qtbot.keyClick(screen.month, Qt.Key.Key_PageDown)
        assert not screen.ahead.ready and screen.ahead._task is None


def another_window(path: Path, clock: FixedClock) -> None:
    other = open_shop(path, clock=clock)
    other.work.write(followups.book, FollowUpDraft(THEN, FollowUpKind.CALL, text="Boxes"), NOW)
    other.close()


@pytest.mark.parametrize("whose_act", ["this window", "another worker", "another process"])
def test_what_was_written_since_is_on_the_page(
    qtbot: QtBot, gateway: Gateway, work: UnitOfWork, clock: FixedClock, screen: FollowUpsScreen, whose_act: str
) -> None:
    draft = FollowUpDraft(THEN, FollowUpKind.CALL, text="Boxes")
    act: dict[str, Callable[[], object]] = {
        "this window": lambda: gateway.write(followups.book, draft, NOW),
        "another worker": lambda: work.write(followups.book, draft, NOW),
        "another process": lambda: another_window(work.path, clock),
    }
    act[whose_act]()
    assert not screen.ahead.ready
    assert turn(qtbot, screen) == ["Cups", "Boxes"]


def test_what_is_written_while_a_page_is_being_read_is_on_it(
    qtbot: QtBot, gateway: Gateway, work: UnitOfWork, screen: FollowUpsScreen
) -> None:
    screen.reload()
    rest = screen.ahead.rest
    with qtbot.waitSignal(rest.timeout):
        rest.timeout.connect(lambda: book(work, None, THEN, text="Boxes"))
    assert screen.ahead._task is not None, "it is being read"
    gateway.settle()
    assert not screen.ahead.ready
    assert turn(qtbot, screen) == ["Cups", "Boxes"]


def test_a_layer_switched_off_is_off_on_the_next_page(qtbot: QtBot, screen: FollowUpsScreen) -> None:
    chip = next(chip for chip in screen.layers.chips() if chip.view.value == "followups")
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert not screen.ahead.ready
    rested(qtbot, screen)
    assert turn(qtbot, screen) == []
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert strips(screen) == ["Cups"]


def test_another_person_chosen_has_the_next_page_read_anew(
    qtbot: QtBot, work: UnitOfWork, screen: FollowUpsScreen
) -> None:
    book(work, None, THEN, text="Hers", staff_id=FIONA)
    screen.head.whose_chosen.emit(str(FIONA))
    assert turn(qtbot, screen) == ["Hers"]
    screen.head.whose_chosen.emit(kept.MINE)
    assert strips(screen) == ["Cups"]


def test_another_language_speaks_on_the_next_page(qtbot: QtBot, screen: FollowUpsScreen, english: Interpreter) -> None:
    english.speak("zh_CN")
    qtbot.waitUntil(lambda: "年" in screen.title.text())
    assert not screen.ahead.ready, "read anew with the words"
    qtbot.keyClick(screen.month, Qt.Key.Key_PageDown)
    assert screen.title.text() == "2026年12月" and strips(screen) == ["Cups"]
    assert screen.agenda.title.text() == "12月23日 周三"


def test_the_day_that_turns_is_late_on_the_page_before(
    qtbot: QtBot, gateway: Gateway, work: UnitOfWork, clock: FixedClock, screen: FollowUpsScreen
) -> None:
    clock.forward(days=40)
    gateway.changed.emit(None)  # as the shop's day says
    assert turn(qtbot, screen) == ["Cups · overdue"]
