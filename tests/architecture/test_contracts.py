"""The import contracts of pyproject.toml hold for the program, and each of them is able to fail."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

PACKAGES = (
    "app",
    "app/charts",
    "app/cli",
    "app/domain",
    "app/formats",
    "app/models",
    "app/resources",
    "app/services",
    "app/services/customers",
    "app/services/loyalty",
    "app/storage",
    "app/views",
    "app/views/customers",
    "app/views/loyalty",
    "app/views/shared",
    "app/views/shell",
)

MODULES = (
    "app/bootstrap.py",
    "app/formats/csv_file.py",
    "app/models/loyalty.py",
    "app/services/loyalty/redeem.py",
    "app/storage/engine.py",
    "app/storage/errors.py",
    "app/views/customers/card.py",
    "app/views/shared/gateway.py",
    "app/views/shell/window.py",
)

# (contract, the file that offends, what it says); the modules it names exist in the small package below.
OFFENCES = [
    ("layers", "app/models/loyalty.py", "import app.services.loyalty"),
    ("layers", "app/storage/copies.py", "import app.services"),
    ("layers", "app/domain/money.py", "import app.formats"),
    ("layers", "app/services/loyalty/report.py", "import app.charts"),
    ("layers", "app/views/shared/gateway.py", "import app.cli"),
    ("layers", "app/cli/stats.py", "import app.views.shared"),
    ("layers", "app/bootstrap.py", "from app.views.shell import window"),
    ("layers", "app/services/loyalty/report.py", "import app.resources"),
    ("layers", "app/nowhere/__init__.py", ""),
    ("no-qt", "app/charts/loyalty.py", "from PySide6.QtGui import QColor"),
    ("no-qt", "app/services/loyalty/redeem.py", "def late():\n    import PySide6.QtCore"),
    ("no-qt", "app/cli/stats.py", "from PySide6.QtCore import QCoreApplication"),
    ("no-sql-above", "app/views/loyalty/screen.py", "from sqlalchemy import select"),
    ("no-sql-above", "app/cli/stats.py", "import sqlite3"),
    ("rows-not-objects", "app/views/loyalty/screen.py", "from app.models import loyalty"),
    ("one-door", "app/views/loyalty/screen.py", "from app.storage import engine"),
    ("one-door", "app/views/loyalty/screen.py", "from app import bootstrap"),
    ("charts-are-given", "app/charts/loyalty.py", "from sqlalchemy.orm import Session"),
    ("charts-are-given", "app/charts/loyalty.py", "from app.storage import engine"),
    ("pure-domain", "app/formats/csv_file.py", "import sqlalchemy"),
    ("pure-domain", "app/domain/money.py", "import matplotlib"),
    ("feature-order", "app/services/customers/card.py", "from app.services import loyalty"),
    ("feature-order", "app/services/nowhere/__init__.py", ""),
    ("screens-apart", "app/views/loyalty/screen.py", "from app.views import customers"),
    ("screens-apart", "app/views/shared/forms.py", "from app.views.customers import card"),
    ("screens-apart", "app/views/customers/card.py", "from app.views.shell import window"),
]

ALLOWED = [
    ("app/views/shell/window.py", "from app.views.customers import card"),
    ("app/views/customers/card.py", "from app.views.shared import gateway"),
    ("app/views/customers/__init__.py", "from app.views import shared"),
    ("app/views/shared/gateway.py", "from app.storage import engine"),
    ("app/views/customers/screen.py", "from app.storage import errors"),
    ("app/cli/screenshots.py", "def run():\n    from app.views.shell import window"),
    ("app/views/shell/start.py", "from app import bootstrap"),
    ("app/services/loyalty/redeem.py", "from app.services import customers"),
]


def lint(where: Path, *contract: str) -> subprocess.CompletedProcess[str]:
    """Hold the package `app` in `where` to the contracts written there: the one named, or all."""
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert program, "import-linter is not installed beside this Python"
    limits = [word for name in contract for word in ("--contract", name)]
    return subprocess.run(
        [program, "--no-logo", "--no-cache", "--config", "pyproject.toml", *limits],
        cwd=where,
        env=os.environ | {"PYTHONUTF8": "1", "COLUMNS": "500"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A package of the program's shape that keeps every contract, with the program's own contracts beside it."""
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for package in PACKAGES:
        put(tmp_path, f"{package}/__init__.py", "")
    for module in MODULES:
        put(tmp_path, module, "")
    return tmp_path


def put(where: Path, path: str, text: str) -> None:
    file = where / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text + "\n", encoding="utf-8")


def test_the_program_keeps_every_contract() -> None:
    ran = lint(ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_contract_is_seen_failing() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["id"] for contract in project["tool"]["importlinter"]["contracts"]}
    assert {contract for contract, _, _ in OFFENCES} == contracts


def test_what_the_layout_allows_is_allowed(small: Path) -> None:
    for path, text in ALLOWED:
        put(small, path, text)
    ran = lint(small)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(("contract", "path", "text"), OFFENCES)
def test_a_contract_refuses(small: Path, contract: str, path: str, text: str) -> None:
    put(small, path, text)
    ran = lint(small, contract)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "0 kept, 1 broken" in ran.stdout
