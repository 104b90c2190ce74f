"""The project's Python files as parsed text, for the rules that read them, and how an offence is written down."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"
TESTS = ROOT / "tests"

Rule = Callable[[str], list[str]]


@dataclass(frozen=True)
class Source:
    """One file: where it lies, seen from the project's root, and what it says."""

    path: str
    text: str

    def is_in(self, places: tuple[str, ...]) -> bool:
        """Whether this file is one of `places`: a file by its path, a folder by its path and a slash."""
        return any(self.path.startswith(place) if place.endswith("/") else self.path == place for place in places)


def sources(folder: Path, *, of: Path = ROOT) -> list[Source]:
    """Every Python file under `folder`."""
    files = sorted(file for file in folder.rglob("*.py") if "__pycache__" not in file.parts)
    return [Source(file.relative_to(of).as_posix(), file.read_text(encoding="utf-8")) for file in files]


def offences(files: list[Source], rule: Rule, *, allowed: tuple[str, ...] = ()) -> list[str]:
    """What `rule` says of each file that is not `allowed`, as "path:line: what"."""
    return [f"{file.path}:{found}" for file in files if not file.is_in(allowed) for found in rule(file.text)]


def at(node: ast.AST, what: str) -> str:
    """An offence: the line it stands on and what it is."""
    return f"{getattr(node, 'lineno', 0)}: {what}"


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in `tree`."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def last_name(node: ast.AST) -> str:
    """The last word of a dotted name: `tr` of `self.tr`, "" for anything that is no name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def is_literal(node: ast.AST) -> bool:
    """Whether `node` is a string written out where it stands."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def words(node: ast.AST) -> list[str]:
    """Every string written within `node`."""
    return [part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def docstrings(tree: ast.AST) -> set[ast.AST]:
    """The string nodes that are docstrings."""
    homes = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = (node.body for node in ast.walk(tree) if isinstance(node, homes))
    return {body[0].value for body in bodies if body and isinstance(body[0], ast.Expr) and is_literal(body[0].value)}
