"""The insight screen as a person uses it: figures, bars that open people, another day, another period, a new sale."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop
from app.services import insights, till
from app.services.insights import Period
from app.views.insights.screen import InsightsScreen
from app.views.shared import look
from app.views.shared.chart_card import ChartCard
from app.views.shared.chart_surface import Surface
from app.views.shared.desk import Desk, ShowCustomers
from app.views.shared.gateway import Gateway
from tests.insights.conftest import Speak

TODAY = date(2026, 11, 23)


def choose(qtbot: QtBot, screen: InsightsScreen, period: Period) -> None:
    place = list(Period).index(period)
    qtbot.mouseClick(screen.periods.chips()[place], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.settled)


def press(qtbot: QtBot, surface: Surface, *keys: Qt.Key) -> None:
    surface.setFocus(Qt.FocusReason.TabFocusReason)
    for key in keys:
        qtbot.keyClick(surface, key)


def test_bars_are_as_high_as_the_figures(screen: InsightsScreen, sample_shop: Shop) -> None:
    months = sample_shop.work.read(insights.sales_by_month, TODAY)
    drawn = screen.sales_chart.values()
    assert [value for _, series, value in drawn if series == "Known customers"] == [month.known for month in months]
    assert [value for _, series, value in drawn if series == "Without a name"] == [month.unknown for month in months]
    assert (drawn[0][0], drawn[-1][0]) == ("Dec 2025", "Nov 2026")
    tiers = sample_shop.work.read(insights.customers_by_tier_by_month, TODAY)
    vip = [value for _, series, value in screen.tier_chart.values() if series == "VIP"]
    assert vip == [month.counts[2] for month in tiers]


def test_tiles_say_figures_with_their_counts(screen: InsightsScreen, sample_shop: Shop) -> None:
    tiles = sample_shop.work.read(insights.tiles, Period.MONTH, TODAY)
    assert screen.tiles.repeat.counts.text() == f"{tiles.repeat.now.hits} of {tiles.repeat.now.of}"
    assert screen.tiles.net.counts.text() == f"{tiles.bills} sales"
    assert screen.tiles.new.figure.text() == str(tiles.new.now)
    assert screen.tiles.points.figure.text() == f"{tiles.points.now:,}"


def test_a_click_on_a_bar_shows_its_people(qtbot: QtBot, screen: InsightsScreen, sample_shop: Shop) -> None:
    surface, mark = screen.tier_chart.surface, screen.tier_chart.marks()[-2]
    screen.tier_chart.grab()
    middle = surface.rect_of(mark).center().toPoint()
    with qtbot.waitSignal(screen.desk.asked) as heard:
        qtbot.mouseClick(surface, Qt.MouseButton.LeftButton, pos=middle)
    people = sample_shop.work.read(insights.people_of_tier, 1, TODAY)
    assert heard.args == [ShowCustomers("Ordinary · Nov 2026", people)]
    assert mark.value == len(people)


def test_the_mouse_is_told_what_lies_under_it(qtbot: QtBot, screen: InsightsScreen) -> None:
    surface, mark = screen.sales_chart.surface, screen.sales_chart.marks()[0]
    screen.sales_chart.grab()
    qtbot.mouseMove(surface, surface.rect_of(mark).center().toPoint())
    qtbot.waitUntil(lambda: surface.mark == mark)
    assert surface.accessibleDescription() == f"Dec 2025, Known customers: {mark.said}"
    qtbot.mouseMove(surface, QPoint(1, 1))
    qtbot.waitUntil(lambda: surface.mark is None)


def test_bars_can_be_walked_and_opened_by_keys(qtbot: QtBot, screen: InsightsScreen, sample_shop: Shop) -> None:
    surface = screen.sales_chart.surface
    press(qtbot, surface, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert surface.mark is not None
    assert (surface.mark.label, surface.mark.series) == ("Sep 2026", "Known customers")
    with qtbot.waitSignal(screen.desk.asked) as heard:
        qtbot.keyClick(surface, Qt.Key.Key_Return)
    people = sample_shop.work.read(insights.people_of_month, date(2026, 9, 1), TODAY)
    assert heard.args == [ShowCustomers("Bought in Sep 2026", people)]


def test_bars_without_names_open_nobody(qtbot: QtBot, screen: InsightsScreen) -> None:
    with qtbot.assertNotEmitted(screen.desk.asked), qtbot.waitSignal(screen.desk.told):
        press(qtbot, screen.sales_chart.surface, Qt.Key.Key_Return)


def test_the_pareto_curve_opens_class_a(qtbot: QtBot, screen: InsightsScreen, sample_shop: Shop) -> None:
    with qtbot.waitSignal(screen.desk.asked) as heard:
        press(qtbot, screen.pareto_chart.surface, Qt.Key.Key_Return)
    pareto = sample_shop.work.read(insights.overview, Period.MONTH, TODAY).pareto
    assert heard.args[0].customer_ids == pareto.best


def test_a_sentence_opens_its_people(qtbot: QtBot, screen: InsightsScreen, sample_shop: Shop) -> None:
    findings = sample_shop.work.read(insights.overview, Period.MONTH, TODAY).findings
    assert len(screen.findings.links) == len(findings) > 0
    for link, finding in zip(screen.findings.links, findings, strict=True):
        with qtbot.waitSignal(screen.desk.asked) as heard:
            qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
        assert heard.args[0].customer_ids == finding.people


def test_a_sale_raises_the_bar_of_this_month(qtbot: QtBot, screen: InsightsScreen) -> None:
    before = screen.sales_chart.values()
    line = till.TicketLine(1, 1000, 1_980_000)
    at = datetime(2026, 11, 23, 2, tzinfo=UTC)
    screen.gateway.write(till.sell, till.Ticket(None, (line,)), operation_id="one", at=at)
    qtbot.waitUntil(lambda: screen.settled and screen.sales_chart.values() != before)
    after = screen.sales_chart.values()
    assert after[:-1] == before[:-1]
    assert after[-1][2] - before[-1][2] == 19_800


def test_another_day_changes_everything(qtbot: QtBot, screen: InsightsScreen, sample_shop: Shop) -> None:
    screen.as_of.setFocus()
    screen.as_of.selectAll()
    qtbot.keyClicks(screen.as_of, "2026-03-31")
    qtbot.keyClick(screen.as_of, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.settled and screen.sales_chart.values()[-1][0] == "Mar 2026")
    tiles = sample_shop.work.read(insights.tiles, Period.MONTH, date(2026, 3, 31))
    assert screen.tiles.repeat.counts.text() == f"{tiles.repeat.now.hits} of {tiles.repeat.now.of}"
    assert screen.tier_chart.values()[-1][0] == "Mar 2026"
    assert screen.context.text() == "Mar 2026 · against the same days of Feb 2026"


def test_a_day_to_come_is_today(qtbot: QtBot, screen: InsightsScreen) -> None:
    screen.as_of.setFocus()
    screen.as_of.selectAll()
    qtbot.keyClicks(screen.as_of, "2027-01-05")
    qtbot.keyClick(screen.as_of, Qt.Key.Key_Return)
    assert screen.as_of.text() == "2026-11-23"


def test_another_period_compares_other_days(qtbot: QtBot, screen: InsightsScreen, sample_shop: Shop) -> None:
    for period, words in ((Period.QUARTER, "Q4 2026 · against the same days of Q3 2026"), (Period.YEAR, "2026 · ")):
        choose(qtbot, screen, period)
        tiles = sample_shop.work.read(insights.tiles, period, TODAY)
        assert screen.context.text().startswith(words)
        assert screen.tiles.churn.counts.text().startswith(f"{tiles.churn.now.hits} of {tiles.churn.now.of}")


def test_it_follows_language_theme_and_text_size(qtbot: QtBot, screen: InsightsScreen, speak: Speak) -> None:
    speak("zh_CN")
    qtbot.waitUntil(lambda: screen.settled and screen.sales_chart.values()[-1][0] == "2026年11月")
    assert screen.title.text() == "洞察"
    assert screen.tier_chart.values()[-1][1] == "潜在"
    light = screen.tier_chart.grab().toImage().pixelColor(QPoint(30, 100))
    app = QGuiApplication.instance()
    look.apply(app, theme=look.Theme.DARK, scale=1.5)  # type: ignore[arg-type]
    screen.tier_chart.grab()
    assert screen.tier_chart.grab().toImage().pixelColor(QPoint(30, 100)) != light
    assert len(screen.tier_chart.marks()) == 36


def test_it_fits_a_small_laptop_in_both_languages(screen: InsightsScreen, speak: Speak) -> None:
    for language in ("en", "zh_CN"):
        speak(language)
        least = screen.minimumSizeHint()
        assert least.width() <= 1360 - 176
        assert least.height() <= 690 - 48


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_chart_is_saved(qtbot: QtBot, screen: InsightsScreen, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"茶.{ending}"
    with qtbot.waitSignal(screen.desk.told):
        screen.tier_chart.save_to(path)
    heads = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
    assert path.read_bytes().startswith(heads[ending])


def test_a_chart_that_cannot_be_saved_says_so(qtbot: QtBot, screen: InsightsScreen, tmp_path: Path) -> None:
    with qtbot.waitSignal(screen.gateway.troubled):
        screen.tier_chart.save_to(tmp_path / "nowhere" / "chart.png")


def test_a_chart_is_copied_and_read_as_numbers(qtbot: QtBot, screen: InsightsScreen) -> None:
    chart: ChartCard = screen.tier_chart
    chart.copy_act.trigger()
    assert not QGuiApplication.clipboard().pixmap().isNull()
    chart.numbers_act.trigger()
    assert chart.table.isVisible()
    model = chart.table.model()
    assert model.rowCount() == 12
    last = [model.index(11, column).data() for column in range(model.columnCount())]
    values = {series: value for label, series, value in chart.values() if label == "Nov 2026"}
    assert last == ["Nov 2026", *(f"{value:.0f}" for value in values.values())]
    chart.numbers_act.trigger()
    assert chart.surface.isVisible()


def test_the_bubble_stays_inside(screen: InsightsScreen) -> None:
    chart = screen.sales_chart
    chart.grab()
    for mark in chart.marks():
        assert chart.surface.rect().contains(chart.surface.rect_of(mark).toAlignedRect())
        chart.surface.point_at(mark)
        chart.surface.grab()


def test_a_shop_without_sales_says_what_will_be_here(qtbot: QtBot, gateway: Gateway, desk: Desk, speak: Speak) -> None:
    screen = InsightsScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(lambda: screen.settled)
    assert screen.empty.isVisible()
    with qtbot.waitSignal(desk.asked):
        qtbot.mouseClick(screen.first_import, Qt.MouseButton.LeftButton)


def test_marks_are_found_where_they_are_drawn(screen: InsightsScreen) -> None:
    """The middle of a bar has the bar's colour on the picture."""
    chart = screen.tier_chart
    picture = chart.place.grab().toImage()
    ratio = picture.devicePixelRatio()
    ordinary = [mark for mark in chart.marks() if mark.series == "Ordinary"]
    for mark in ordinary:
        at: QPointF = chart.surface.rect_of(mark).center() * ratio
        assert picture.pixelColor(at.toPoint()).name() == look.colour("accent").name()
