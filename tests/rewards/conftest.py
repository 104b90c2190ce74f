"""A drawer of cards in an empty shop."""

import pytest

from app.storage.unit_of_work import UnitOfWork
from tests.rewards.desk_drawer import Drawer, allow


@pytest.fixture(autouse=True)
def own_services(monkeypatch: pytest.MonkeyPatch) -> None:
    allow(monkeypatch)


@pytest.fixture
def drawer(work: UnitOfWork) -> Drawer:
    return Drawer(work)
