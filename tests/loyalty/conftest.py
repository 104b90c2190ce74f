"""A counter on a new shop."""

import pytest

from app.storage.unit_of_work import UnitOfWork
from tests.till.counter import Counter


@pytest.fixture
def counter(work: UnitOfWork) -> Counter:
    return Counter(work)
