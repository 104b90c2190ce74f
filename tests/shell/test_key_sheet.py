"""The sheet of keys: each under the place it works in, none hidden by the same key elsewhere."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import open_shop
from app.views.shared import look
from app.views.shared.actions import acts
from app.views.shared.badges import Keycap
from app.views.shared.keys import keycap
from app.views.shell.acts import menu_titles
from app.views.shell.key_sheet import groups_of, open_key_sheet, title_of
from app.views.shell.places import PAGES, PLACES
from app.views.shell.start import Session, dressed
from app.views.shell.window import Window
from tests.architecture.test_handbook import key_tables

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, shop_path: Path, tmp_path: Path) -> Iterator[Window]:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    interpreter = dressed(qapp, language="en", theme=look.Theme.LIGHT, scale=1.0)
    session = Session(open_shop(shop_path, clock=lambda: NOW), interpreter)
    session.window.resize(1366, 768)
    session.window.show()
    for name in ("today", "customers", "followups"):
        session.window.go(name)
        session.gateway.settle()
    yield session.window
    session.window.close()


def test_a_letter_is_told_in_every_place_it_works_in(window: Window) -> None:
    groups = groups_of(window)
    assert groups["today"]["L"] == "Log and next"
    assert groups["customers"]["L"] == "Log contact"
    assert groups["customer"][keycap("Ctrl+L")] == "Log contact"


def test_every_key_of_the_window_is_on_the_sheet(window: Window) -> None:
    told = {key for keys in groups_of(window).values() for key in keys}
    assert told == {keycap(act.shortcut()) for act in acts(window) if not act.shortcut().isEmpty()}


def test_a_key_for_a_method_the_shop_does_not_have_is_not_on_the_sheet(window: Window) -> None:
    window.go("till")
    methods = [said for said in groups_of(window)["till"].values() if said.startswith("Pay by")]
    assert methods == ["Pay by WeChat", "Pay by Alipay", "Pay by Cash", "Pay by Card", "Pay by Stored value"]
    assert all(said for keys in groups_of(window).values() for said in keys.values())


def test_the_handbook_tells_every_key_as_the_sheet_does(window: Window) -> None:
    """Where this fails, `packaging/handbook.py` writes the tables anew."""
    window.go("till")  # its ways to pay are known once it has been seen
    window.hide()
    for place in (*PLACES, *PAGES):
        window.go(place.name)
    groups = groups_of(window)
    everywhere = [pair for menu in menu_titles() for pair in groups.pop(menu, {}).items()]
    on_sheet = {"Everywhere": dict(everywhere), **{title_of(name): keys for name, keys in groups.items()}}
    told = {
        heading: {keycap(key.replace("Enter", "Return")): said for key, said in keys}
        for heading, keys in key_tables("en").items()
    }
    assert list(told.items()) == list(on_sheet.items())


def test_the_sheet_prints_each_key(window: Window) -> None:
    dialog = open_key_sheet(window)
    assert len(dialog.findChildren(Keycap)) == sum(len(keys) for keys in groups_of(window).values())
    dialog.accept()
