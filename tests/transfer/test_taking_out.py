"""The export dialog by keys: what, into which file, where; stopped it leaves nothing."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop
from app.domain.recurrence import Repeat
from app.services import audit, customers, followups
from app.services.followups import FollowUpDraft
from app.services.transfer import ENDINGS
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway
from app.views.transfer import export_words
from app.views.transfer.taking_out import TakingOut, open_export


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.resize(1366, 768)
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def anna(desk: Desk) -> int:
    gateway, now = desk.gateway, desk.now()
    added = [gateway.write(customers.add, customers.CustomerDraft(name=name), at=now) for name in ("Anna", "Bert")]
    assert added[0] is not None
    return added[0]


def chosen(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """The system's own dialog is answered with a path."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), ""))


def press(qtbot: QtBot, dialog: TakingOut) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_customers_go_into_a_table_by_keyboard(
    qtbot: QtBot, desk: Desk, window: QWidget, anna: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.csv"
    chosen(monkeypatch, target)
    said: list[str] = []
    desk.gateway.said.connect(lambda words, _undoable: said.append(words))
    dialog = open_export(desk, window)
    dialog.ending.set_value(".csv")
    dialog._on_ending(".csv")
    with qtbot.waitSignal(dialog.finished, timeout=20_000):
        press(qtbot, dialog)
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert {row["Name"] for row in csv.DictReader(file)} == {"Anna", "Bert"}
    assert said == ["2 rows written to out.csv"]
    assert any(row.action == "transfer.hand_over" for row in desk.gateway.read(audit.trail))


def test_chosen_customers_go_out_alone_and_a_forgotten_ending_is_added(
    qtbot: QtBot, desk: Desk, window: QWidget, anna: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch, tmp_path / "anna")
    dialog = open_export(desk, window, ids=(anna,))
    assert [chip.view.value for chip in dialog.what.chips()] == ["customers"]
    dialog.ending.set_value(".vcf")
    with qtbot.waitSignal(dialog.finished, timeout=20_000):
        press(qtbot, dialog)
    card = (tmp_path / "anna.vcf").read_text(encoding="utf-8")
    assert card.count("BEGIN:VCARD") == 1
    assert "FN:Anna" in card


def test_each_kind_offers_the_files_it_fits_into(qtbot: QtBot, desk: Desk, window: QWidget) -> None:
    dialog = open_export(desk, window)
    for kind, endings in ENDINGS.items():
        dialog.what.set_value(kind)
        dialog.what.chosen.emit(kind)
        assert {chip.view.value for chip in dialog.ending.chips()} == set(endings)
        assert dialog.ending.value() in endings
        assert dialog.about.text() == export_words.about(str(dialog.ending.value()))


def test_a_folder_that_cannot_be_written_is_told_and_leaves_nothing(
    qtbot: QtBot, desk: Desk, gateway: Gateway, window: QWidget, anna: int, tmp_path: Path
) -> None:
    dialog = open_export(desk, window)
    with qtbot.waitSignal(gateway.refused, timeout=20_000):
        dialog.write_to(tmp_path / "nowhere" / "out.xlsx")
    assert dialog.isVisible()
    assert dialog.primary.isEnabled()
    assert list(tmp_path.glob("*.part")) == []


def test_esc_stops_what_runs_and_nothing_is_left(
    qtbot: QtBot, desk: Desk, window: QWidget, sample_shop: Shop, tmp_path: Path
) -> None:
    door = Gateway(sample_shop.work)
    dialog = open_export(Desk(door, desk.now), window, kind="archive")
    dialog.write_to(tmp_path / "shop.zip")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.primary.isEnabled(), timeout=20_000)
    assert list(tmp_path.glob("shop*")) == []
    assert dialog.note.text()
    door.close()


def test_follow_ups_of_some_days_go_into_a_calendar_with_reminders(
    qtbot: QtBot, desk: Desk, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily = FollowUpDraft(desk.today(), text="Water", repeat=Repeat("FREQ=DAILY", times=9))
    desk.gateway.write(followups.book, daily, desk.now())
    target = tmp_path / "week.ics"
    chosen(monkeypatch, target)
    dialog = open_export(desk, window, kind="followups")
    dialog.ending.set_value(".ics")
    dialog._on_ending(".ics")
    qtbot.keyClicks(dialog.only.first, "+5")
    qtbot.keyClicks(dialog.only.last, "+3")
    press(qtbot, dialog)
    assert dialog.only.wrong.words.text() == "The first day comes after the last. Change one of them."
    qtbot.keyClick(dialog.only.last, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(dialog.only.last, "+20")
    qtbot.keyClick(dialog.only.reminds, Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.finished, timeout=20_000):
        press(qtbot, dialog)
    written = target.read_bytes()
    assert (written.count(b"BEGIN:VEVENT"), written.count(b"BEGIN:VALARM"), b"RRULE:FREQ=DAILY" in written) == (
        4,
        4,
        False,
    )


def test_one_follow_up_is_offered_alone_as_a_calendar(qtbot: QtBot, desk: Desk, window: QWidget) -> None:
    made = desk.gateway.write(followups.book, FollowUpDraft(desk.today(), text="Water"), desk.now())
    assert made is not None
    dialog = open_export(desk, window, kind="followups", ids=(made,))
    assert [chip.text() for chip in dialog.what.chips()] == ["Follow-ups"]
    assert (dialog.caption.text(), dialog.only.first.isVisible()) == ("1 chosen follow-up", False)
    assert dialog.ending.value() == ".ics"
