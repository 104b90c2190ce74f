"""A shop with two people."""

import pytest

from app.services import customers
from app.services.customers import CustomerDraft
from app.storage.unit_of_work import UnitOfWork
from tests.till.counter import MORNING


@pytest.fixture
def ann(work: UnitOfWork) -> int:
    return work.write(customers.add, CustomerDraft(name="Ann"), at=MORNING)[0]


@pytest.fixture
def ben(work: UnitOfWork) -> int:
    return work.write(customers.add, CustomerDraft(name="Ben"), at=MORNING)[0]
