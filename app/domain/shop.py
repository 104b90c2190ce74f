"""The settings of a shop: each declared once, typed, with the default of a new shop (semantics.md)."""

from dataclasses import dataclass, fields
from datetime import time
from enum import StrEnum
from typing import Any

from app.domain.errors import ShopError


class TierWindow(StrEnum):
    ROLLING = "rolling_365"
    CALENDAR = "calendar_year"
    LIFETIME = "lifetime"


class SettingRefused(ShopError):
    """A setting has no such key, or not this kind of value."""

    code = "setting_refused"


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """All that a shop can set, in the units the rules use: money in minor units, shares in thousandths, days as days."""

    name: str = ""
    currency: str = "CNY"
    timezone: str = "Asia/Shanghai"
    opens: time = time(9, 0)
    closes: time = time(21, 0)
    closed_weekdays: tuple[int, ...] = ()
    """0 is Monday."""
    phone_region: str = "CN"

    points_per_unit: int = 1
    points_worth: int = 100
    """So many points pay one unit of currency."""
    points_step: int = 100
    points_cap: int = 300
    """At most this share of a bill, in thousandths."""
    points_expiry_months: int = 12
    points_pending_days: int = 0
    import_earns: bool = False
    """Whether imported past sales earn points."""

    tier_window: TierWindow = TierWindow.ROLLING
    tier_grace_days: int = 30

    complaint_callback_days: int = 3
    complaint_reopen_at: int = 2
    """An answer of at most this many of five reopens a case."""
    followup_daily_cap: int = 12
    field_fresh_months: int = 24


KEYS = tuple(item.name for item in fields(ShopSettings))


def stored(key: str, value: Any) -> Any:
    """The JSON form of a setting. Raises SettingRefused for an unknown key or another type than the default's."""
    if key not in KEYS:
        raise SettingRefused(key=key)
    default = getattr(ShopSettings(), key)
    if not isinstance(value, type(default)) or isinstance(value, bool) != isinstance(default, bool):
        raise SettingRefused(key=key)
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    return list(value) if isinstance(value, tuple) else value


def loaded(key: str, value: Any) -> Any:
    """The typed value behind a stored form."""
    default = getattr(ShopSettings(), key)
    if isinstance(default, time):
        return time.fromisoformat(value)
    return type(default)(value)
