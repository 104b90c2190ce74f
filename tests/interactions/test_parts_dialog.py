"""The unfolding parts of the contact form by keyboard: questions, objections, showing, moment; mending a contact."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.interactions import LandsIn, Noticed, Purpose
from app.services import complaints, customers, interactions
from app.services.interactions import ContactDraft, ContactSeen, QuestionDraft
from app.storage.unit_of_work import UnitOfWork
from app.views.complaints.entry import open_entry
from app.views.interactions.mending import MendDialog, open_mending
from app.views.shared.desk import Desk, LogComplaint
from tests.customers.lively import TODAY
from tests.interactions.test_log_dialog import (  # noqa: F401
    WELL,
    Enter,
    Press,
    compose,
    enter,
    is_closed,
    newest,
    press,
    speak,
    window,
)

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
Mend = Callable[[int], MendDialog]


@pytest.fixture
def mend(qtbot: QtBot, window: QWidget, desk: Desk) -> Mend:  # noqa: F811
    def mended(contact_id: int) -> MendDialog:
        dialog = open_mending(desk, window, contact_id)
        qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or window))
        return dialog

    return mended


@pytest.fixture
def script(work: UnitOfWork) -> int:
    made = work.write(interactions.add_script, "Everyday tea")[0]
    work.write(interactions.add_question, made, QuestionDraft("When?", ("At work", "At home"), LandsIn.NEEDS))
    work.write(interactions.add_question, made, QuestionDraft("Which taste?", (), LandsIn.PREFERENCES))
    return made


def seen(work: UnitOfWork, who: int) -> ContactSeen:
    return work.read(interactions.contact, newest(work, who).id)


def type_in(qtbot: QtBot, words: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), words)


@pytest.mark.usefixtures("script")
def test_questions_are_answered_by_digits_and_words_and_land_on_the_card(
    qtbot: QtBot,
    enter: Enter,  # noqa: F811
    desk: Desk,
    work: UnitOfWork,
    ids: dict[str, int],
    press: Press,  # noqa: F811
) -> None:
    dialog = enter(ids[WELL])
    press("1", "F3", "1", "2")
    type_in(qtbot, "Roasted")
    press("Return")
    assert dialog.isVisible(), "Enter goes on, it does not save"
    press("Ctrl+Return")
    assert [answer.text for answer in seen(work, ids[WELL]).draft.answers] == ["At home", "Roasted"]
    card = work.read(customers.card, ids[WELL], TODAY).draft
    assert (card.needs, card.preferences) == ("At home", "Roasted")
    assert desk.gateway.undo()
    card = work.read(customers.card, ids[WELL], TODAY).draft
    assert (card.needs, card.preferences) == ("", "")


def test_an_objection_brings_up_what_worked(
    qtbot: QtBot,
    enter: Enter,  # noqa: F811
    work: UnitOfWork,
    ids: dict[str, int],
    press: Press,  # noqa: F811
) -> None:
    for worked in (True, True, False):
        draft = ContactDraft(objection="Too expensive", reply="Try the small tin", reply_worked=worked)
        work.write(interactions.log_contact, ids["何小满"], draft, at=NOW)
    dialog = enter(ids[WELL])
    press("1", "F4")
    assert not dialog.form.folded.replies.isVisible()
    type_in(qtbot, "rather expens")
    chip = dialog.form.folded.replies.chips()[0]
    assert chip.text() == "“Try the small tin” worked 2 of 3"
    press("Tab", "1")
    assert dialog.form.folded.reply.value() == "Try the small tin"
    press("Tab", "2", "Ctrl+Return")
    kept = seen(work, ids[WELL]).draft
    assert (kept.objection, kept.reply, kept.reply_worked) == ("rather expens", "Try the small tin", True)


def test_a_demonstration_says_what_was_shown_of_which_goods_and_at_which_price(
    qtbot: QtBot,
    enter: Enter,  # noqa: F811
    work: UnitOfWork,
    ids: dict[str, int],
    press: Press,  # noqa: F811
) -> None:
    dialog = enter(ids[WELL])
    press("2", "F6")
    type_in(qtbot, "Brewed it twice")
    press("Tab")
    type_in(qtbot, "T001")
    press("Return")
    assert dialog.form.folded.product.edit.text() == "凤凰单丛"
    press("Tab")
    type_in(qtbot, "Two tins at 90")
    press("Ctrl+Return")
    kept = seen(work, ids[WELL]).draft
    assert (kept.demonstrated, kept.quoted) == ("Brewed it twice", "Two tins at 90")
    assert kept.product_id is not None


def test_an_earlier_contact_stands_on_its_own_day_and_a_coming_one_is_refused(
    qtbot: QtBot,
    enter: Enter,  # noqa: F811
    work: UnitOfWork,
    ids: dict[str, int],
    press: Press,  # noqa: F811
) -> None:
    dialog = enter(ids[WELL])
    press("1", "F7")
    type_in(qtbot, "+1")
    press("Ctrl+Return")
    assert dialog.form.errors() == {"moment": "That is still to come: a contact has already been"}
    dialog.form.folded.moment.day.clear()
    type_in(qtbot, "11-20")
    press("Tab")
    type_in(qtbot, "9:05")
    press("Ctrl+Return")
    row = newest(work, ids[WELL])
    assert (row.day, row.at) == (TODAY - timedelta(days=3), datetime(2026, 11, 20, 1, 5, tzinfo=UTC))


def test_a_part_folds_again_while_it_is_empty(enter: Enter, ids: dict[str, int], press: Press) -> None:  # noqa: F811
    dialog = enter(ids[WELL])
    press("F4")
    assert dialog.form.folded.objection.isVisible()
    press("F4")
    assert not dialog.form.folded.objection.isVisible()
    assert dialog.form.said.hasFocus()


def test_selling_while_a_complaint_is_open_is_warned_about(
    enter: Enter,  # noqa: F811
    ids: dict[str, int],
    press: Press,  # noqa: F811
) -> None:
    dialog = enter(ids["沈静怡"])
    press("Alt+5", "2")
    assert dialog.form.brake.label.text().startswith("Selling while a complaint is open")


def test_the_ratio_of_care_stands_above_the_form(enter: Enter, work: UnitOfWork, ids: dict[str, int]) -> None:  # noqa: F811
    for purpose in (Purpose.CARE, Purpose.CARE, Purpose.CARE, Purpose.SELL):
        work.write(interactions.log_contact, ids[WELL], ContactDraft(purpose=purpose), at=NOW)
    assert enter(ids[WELL]).caption.text() == "Last spoken to today · 3 care : 1 sell in 12 months"


def test_a_contact_is_mended_and_removed_and_both_are_undone(
    qtbot: QtBot,
    mend: Mend,
    window: QWidget,  # noqa: F811
    desk: Desk,
    work: UnitOfWork,
    ids: dict[str, int],
    press: Press,  # noqa: F811
) -> None:
    contact, _ = work.write(interactions.log_contact, ids[WELL], ContactDraft(summary="Called"), at=NOW)
    dialog = mend(contact)
    assert dialog.form.said.value() == "Called"
    press("Alt+6")
    type_in(qtbot, "Re: ")
    press("Ctrl+B", "Ctrl+Return")
    assert is_closed(window)
    kept = seen(work, ids[WELL])
    assert (kept.draft.summary, kept.draft.noticed, kept.at) == ("Re: Called", Noticed.COMPLIMENT, NOW)
    assert desk.gateway.undo()
    assert seen(work, ids[WELL]).draft.summary == "Called"
    qtbot.mouseClick(mend(contact).remove, Qt.MouseButton.LeftButton)
    assert work.read(interactions.contacts, ids[WELL]) == []
    assert desk.gateway.undo()
    assert seen(work, ids[WELL]).draft.summary == "Called"


def test_dissatisfaction_becomes_a_complaint_with_its_words_and_the_contact_says_which(
    qtbot: QtBot,
    mend: Mend,
    window: QWidget,  # noqa: F811
    desk: Desk,
    work: UnitOfWork,
    ids: dict[str, int],
    press: Press,  # noqa: F811
) -> None:
    contact, _ = work.write(interactions.log_contact, ids[WELL], ContactDraft(summary="The tea was stale"), at=NOW)
    asked: list[LogComplaint] = []
    desk.asked.connect(asked.append)
    mend(contact)
    press("Ctrl+D", "Ctrl+Return")
    assert asked == [LogComplaint(ids[WELL], "The tea was stale", contact)]
    entry = open_entry(desk, window, asked[0].customer_id, words=asked[0].words, contact_id=asked[0].contact_id)
    qtbot.waitUntil(lambda: entry.isAncestorOf(QApplication.focusWidget() or window))
    assert entry.form.said.value() == "The tea was stale"
    press("1", "1", "Ctrl+Return")
    linked = seen(work, ids[WELL])
    assert linked.complaint_id is not None
    assert work.read(complaints.case, linked.complaint_id, NOW).card.words == "The tea was stale"
    panel = mend(contact).form.noticed
    assert panel.case.isVisible()
    press("Ctrl+Return")
    assert len(asked) == 1, "a complaint that is there is not opened again"
