"""A list of thousands: every place is reached, the rows are right there, and only a few pages are held."""

from collections.abc import Iterator
from random import Random

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.services import customers
from app.services.customers import Order, SortBy
from app.services.customers.figures import refresh
from app.storage.unit_of_work import UnitOfWork
from app.views.customers.people_list import PAGE, PeopleList
from app.views.shared.desk import Desk
from app.views.shared.rows_model import PAGES_KEPT

MANY = 5_000


@pytest.fixture
def people(qtbot: QtBot, work: UnitOfWork, desk: Desk) -> Iterator[PeopleList]:
    with Session(work.engine) as session:
        rows = [(f"顾客{n:05}", f"gu ke {n:05}", "2026-01-01T00:00:00.000Z") for n in range(MANY)]
        session.connection().exec_driver_sql(
            "INSERT INTO customers (name, sort_key, created_at, company, gender, wechat, birth_lunar, birth_leap, "
            "source, note, preferred_channel, do_not_contact, version) "
            "VALUES (?, ?, ?, '', '', '', 0, 0, '', '', '', 0, 1)",
            rows,
        )
        refresh(session)
        session.commit()
    made = PeopleList(desk)
    qtbot.addWidget(made)
    made.resize(296, 690)
    made.show()
    made.reload()
    yield made


def test_any_place_is_reached_and_memory_stays_flat(people: PeopleList) -> None:
    people.show_in(Order(SortBy.NAME, descending=False))
    rng = Random(5)
    for place in (0, MANY - 1, *(rng.randrange(MANY) for _ in range(200))):
        row = people.model.row_at(place)
        assert row is not None and row.name == f"顾客{place:05}"
        assert people.model.pages_held <= PAGES_KEPT
    assert people.model.rowCount() == MANY


def test_a_jump_reads_only_what_is_seen(people: PeopleList, work: UnitOfWork) -> None:
    bar = people.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    people.list.viewport().repaint()
    assert people.model.pages_held <= 4
    last = work.read(customers.page, Order(SortBy.LAST_SALE, descending=True), offset=MANY - PAGE, limit=PAGE)[-1]
    people.list.setFocus()
    people.list.setCurrentIndex(people.model.index(MANY - 1, 0))
    assert people.list.choice.row() == last
    assert people.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole).startswith(last.name)
