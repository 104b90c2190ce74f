"""The entry at the counter, by keyboard alone, in both languages."""

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services import complaints, loyalty, rewards, sales, till
from app.services.complaints import CaseCard
from app.storage.unit_of_work import UnitOfWork
from app.views.complaints.entry import EntryDialog
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway
from tests.complaints.conftest import Enter, Press, Speak
from tests.complaints.story import MINOR, NOW, OPEN, RESOLVED, SERIOUS, SEVERE, board, person


def compose(words: str) -> None:
    """Write as an input method does: Chinese never arrives as single keys."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    focus = QApplication.focusWidget()
    assert focus is not None
    QApplication.sendEvent(focus, event)


def only(work: UnitOfWork) -> CaseCard:
    (card,) = [card for lane in board(work).lanes for card in lane.cards]
    return card


def in_use(dialog: EntryDialog) -> str:
    """The question that has the focus."""
    focus, form = QApplication.focusWidget(), dialog.form
    assert focus is not None
    rows = {"who": form.who, "what": form.what, "bad": form.bad, "words": form.said, "wish": form.wish}
    rows["spot"] = form.spot
    return next((name for name, row in rows.items() if row is focus or row.isAncestorOf(focus)), "")


def test_a_whole_complaint_in_nine_keys_and_the_words(
    enter: Enter, qtbot: QtBot, desk: Desk, work: UnitOfWork, press: Press
) -> None:
    shen = person(work, "沈静怡")
    dialog = enter()
    assert in_use(dialog) == "who"
    press("s", "j", "y", "Return")
    assert in_use(dialog) == "what"
    press("4")
    assert in_use(dialog) == "bad"
    press("2")
    assert in_use(dialog) == "words"
    qtbot.keyClicks(QApplication.focusWidget(), "Promised for today, not here")
    with qtbot.waitSignal(desk.gateway.said) as said, qtbot.waitSignal(dialog.accepted):
        press("Ctrl+Return")
    card = only(work)
    assert card.who is not None and card.who.id == shen
    assert (card.category, card.severity, card.state) == ("delivery", SERIOUS, OPEN)
    assert (card.words, card.opened_at, card.channel) == ("Promised for today, not here", NOW, "visit")
    assert said.args == ["Logged C-0001", True]


def test_in_chinese_from_a_card_with_a_wish(enter: Enter, work: UnitOfWork, speak: Speak, press: Press) -> None:
    speak("zh_CN")
    shen = person(work, "沈静怡")
    dialog = enter(shen)
    assert (dialog.title.text(), dialog.primary.text()) == ("记投诉", "保存")
    assert "C-0001" in dialog.caption.text()
    assert "暂停对这位顾客的促销" in dialog.note.text()
    assert [chip.text() for chip in dialog.form.bad.chips()] == ["轻微", "较重", "严重"]
    assert in_use(dialog) == "what"
    press("1", "3")
    assert dialog.form.promise.text() == "4 个营业小时内答复，1 天内解决"
    compose("盖碗有道裂纹，是送人的。")
    press("Tab")
    compose("换一只")
    press("Ctrl+Return")
    card = only(work)
    assert card.who is not None and card.who.id == shen
    assert (card.severity, card.words, card.wish) == (SEVERE, "盖碗有道裂纹，是送人的。", "换一只")


def test_backspace_in_an_empty_who_means_nobody(enter: Enter, qtbot: QtBot, work: UnitOfWork, press: Press) -> None:
    dialog = enter()
    assert dialog.note.text() == ""
    press("Backspace")
    assert in_use(dialog) == "what"
    press("5", "1")
    qtbot.keyClicks(QApplication.focusWidget(), "Nobody came")
    press("Ctrl+Return")
    card = only(work)
    assert (card.who, card.category, card.severity) == (None, "wait", MINOR)


def test_backspace_takes_a_name_out_and_stays_for_another(enter: Enter, work: UnitOfWork, press: Press) -> None:
    dialog = enter(person(work, "沈静怡"))
    press("Alt+1", "Backspace")
    assert (in_use(dialog), dialog.form.who.customer_id) == ("who", None)
    press("Backspace")
    assert in_use(dialog) == "what"


def test_a_name_typed_but_not_taken_is_not_saved_as_nobody(enter: Enter, work: UnitOfWork, press: Press) -> None:
    person(work, "沈静怡")
    dialog = enter()
    press("s", "j", "y")
    dialog.form.set_values({"what": "price", "bad": MINOR, "words": "Too dear"})
    press("Ctrl+Return")
    assert board(work).lane(OPEN).count == 0
    assert "list" in dialog.form.errors()["who"]


def test_what_is_missing_is_said_and_the_focus_goes_there(enter: Enter, work: UnitOfWork, press: Press) -> None:
    dialog = enter()
    press("Alt+4", "Ctrl+Return")
    assert set(dialog.form.errors()) == {"what", "bad", "words"}
    assert in_use(dialog) == "what"
    assert work.read(complaints.next_number) == 1


@pytest.mark.parametrize(
    ("key", "row"), [("Alt+1", "who"), ("Alt+2", "what"), ("Alt+3", "bad"), ("Alt+4", "words"), ("Alt+5", "wish")]
)
def test_alt_and_a_digit_jump(enter: Enter, press: Press, key: str, row: str) -> None:
    dialog = enter()
    press("Alt+4", key)
    assert in_use(dialog) == row


def test_solved_on_the_spot_opens_the_remedy(enter: Enter, qtbot: QtBot, work: UnitOfWork, press: Press) -> None:
    dialog = enter()
    press("Backspace", "1", "1")
    qtbot.keyClicks(QApplication.focusWidget(), "A crack in the lid")
    assert not dialog.form.spot.remedy.isVisible()
    press("Ctrl+D")
    assert dialog.form.spot.remedy.isVisible()
    assert in_use(dialog) == "spot"
    press("1", "6", "Ctrl+Return")
    card = only(work)
    assert (card.state, card.on_the_spot, card.remedy) == (RESOLVED, True, "Exchanged, Apologised")


def test_what_is_given_on_the_spot_is_posted_by_five_keys_and_the_number(
    enter: Enter, qtbot: QtBot, work: UnitOfWork, press: Press, gateway: Gateway
) -> None:
    shen = person(work, "沈静怡")
    work.write(rewards.add_kind, rewards.KindDraft("Ten off", amount=1000, days=30))
    dialog = enter(shen)
    press("5", "1")
    qtbot.keyClicks(QApplication.focusWidget(), "Half an hour")
    press("Ctrl+D", "5", "4")
    assert QApplication.focusWidget() is dialog.form.spot.asked.points
    press("Ctrl+Return")
    assert dialog.form.spot.asked.form.errors() == {"points": "Write a whole number from 1 to 1000000"}
    press("3", "0", "0", "Ctrl+Return")
    assert work.read(loyalty.balance, shen) == 300
    card = only(work)
    told = work.read(complaints.case, card.id, NOW)
    assert (card.remedy, card.on_the_spot) == ("Coupon, Points", True)
    assert {(row.kind, bool(row.coupon), row.points) for row in told.remedies} == {
        ("points", False, 300),
        ("coupon", True, 0),
    }
    assert gateway.undo()
    assert (board(work).lane(RESOLVED).count, work.read(loyalty.balance, shen)) == (0, 0)
    assert gateway.redo()
    assert (only(work).remedy, work.read(loyalty.balance, shen)) == ("Coupon, Points", 300)


def test_nobody_is_given_points_and_the_word_stays(enter: Enter, qtbot: QtBot, work: UnitOfWork, press: Press) -> None:
    dialog = enter()
    press("Backspace", "5", "1")
    qtbot.keyClicks(QApplication.focusWidget(), "Half an hour")
    press("Ctrl+D", "4", "2")
    assert not dialog.form.spot.asked.form.isVisible()
    assert "without a name" in dialog.form.spot.asked.why.text()
    assert "No return" in dialog.form.spot.asked.why.text()
    press("Ctrl+Return")
    assert only(work).remedy == "Points, Refunded"
    assert work.read(complaints.case, only(work).id, NOW).remedies == ()


def test_the_return_of_the_sale_is_the_refund(enter: Enter, qtbot: QtBot, work: UnitOfWork, press: Press) -> None:
    ticket = till.Ticket(None, (till.TicketLine(None, 1000, 500_000),))
    sold = work.write(till.sell, ticket, operation_id="sale", at=NOW)[0]
    back = work.write(till.take_return, till.ReturnDraft(sold.sale_id), operation_id="return", at=NOW)[0].return_id
    dialog = enter()
    dialog.form.show_sale(sold.sale_id)
    press("Backspace", "1", "1")
    qtbot.keyClicks(QApplication.focusWidget(), "Stale")
    press("Ctrl+D", "2", "Ctrl+Return")
    told = work.read(complaints.case, only(work).id, NOW)
    assert [(row.kind, row.cost) for row in told.remedies] == [("refund", 5000)]
    assert told.remedies[0].return_number == work.read(sales.sale, back).row.number


def test_the_tick_can_be_taken_back(enter: Enter, press: Press) -> None:
    dialog = enter()
    press("Ctrl+D")
    assert dialog.form.spot.value() == ""
    press("Ctrl+D")
    assert dialog.form.spot.value() is None
    assert not dialog.form.spot.remedy.isVisible()


def test_a_remedy_chip_leaves_what_was_typed(enter: Enter) -> None:
    remedy = enter().form.spot.remedy
    remedy.set_value("A cup of tea")
    remedy.chips.choose_digit(2)
    remedy.chips.choose_digit(4)
    assert remedy.value() == "A cup of tea, Refunded, Points"
    remedy.chips.choose_digit(2)
    assert remedy.value() == "A cup of tea, Points"


def test_a_draft_survives_esc_and_ends_with_saving(enter: Enter, qtbot: QtBot, work: UnitOfWork, press: Press) -> None:
    enter()
    press("Backspace", "2", "3")
    qtbot.keyClicks(QApplication.focusWidget(), "He shouted")
    press("Ctrl+D", "6", "Escape")
    again = enter()
    assert again.form.values() == {
        "who": None,
        "what": "service",
        "bad": SEVERE,
        "words": "He shouted",
        "wish": "",
        "spot": "Apologised",
        "given": {},
    }
    press("Alt+4", "Ctrl+Return")
    assert only(work).on_the_spot
    assert enter().form.values()["words"] == ""


def test_a_draft_of_one_customer_is_not_offered_for_another(enter: Enter, work: UnitOfWork, press: Press) -> None:
    first, second = person(work, "沈静怡"), person(work, "吴建国")
    enter(first)
    press("1", "Escape")
    other = enter(second)
    assert (other.form.who.customer_id, other.form.what.value()) == (second, None)


def test_logging_is_undone_and_redone(
    enter: Enter, qtbot: QtBot, gateway: Gateway, work: UnitOfWork, press: Press
) -> None:
    enter()
    press("Backspace", "7", "1")
    qtbot.keyClicks(QApplication.focusWidget(), "Too loud")
    press("Ctrl+Return")
    assert work.read(complaints.unsettled) == 1
    assert gateway.undo()
    assert work.read(complaints.unsettled) == 0
    assert gateway.redo()
    assert only(work).words == "Too loud"


def test_enter_makes_a_new_line_in_the_words(enter: Enter, press: Press) -> None:
    dialog = enter()
    press("Alt+4", "a", "Return", "b")
    assert dialog.form.said.value() == "a\nb"
