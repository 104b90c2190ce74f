"""Draws the screens of this feature to pictures: `python -m tests.customers.showing FOLDER`, to be looked at."""

import os
import sys
import tempfile
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import found_shop, open_shop
from app.views.customers.editor import open_editor
from app.views.customers.screen import CustomersScreen
from app.views.shared import dialogs, look
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway
from app.views.shared.layouts import row
from app.views.shared.translator import interpreter
from tests.customers.lively import furnish

LOOKS = tuple(product(("zh_CN", "en"), (look.Theme.LIGHT, look.Theme.DARK), (1.0,)))
LARGE = (("zh_CN", look.Theme.LIGHT, 1.5), ("en", look.Theme.LIGHT, 2.0))


def _clock() -> datetime:
    return datetime(2026, 11, 23, 2, tzinfo=UTC)


def main(folder: Path) -> None:
    app = QApplication(sys.argv[:1])
    place = Path(tempfile.mkdtemp())
    for name in ("lively", "empty"):
        found_shop(place / f"{name}.shop", name="云栖茶舍", currency="CNY", timezone="Asia/Shanghai", clock=_clock)
    shop, empty = (open_shop(place / f"{name}.shop", clock=_clock) for name in ("lively", "empty"))
    ids = furnish(shop.work)
    speaker = interpreter(app)
    for language, theme, scale in (*LOOKS, *LARGE):
        look.apply(app, theme=theme, language=language, scale=scale)
        speaker.speak(language)
        name = f"{language[:2]}-{theme.value}-{int(scale * 100)}"
        _draw(app, Desk(Gateway(shop.work), _clock), ids["沈静怡"], folder, name)
        _draw_none(app, Desk(Gateway(empty.work), _clock), folder, name)


def _window(app: QApplication, desk: Desk) -> tuple[QWidget, CustomersScreen]:
    window, screen = QWidget(), CustomersScreen(desk)
    window.setLayout(row(screen, gap=0))
    window.resize(1190, 720 if look.current().scale < 2 else 600)
    window.show()
    app.processEvents()
    desk.gateway.close()
    app.processEvents()
    return window, screen


def _draw(app: QApplication, desk: Desk, customer: int, folder: Path, name: str) -> None:
    window, screen = _window(app, desk)
    screen.show_customer(customer)
    app.processEvents()
    app.processEvents()
    window.grab().save(str(folder / f"card-{name}.png"))
    QTest.keyClicks(screen.people.field, "zzz")
    app.processEvents()
    window.grab().save(str(folder / f"nobody-{name}.png"))
    screen.people.show_everyone()
    screen.show_people("VIP", (customer, customer + 1))
    form = open_editor(desk, window, card=screen.card.card)
    app.processEvents()
    dialogs.picture(window).save(str(folder / f"form-{name}.png"))
    form.reject()
    window.close()


def _draw_none(app: QApplication, desk: Desk, folder: Path, name: str) -> None:
    window, _screen = _window(app, desk)
    window.grab().save(str(folder / f"none-{name}.png"))
    window.close()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    main(target)
