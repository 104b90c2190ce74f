"""P9: from nothing to the first usable paint, against an empty window that imports the same libraries."""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

from app.bootstrap import found_shop, open_shop
from app.services.sample import make_sample
from tests.benchmarks.ratio import Row, in_turn, middle

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
IDS = ("P9",)
TIMES = 9

FLOOR = """
    import sqlalchemy
    from PySide6.QtWidgets import QApplication, QWidget
    app = QApplication([])
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    window.grab()
"""

OURS = """
    from app.__main__ import collect_seldom
    collect_seldom()
    import sys
    from datetime import UTC, datetime
    from pathlib import Path
    from app.bootstrap import open_shop
    from app.views.shared import look
    from app.views.shell.start import Session, application, dressed
    app = application()
    interpreter = dressed(app, language="zh_CN", theme=look.Theme.LIGHT, scale=1.0)
    session = Session(open_shop(Path(sys.argv[1]), clock=lambda: datetime(2026, 11, 23, 2, 0, tzinfo=UTC)), interpreter)
    session.window.resize(1366, 768)
    session.window.go("today")
    session.window.show()
    app.processEvents()
    session.window.grab()
    import os
    os._exit(0)
"""


def rows() -> list[Row]:
    """One row: medians of several cold processes, taken in turn so that both see the same machine."""
    with tempfile.TemporaryDirectory() as folder:
        shop = _sample(Path(folder) / "sample.shop")
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": ""}
        floor, ours = in_turn(lambda: _run(FLOOR, shop, environment), lambda: _run(OURS, shop, environment), TIMES)
    return [Row("P9", "cold start to first usable paint (Today)", middle(ours), middle(floor), 2.0, 1.0)]


def _sample(path: Path) -> Path:
    found_shop(path, name="Sample", currency="CNY", timezone="Asia/Shanghai", clock=lambda: NOW)
    shop = open_shop(path, clock=lambda: NOW)
    shop.work.write(make_sample, until=NOW)
    shop.close()
    return path


def _run(script: str, shop: Path, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-c", dedent(script), str(shop)], env=environment, check=True, capture_output=True)
