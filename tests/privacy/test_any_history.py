"""Whatever happened before: an erasure leaves every sum as it was, and the ledgers sound."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.bootstrap import open_shop
from app.domain.errors import ShopError
from app.services import customers, duplicates, loyalty, privacy, till
from app.services.customers import CustomerDraft
from app.storage.journal import TakenBackBy
from app.storage.unit_of_work import UnitOfWork
from tests.privacy.marked import NOW
from tests.privacy.test_erasing import books

ACTS = st.lists(
    st.tuples(st.sampled_from(["sell", "sell", "adjust", "merge", "undo"]), st.integers(0, 2), st.integers(1, 900)),
    max_size=12,
)


def act(work: UnitOfWork, people: list[int], ways: list[TakenBackBy], step: int, told: tuple[str, int, int]) -> None:
    """One act of a history; what the shop refuses did not happen."""
    name, who, amount = told
    at = NOW - timedelta(days=200 - step * 16)
    person = people[who]
    try:
        if name == "sell":
            ticket = till.Ticket(person, (till.TicketLine(None, 1000, amount * 10_000),))
            _, changes = work.write(till.sell, ticket, operation_id=f"act-{step}", at=at)
        elif name == "adjust":
            points = amount if amount % 3 else -amount
            _, changes = work.write(loyalty.adjust, person, points, "why", operation_id=f"act-{step}", at=at)
        elif name == "merge":
            _, changes = work.write(duplicates.merge, person, people[amount % 3], at=at)
        elif ways:
            way = ways.pop()
            work.write(way.service, *way.args, **way.named)
            return
        else:
            return
    except ShopError:
        return
    if changes.taken_back_by is not None:
        ways.append(changes.taken_back_by)


@pytest.mark.parametrize("which", [0, 1, 2])
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=ACTS)
def test_no_sum_changes(empty_shop_file: Path, tmp_path: Path, which: int, history: list[tuple[str, int, int]]) -> None:
    path = Path(shutil.copy(empty_shop_file, tmp_path / "any.shop"))
    shop = open_shop(path, clock=lambda: NOW)
    people = [shop.work.write(customers.add, CustomerDraft(f"Person {n}"), at=NOW)[0] for n in range(3)]
    ways: list[TakenBackBy] = []
    for step, told in enumerate(history):
        act(shop.work, people, ways, step, told)
    before = books(shop.work, people)
    shop.work.write(privacy.erase, people[which], at=NOW)
    assert books(shop.work, people) == before
    assert before["check"].ok
    shop.close()
