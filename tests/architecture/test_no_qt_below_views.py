"""Every module below the screens is imported in one fresh interpreter, and none of them brings Qt in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

QTLESS = ("domain", "formats", "models", "storage", "services", "charts", "cli", "resources")

# Import contracts cannot see this: matplotlib's Qt backend, say, is a third party's import of Qt.
PROBE = """
import importlib, pathlib, sys
for layer in sys.argv[1:]:
    for file in sorted(pathlib.Path("app", layer).rglob("*.py")):
        parts = file.with_suffix("").parts
        # Alembic runs env.py, python -m runs __main__: neither is imported.
        if file.name in {"env.py", "__main__.py"}:
            continue
        importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
        if any(name.split(".")[0] in {"PySide6", "shiboken6"} for name in sys.modules):
            sys.exit(f"{file.as_posix()} brings Qt in")
"""


def imported(where: Path, *layers: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROBE, *layers],
        cwd=where,
        env=os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(where)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def test_no_layer_below_the_screens_brings_qt() -> None:
    ran = imported(ROOT, *QTLESS)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("line", ["import matplotlib.backends.backend_qtagg", "from PySide6.QtCore import QRect"])
def test_qt_brought_in_is_seen(tmp_path: Path, line: str) -> None:
    charts = tmp_path / "app" / "charts"
    charts.mkdir(parents=True)
    (tmp_path / "app" / "__init__.py").touch()
    (charts / "__init__.py").touch()
    (charts / "loyalty.py").write_text(f"{line}\n", encoding="utf-8")
    ran = imported(tmp_path, "charts")
    assert ran.returncode == 1
    assert "app/charts/loyalty.py brings Qt in" in ran.stderr
