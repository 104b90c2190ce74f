"""The places of the rail, each with its icon, its Ctrl+number and the screen made on the first visit."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.views.shared.desk import Desk
from app.views.shared.screen import Screen


@dataclass(frozen=True, slots=True)
class Place:
    """`digit` is the Ctrl+number; 0 for settings, which stand at the foot and have Ctrl+comma."""

    name: str
    digit: int
    icon: str
    make: Callable[[Desk], Screen]


def _today(desk: Desk) -> Screen:
    from app.views.today.screen import TodayScreen

    return TodayScreen(desk)


def _customers(desk: Desk) -> Screen:
    from app.views.customers.screen import CustomersScreen

    return CustomersScreen(desk)


def _followups(desk: Desk) -> Screen:
    from app.views.followups.screen import FollowUpsScreen

    return FollowUpsScreen(desk)


def _complaints(desk: Desk) -> Screen:
    from app.views.complaints.screen import ComplaintsScreen

    return ComplaintsScreen(desk)


def _till(desk: Desk) -> Screen:
    from app.views.till.screen import TillScreen

    return TillScreen(desk)


def _members(desk: Desk) -> Screen:
    from app.views.members.screen import MembersScreen

    return MembersScreen(desk)


def _insights(desk: Desk) -> Screen:
    from app.views.insights.screen import InsightsScreen

    return InsightsScreen(desk)


def _settings(desk: Desk) -> Screen:
    from app.views.settings.screen import SettingsScreen

    return SettingsScreen(desk)


PLACES = (
    Place("today", 1, "ph.sun", _today),
    Place("customers", 2, "ph.users", _customers),
    Place("followups", 3, "ph.calendar-check", _followups),
    Place("complaints", 4, "ph.chat-teardrop-text", _complaints),
    Place("till", 5, "ph.receipt", _till),
    Place("members", 6, "ph.crown-simple", _members),
    Place("insights", 8, "ph.chart-line-up", _insights),
    Place("settings", 0, "ph.gear-six", _settings),
)
"""Acquisition will be 7, and keeps its number free until then."""


def words(name: str) -> str:
    """What a place is called on screen."""
    return {
        "today": QCoreApplication.translate("Places", "Today"),
        "customers": QCoreApplication.translate("Places", "Customers"),
        "followups": QCoreApplication.translate("Places", "Follow-ups"),
        "complaints": QCoreApplication.translate("Places", "Complaints"),
        "till": QCoreApplication.translate("Places", "Till"),
        "members": QCoreApplication.translate("Places", "Members"),
        "insights": QCoreApplication.translate("Places", "Insights"),
        "settings": QCoreApplication.translate("Places", "Settings"),
    }[name]
