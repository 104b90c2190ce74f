"""While anything runs on another thread, garbage waits for the Qt thread; afterwards it is as before."""

import gc

from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.services import customers
from app.views.shared.gateway import Gateway


def test_no_garbage_is_collected_on_a_worker(qtbot: QtBot, gateway: Gateway) -> None:
    seen: list[bool] = []

    def counted(session: Session) -> int:
        seen.append(gc.isenabled())
        return customers.count(session)

    counted.__module__, counted.__name__ = customers.count.__module__, customers.count.__name__
    answers: list[int] = []
    assert gc.isenabled()
    gateway.read_later(counted, then=answers.append, owner=gateway)
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: answers == [0])
    assert seen == [False]
    assert gc.isenabled()


def test_a_gateway_that_closes_before_the_answer_lets_garbage_be_collected_again(gateway: Gateway) -> None:
    gateway.read_later(customers.count, then=lambda _count: None, owner=gateway)
    gateway.close()
    assert gc.isenabled()
