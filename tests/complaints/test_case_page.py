"""The page of one case: putting it right, files, causes and people by keyboard; and what it puts on paper."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QRectF, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import ShopError
from app.domain.remedies import RemedyKind
from app.services import complaints, loyalty, rewards
from app.services.complaints import RemedyDraft
from app.storage.unit_of_work import UnitOfWork
from app.views.complaints import files_strip
from app.views.complaints.case import CaseDialog, open_case
from app.views.complaints.case_papers import CaseWording, PapersDialog, file_rows, slip_rows
from app.views.complaints.picture import PictureDialog
from app.views.complaints.remedy_dialog import RemedyDialog
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway
from app.views.shared.slip_sheet import A4, SlipSheet
from tests.complaints.conftest import Press, Speak
from tests.complaints.story import NOW, OPEN, RESOLVED, SERIOUS, at, bill, complain, move, person

Show = Callable[[int], CaseDialog]


@pytest.fixture
def show(window: QWidget, desk: Desk, qtbot: QtBot) -> Iterator[Show]:
    """Shows a case over the window."""

    def made(key: int) -> CaseDialog:
        dialog = open_case(desk, window, key, lambda _key: None)
        with qtbot.waitActive(dialog):
            dialog.activateWindow()
        return dialog

    yield made


def red(wide: int = 40) -> QImage:
    image = QImage(wide, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    return image


def test_points_are_given_by_keys_and_taken_back_as_one_act(
    show: Show, work: UnitOfWork, gateway: Gateway, qtbot: QtBot, press: Press
) -> None:
    shen = person(work, "沈静怡")
    page = show(complain(work, customer_id=shen))
    page.remedies.add.click()
    dialog = page.remedies.asking
    qtbot.waitActive(dialog)
    press("4")
    dialog.points.setFocus()
    qtbot.keyClicks(dialog.points, "300")
    assert dialog.cost.value() == 300
    with qtbot.waitSignal(gateway.said) as said:
        press("Ctrl+Return")
    assert said.args == ["C-0001: Points", True]
    assert work.read(loyalty.balance, shen) == 300
    assert "300 points" in page.remedies.texts()[0]
    assert page.remedies.cost.text() == "has cost ¥3"
    assert gateway.undo()
    assert work.read(loyalty.balance, shen) == 0
    assert "Taken back" in page.remedies.texts()[0]
    assert page.remedies.cost.text() == "has cost ¥0"


def test_a_remedy_is_taken_back_from_its_line(show: Show, work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    key = complain(work, customer_id=shen)
    work.write(complaints.give_remedy, key, RemedyDraft(RemedyKind.STORED, amount=900), operation_id="o", at=NOW)
    page = show(key)
    page.remedies.backs[0].click()
    assert work.read(rewards.stored, shen, NOW.date()).total == 0
    assert page.remedies.backs[0].isHidden()


def test_a_case_without_a_name_is_told_that_nobody_can_be_given_points(
    show: Show, work: UnitOfWork, press: Press
) -> None:
    page = show(complain(work))
    page.remedies.add.click()
    dialog: RemedyDialog = page.remedies.asking
    press("4")
    dialog.points.set_value("50")
    press("Ctrl+Return")
    assert "no name" in dialog.form.errors()["kind"]
    assert work.read(complaints.remedies, page.complaint_id) == []


def test_a_person_may_say_what_it_cost(show: Show, work: UnitOfWork, press: Press, qtbot: QtBot) -> None:
    page = show(complain(work, customer_id=person(work, "沈静怡")))
    page.remedies.add.click()
    dialog = page.remedies.asking
    press("7")
    qtbot.keyClicks(dialog.cost, "12.5")
    press("Ctrl+Return")
    (row,) = work.read(complaints.remedies, page.complaint_id)
    assert (row.kind, row.cost) == (RemedyKind.APOLOGY, 1250)


def test_files_are_dropped_shown_and_taken_off(
    show: Show, work: UnitOfWork, gateway: Gateway, tmp_path: Path, qtbot: QtBot
) -> None:
    picture, note = tmp_path / "crack.png", tmp_path / "note.exe"
    red().save(str(picture))
    note.write_bytes(b"MZ")
    page = show(complain(work))
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(picture)), QUrl.fromLocalFile(str(note))])
    assert page.files.take(given)
    assert [tile.text() for tile in page.files.tiles] == ["crack.png", "note.exe"]
    page.files.tiles[0].setFocus()
    qtbot.keyClick(page.files.tiles[0], Qt.Key.Key_Return)
    assert isinstance(page.files.shown, PictureDialog)
    assert page.files.shown.view.image.width() == 40
    page.files.shown.reject()
    qtbot.keyClick(page.files.tiles[0], Qt.Key.Key_Delete)
    assert [tile.text() for tile in page.files.tiles] == ["note.exe"]
    assert gateway.undo()
    assert len(page.files.tiles) == 2


def test_a_picture_is_pasted_by_key(show: Show, work: UnitOfWork, press: Press) -> None:
    page = show(complain(work))
    QGuiApplication.clipboard().setImage(red())
    press("Ctrl+V")
    (row,) = work.read(complaints.attachments, page.complaint_id)
    assert (row.name, row.mime) == ("Picture 2026-11-23 100000.png", "image/png")


@pytest.mark.parametrize("meanwhile", ["another case", "closed"])
def test_a_large_file_goes_to_the_case_it_was_dropped_on(
    show: Show, work: UnitOfWork, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, meanwhile: str
) -> None:
    monkeypatch.setattr(files_strip, "WATCHED_SIZE", 3)
    source = tmp_path / "long.mp4"
    source.write_bytes(b"moving pictures")
    other, page = complain(work), show(complain(work))
    key = page.complaint_id
    page.files.add_files([source])
    if meanwhile == "closed":
        page.reject()
        page.deleteLater()
        QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
    else:
        page.files.show_files(work.read(complaints.case, other, NOW))
    qtbot.waitUntil(lambda: bool(work.read(complaints.attachments, key)))
    assert work.read(complaints.attachments, other) == []


def test_a_program_is_never_started(
    show: Show, work: UnitOfWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "app.views.complaints.picture.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile())
    )
    program, page = tmp_path / "bill.pdf.exe", show(complain(work))
    program.write_bytes(b"MZ")
    page.files.add_files([program])
    page.files.tiles[0].click()
    assert opened == [str(desk.gateway.files.folder)]


def test_a_file_that_is_gone_is_told(show: Show, work: UnitOfWork, gateway: Gateway, qtbot: QtBot) -> None:
    page = show(complain(work))
    page.files.add_picture(red())
    (row,) = work.read(complaints.attachments, page.complaint_id)
    gateway.files.path_of(row.stored).unlink()
    with qtbot.waitSignal(gateway.refused) as heard:
        page.files.tiles[0].click()
    assert isinstance(heard.args[0], ShopError)
    assert heard.args[0].code == "file_gone"


def test_that_they_heard_from_us_is_noted_by_a_key_once(
    show: Show, work: UnitOfWork, press: Press, gateway: Gateway
) -> None:
    page = show(complain(work, at(23, 9)))
    assert page.answer_button.isVisible()
    press("Alt+A")
    (mark,) = work.read(complaints.case, page.complaint_id, NOW).marks
    assert (mark.kind.value, page.isVisible(), page.answer_button.isVisible()) == ("answered", True, False)
    press("Alt+A")
    assert len(work.read(complaints.case, page.complaint_id, NOW).marks) == 1
    assert gateway.undo()
    assert page.answer_button.isVisible()


def test_solving_proposes_what_was_given(show: Show, work: UnitOfWork, press: Press) -> None:
    page = show(complain(work, customer_id=person(work, "Lin"), remedy="Called the maker"))
    kinds = (RemedyKind.POINTS, RemedyKind.STORED, RemedyKind.APOLOGY)
    for place, kind in enumerate(kinds):
        draft = RemedyDraft(kind, points=50 * (kind == "points"), amount=100 * (kind == "stored"))
        work.write(complaints.give_remedy, page.complaint_id, draft, operation_id=f"op{place}", at=NOW)
    (_, _, sorry) = work.read(complaints.remedies, page.complaint_id)
    work.write(complaints.take_back_remedy, sorry.id, operation_id="back", at=NOW)
    page.reload()
    page.primary.click()
    press("Ctrl+Return")
    card = work.read(complaints.case, page.complaint_id, NOW).card
    assert (card.state, card.remedy) == (RESOLVED, "Called the maker, Points, Stored value")


def test_a_cause_is_written_down_by_a_digit(show: Show, work: UnitOfWork, press: Press, gateway: Gateway) -> None:
    page = show(complain(work))
    page.cause_button.click()
    press("4")
    page.learning.prevention.set_value("Two layers of paper")
    page.learning.owner.set_value(1)
    press("Ctrl+Return")
    held = work.read(complaints.case, page.complaint_id, NOW).cause
    assert (held.code, held.prevention, held.staff_id) == ("packing", "Two layers of paper", 1)
    assert page.cause.text() == "Packing or delivery · Two layers of paper · Owner sees to it"
    assert gateway.undo()
    assert work.read(complaints.case, page.complaint_id, NOW).cause.code == ""


def test_people_and_reopenings_are_said(show: Show, work: UnitOfWork) -> None:
    key = complain(work, at(20))
    move(work, key, RESOLVED, at(21))
    move(work, key, OPEN, at(22))
    version = work.read(complaints.case, key, NOW).version
    work.write(complaints.assign, key, 1, version=version)
    assert show(key).people.text() == "Logged by Owner · Owner looks after it · opened again 1 time"


def test_sale_and_goods_are_linked_by_mending(show: Show, work: UnitOfWork, press: Press) -> None:
    shen = person(work, "沈静怡")
    sale = bill(work, "1120-001", at(20), customer_id=shen)
    page = show(complain(work, customer_id=shen))
    page.edit.trigger()
    form = page.mending.form
    assert [form.sale.itemData(place) for place in range(form.sale.count())] == [None, sale]
    form.sale.set_value(sale)
    press("Ctrl+Return")
    held = work.read(complaints.case, page.complaint_id, NOW).sale
    assert held is not None
    assert held.id == sale
    assert "1120-001" in page.sale_button.text()


def texts_of(rows: list[object]) -> str:
    return "\n".join(f"{getattr(row, 'left', '')} {getattr(row, 'right', '')}" for row in rows)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("An answer by", "A solution by", "Case C-0001")), ("zh_CN", ("最迟答复", "最迟解决", "编号 C-0001"))],
)
def test_the_slip_promises_by_when(work: UnitOfWork, desk: Desk, language: str, said: tuple[str, ...]) -> None:
    key = complain(work, at(23), customer_id=person(work, "沈静怡"), severity=SERIOUS, wish="换一只")
    slip = texts_of(list(slip_rows(work.read(complaints.case, key, NOW), CaseWording(desk, language))))
    assert all(words in slip for words in said)
    assert "2026-11-24 10:00" in slip
    assert "2026-11-26 10:00" in slip
    assert "换一只" in slip


def test_the_file_holds_everything(work: UnitOfWork, desk: Desk, gateway: Gateway) -> None:
    key = complain(work, at(20), customer_id=person(work, "沈静怡"))
    work.write(complaints.give_remedy, key, RemedyDraft(RemedyKind.POINTS, points=80), operation_id="o", at=NOW)
    work.write(complaints.attach, key, gateway.files.keep_bytes(b"x", "crack.png"), at=NOW)
    move(work, key, RESOLVED, at(21), note="new lid", remedy="A new lid")
    said = texts_of(list(file_rows(work.read(complaints.case, key, NOW), CaseWording(desk, "en"), {})))
    for words in (
        "Case file C-0001",
        "沈静怡",
        "The lid has a crack",
        "Points · 80",
        "crack.png",
        "“new lid”",
        "A new lid",
    ):
        assert words in said


def test_both_papers_are_saved_as_pdf(show: Show, work: UnitOfWork, tmp_path: Path, press: Press) -> None:
    page = show(complain(work, customer_id=person(work, "沈静怡")))
    sizes = {}
    for paper in ("roll80", A4):
        press("Ctrl+P")
        papers: PapersDialog = page.printing
        papers.kinds.set_value(paper)
        papers.language.choose_digit(2)
        papers.refresh()
        papers.save(tmp_path / f"{paper}.pdf")
        found = re.search(rb"/MediaBox \[0 0 ([\d.]+) ", (tmp_path / f"{paper}.pdf").read_bytes())
        assert found is not None
        sizes[paper] = round(float(found[1]) * 25.4 / 72)
    assert sizes == {"roll80": 80, A4: 210}


def test_the_case_file_holds_its_pictures_as_large_as_the_page_and_other_files_by_name(
    show: Show, work: UnitOfWork, gateway: Gateway, press: Press
) -> None:
    page = show(complain(work))
    page.files.add_picture(red(3000))
    page.files.add_picture(red(40))
    for name in ("bill.pdf", "broken.png"):
        work.write(complaints.attach, page.complaint_id, gateway.files.keep_bytes(name.encode(), name), at=NOW)
    page.reload()
    press("Ctrl+P")
    papers: PapersDialog = page.printing
    rows = file_rows(page.case, CaseWording(page.desk, "en"), papers._pictures)
    shown = [row for row in rows if row.picture is not None]
    assert len(shown) == 2
    assert {row.left for row in rows if row.right.endswith("kB")} == {"bill.pdf", "broken.png"}
    sheet = SlipSheet(rows, A4)
    wide, small = (sheet._picture_size(row.picture) for row in shown if row.picture is not None)
    assert wide.width() == pytest.approx(1700)  # tenths of a millimetre between the edges
    assert small.width() < 100
    printer = QImage(2100, 2970, QImage.Format.Format_RGB32)
    printer.fill(QColor("white"))
    painter = QPainter(printer)
    for paint in sheet.things():
        paint(painter, QRectF(0, 0, 2100, 2970))
    painter.end()
    reds = [at for at in range(0, 2970, 5) if printer.pixelColor(300, at) == QColor("red")]
    assert reds


def test_the_page_speaks_chinese(show: Show, work: UnitOfWork, speak: Speak) -> None:
    speak("zh_CN")
    page = show(complain(work, customer_id=person(work, "沈静怡")))
    assert [page.remedies.title.text(), page.why.text(), page.files.title.text()] == ["补救", "根本原因", "附件"]
