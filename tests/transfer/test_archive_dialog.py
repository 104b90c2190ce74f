"""An archive in the window: shown first, then a shop of its own; stopped or damaged it leaves nothing."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop, found_from_archive, open_shop
from app.services.transfer import export_archive, hand_over
from app.storage.unit_of_work import UnitOfWork
from app.views.shared.desk import BringArchive, Desk
from app.views.transfer.archive_in import ArchiveDialog, Makers, open_archive
from app.views.transfer.wizard import open_wizard
from tests.transfer.bringing import NOW, asked, bring, written


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.resize(1366, 768)
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def archive(work: UnitOfWork, tmp_path: Path) -> Path:
    """An archive of a shop with two customers."""
    bring(work, written(tmp_path, "会员号,姓名\nV1,王伟\nV2,李娜"), "customers")
    path = tmp_path / "old shop.zip"
    work.write(hand_over, work.read(export_archive, path, at=NOW))
    return path


def shown(qtbot: QtBot, desk: Desk, window: QWidget, path: Path, opened: list[Path]) -> ArchiveDialog:
    dialog = open_archive(desk, window, Makers(found_from_archive, opened.append), str(path))
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog._task is None, timeout=20_000)
    return dialog


def press(qtbot: QtBot, dialog: ArchiveDialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_what_is_in_it_comes_first_and_then_a_shop_of_its_own(
    qtbot: QtBot, desk: Desk, window: QWidget, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    dialog = shown(qtbot, desk, window, archive, opened)
    assert dialog.about.text() == "Cloudrest Tea"
    assert (dialog.numbers["customers"].text(), dialog.numbers["sales"].text()) == ("2", "0")
    target = tmp_path / "again.shop"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(target.with_suffix("")), ""))
    press(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.made is not None, timeout=30_000)
    assert dialog.primary.text() == "Open it now"
    press(qtbot, dialog)
    assert opened == [target]
    again = open_shop(target, clock=lambda: NOW)
    assert asked(again.work, "SELECT name FROM customers ORDER BY id") == [("王伟",), ("李娜",)]
    again.close()


def test_esc_stops_it_and_nothing_is_left(
    qtbot: QtBot, desk: Desk, window: QWidget, sample_shop: Shop, tmp_path: Path
) -> None:
    path = tmp_path / "sample.zip"
    sample_shop.work.write(hand_over, sample_shop.work.read(export_archive, path, at=NOW))
    dialog = shown(qtbot, desk, window, path, [])
    target = tmp_path / "stopped.shop"
    dialog.make(target)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog._task is None, timeout=30_000)
    assert dialog.isVisible()
    assert dialog.note.text()
    assert (dialog.made, list(tmp_path.glob("stopped*"))) == (None, [])


def test_a_damaged_archive_is_told_and_makes_nothing(qtbot: QtBot, desk: Desk, window: QWidget, archive: Path) -> None:
    data = archive.read_bytes()
    archive.write_bytes(data[: len(data) // 2])
    dialog = shown(qtbot, desk, window, archive, [])
    assert not dialog.primary.isVisible()
    assert dialog.said.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_name_that_is_taken_is_refused_and_can_be_chosen_anew(
    qtbot: QtBot, desk: Desk, window: QWidget, archive: Path, tmp_path: Path
) -> None:
    dialog = shown(qtbot, desk, window, archive, [])
    taken = tmp_path / "taken.shop"
    taken.write_bytes(b"mine")
    dialog.make(taken)
    qtbot.waitUntil(lambda: dialog._task is None, timeout=20_000)
    assert taken.read_bytes() == b"mine"
    assert dialog.primary.isEnabled()


def test_the_wizard_hands_an_archive_on(qtbot: QtBot, desk: Desk, window: QWidget, archive: Path) -> None:
    asked_for: list[object] = []
    desk.asked.connect(asked_for.append)
    wizard = open_wizard(desk, window)
    wizard.look_at(archive)
    assert asked_for == [BringArchive(str(archive))]
    assert not wizard.isVisible()
