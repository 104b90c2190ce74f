"""The rules that a shop's settings stand for."""

from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.domain.complaints import Severity, Target, Term
from app.domain.holidays import closed_days
from app.domain.loyalty.spending import SpendingRule
from app.domain.money import currency
from app.domain.opening_hours import OpeningHours, parse_hours
from app.domain.rewards.bonus import BonusRule
from app.domain.shop import ShopSettings


def spending_rule(shop: ShopSettings) -> SpendingRule:
    """How points are kept and spent in this shop."""
    return SpendingRule(
        minor_digits=currency(shop.currency).digits,
        worth=shop.points_worth,
        step=shop.points_step,
        cap=Decimal(shop.points_cap) / 1000,
        expiry_months=shop.points_expiry_months or None,
        pending_days=shop.points_pending_days,
        give_back_days=shop.points_give_back_days,
    )


def bonus_rule(shop: ShopSettings) -> BonusRule:
    """How a payment with stored value is shared between the customer's money and the bonus."""
    return BonusRule(shop.stored_bonus_order, shop.stored_bonus_share)


def opening_hours(shop: ShopSettings) -> OpeningHours:
    """When the shop is open. Raises ValueError when every weekday is closed."""
    return _hours(shop.week, shop.timezone, shop.holidays)


@lru_cache(maxsize=8)
def _hours(week: tuple[str, ...], timezone: str, holidays: tuple[str, ...]) -> OpeningHours:
    """One for all who ask: it remembers what it has worked out."""
    return OpeningHours(tuple(map(parse_hours, week)), ZoneInfo(timezone), closed_days(holidays))


def complaint_targets(shop: ShopSettings) -> dict[Severity, Target]:
    """By when a complaint is to be answered and resolved, by how bad it is."""
    return {
        Severity.MINOR: _target(shop.complaint_minor_answer, shop.complaint_minor_resolve),
        Severity.SERIOUS: _target(shop.complaint_serious_answer, shop.complaint_serious_resolve),
        Severity.SEVERE: _target(shop.complaint_severe_answer, shop.complaint_severe_resolve),
    }


def _target(answer: str, resolve: str) -> Target:
    return Target(Term.parse(answer), Term.parse(resolve))
