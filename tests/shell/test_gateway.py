"""The door between screens and the shop: what is heard after a read, a write, a refusal, an undo, a foreign commit."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.bootstrap import Shop, open_shop
from app.domain.errors import Cancelled
from app.services import customers, permissions, sales, till
from app.services.settings import change, settings
from app.services.undo import ChangedSince
from app.views.shared.gateway import Gateway
from tests.till.counter import Counter


def count_slowly(session: Session, upto: int, *, progress: Callable[[int, int], None]) -> int:
    """Renames the shop at each step and reports; cancelling must leave the old name."""
    for step in range(upto):
        change(session, {"name": f"Step {step}"})
        session.flush()
        progress(step, upto)
    return upto


def broken(session: Session) -> None:
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def own_services(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("count_slowly", "broken"):
        monkeypatch.setitem(permissions.NEEDS, f"tests.{name}", permissions.CLERK)


def test_a_write_is_heard_and_said_with_undo(qtbot: QtBot, gateway: Gateway) -> None:
    with qtbot.waitSignal(gateway.changed) as changed, qtbot.waitSignal(gateway.said) as said:
        gateway.write(change, {"name": "New"}, said="Renamed")
    assert changed.args[0].features == {"settings"}
    assert said.args == ["Renamed", True]
    assert gateway.undoable == "Renamed"


def test_undo_and_redo_walk_back_and_forth(qtbot: QtBot, gateway: Gateway) -> None:
    for name in ("One", "Two", "Three"):
        gateway.write(change, {"name": name}, said=name)
    seen = []
    for step in (gateway.undo, gateway.undo, gateway.redo, gateway.undo, gateway.undo):
        assert step()
        seen.append(gateway.read(settings).name)
    assert seen == ["Two", "One", "Two", "One", "Cloudrest Tea"]
    assert not gateway.undo()
    assert gateway.redoable == "One"


def test_a_new_act_forgets_what_could_be_redone(gateway: Gateway) -> None:
    gateway.write(change, {"name": "One"}, said="One")
    gateway.undo()
    gateway.write(change, {"name": "Two"}, said="Two")
    assert gateway.redoable is None


def test_an_undo_that_comes_too_late_is_refused_and_changes_nothing(qtbot: QtBot, gateway: Gateway, shop: Shop) -> None:
    gateway.write(change, {"name": "Mine"}, said="Mine")
    shop.work.write(change, {"name": "Theirs"})
    with qtbot.waitSignal(gateway.refused) as heard:
        assert not gateway.undo()
    assert isinstance(heard.args[0], ChangedSince)
    assert gateway.read(settings).name == "Theirs"


def test_what_others_point_at_by_now_stays_and_the_undo_is_refused(qtbot: QtBot, gateway: Gateway, shop: Shop) -> None:
    counter = Counter(shop.work)
    draft = customers.CustomerDraft(name="Just now")
    someone = gateway.write(customers.add, draft, at=counter.now, said="Added")
    assert someone is not None
    gateway.write(till.sell, counter.ticket(someone, 10), operation_id="sold", at=counter.now, said="Sold")
    assert gateway.undo()
    with qtbot.waitSignal(gateway.refused) as heard:
        assert not gateway.undo()  # the bill that was taken back still names its buyer
    assert isinstance(heard.args[0], ChangedSince)
    assert [row.voided for row in gateway.read(sales.sales_of, someone)] == [True]
    assert gateway.redo()


def test_a_copy_brought_back_by_another_window_ends_what_can_be_undone(
    qtbot: QtBot, gateway: Gateway, shop: Shop
) -> None:
    counter = Counter(shop.work)
    copy = shop.work.copies.make("hand")
    mine = gateway.write(till.sell, counter.ticket(None, 10), operation_id="mine", at=counter.now, said="Sold")
    counter.now += timedelta(minutes=1)
    other = open_shop(gateway.path, clock=lambda: counter.now)
    other.work.copies.restore(copy.path)
    (theirs, _) = other.work.write(till.sell, counter.ticket(None, 99), operation_id="theirs", at=counter.now)
    other.close()
    assert mine is not None and theirs.sale_id == mine.sale_id
    with qtbot.waitSignals([gateway.refused, gateway.restored]):
        assert not gateway.undo()
    assert gateway.undoable is None
    assert not gateway.read(sales.sale, theirs.sale_id).row.voided


def test_a_long_read_answers_on_this_thread(qtbot: QtBot, gateway: Gateway) -> None:
    heard: list[Any] = []
    owner = QObject()
    task = gateway.read_later(settings, then=heard.append, owner=owner)
    with qtbot.waitSignal(task.ended):
        assert not heard
    assert [found.name for found in heard] == ["Cloudrest Tea"]


def test_a_dropped_read_is_not_heard(qtbot: QtBot, gateway: Gateway) -> None:
    heard: list[Any] = []
    owner = QObject()
    task = gateway.read_later(settings, then=heard.append, owner=owner)
    task.drop()
    with qtbot.waitSignal(task.ended):
        pass
    assert not heard


def test_a_long_write_commits_once_and_can_be_undone(qtbot: QtBot, gateway: Gateway) -> None:
    task = gateway.write_later(count_slowly, 5, said="Counted")
    with qtbot.waitSignal(task.committed) as heard:
        pass
    assert heard.args == [5]
    assert gateway.read(settings).name == "Step 4"
    gateway.undo()
    assert gateway.read(settings).name == "Cloudrest Tea"


def test_a_cancelled_write_is_as_if_it_had_never_begun(qtbot: QtBot, gateway: Gateway) -> None:
    task = gateway.write_later(count_slowly, 100_000)
    task.progressed.connect(task.cancel)
    with qtbot.waitSignal(task.failed) as heard:
        pass
    assert isinstance(heard.args[0], Cancelled)
    assert gateway.read(settings).name == "Cloudrest Tea"
    assert gateway.undoable is None


def test_a_bug_in_a_read_is_raised_not_swallowed(qtbot: QtBot, gateway: Gateway) -> None:
    with qtbot.captureExceptions() as caught:
        task = gateway.read_later(broken, then=lambda _answer: None, owner=gateway)
        with qtbot.waitSignal(task.ended):
            pass
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]


def test_a_commit_by_another_process_is_noticed(qtbot: QtBot, gateway: Gateway, shop: Shop) -> None:
    gateway.watch()
    other = open_shop(shop.path)
    with qtbot.waitSignal(gateway.changed, timeout=10_000) as heard:
        other.work.write(change, {"name": "Elsewhere"})
    other.close()
    assert heard.args == [None]


def test_a_shop_out_of_reach_is_looked_for_until_it_is_back(qtbot: QtBot, gateway: Gateway, shop: Shop) -> None:
    gateway.watch()
    (timer,) = gateway.findChildren(QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly)
    timer.setInterval(1)
    shop.work.close()
    away = shop.path.rename(shop.path.with_suffix(".away"))
    for _ in range(2):
        with qtbot.waitSignal(timer.timeout):
            pass
    with qtbot.waitSignal(gateway.changed) as heard:
        away.rename(shop.path)
    assert heard.args == [None]
    assert gateway.read(settings).name == "Cloudrest Tea"


def test_undo_while_the_shop_is_out_of_reach_is_told_and_can_be_asked_again(
    qtbot: QtBot, gateway: Gateway, shop: Shop
) -> None:
    gateway.write(change, {"name": "Later"}, said="Renamed")
    shop.work.close()
    away = shop.path.rename(shop.path.with_suffix(".away"))
    with qtbot.waitSignal(gateway.troubled):
        assert not gateway.undo()
    away.rename(shop.path)
    assert gateway.undo()
    assert gateway.read(settings).name == "Cloudrest Tea"


def test_a_restore_shows_what_was_and_forgets_undo(qtbot: QtBot, gateway: Gateway) -> None:
    with qtbot.waitSignal(gateway.back_up("by-hand").answered) as copied:
        pass
    gateway.write(change, {"name": "Later"}, said="Renamed")
    with qtbot.waitSignal(gateway.changed):
        gateway.restore(copied.args[0].path)
    assert gateway.read(settings).name == "Cloudrest Tea"
    assert gateway.undoable is None
    assert len(gateway.copies) == 2
