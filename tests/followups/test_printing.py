"""The calendar on paper: what each sheet holds, and that a PDF comes of it."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from app.domain.birthdays import Birthday
from app.domain.followups import FollowUpKind
from app.services import followups
from app.storage.unit_of_work import UnitOfWork
from app.views.followups import kept
from app.views.followups.kept import View
from app.views.followups.pieces import Layer, line_words
from app.views.followups.printing import LIST, MONTH, WEEK, PrintCalendarDialog
from app.views.followups.screen import FollowUpsScreen
from app.views.followups.sheets import Printed, list_pages
from app.views.shared.desk import Desk
from app.views.shared.paper import UNIT
from app.views.shared.translator import Interpreter
from tests.followups.conftest import shown
from tests.followups.people import NOW, TODAY, book, days, hour, person

HIGH = LIST.cell[1] * UNIT


@pytest.mark.parametrize(("view", "grid"), [(View.MONTH, MONTH), (View.WEEK, WEEK), (View.AGENDA, LIST)])
def test_ctrl_p_opens_what_is_seen_and_saves_it(
    qtbot: QtBot, desk: Desk, work: UnitOfWork, english: Interpreter, tmp_path: Path, view: View, grid: object
) -> None:
    book(work, person(work, "Ann", phone="13800138000"), TODAY, due_at=hour(10), text="Ask about the tea")
    kept.keep_view(view)
    screen = shown(qtbot, FollowUpsScreen(desk))
    qtbot.keyClick(screen, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = screen.findChild(PrintCalendarDialog)
    assert dialog is not None and dialog.sheets().grid is grid and dialog.sheets().pages == 1
    dialog.save(tmp_path / "calendar.pdf")
    assert (tmp_path / "calendar.pdf").read_bytes().startswith(b"%PDF")


def printed(work: UnitOfWork, last: int = 13) -> Printed:
    plans = work.read(followups.days, TODAY, TODAY + timedelta(days=last), TODAY)
    return Printed("Two weeks", "Shop", plans, frozenset(Layer), TODAY)


def test_a_day_on_paper_goes_by_the_hour(work: UnitOfWork, english: Interpreter) -> None:
    ann = person(work, "Ann", birthday=Birthday(11, 23))
    for at_hour, text in ((15, "late"), (9, "early")):
        book(work, None, TODAY, text=text, due_at=hour(at_hour))
    work.write(followups.finish, book(work, ann, TODAY, FollowUpKind.THANKS), NOW)
    sheet = printed(work)
    said = [line_words(piece) for piece in sheet.pieces(sheet.plans[0])]
    assert said == ["Ann’s birthday", "✓ Thanks Ann", "09:00 early", "15:00 late"]


def test_a_long_list_takes_pages_and_no_head_stands_alone(work: UnitOfWork, english: Interpreter) -> None:
    for number in range(45):
        book(work, None, days(number // 15), text=f"{number}")
    fits = int((HIGH - 110) // 84)
    pages = list_pages(printed(work), HIGH)
    assert len(pages) == -(-48 // fits)
    image = QImage(1860, 2730, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    p = QPainter(image)
    pages[0](p, LIST.place(0).translated(-LIST.place(0).topLeft()))
    p.end()
    dark = [y for y in range(110, 2730, 7) if any(image.pixelColor(x, y).lightness() < 90 for x in range(0, 60, 3))]
    inked = {y // 84 for y in dark}
    assert len(inked) > fits // 2, "a box to tick on most lines"
    assert list_pages(printed(work, 0), HIGH) != []


def test_nothing_planned_prints_nothing(qtbot: QtBot, desk: Desk, english: Interpreter) -> None:
    kept.keep_view(View.DAY)
    screen = shown(qtbot, FollowUpsScreen(desk))
    screen.acts.print.trigger()
    dialog = screen.findChild(PrintCalendarDialog)
    assert dialog is not None and not dialog.primary.isEnabled()
