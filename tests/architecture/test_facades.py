"""What a facade offers at run time is what type checkers read, and each name comes from the module it is said to."""

import ast
import importlib
from pathlib import Path

import pytest

from tests.architecture.sources import APP, ROOT

FACADES = [path for path in sorted(APP.rglob("__init__.py")) if "facade(" in path.read_text(encoding="utf-8")]


def package_of(path: Path) -> str:
    return ".".join(path.parent.relative_to(ROOT).parts)


def typed(path: Path) -> dict[str, str]:
    """The module of each name imported under TYPE_CHECKING."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    return {name.name: str(node.module) for node in imports for name in node.names}


@pytest.mark.parametrize("path", FACADES, ids=package_of)
def test_a_facade_offers_what_type_checkers_read(path: Path) -> None:
    package = importlib.import_module(package_of(path))
    assert package._homes == typed(path)
    assert package.__all__ == sorted(typed(path))


@pytest.mark.parametrize("path", FACADES, ids=package_of)
def test_every_name_is_there_and_no_module_hides_it(path: Path) -> None:
    package = importlib.import_module(package_of(path))
    for name, home in typed(path).items():
        module = importlib.import_module(home)
        assert getattr(package, name) is getattr(module, name)
        assert getattr(package, name) is not module


def test_a_name_that_is_not_offered_is_an_error() -> None:
    from app.services import customers

    with pytest.raises(AttributeError, match="no attribute 'nobody_offers_this'"):
        _ = customers.nobody_offers_this  # type: ignore[attr-defined]
