"""Time is an argument: nothing below the screens and the command line asks the clock."""

import ast

import pytest

from tests.architecture.sources import APP, at, last_name, offences, sources

TIMELESS = ("domain", "formats", "models", "storage", "services", "charts")

# How long something took is not what time it is; progress of long work in storage may ask for that.
STOPWATCHES = frozenset({"monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"})
CLOCKS = {
    "datetime": frozenset({"now", "utcnow", "today"}),
    "date": frozenset({"today"}),
    "func": frozenset({"now", "current_timestamp", "current_date", "current_time", "localtime", "localtimestamp"}),
    "time": frozenset({"time", "time_ns", "localtime", "gmtime", "ctime", "asctime"}) | STOPWATCHES,
}
SQL_CLOCKS = ("current_timestamp", "current_date", "current_time", "'now'", "unixepoch()")


def clock_readings(text: str, *, stopwatch: bool = False) -> list[str]:
    """Every place where the code of `text` asks what time it is."""
    tree = ast.parse(text)
    spared = STOPWATCHES if stopwatch else frozenset()
    found = [_named(node, spared) or _imported(node, spared) or _in_sql(node) for node in ast.walk(tree)]
    return [offence for offence in found if offence]


def _named(node: ast.AST, spared: frozenset[str]) -> str:
    """`datetime.now`, called or handed on as a default."""
    if isinstance(node, ast.Attribute) and node.attr in CLOCKS.get(last_name(node.value), frozenset()) - spared:
        return at(node, f"{last_name(node.value)}.{node.attr}")
    return ""


def _imported(node: ast.AST, spared: frozenset[str]) -> str:
    """`from time import time`."""
    if isinstance(node, ast.ImportFrom) and node.module == "time":
        taken = sorted({name.name for name in node.names} & CLOCKS["time"] - spared)
        return at(node, f"from time import {', '.join(taken)}") if taken else ""
    return ""


def _in_sql(node: ast.AST) -> str:
    """`DEFAULT CURRENT_TIMESTAMP`, `date('now')`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        said = [word for word in SQL_CLOCKS if word in node.value.lower()]
        return at(node, f"{said[0]} in SQL") if said else ""
    return ""


def storage_clock_readings(text: str) -> list[str]:
    """The same for storage, which may measure how long its work takes."""
    return clock_readings(text, stopwatch=True)


@pytest.mark.parametrize("layer", TIMELESS)
def test_nothing_below_the_screens_asks_the_clock(layer: str) -> None:
    rule = storage_clock_readings if layer == "storage" else clock_readings
    found = offences(sources(APP / layer), rule)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "x = field(default_factory=datetime.now)",
        "date.today()",
        "time.time()",
        "from time import time",
        "time.monotonic()",
        "mapped_column(server_default=func.now())",
        "text(\"select date('now')\")",
        "text('created TEXT DEFAULT CURRENT_TIMESTAMP')",
    ],
)
def test_a_reading_of_the_clock_is_seen(text: str) -> None:
    assert clock_readings(text)


@pytest.mark.parametrize("text", ["at.date()", "row.time", "today(session, at=at)", "services.today.plan(session)"])
def test_words_that_only_sound_like_a_clock_pass(text: str) -> None:
    assert not clock_readings(text)


def test_storage_may_measure_how_long_work_takes() -> None:
    assert not storage_clock_readings("started = time.monotonic()")
    assert storage_clock_readings("started = time.time()")
