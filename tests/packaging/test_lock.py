"""The lock that releases install from fits pyproject.toml: complete, hashed, and without any address."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.sources import ROOT

HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}(?= |$)")


def pinned(lock: str) -> dict[str, list[Requirement]]:
    """The lock's entries by name; one package may have several, for different systems or Pythons."""
    entries = [Requirement(line.split(" --hash")[0].strip()) for line in logical_lines(lock)]
    names = {canonicalize_name(entry.name) for entry in entries}
    return {name: [entry for entry in entries if canonicalize_name(entry.name) == name] for name in names}


def logical_lines(lock: str) -> list[str]:
    """The lock's entries, each on one line with its hashes."""
    return [line for line in re.sub(r" *\\\n *", " ", lock).splitlines() if line.strip()]


def misfits(lock: str, wanted: list[str]) -> list[str]:
    """What `wanted` and everything it needs on this machine miss in the lock."""
    pins = pinned(lock)
    return [str(need) for need in closure([Requirement(word) for word in wanted]) if not _is_met(need, pins)]


def _is_met(need: Requirement, pins: dict[str, list[Requirement]]) -> bool:
    here = [pin for pin in pins.get(canonicalize_name(need.name), []) if pin.marker is None or pin.marker.evaluate()]
    return len(here) == 1 and need.specifier.contains(_version(here[0]), prereleases=True)


def _version(pin: Requirement) -> Version:
    (exactly,) = pin.specifier
    assert exactly.operator == "==", f"{pin} is not pinned"
    return Version(exactly.version)


def closure(wanted: list[Requirement]) -> Iterator[Requirement]:
    """`wanted` and, from the installed packages' own word, all that they need here."""
    seen: set[str] = set()
    waiting = list(wanted)
    while waiting:
        need = waiting.pop()
        if str(need) not in seen:
            seen.add(str(need))
            yield need
            waiting += _needs(need)


def _needs(need: Requirement) -> list[Requirement]:
    try:
        words = [Requirement(word) for word in requires(need.name) or []]
    except PackageNotFoundError:
        return []
    extras = [{"extra": extra} for extra in ("", *need.extras)]
    return [word for word in words if word.marker is None or any(word.marker.evaluate(extra) for extra in extras)]


def unhashed(lock: str) -> list[str]:
    """The entries without a hash."""
    return [line for line in logical_lines(lock) if not HASH.search(line)]


@pytest.fixture(scope="module")
def lock() -> str:
    return (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wanted() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [str(word) for word in project["dependencies"]]


def test_the_lock_holds_all_that_the_program_needs(lock: str, wanted: list[str]) -> None:
    """A package missing or too old here: run packaging/lock.py."""
    assert misfits(lock, wanted) == []


def test_every_entry_has_its_hashes(lock: str) -> None:
    assert unhashed(lock) == []


def test_no_entry_has_an_address(lock: str) -> None:
    assert "://" not in lock


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("system", ["win32", "darwin", "linux"])
def test_each_python_on_each_system_finds_one_version_of_everything(lock: str, python: str, system: str) -> None:
    machine = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": system}
    for name, entries in pinned(lock).items():
        here = [entry for entry in entries if entry.marker is None or entry.marker.evaluate(machine)]
        assert len(here) == 1, name


def test_a_missing_package_is_seen(lock: str, wanted: list[str]) -> None:
    (alembic,) = [line for line in logical_lines(lock) if line.startswith("alembic==")]
    assert [
        need for need in misfits(lock.replace(alembic.split(" ")[0], "alembicc==1.20.1"), wanted) if "alembic" in need
    ]


def test_a_package_missing_further_down_is_seen(lock: str, wanted: list[str]) -> None:
    assert any("mako" in need.lower() for need in misfits(lock.replace("mako==", "makoo=="), wanted))


def test_a_version_that_no_longer_fits_is_seen(lock: str, wanted: list[str]) -> None:
    assert misfits(lock, [*wanted, "openpyxl>=99"]) == ["openpyxl>=99"]


def test_a_missing_hash_is_seen(lock: str) -> None:
    assert unhashed(lock + "\nsomething==1.0\n") == ["something==1.0"]
