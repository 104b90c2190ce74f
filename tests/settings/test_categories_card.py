"""The list of categories: in the shop's own words and order, which are those of the entry at the counter."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services import complaints
from app.services.complaints import CaseFilter, CategoryNameTaken, CategoryNeedsAName, ComplaintDraft, LastCategory
from app.storage.unit_of_work import UnitOfWork
from app.views.complaints.entry import EntryDialog
from app.views.settings.care_page import CarePage
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway
from tests.complaints.story import MINOR, NOW, complain


def codes(work: UnitOfWork) -> list[str]:
    return [row.code for row in work.read(complaints.categories)]


def key_of(work: UnitOfWork, code: str) -> int:
    return next(row.id for row in work.read(complaints.categories, away=True) if row.code == code)


def said_of(work: UnitOfWork, key: int) -> str:
    return work.read(complaints.case, key, NOW).card.category


def test_the_entry_offers_the_shops_own_words_in_its_order(
    qtbot: QtBot, desk: Desk, work: UnitOfWork, gateway: Gateway
) -> None:
    page = CarePage(desk)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    card, before = page.categories, codes(work)
    card.list.setFocus()
    qtbot.keyClick(card.list, Qt.Key.Key_N)
    card.asking.name.set_value("Teaware")
    card.asking.form.submit()
    card.list.choice.choose(key_of(work, "product"))
    qtbot.keyClick(card.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    card.list.choice.choose(key_of(work, "price"))
    qtbot.keyClick(card.list, Qt.Key.Key_Delete)
    wanted = ["service", "product", *before[3:], "Teaware"]
    assert codes(work) == wanted
    entry = EntryDialog(desk, page, None)
    chips = [chip.view for chip in entry.form.what.chips()]
    assert [chip.value for chip in chips] == wanted
    assert [chip.words for chip in chips][:2] == ["Service", "Goods"]
    entry.done(0)
    for _ in range(3):
        assert gateway.undo()
    assert codes(work) == before


def test_another_name_rewords_the_cases_and_goes_back(work: UnitOfWork) -> None:
    ours, others = complain(work, category="product"), complain(work, category="service")
    view, _ = work.write(complaints.save_view, "Goods", CaseFilter(category="product"))
    _, changes = work.write(complaints.rename_category, key_of(work, "product"), "  Teaware ")
    assert (said_of(work, ours), said_of(work, others), codes(work)[0]) == ("Teaware", "service", "Teaware")
    views = {one.id: one.only for one in work.read(complaints.saved_views)}
    assert views[view].category == "Teaware"
    draft = ComplaintDraft("product", MINOR, "Chipped")
    with pytest.raises(complaints.CaseChanged):
        work.write(complaints.edit, ours, draft, version=1)
    way = changes.taken_back_by
    assert way is not None
    _, back = work.write(way.service, *way.args, **way.named)
    assert (said_of(work, ours), codes(work)[0]) == ("product", "product")
    assert back.taken_back_by is not None
    work.write(back.taken_back_by.service, *back.taken_back_by.args)
    assert said_of(work, ours) == "Teaware"


def test_a_shipped_word_is_its_code_in_either_language(work: UnitOfWork) -> None:
    key = key_of(work, "product")
    work.write(complaints.rename_category, key, "Teaware")
    work.write(complaints.rename_category, key, "商品")
    assert codes(work)[0] == "product"
    with pytest.raises(CategoryNameTaken):
        work.write(complaints.add_category, "GOODS")


def test_what_is_refused(work: UnitOfWork) -> None:
    complain(work, category="From a file")
    with pytest.raises(CategoryNeedsAName):
        work.write(complaints.add_category, "  ")
    with pytest.raises(CategoryNameTaken):
        work.write(complaints.rename_category, key_of(work, "product"), "From a file")
    work.write(complaints.add_category, "From a file")
    keys = [row.id for row in work.read(complaints.categories)]
    for key in keys[1:]:
        work.write(complaints.archive_category, key, at=NOW)
    with pytest.raises(LastCategory):
        work.write(complaints.archive_category, keys[0], at=NOW)
    work.write(complaints.unarchive_category, keys[3])
    assert len(codes(work)) == 2
