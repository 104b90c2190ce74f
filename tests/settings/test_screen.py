"""The settings on screen: every one has its place, is saved as it is left, and can be taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop
from app.domain.rewards.bonus import BonusOrder
from app.domain.shop import KEYS, ShopSettings, TierWindow
from app.services.settings import settings
from app.views.settings.binding import SettingsForm
from app.views.settings.screen import SettingsScreen
from app.views.shared import look
from app.views.shared.desk import Desk, OpenPlace, Relook
from app.views.shared.gateway import Gateway
from app.views.shared.translator import interpreter
from tests.windows import let_go

OTHER: dict[str, Any] = {
    "name": "Dawn Tea",
    "currency": "HKD",
    "timezone": "Asia/Singapore",
    "week": ("", *["08:30-12:00 14:00-02:00"] * 5, "10:00-16:00"),
    "holidays": ("2026-10-01/2026-10-07 国庆节", "2026-12-25 Christmas", "2027-01-01"),
    "phone_region": "HK",
    "slip_language": "en",
    "slip_paper": "a5",
    "slip_prints": True,
    "slip_note": "七天内可退",
    "clerk_discount": 50,
    "points_worth": 50,
    "points_step": 10,
    "points_cap": 125,
    "points_expiry_months": 0,
    "points_pending_days": 7,
    "points_give_back_days": 60,
    "import_earns": True,
    "stored_bonus_order": BonusOrder.BONUS_FIRST,
    "stored_bonus_share": 200,
    "tier_window": TierWindow.CALENDAR,
    "tier_grace_days": 0,
    "complaint_minor_answer": "2d",
    "complaint_minor_resolve": "6d",
    "complaint_serious_answer": "8h",
    "complaint_serious_resolve": "2d",
    "complaint_severe_answer": "2h",
    "complaint_severe_resolve": "10h",
    "complaint_escalated": ("severe",),
    "complaint_escalate_share": 800,
    "complaint_callback_days": 5,
    "complaint_reopen_at": 3,
    "followup_daily_cap": 20,
    "reminders": False,
    "reminder_minutes": 0,
    "reminder_morning": time(8, 30),
    "reminder_quiet_from": time(22, 0),
    "reminder_quiet_until": time(7, 15),
    "field_fresh_months": 12,
    "member_card_prefix": "VIP",
    "member_card_digits": 8,
}


@pytest.fixture
def screen(desk: Desk) -> Iterator[SettingsScreen]:
    made = SettingsScreen(desk)
    made.resize(1180, 640)
    made.show()
    yield made
    let_go(made)


def form_of(screen: SettingsScreen, key: str) -> SettingsForm:
    """The form with this setting, its page in sight."""
    name, page = next((name, page) for name, page in screen.pages.items() if key in page.keys)
    screen.show_page(name)
    return next(form for form in page.forms if key in form.keys)


def type_into(field: QWidget, words: str) -> None:
    field.setFocus()
    field.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(field, words)


def test_every_setting_stands_on_exactly_one_page(screen: SettingsScreen) -> None:
    assert sorted(screen.keys) == sorted(KEYS)


@pytest.mark.parametrize("share", range(4))
def test_every_setting_is_shown_saved_and_shown_again(screen: SettingsScreen, desk: Desk, share: int) -> None:
    for key in KEYS[share::4]:
        form = form_of(screen, key)
        assert form._value(key) == getattr(desk.settings, key)
        assert OTHER[key] != getattr(ShopSettings(), key)
        field = form.field(key)
        field.set_values(list(OTHER[key])) if key == "complaint_escalated" else field.set_value(OTHER[key])
        form.save(key)
        assert getattr(desk.gateway.read(settings), key) == OTHER[key], key
        assert form._value(key) == OTHER[key], key
        assert form.errors() == {}, key


def test_a_name_is_saved_on_leaving_the_field_and_can_be_taken_back(
    qtbot: QtBot, screen: SettingsScreen, desk: Desk
) -> None:
    name = screen.pages["shop"].name  # type: ignore[attr-defined]
    type_into(name, "Dawn Tea")
    assert desk.settings.name == "Cloudrest Tea"
    with qtbot.waitSignal(desk.gateway.said) as heard:
        QTest.keyClick(name, Qt.Key.Key_Tab)
    assert heard.args[1] is True
    assert desk.settings.name == "Dawn Tea"
    assert desk.gateway.undo()
    assert desk.settings.name == "Cloudrest Tea"
    assert name.value() == "Cloudrest Tea"


def test_enter_saves_too_and_twice_the_same_is_saved_once(qtbot: QtBot, screen: SettingsScreen, desk: Desk) -> None:
    form = form_of(screen, "points_worth")
    field = form.field("points_worth")
    type_into(field, "200")
    with qtbot.waitSignal(desk.gateway.changed):
        QTest.keyClick(field, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(desk.gateway.changed):
        QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.keyClick(field, Qt.Key.Key_Tab)
    assert desk.settings.points_worth == 200


WRONG = [
    ("name", " "),
    ("points_worth", "0"),
    ("points_worth", "many"),
    ("points_cap", "101"),
    ("complaint_reopen_at", "5"),
    ("followup_daily_cap", ""),
]


@pytest.mark.parametrize(("key", "words"), WRONG)
def test_a_wrong_value_is_told_under_its_field_and_not_saved(
    screen: SettingsScreen, desk: Desk, key: str, words: str
) -> None:
    form, before = form_of(screen, key), desk.settings
    type_into(form.field(key), words)
    if not words:
        QTest.keyClick(form.field(key), Qt.Key.Key_Delete)
    QTest.keyClick(form.field(key), Qt.Key.Key_Tab)
    assert form.errors().keys() == {key}
    assert desk.gateway.read(settings) == before


@pytest.mark.parametrize(("typed", "kept"), [("３０", 300), ("12.5%", 125), ("100", 1000)])
def test_a_share_may_be_typed_as_people_type_it(screen: SettingsScreen, desk: Desk, typed: str, kept: int) -> None:
    form = form_of(screen, "points_cap")
    form.field("points_cap").setText(typed)
    form.save("points_cap")
    assert desk.settings.points_cap == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("9-21", "09:00-21:00"), ("9：00—12：30、14点-18", None), ("9:00–12:30，14.00 至 18", "09:00-12:30 14:00-18:00"),
     ("18-24", "18:00-00:00"), ("25:00-26:00", None), ("9:00", None), ("", "")],
)  # fmt: skip
def test_hours_may_be_typed_as_people_type_them(
    screen: SettingsScreen, desk: Desk, typed: str, kept: str | None
) -> None:
    form = form_of(screen, "week")
    line = form.field("week").days[6]
    line.setFocus()
    line.setText(typed)
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert desk.settings.week[6] == ("09:00-21:00" if kept is None else kept)
    assert (form.errors().keys() == {"week"}) is (kept is None)
    assert bool(line.error()) is (kept is None)


def test_one_click_gives_every_day_the_same_hours_and_undo_takes_it_back(screen: SettingsScreen, desk: Desk) -> None:
    week = form_of(screen, "week").field("week")
    week.days[0].setText("10-18")
    QTest.mouseClick(week.alike, Qt.MouseButton.LeftButton)
    assert desk.settings.week == ("10:00-18:00",) * 7
    assert desk.gateway.undo()
    assert desk.settings.week == ("09:00-21:00",) * 7
    assert week.value() == ("09:00-21:00",) * 7


def test_the_last_open_day_cannot_be_closed(screen: SettingsScreen, desk: Desk) -> None:
    form = form_of(screen, "week")
    for line in form.field("week").days:
        line.setText("")
    form.save("week")
    assert desk.settings.week == ("09:00-21:00",) * 7
    assert form.errors().keys() == {"week"}


def test_hours_over_each_other_are_told(screen: SettingsScreen, desk: Desk) -> None:
    form = form_of(screen, "week")
    form.field("week").days[1].setText("9-14, 12-18")
    form.save("week")
    assert "over each other" in form.errors()["week"]
    assert desk.settings.week[1] == "09:00-21:00"


def test_holidays_are_lines_of_days_and_names(screen: SettingsScreen, desk: Desk) -> None:
    form = form_of(screen, "holidays")
    form.field("holidays").setPlainText("2026-12-25：圣诞节\n2026-10-01 至 2026-10-07 国庆节\n\n2026-02-16~2026-02-22")
    form.save("holidays")
    kept = ("2026-02-16/2026-02-22", "2026-10-01/2026-10-07 国庆节", "2026-12-25 圣诞节")
    assert desk.settings.holidays == kept
    for wrong in ("2026-02-30", "in May", "2026-10-07 – 2026-10-01", "2026-01-01 – 2027-06-01"):
        form.field("holidays").setPlainText(wrong)
        form.save("holidays")
        assert wrong in form.errors()["holidays"]
    assert desk.settings.holidays == kept


def test_what_is_being_typed_survives_a_change_from_elsewhere(screen: SettingsScreen, desk: Desk) -> None:
    form = form_of(screen, "name")
    type_into(form.field("name"), "Half a na")
    desk.gateway.changed.emit(None)
    assert form.field("name").value() == "Half a na"


def test_the_rule_of_points_is_said_in_words_and_follows_the_fields(dress: Any, screen: SettingsScreen) -> None:
    dress("en")
    form = form_of(screen, "points_cap")
    said = screen.pages["points"].rule  # type: ignore[attr-defined]
    assert said.text().startswith("100 points pay ¥1; in steps of 100, at most 30% of a bill")
    for key, words in (("points_cap", "12.5"), ("points_expiry_months", "0")):
        type_into(form.field(key), words)
        QTest.keyClick(form.field(key), Qt.Key.Key_Tab)
    assert "at most 12.5% of a bill; they never expire." in said.text()


def test_money_is_fixed_once_something_was_sold(qtbot: QtBot, sample_shop: Shop, screen: SettingsScreen) -> None:
    gateway = Gateway(sample_shop.work)
    sold = SettingsScreen(Desk(gateway, sample_shop.clock))
    qtbot.addWidget(sold)
    sold.show()
    assert not sold.pages["shop"].money.isEnabled()  # type: ignore[attr-defined]
    assert sold.pages["shop"].money.toolTip()  # type: ignore[attr-defined]
    assert screen.pages["shop"].money.isEnabled()  # type: ignore[attr-defined]
    gateway.close()


@pytest.mark.parametrize(
    ("chips", "value", "asked"),
    [
        ("language", "zh_CN", Relook(language="zh_CN")),
        ("theme", "dark", Relook(theme="dark")),
        ("scale", 1.5, Relook(scale=1.5)),
    ],
)
def test_the_look_is_asked_for_at_once(
    qtbot: QtBot, screen: SettingsScreen, desk: Desk, chips: str, value: object, asked: Relook
) -> None:
    group = getattr(screen.show_page("look"), chips)
    chip = next(chip for chip in group.chips() if chip.view.value == value)
    with qtbot.waitSignal(desk.asked) as heard:
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert heard.args == [asked]


def test_tiers_are_edited_on_members(qtbot: QtBot, screen: SettingsScreen, desk: Desk) -> None:
    page = screen.show_page("points")
    with qtbot.waitSignal(desk.asked) as heard:
        QTest.mouseClick(page.members, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    assert heard.args == [OpenPlace("members")]


def test_arrows_choose_a_page(screen: SettingsScreen) -> None:
    screen.setFocus()
    for name in list(screen.pages)[1:]:
        QTest.keyClick(screen.list, Qt.Key.Key_Down)
        assert screen.stack.currentWidget() is screen.pages[name]


def test_a_narrow_window_offers_the_pages_in_the_head(screen: SettingsScreen) -> None:
    screen.show_page("safety")
    screen.resize(700, 600)
    assert (screen.side.isVisible(), screen.pick.isVisible()) == (False, True)
    assert screen.pick.value() == "safety"
    screen.resize(1180, 640)
    assert (screen.side.isVisible(), screen.pick.isVisible()) == (True, False)


@pytest.fixture
def dress(qapp: QApplication) -> Iterator[Any]:
    speaker = interpreter(qapp)

    def wear(language: str, scale: float = 1.0) -> None:
        look.apply(qapp, language=language, scale=scale)
        speaker.speak(language)
        qapp.processEvents()

    yield wear
    wear("en")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(("scale", "width", "height"), [(1.0, 1184, 642), (2.0, 1254, 670)])
def test_every_page_fits_a_laptop(
    dress: Any, screen: SettingsScreen, language: str, scale: float, width: int, height: int
) -> None:
    dress(language, scale)
    screen.resize(width, height)
    for name in screen.pages:
        screen.show_page(name)
        QApplication.processEvents()
        least = screen.minimumSizeHint()
        assert (least.width() <= width, least.height() <= height) == (True, True), name
        scroll = getattr(screen.pages[name], "_scroll", None)
        if scroll is not None:
            assert scroll.widget().minimumSizeHint().width() <= scroll.viewport().width(), name


def test_every_word_changes_with_the_language(dress: Any, screen: SettingsScreen) -> None:
    screen.show_page("points")
    dress("zh_CN")
    assert screen.title.text() == "设置"
    assert screen.pages["points"].rule.text().startswith("100 分抵 ¥1；")  # type: ignore[attr-defined]
    dress("en")
    assert screen.title.text() == "Settings"


def test_the_record_tells_who_did_what_newest_first(screen: SettingsScreen, desk: Desk) -> None:
    form = form_of(screen, "points_worth")
    form.field("points_worth").set_value(200)
    form.save("points_worth")
    page: Any = screen.show_page("trail")
    cells = [page.rows.index(0, column).data() for column in range(4)]
    assert cells == ["Today 10:00", "Owner", "Changed a setting", "Setting points_worth · new"]
    page.table.choice.choose_place(0)
    assert "value: 200" in page.detail.text()
    assert desk.gateway.undo()
    assert page.rows.index(0, 2).data() == "Undid or redid an act"
    assert page.rows.index(1, 2).data() == "Changed a setting"


def test_a_day_of_another_year_is_written_with_its_year(screen: SettingsScreen) -> None:
    page: Any = screen.show_page("trail")
    assert page._spoken(datetime(2025, 3, 1, 1, 0, tzinfo=UTC)) == "1 Mar 2025 09:00"
    assert page._spoken(datetime(2026, 3, 1, 1, 0, tzinfo=UTC)) == "1 Mar 09:00"
