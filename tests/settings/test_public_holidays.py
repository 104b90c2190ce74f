"""Public holidays are proposed, ticked, and put among the days of rest in one act."""

import subprocess
import sys
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.domain.holidays import Holiday
from app.domain.public_holidays import COUNTRIES, public_holidays, stretches
from app.services import settings
from app.storage.unit_of_work import UnitOfWork
from app.views.settings.shop_page import ShopPage
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway


def test_the_days_off_of_china_in_2026_as_the_state_council_announced_them() -> None:
    """Notice of November 2025, but for the Sundays and Saturdays at the ends, which are no part of the days moved."""
    found = {str(one) for one in public_holidays("CN", 2026, "zh_CN")}
    assert {
        "2026-02-16/2026-02-23 春节",
        "2026-05-01/2026-05-05 劳动节",
        "2026-06-19 端午节",
        "2026-09-25 中秋节",
        "2026-10-01/2026-10-07 国庆节",
    } <= found


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_that_is_offered_has_some(country: str) -> None:
    found = public_holidays(country, 2027, "en")
    assert 5 <= sum(len(one.days) for one in found) <= 40
    assert found == sorted(found)
    assert all(one.name and Holiday.parse(str(one)) == one for one in found)


def test_a_country_that_is_not_offered_has_none() -> None:
    assert public_holidays("XX", 2027, "en") == []


@given(st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=60))
def test_stretches_hold_every_day_once_and_no_other(days: set[date]) -> None:
    found = stretches([(day, "x") for day in sorted(days)])
    assert [day for one in found for day in one.days] == sorted(days)
    assert all((b.first - a.last).days > 1 for a, b in pairwise(found))


def test_the_rules_of_the_world_are_not_read_before_they_are_asked_for() -> None:
    said = "import sys, app.views.settings.shop_page; print('holidays' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


def test_they_are_proposed_ticked_and_taken_back(qtbot: QtBot, desk: Desk, work: UnitOfWork, gateway: Gateway) -> None:
    gateway.write(settings.change, {"holidays": ("2027-06-09 Ours",)})
    page = ShopPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.propose.click()
    dialog = page.asking
    qtbot.waitUntil(lambda: bool(dialog.ticks), timeout=20_000)
    assert (dialog.country.value(), dialog.year.value()) == ("CN", 2027)
    assert date(2027, 6, 9) not in {day for _, one in dialog.ticks for day in one.days}
    names = [one.name for _, one in dialog.ticks]
    for tick, one in dialog.ticks:
        tick.set_value(one.name in ("National Day", names[0]))
    dialog.form.submit()
    kept = work.read(settings.settings).holidays
    assert len(kept) == 3
    assert "2027-06-09 Ours" in kept
    assert any(words.startswith("2027-10-01") for words in kept)
    assert gateway.undo()
    assert work.read(settings.settings).holidays == ("2027-06-09 Ours",)
