"""Tiers in the window: the ladder edited with what it would do, one given by hand, who moved, and the proposal."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.domain.tiers.benefits import BenefitKind, BenefitNature
from app.models.sales import Sale, SaleOrigin
from app.services import customers, loyalty, permissions
from app.services.customers import Kind
from app.services.settings import settings
from app.storage.unit_of_work import UnitOfWork
from app.views.customers.figures import FiguresRow
from app.views.customers.words import entry_view
from app.views.members.given_tier import GivenTierDialog
from app.views.members.ladder_editor import LadderDialog
from app.views.members.moves import MovesDialog
from app.views.members.screen import MembersScreen
from app.views.shared.desk import Desk, OpenCustomer
from app.views.shared.gateway import Gateway
from app.views.till.screen import TillScreen
from tests.loyalty.ladders import change, drafted
from tests.till.counter import Counter

TODAY = date(2026, 11, 23)
CONTROL, ENTER, LEFT = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return, Qt.MouseButton.LeftButton


def opened(screen: MembersScreen, name: str, kind: type[QWidget]) -> QWidget:
    action = screen.findChild(QAction, name)
    assert action is not None
    action.trigger()
    return [dialog for dialog in screen.window().findChildren(kind) if dialog.isVisible()][-1]


@pytest.fixture
def ladder(qtbot: QtBot, screen: MembersScreen) -> LadderDialog:
    dialog = opened(screen, "members.edit", LadderDialog)
    assert isinstance(dialog, LadderDialog)
    qtbot.waitUntil(dialog.foreseen.isVisible)
    return dialog


def by_hand(screen: MembersScreen) -> GivenTierDialog:
    dialog = opened(screen, "members.give_tier", GivenTierDialog)
    assert isinstance(dialog, GivenTierDialog)
    return dialog


def foreseen(qtbot: QtBot, dialog: LadderDialog) -> list[str]:
    qtbot.waitUntil(lambda: not dialog.thinking)
    return dialog.foreseen.text().split("\n") if dialog.foreseen.isVisible() else [dialog.wrong.text()]


def save(qtbot: QtBot, gateway: Gateway, dialog: LadderDialog) -> None:
    with qtbot.waitSignal(gateway.said):
        qtbot.keyClick(dialog, ENTER, CONTROL)


def write(qtbot: QtBot, field: QWidget, words: str) -> None:
    qtbot.keyClick(field, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(field, words)


def names(screen: MembersScreen) -> list[str]:
    return [str(screen.people.index(at, 0).data()) for at in range(screen.people.rowCount())]


def test_a_threshold_is_previewed_saved_and_taken_back(
    qtbot: QtBot, screen: MembersScreen, ladder: LadderDialog, gateway: Gateway
) -> None:
    assert foreseen(qtbot, ladder) == ["Nobody would stand elsewhere."]
    assert not ladder.primary.isEnabled()
    write(qtbot, ladder.tier.amount, "30")
    assert foreseen(qtbot, ladder) == [
        "VIP would have 3 instead of 2 members · 1 move up",
        "Ordinary would have 0 instead of 1 members",
    ]
    save(qtbot, gateway, ladder)
    assert names(screen) == ["Ben", "Ann", "Cem"]
    assert gateway.undo()
    assert names(screen) == ["Ben", "Ann"]


def test_a_new_tier_with_what_it_brings(
    qtbot: QtBot, screen: MembersScreen, ladder: LadderDialog, gateway: Gateway
) -> None:
    qtbot.mouseClick(ladder.add, LEFT)
    fields = ladder.tier
    for field, words in ((fields.name, "Gold"), (fields.amount, "7000"), (fields.off, "7.5"), (fields.times, "1.5")):
        write(qtbot, field, words)
    qtbot.mouseClick(fields.more, LEFT)
    qtbot.keyClicks(fields.lines[0].words, "A tin at New Year")
    assert foreseen(qtbot, ladder) == [
        "Gold would have 1 instead of 0 members · 1 move up",
        "VIP would have 1 instead of 2 members",
    ]
    save(qtbot, gateway, ladder)
    gold = gateway.read(loyalty.tiers)[-1]
    assert (gold.name, gold.min_amount, gold.member_discount) == ("Gold", 700_000, 75)
    assert gold.points_multiplier == Decimal("1.5")
    assert gold.benefits == (loyalty.Benefit(BenefitKind.GIFT, BenefitNature.PRICE, "A tin at New Year"),)
    assert screen.cards.cards[0].accessibleName().endswith("Price −7.5% · points ×1.5 · Gift: A tin at New Year")


def test_a_tier_is_removed_with_a_word_on_its_members(
    qtbot: QtBot, screen: MembersScreen, ladder: LadderDialog, gateway: Gateway
) -> None:
    qtbot.mouseClick(ladder.remove, LEFT)
    assert foreseen(qtbot, ladder)[0] == "VIP is removed; its 2 members stand where they then fit"
    save(qtbot, gateway, ladder)
    assert [tier.code for tier in gateway.read(loyalty.tiers)] == ["potential", "ordinary"]
    screen.show_tier(1)
    assert sorted(names(screen)) == ["Ann", "Ben", "Cem"]


def test_the_editor_begins_at_the_tiers_not_on_what_would_close_it(ladder: LadderDialog) -> None:
    assert QApplication.focusWidget() in ladder.which.chips()


def test_what_makes_no_sense_is_told_at_once_and_not_saved(qtbot: QtBot, ladder: LadderDialog) -> None:
    qtbot.mouseClick(ladder.which.chips()[1], LEFT)
    write(qtbot, ladder.tier.days, "x")
    assert foreseen(qtbot, ladder) == ["Mend the field marked red first"]
    qtbot.keyClick(ladder.tier.days, Qt.Key.Key_Backspace)
    assert foreseen(qtbot, ladder)[0].startswith("Tier 2 asks for the same as the one below it")
    assert not ladder.primary.isEnabled()
    qtbot.mouseClick(ladder.which.chips()[0], LEFT)
    assert not ladder.tier.amount.isVisible() and ladder.tier.off.isVisible()
    assert not ladder.remove.isEnabled()


def test_the_window_and_the_grace_are_of_the_whole_ladder(qtbot: QtBot, ladder: LadderDialog, gateway: Gateway) -> None:
    qtbot.mouseClick(ladder.shared.field("window").chips()[1], LEFT)
    write(qtbot, ladder.shared.field("grace"), "10")
    foreseen(qtbot, ladder)
    save(qtbot, gateway, ladder)
    shop = gateway.read(settings)
    assert (shop.tier_window.value, shop.tier_grace_days) == ("calendar_year", 10)


def test_a_tier_is_given_by_hand_ended_and_listed(qtbot: QtBot, screen: MembersScreen, gateway: Gateway) -> None:
    screen.show_tier(1)
    dialog = by_hand(screen)
    assert dialog.stands.text() == "Stands in Ordinary, as the purchases give it."
    assert not dialog.end.isVisible()
    qtbot.keyClick(dialog, ENTER, CONTROL)
    assert set(dialog.form.errors()) == {"tier", "reason"}
    dialog.tier.choose_digit(2)
    write(qtbot, dialog.until, "+30")
    qtbot.keyClicks(dialog.reason, "first customer")
    with qtbot.waitSignal(gateway.said) as heard:
        qtbot.keyClick(dialog, ENTER, CONTROL)
    assert heard.args == ["Cem is given VIP", True]
    screen.show_tier(2)
    assert names(screen) == ["Ben", "Ann", "Cem"]
    screen.table.choice.choose_place(2)
    assert screen.panel.holds.text() == "By hand to 23 Dec; ¥5,960 earns it"
    again = by_hand(screen)
    assert "VIP was given by hand until 23 Dec · first customer · Owner" in again.stands.text()
    told = [again.moves.index(0, at).data() for at in (1, 2)]
    assert told == ["Ordinary → VIP", "given by hand · first customer · Owner"]
    with qtbot.waitSignal(gateway.said):
        qtbot.mouseClick(again.end, LEFT)
    assert names(screen) == ["Ben", "Ann"]
    assert gateway.undo()
    assert names(screen) == ["Ben", "Ann", "Cem"]


def test_a_day_that_is_over_is_not_taken(qtbot: QtBot, screen: MembersScreen) -> None:
    dialog = by_hand(screen)
    write(qtbot, dialog.until, "-1")
    qtbot.keyClick(dialog, ENTER, CONTROL)
    assert dialog.form.errors()["until"] == "This day is over"


def test_who_moved_is_listed_as_of_any_day(qtbot: QtBot, screen: MembersScreen) -> None:
    dialog = opened(screen, "members.moves", MovesDialog)
    assert isinstance(dialog, MovesDialog)
    told = [[str(dialog.rows.index(at, place).data()) for place in (1, 2, 3)] for at in range(dialog.rows.rowCount())]
    assert told == [
        ["Cem", "Potential → Ordinary", "bought enough"],
        ["Ben", "Potential → VIP", "bought enough"],
        ["Ann", "Potential → VIP", "bought enough"],
    ]
    qtbot.mouseClick(dialog.which.chips()[2], LEFT)
    assert dialog.rows.rowCount() == 0 and dialog.nothing.isVisible()
    qtbot.mouseClick(dialog.which.chips()[0], LEFT)
    for day, number in ((TODAY - timedelta(days=1), 0), (TODAY, 3)):
        dialog.until.set_value(day)
        dialog.reload()
        assert dialog.rows.rowCount() == number
    dialog.table.choice.choose_place(0)
    with qtbot.waitSignal(screen.desk.asked) as heard:
        qtbot.keyClick(dialog.table, ENTER)
    assert isinstance(heard.args[0], OpenCustomer)


def bring_in(session: Session, people: list[int]) -> None:
    """Imported sales of 100, 200, 300 … units."""
    at = datetime(2026, 11, 20, 4, tzinfo=UTC)
    for number, who in enumerate(people, 1):
        bill = Sale(number=str(number), customer_id=who, at=at, shop_day=at.date(), staff_id=1, revenue=number * 10_000)
        bill.origin = SaleOrigin.IMPORT
        session.add(bill)
    session.flush()
    loyalty.refresh(session, None, TODAY)


@pytest.fixture
def imported(monkeypatch: pytest.MonkeyPatch, work: UnitOfWork, counter: Counter) -> None:
    monkeypatch.setitem(permissions.NEEDS, f"{__name__.partition('.')[0]}.bring_in", permissions.CLERK)
    work.write(bring_in, [counter.person(f"Buyer {number}") for number in range(1, 31)])


@pytest.mark.usefixtures("imported")
def test_the_shops_own_percentile_is_proposed_after_an_import_and_taken_with_one_click(
    qtbot: QtBot, screen: MembersScreen, gateway: Gateway
) -> None:
    """Of 33 buyers 27 are the least that four fifths are: the 27th, after one of 40 units, bought for 2,600."""
    qtbot.waitUntil(screen.proposal.isVisible)
    assert screen.proposal.said.text() == "7 of 33 buyers reach ¥2,600, 2 reach ¥6,000. Let VIP begin there?"
    with qtbot.waitSignal(gateway.said):
        qtbot.mouseClick(screen.proposal.take, LEFT)
    qtbot.waitUntil(lambda: not screen.proposal.isVisible())
    assert gateway.read(loyalty.count_members, 2) == 7
    assert gateway.undo()
    qtbot.waitUntil(screen.proposal.isVisible)


@pytest.mark.usefixtures("imported")
def test_a_proposal_that_is_left_does_not_come_again(qtbot: QtBot, screen: MembersScreen, gateway: Gateway) -> None:
    qtbot.waitUntil(screen.proposal.isVisible)
    qtbot.mouseClick(screen.proposal.leave, LEFT)
    qtbot.waitUntil(lambda: not screen.proposal.isVisible())
    assert gateway.read(loyalty.proposal, TODAY) is None
    assert gateway.undo()
    assert gateway.read(loyalty.proposal, TODAY) is not None


def test_nothing_is_proposed_without_an_import(screen: MembersScreen, gateway: Gateway) -> None:
    assert gateway.read(loyalty.proposal, TODAY) is None
    assert not screen.proposal.isVisible()


def test_what_a_tier_brings_is_said_at_the_till_and_on_the_card(qtbot: QtBot, desk: Desk, counter: Counter) -> None:
    who = counter.person("Ann")
    gifts = (loyalty.Benefit(BenefitKind.OWN_CLERK, BenefitNature.SOCIAL, "Mei"),)
    change(counter.work, drafted(counter.work, vip={"benefits": gifts}))
    counter.work.write(loyalty.give_tier, who, "vip", None, "a friend", operation_id="given", at=counter.now)
    card = FiguresRow(desk)
    qtbot.addWidget(card)
    card.show_card(desk.gateway.read(customers.card, who, TODAY))
    assert (card.brings.text(), card.tier.beside.text()) == ("VIP · Own clerk: Mei", "given by hand")
    till = TillScreen(desk)
    qtbot.addWidget(till)
    till.sell_to(who)
    assert till.buyer.facts.text().endswith("price −5% · Own clerk: Mei")
    (told,) = desk.gateway.read(customers.timeline, who, (Kind.TIER,))
    marks = desk.gateway.read(customers.tier_marks)
    assert entry_view(told, desk, marks).title == "Up to VIP · given by hand"
