"""The record is worded: acts by names that exist, changes column by column, blanks left out."""

import ast
import inspect
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import app
from app.models.every import Base
from app.services.audit import TrailRow
from app.services.permissions import NEEDS
from app.views.settings import trail_words

WRITING = {"write": 0, "write_later": 0, "taken_back_by": 1, "TakenBackBy": 0}
"""Calls that are handed a service, and which argument it is."""


def row(change: Any, kind: str = "update") -> TrailRow:
    return TrailRow(1, datetime(2026, 11, 23, tzinfo=UTC), "Ann", "customers.edit", "customers", "7", kind, change)


def keys_of(function: Any) -> set[str]:
    """The codes a function has words for."""
    tree = ast.parse(inspect.getsource(function))
    tables = (node for node in ast.walk(tree) if isinstance(node, ast.Dict))
    return {str(key.value) for table in tables for key in table.keys if isinstance(key, ast.Constant)}


def acts() -> set[str]:
    """Every service that something hands to a write, or names as its way back."""
    root = Path(app.__file__).parent
    return {
        name
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and WRITING.get(_called(node.func), len(node.args)) < len(node.args)
        for name in _services(node.args[WRITING[_called(node.func)]])
    }


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _services(node: ast.expr) -> set[str]:
    """The service a name stands for: `till.sell`, or a verb that only one feature has."""
    verb = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    feature = getattr(node.value, "id", "") if isinstance(node, ast.Attribute) else ""
    if f"{feature}.{verb}" in NEEDS:
        return {f"{feature}.{verb}"}
    found = {name for name in NEEDS if name.endswith(f".{verb}")}
    return found if len(found) == 1 else set()


def test_every_act_has_words() -> None:
    found = acts()
    assert {"till.sell", "loyalty.give_bonus", "transfer.undo_batch", "rewards.undo_coupons"} <= found
    assert found - keys_of(trail_words.act) == set()


def test_words_are_for_acts_and_tables_that_exist() -> None:
    assert keys_of(trail_words.act) - NEEDS.keys() == set()
    assert keys_of(trail_words.kind) - Base.metadata.tables.keys() == set()


def test_every_table_that_is_written_down_has_a_word() -> None:
    told = {mapper.class_.__tablename__ for mapper in Base.registry.mappers if not mapper.class_.cache}
    assert told - keys_of(trail_words.kind) - {"audit_entries", "import_changes"} == set()


def test_an_act_without_words_is_shown_as_it_is_called() -> None:
    assert trail_words.act("surveys.send_out") == "surveys: send out"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ["Anna", "Ann"]}, ["name: Anna → Ann"]),
        ({"name": [None, "Ann"], "company": [None, ""], "do_not_contact": [False, False]}, ["name: Ann"]),
        ({"do_not_contact": [False, True]}, ["do not contact: yes"]),
        ({"name": ["Ann", None], "sort_key": ["ann", "x"]}, ["name: Ann → —"]),
        ({"archived_at": [None, "2026-11-23T02:00:00+00:00"]}, ["archived: at 02"]),
        ({"rows": 12}, ["rows: 12"]),
        ({"value": [[0], [0, 6]]}, ["value: [0] → [0, 6]"]),
        (None, []),
    ],
)
def test_a_change_is_told_column_by_column(change: Any, said: list[str]) -> None:
    assert trail_words.differences(row(change), lambda moment: f"at {moment:%H}") == said
