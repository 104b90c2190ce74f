"""A year day by day on a small sample shop: nothing comes twice, nothing is missed, a closed program loses nothing.

`REGULARS_SIMULATION=400` plays it with so many customers (slow: the oracle asks everything anew each day).
"""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.bootstrap import open_shop
from app.services.sample import make_sample
from tests.followups.simulation.oracle import Brought, Oracle
from tests.followups.simulation.plain import Reader, Row, day
from tests.followups.simulation.playing import Player
from tests.followups.simulation.script import CLOSED, Act, story

PEOPLE = int(os.environ.get("REGULARS_SIMULATION", "12"))
DAYS, PART, SEED = 365, 70, 41
FIRST = date(2026, 11, 24)
CAP = max(2, PEOPLE // 40)


@pytest.fixture(scope="session")
def small_sample(empty_shop_file: Path) -> Path:
    """The sample shop as it stood the evening before."""
    path = Path(shutil.copy(empty_shop_file, empty_shop_file.with_name("simulated.shop")))
    at = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    made = open_shop(path, clock=lambda: at)
    made.work.write(make_sample, until=at, customers=PEOPLE, years=1)
    made.close()
    return path


def acts() -> list[list[Act]]:
    return story(SEED, PEOPLE, DAYS, PEOPLE / 25)


def played(path: Path, days: int, starts: Callable[[int], int]) -> list[Row]:
    """What the rules have brought after so many days, with the program started so often on each."""
    player = Player(path, FIRST)
    player.prepare(CAP)
    for number, today in enumerate(acts()[:days]):
        on = FIRST + timedelta(days=number)
        for start in range(starts(number)):
            player.open_day(on, 6 + start)
        player.live(on, today)
    player.close()
    return found(path)


def found(path: Path) -> list[Row]:
    reader = Reader(path)
    rows = reader.followups()
    reader.close()
    return [row for row in rows if row["rule"]]


def told(row: Row) -> Brought:
    """A row as the oracle says it."""
    who, key = row["identity"].split(":")[2:]
    return row["rule"], int(who), day(row["due_on"]), day(row["latest_on"]), key, row["staff_id"]


def beside_oracle(path: Path, days: int) -> set[str]:
    """Plays so many days with the oracle beside it; which rules brought something."""
    player, reader, oracle = Player(path, FIRST), Reader(path), Oracle()
    player.prepare(CAP)
    seen: set[str] = set()
    for number, today in enumerate(acts()[:days]):
        on = FIRST + timedelta(days=number)
        before = reader.world()
        said = oracle.open_day(on, before)
        player.open_day(on)
        known = {row["id"] for row in before["followups"]}
        rows = reader.followups()
        assert {told(row) for row in rows if row["rule"] and row["id"] not in known} == said.new, f"{on}"
        stood = {row["id"]: (row["due_on"], row["identity"], row["rule"]) for row in before["followups"]}
        moved = {
            row["id"]: (day(row["due_on"]), day(row["latest_on"]), row["identity"].split(":")[3])
            for row in rows
            if row["id"] in known and (row["due_on"], row["identity"], row["rule"]) != stood[row["id"]]
        }
        assert moved == said.moved, f"{on}"
        seen |= {row["rule"] for row in rows if row["rule"]}
        player.live(on, today)
    player.close()
    reader.close()
    return seen


@pytest.mark.long
def test_each_day_of_a_year_brings_what_plain_python_says(small_sample: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(small_sample, tmp_path / "year.shop"))
    seen = beside_oracle(path, DAYS)
    kinds = {"thanks", "welcome", "reorder", "call_back", "after_case", "hesitating", "birthday", "points", "silence"}
    assert kinds <= seen and len(seen - kinds) >= 2, "every rule had something to bring"


def same(rows: list[Row]) -> list[tuple[object, ...]]:
    """What must not depend on when the program ran: everything but numbers and the moment a row was written."""
    left_out = {"id", "created_at", "version", "done_at"}
    return sorted((tuple(row[key] for key in sorted(row) if key not in left_out) for row in rows), key=str)


@pytest.fixture(scope="session")
def once_a_day(small_sample: Path) -> list[Row]:
    return played(Path(shutil.copy(small_sample, small_sample.with_name("daily.shop"))), PART, lambda _: 1)


def test_closed_for_three_weeks_it_brings_the_same(once_a_day: list[Row], small_sample: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(small_sample, tmp_path / "closed.shop"))
    rows = played(path, PART, lambda number: 0 if number in CLOSED else 1)
    assert same(rows) == same(once_a_day)
    assert any(FIRST + timedelta(CLOSED[0]) <= day(row["planned_on"]) <= FIRST + timedelta(CLOSED[-1]) for row in rows)


def test_started_three_times_a_day_it_brings_the_same(
    once_a_day: list[Row], small_sample: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(small_sample, tmp_path / "often.shop"))
    assert same(played(path, PART, lambda _: 3)) == same(once_a_day)
