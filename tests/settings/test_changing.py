"""A setting out of bounds is refused whole; a changed rule reaches every customer at once, and back again."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.bootstrap import Shop
from app.domain.shop import KEYS, SettingRefused, ShopSettings, TierWindow
from app.domain.shop_limits import LIMITS
from app.domain.shop_rules import complaint_targets, opening_hours, spending_rule
from app.services.backup import check
from app.services.customers import counts
from app.services.settings import CurrencyInUse, change, settings
from app.storage.unit_of_work import UnitOfWork
from app.views.shared.gateway import way_back

TODAY = date(2026, 11, 23)

BAD: list[tuple[str, Any]] = [
    ("week", ("",) * 7),
    ("week", ("09:00-21:00",) * 6),
    ("week", ("9-21",) * 7),
    ("week", ("09:00-14:00 12:00-18:00",) * 7),
    ("week", (7,) * 7),
    ("holidays", ("2026-02-30",)),
    ("holidays", ("2026-02-03/2026-02-01",)),
    ("holidays", tuple(f"{year}-01-01/{year}-12-31" for year in range(2020, 2026))),
    ("timezone", "Nowhere/Land"),
    ("timezone", "../passwd"),
    ("points_worth", 0),
    ("points_step", 0),
    ("points_cap", 1001),
    ("complaint_minor_answer", "soon"),
    ("complaint_severe_resolve", "0h"),
    ("complaint_reopen_at", 5),
    ("slip_language", "fr"),
    ("phone_region", "china"),
    ("points_cap", True),
    ("no_such_setting", 1),
]


@pytest.mark.parametrize(("key", "value"), BAD)
def test_a_value_that_makes_no_sense_is_refused_and_changes_nothing(work: UnitOfWork, key: str, value: Any) -> None:
    before = work.read(settings)
    with pytest.raises(SettingRefused):
        work.write(change, {"name": "Other", key: value})
    assert work.read(settings) == before


@pytest.mark.parametrize("key", sorted(LIMITS))
def test_both_ends_of_a_range_are_taken_and_the_rules_can_still_be_read(work: UnitOfWork, key: str) -> None:
    for value in LIMITS[key]:
        work.write(change, {key: value})
        shop = work.read(settings)
        assert getattr(shop, key) == value
        spending_rule(shop), opening_hours(shop), complaint_targets(shop)


def test_every_whole_number_has_its_limits() -> None:
    plain = ShopSettings()
    numbers = {key for key in KEYS if type(getattr(plain, key)) is int}
    assert numbers == LIMITS.keys()
    assert all(low <= getattr(plain, key) <= high for key, (low, high) in LIMITS.items())


def test_the_currency_is_free_until_the_first_sale(work: UnitOfWork, sample_shop: Shop) -> None:
    work.write(change, {"currency": "HKD"})
    assert work.read(settings).currency == "HKD"
    with pytest.raises(CurrencyInUse):
        sample_shop.work.write(change, {"currency": "HKD"})
    sample_shop.work.write(change, {"currency": "CNY", "name": "Same money"})
    assert sample_shop.work.read(settings).name == "Same money"


def test_another_window_moves_every_tier_at_once_and_undo_moves_them_back(sample_shop: Shop) -> None:
    work = sample_shop.work
    before = work.read(counts)
    _, changes = work.write(change, {"tier_window": TierWindow.LIFETIME})
    assert work.read(counts) != before
    assert work.read(check, TODAY).ok
    way = way_back(changes)
    assert way is not None
    work.write(way.service, *way.args, **way.named)
    assert work.read(counts) == before
    assert work.read(check, TODAY).ok


def test_settings_that_move_no_tier_leave_the_tiers_alone(sample_shop: Shop) -> None:
    before = sample_shop.work.read(settings)
    _, changes = sample_shop.work.write(change, {"followup_daily_cap": 3})
    assert changes.features == {"settings"}
    assert sample_shop.work.read(settings) == replace(before, followup_daily_cap=3)
