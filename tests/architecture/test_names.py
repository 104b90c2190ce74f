"""A path says what lies there, every module says what it is for, and every folder of code is a package."""

import ast
from pathlib import Path, PurePosixPath

import pytest

from tests.architecture.sources import APP, ROOT, TESTS, sources

NAMELESS = frozenset({"util", "utils", "helper", "helpers", "misc", "common", "manager", "managers"})


def says_nothing(path: str) -> bool:
    """Whether a word of `path` could stand on any drawer."""
    return not NAMELESS.isdisjoint(PurePosixPath(path).with_suffix("").parts)


def is_silent(text: str) -> bool:
    """Whether a module that holds something does not say what it is for."""
    tree = ast.parse(text)
    return bool(tree.body) and not ast.get_docstring(tree)


def unpackaged(folder: Path) -> list[str]:
    """Folders with Python files and no `__init__.py`: the import contracts would not look inside."""
    homes = {file.parent for file in folder.rglob("*.py") if "__pycache__" not in file.parts}
    return sorted(home.name for home in homes if not (home / "__init__.py").is_file())


def test_names_say_something() -> None:
    assert not [file.path for folder in (APP, TESTS) for file in sources(folder) if says_nothing(file.path)]


def test_every_module_says_what_it_is_for() -> None:
    folders = (APP, TESTS, ROOT / "packaging")
    assert not [file.path for folder in folders for file in sources(folder) if is_silent(file.text)]


def test_every_folder_of_code_is_a_package() -> None:
    # Alembic reads the migrations as files.
    assert not [name for name in unpackaged(APP) if name != "versions"]
    assert not unpackaged(TESTS)


@pytest.mark.parametrize("path", ["app/utils.py", "app/domain/helpers/money.py", "app/views/shared/misc.py"])
def test_a_name_that_says_nothing_is_seen(path: str) -> None:
    assert says_nothing(path)


def test_a_silent_module_is_seen() -> None:
    assert is_silent("import os\n")
    assert not is_silent("")
    assert not is_silent('"""Counts the drawer at the end of the day."""\nimport os\n')


def test_a_folder_that_is_no_package_is_seen(tmp_path: Path) -> None:
    (tmp_path / "loyalty").mkdir()
    (tmp_path / "loyalty" / "redeem.py").touch()
    (tmp_path / "__init__.py").touch()
    assert unpackaged(tmp_path) == ["loyalty"]
