"""Any story at the counter keeps the twelve rules of the points ledger and all its invariants (semantics.md)."""

from pathlib import Path

import pytest

from tests.loyalty.machine.telling import tell

PARTS, STORIES, STEPS = 4, 25, 30


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_any_story_keeps_the_twelve_rules(part: int, empty_shop_file: Path) -> None:
    tell(empty_shop_file, STORIES, STEPS, part)
