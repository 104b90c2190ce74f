"""A start imports only what the first screen needs, and the rest once the window has been painted."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

HEAVY = frozenset(
    {
        "alembic",
        "charset_normalizer",
        "defusedxml",
        "lunar_python",
        "matplotlib",
        "numpy",
        "openpyxl",
        "phonenumbers",
        "pypinyin",
        "qtawesome",
    }
)
"""Each costs between a twentieth of a second and a whole one."""

LATER = frozenset(
    {
        "app.services.insights",
        "app.services.loyalty",
        "app.services.sample",
        "app.services.search",
        "app.services.transfer",
        "app.services.backup",
        "app.services.till",
        "app.charts",
        "app.formats",
        "app.views.customers",
        "app.views.insights",
        "app.views.search",
        "app.views.settings",
        "app.views.till",
        "app.views.transfer",
        "app.views.shared.dialogs",
        "app.views.shell.first_run",
    }
)
"""Parts of ours that Today does not show."""

START = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtCore import QSettings
QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, sys.argv[2])
from app.bootstrap import open_shop
from app.views.shared import look
from app.views.shell.start import Session, application, dressed
app = application()
interpreter = dressed(app, language="zh_CN", theme=look.Theme.LIGHT, scale=1.0)
shop = open_shop(Path(sys.argv[1]), clock=lambda: datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
session = Session(shop, interpreter)
told = []
session.window.painted.connect(lambda: told.append(sorted(sys.modules)))
session.afterwards.ended.connect(lambda: (told.append(sorted(sys.modules)), session.window.close()))
session.show("today")
app.exec()
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def imported(empty_shop_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], set[str]]:
    """The modules there are when the window is first painted, and when everything that was left for later is done."""
    folder = tmp_path_factory.mktemp("machine")
    shop = folder / "small.shop"
    shop.write_bytes(empty_shop_file.read_bytes())
    ran = subprocess.run(
        [sys.executable, "-c", START, str(shop), str(folder)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    painted, ended = json.loads(ran.stdout)
    return set(painted), set(ended)


def test_the_first_paint_waits_for_nothing_heavy(imported: tuple[set[str], set[str]]) -> None:
    painted, _ = imported
    assert {"sqlalchemy", "app.views.today.screen"} <= painted
    assert (HEAVY | LATER) & painted == set()


def test_what_a_person_may_open_next_is_there_before_it_is_asked_for(imported: tuple[set[str], set[str]]) -> None:
    _, ended = imported
    screens = ("customers", "followups", "complaints", "till", "members", "insights", "settings")
    assert {f"app.views.{name}.screen" for name in screens} <= ended
    assert {"app.views.search.palette", "app.views.transfer.wizard", "matplotlib.backends.backend_agg"} <= ended
