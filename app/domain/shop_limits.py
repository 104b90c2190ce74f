"""Between which bounds a setting makes sense: what a screen may offer and a service must refuse."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.complaints import Severity, Term
from app.domain.holidays import closed_days
from app.domain.member_cards import PREFIX
from app.domain.opening_hours import OpeningHours, parse_hours

LIMITS: dict[str, tuple[int, int]] = {
    "points_worth": (1, 1_000_000),
    "points_step": (1, 1_000_000),
    "points_cap": (0, 1000),
    "points_expiry_months": (0, 120),
    "points_pending_days": (0, 366),
    "points_give_back_days": (1, 3660),
    "stored_bonus_share": (0, 1000),
    "clerk_discount": (0, 1000),
    "tier_grace_days": (0, 366),
    "complaint_escalate_share": (100, 1000),
    "complaint_callback_days": (0, 90),
    "complaint_reopen_at": (0, 4),
    "followup_daily_cap": (1, 1000),
    "reminder_minutes": (0, 1440),
    "field_fresh_months": (1, 240),
    "member_card_digits": (4, 12),
}
"""Whole numbers, both ends included."""

LANGUAGES = ("zh_CN", "en")
SLIP_PAPERS = ("roll80", "a5")
LONGEST_NOTE = 400


def fits(key: str, value: Any) -> bool:
    """Whether a value of the right type is one this setting can have."""
    if key in LIMITS:
        low, high = LIMITS[key]
        return bool(low <= value <= high)
    if key in _OTHERS:
        return _OTHERS[key](value)
    return not key.startswith("complaint_") or _reads(Term.parse, value)


def _reads(read: Callable[[Any], Any], value: Any) -> bool:
    try:
        read(value)
    except (ValueError, TypeError, AttributeError, KeyError, OSError):
        return False
    return True


def _week_of(days: tuple[str, ...]) -> OpeningHours:
    """Raises ValueError for a week that is none, or without an open day, or with hours over each other."""
    return OpeningHours(tuple(map(parse_hours, days)), ZoneInfo("UTC"))


_OTHERS: dict[str, Callable[[Any], bool]] = {
    "member_card_prefix": lambda letters: PREFIX.fullmatch(letters) is not None,
    "timezone": lambda name: _reads(ZoneInfo, name),
    "week": lambda days: _reads(_week_of, days),
    "complaint_escalated": lambda codes: set(codes) <= {severity.value for severity in Severity},
    "holidays": lambda days: _reads(closed_days, days),
    "slip_language": LANGUAGES.__contains__,
    "slip_paper": SLIP_PAPERS.__contains__,
    "slip_note": lambda words: len(words) <= LONGEST_NOTE,
    "phone_region": lambda code: len(code) == 2 and code.isascii() and code.isupper(),
}
