"""The settings of a shop: each declared once, typed, with the default of a new shop (semantics.md)."""

from dataclasses import dataclass, fields
from datetime import time
from enum import StrEnum
from typing import Any

from app.domain.errors import ShopError
from app.domain.rewards.bonus import BonusOrder
from app.domain.shop_limits import fits


class TierWindow(StrEnum):
    ROLLING = "rolling_365"
    CALENDAR = "calendar_year"
    LIFETIME = "lifetime"


class SettingRefused(ShopError):
    """A setting has no such key, or not this kind of value."""


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """All that a shop can set, in the units of the rules: money in minor units, shares in thousandths, whole days."""

    name: str = ""
    currency: str = "CNY"
    timezone: str = "Asia/Shanghai"
    week: tuple[str, ...] = ("09:00-21:00",) * 7
    """Opening hours, Monday first, as `parse_hours` reads them; nothing: closed."""
    holidays: tuple[str, ...] = ()
    """Closed all day; as `Holiday.parse` reads them."""
    phone_region: str = "CN"
    slip_language: str = "zh_CN"
    slip_paper: str = "roll80"
    slip_prints: bool = False
    """Whether each sale prints its slip by itself."""
    slip_note: str = ""
    """What stands at the foot of every slip."""
    clerk_discount: int = 200
    """A clerk takes at most this share off a whole bill, in thousandths; a manager as much as they like."""

    points_worth: int = 100
    """So many points pay one unit of currency."""
    points_step: int = 100
    points_cap: int = 300
    """At most this share of a bill, in thousandths."""
    points_expiry_months: int = 12
    """Points last to the end of this month after the one they were earned in; 0: for ever."""
    points_pending_days: int = 0
    points_give_back_days: int = 30
    """How long points given back by a return last when their own last day has passed."""
    import_earns: bool = False
    """Whether imported past sales earn points."""

    stored_bonus_order: BonusOrder = BonusOrder.TOGETHER
    """Which part of stored value pays first."""
    stored_bonus_share: int = 1000
    """The bonus pays at most this share of one payment, in thousandths."""

    tier_window: TierWindow = TierWindow.ROLLING
    tier_grace_days: int = 30

    complaint_minor_answer: str = "3d"
    """Terms: so many opening days (d) or opening hours (h)."""
    complaint_minor_resolve: str = "7d"
    complaint_serious_answer: str = "1d"
    complaint_serious_resolve: str = "3d"
    complaint_severe_answer: str = "4h"
    complaint_severe_resolve: str = "1d"
    complaint_escalated: tuple[str, ...] = ("minor", "serious", "severe")
    """The severities of which a case goes up to the owner."""
    complaint_escalate_share: int = 1000
    """When so much of a target has passed, in thousandths."""
    complaint_callback_days: int = 3
    complaint_reopen_at: int = 2
    """An answer of at most this many of five reopens a case."""
    followup_daily_cap: int = 12
    reminders: bool = True
    """Whether the program reminds of follow-ups while it runs."""
    reminder_minutes: int = 10
    """So long before its hour; those of any time of a day are told in the morning."""
    reminder_morning: time = time(9, 0)
    reminder_quiet_from: time = time(21, 0)
    """Nothing is told from here to the next, also over midnight; at one time: there are no quiet hours."""
    reminder_quiet_until: time = time(9, 0)
    field_fresh_months: int = 24

    member_card_prefix: str = "M"
    """Letters before the running number of a member card; empty: digits alone."""
    member_card_digits: int = 6
    """Of the running number, without the check digit behind it."""


KEYS = tuple(item.name for item in fields(ShopSettings))
_SHIPPED = ShopSettings()


def stored(key: str, value: Any) -> Any:
    """The JSON form of a setting.

    Raises SettingRefused for an unknown key, another type than the default's, or a value out of bounds.
    """
    if key not in KEYS:
        raise SettingRefused(key=key)
    default = getattr(_SHIPPED, key)
    if not isinstance(value, type(default)) or isinstance(value, bool) != isinstance(default, bool):
        raise SettingRefused(key=key)
    if not fits(key, value):
        raise SettingRefused(key=key)
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    return list(value) if isinstance(value, tuple) else value


def loaded(key: str, value: Any) -> Any:
    """The typed value behind a stored form."""
    default = getattr(_SHIPPED, key)
    return time.fromisoformat(value) if isinstance(default, time) else type(default)(value)
