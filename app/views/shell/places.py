"""The places of the rail, each with its icon, its Ctrl+number and the kind of screen it shows."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.views.shared.screen import Screen


@dataclass(frozen=True, slots=True)
class Place:
    """`digit` is the Ctrl+number; 0 for settings, which stand at the foot and have Ctrl+comma.

    `screen` imports the class of the screen: no start waits for those that are not shown.
    """

    name: str
    digit: int
    icon: str
    screen: Callable[[], type[Screen]]


def _today() -> type[Screen]:
    from app.views.today.screen import TodayScreen

    return TodayScreen


def _customers() -> type[Screen]:
    from app.views.customers.screen import CustomersScreen

    return CustomersScreen


def _followups() -> type[Screen]:
    from app.views.followups.screen import FollowUpsScreen

    return FollowUpsScreen


def _complaints() -> type[Screen]:
    from app.views.complaints.screen import ComplaintsScreen

    return ComplaintsScreen


def _till() -> type[Screen]:
    from app.views.till.screen import TillScreen

    return TillScreen


def _members() -> type[Screen]:
    from app.views.members.screen import MembersScreen

    return MembersScreen


def _insights() -> type[Screen]:
    from app.views.insights.screen import InsightsScreen

    return InsightsScreen


def _settings() -> type[Screen]:
    from app.views.settings.screen import SettingsScreen

    return SettingsScreen


def _duplicates() -> type[Screen]:
    from app.views.duplicates.screen import DuplicatesScreen

    return DuplicatesScreen


def _products() -> type[Screen]:
    from app.views.products.screen import ProductsScreen

    return ProductsScreen


def _points() -> type[Screen]:
    from app.views.members.points_screen import PointsScreen

    return PointsScreen


def _trial() -> type[Screen]:
    from app.views.members.trial_screen import TrialScreen

    return TrialScreen


def _rewards() -> type[Screen]:
    from app.views.rewards.screen import RewardsScreen

    return RewardsScreen


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


@dataclass(frozen=True, slots=True)
class Page:
    """A screen that has no place of its own on the rail: it stands `under` one."""

    name: str
    under: str
    screen: Callable[[], type[Screen]]


PAGES = (
    Page("rewards", "members", _rewards),
    Page("duplicates", "customers", _duplicates),
    Page("products", "till", _products),
    Page("points", "members", _points),
    Page("trial", "members", _trial),
)


def words(name: str) -> str:
    """What a place, or a page under one, is called on screen."""
    return {
        "today": QCoreApplication.translate("Places", "Today"),
        "customers": QCoreApplication.translate("Places", "Customers"),
        "followups": QCoreApplication.translate("Places", "Follow-ups"),
        "complaints": QCoreApplication.translate("Places", "Complaints"),
        "till": QCoreApplication.translate("Places", "Till"),
        "members": QCoreApplication.translate("Places", "Members"),
        "insights": QCoreApplication.translate("Places", "Insights"),
        "settings": QCoreApplication.translate("Places", "Settings"),
        "products": QCoreApplication.translate("Places", "Goods"),
        "points": QCoreApplication.translate("Places", "Points"),
        "trial": QCoreApplication.translate("Places", "Rules on trial"),
        "rewards": QCoreApplication.translate("Places", "Cards and coupons"),
        "duplicates": QCoreApplication.translate("Places", "Look-alike cards"),
    }[name]
