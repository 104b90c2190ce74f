"""A new shop's settings are the defaults that were decided, and the rules read them."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from app.domain.complaints import TARGETS
from app.domain.loyalty.spending import SpendingRule
from app.domain.opening_hours import OpeningHours, every_day
from app.domain.shop import KEYS, SettingRefused, ShopSettings, loaded, stored
from app.domain.shop_rules import complaint_targets, opening_hours, spending_rule


def test_a_new_shop_has_the_rules_as_shipped() -> None:
    shop = ShopSettings()
    assert spending_rule(shop) == SpendingRule()
    assert complaint_targets(shop) == TARGETS
    assert opening_hours(shop) == OpeningHours(every_day(), ZoneInfo("Asia/Shanghai"))


def test_settings_reach_the_rules() -> None:
    shop = ShopSettings(
        currency="JPY",
        timezone="Europe/London",
        week=("09:00-21:00",) * 6 + ("",),
        holidays=("2026-12-24/2026-12-26 Christmas",),
        points_cap=250,
        points_expiry_months=0,
    )
    rule = spending_rule(shop)
    assert (rule.minor_digits, rule.cap) == (0, Decimal("0.25"))
    assert rule.expiry_months is None
    hours = opening_hours(shop)
    assert [hours.spans(date(2026, 12, day)) for day in (24, 25, 26)] == [[], [], []]
    assert hours.spans(date(2026, 12, 23))
    assert hours.spans(date(2026, 12, 27)) == []  # a Sunday
    assert hours.is_open(datetime(2026, 12, 28, 9, tzinfo=ZoneInfo("Europe/London")))


@pytest.mark.parametrize("key", KEYS)
def test_every_setting_survives_being_stored(key: str) -> None:
    default = getattr(ShopSettings(), key)
    assert loaded(key, stored(key, default)) == default
    assert type(loaded(key, stored(key, default))) is type(default)


def test_a_value_of_another_type_is_refused() -> None:
    with pytest.raises(SettingRefused):
        stored("points_cap", 0.3)
