"""The lively shop, for every test of this feature."""

import pytest

from app.storage.unit_of_work import UnitOfWork
from tests.customers.lively import furnish


@pytest.fixture
def ids(work: UnitOfWork) -> dict[str, int]:
    """The customers of the lively shop, by name."""
    return furnish(work)
