"""Two thousand damaged files on every run: no traceback, none slow, the counts add up, no untouched row is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import Shop
from tests.faults.mutants import Verdict, mutant, scratch, tried

SHARES = 8
EACH = 250


@pytest.fixture(scope="module")
def scratch_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """One for all: everything a mutant brings in is rolled back."""
    shop = scratch(tmp_path_factory.mktemp("scratch"))
    yield shop
    shop.close()


@pytest.mark.parametrize("share", range(SHARES))
def test_no_damage_costs_more_than_it_touched(scratch_shop: Shop, tmp_path: Path, share: int) -> None:
    numbers = range(share * EACH, (share + 1) * EACH)
    verdicts = [tried(scratch_shop, tmp_path, mutant(number)) for number in numbers]
    assert [verdict for verdict in verdicts if verdict.wrong] == []


def test_a_lost_row_would_be_noticed(scratch_shop: Shop, tmp_path: Path) -> None:
    number = next(number for number in range(100) if mutant(number).keys)
    whole = mutant(number)
    more = type(whole)(whole.number, whole.kind, whole.name, whole.data, whole.keys | {"not in the file"})
    verdict: Verdict = tried(scratch_shop, tmp_path, more)
    assert verdict.wrong == "lost not in the file"
