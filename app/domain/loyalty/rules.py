"""What a purchase earns by the shop's rules: by amount, by visit, by goods, and what multiplies it (PTS2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from app.domain.errors import ShopError
from app.domain.loyalty.returns import EarnedFor
from app.domain.loyalty.spans import BirthdaySpan as BirthdaySpan
from app.domain.months import month_end

MOST_POINTS_PER_UNIT = 1000
MOST_POINTS_PER_VISIT = 100_000
MOST_TIMES = 100
ONE = Decimal(1)


class BadRules(ShopError):
    """Rules nobody can mean. Codes "rate", "visit", "times", "goods", "goods_twice", "day"."""


class TimesCause(StrEnum):
    """Why points are multiplied."""

    TIER = "tier"
    BIRTHDAY = "birthday"
    DAY = "day"


class Times(NamedTuple):
    """One multiplier of a purchase and its reason."""

    cause: TimesCause
    factor: Decimal


class Goods(NamedTuple):
    """What a line sells, as far as earning goes; None and "" for an open price."""

    product_id: int | None = None
    category: str = ""


@dataclass(frozen=True, slots=True)
class GoodsRate:
    """Points per unit of currency for one product, or for a category without a rate of its own; 0: earns nothing."""

    rate: Decimal
    product_id: int | None = None
    category: str = ""


@dataclass(frozen=True, slots=True)
class BonusDay:
    """Days on which points are multiplied: a weekday (0 is Monday), a day of every month, or from one date to another.

    A day that a month does not have falls on its last.
    """

    factor: Decimal
    weekday: int | None = None
    month_day: int | None = None
    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        if self.weekday is not None:
            return day.weekday() == self.weekday
        if self.month_day is not None:
            return day.day == min(self.month_day, month_end(day).day)
        return self.first is not None and self.last is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class TierTimes:
    """What a tier multiplies points by: always, and besides that when it is the customer's birthday."""

    always: Decimal = ONE
    birthday: Decimal = ONE


NO_TIER = TierTimes()


@dataclass(frozen=True, slots=True)
class EarningRules:
    """How a purchase earns. The defaults are those of a new shop (semantics.md, defaults)."""

    per_unit: Decimal = ONE
    """Points for each whole unit of currency."""
    per_visit: int = 0
    """Points for each sale, whatever its amount; never multiplied."""
    goods: tuple[GoodsRate, ...] = ()
    birthday: Decimal = ONE
    """What everyone's points are multiplied by on their birthday; a tier that gives more gives that instead."""
    birthday_span: BirthdaySpan = BirthdaySpan.MONTH
    days: tuple[BonusDay, ...] = ()
    """On a day that several cover the greatest counts."""
    highest_only: bool = False
    """Whether of tier, birthday and day only the greatest counts, or all are multiplied with each other."""

    def rate_of(self, goods: Goods) -> Decimal:
        """Points per unit of currency: the product's own rate, else its category's, else the shop's."""
        by_category = self.per_unit
        for own in self.goods:
            if own.product_id is not None:
                if own.product_id == goods.product_id:
                    return own.rate
            elif own.category == goods.category:
                by_category = own.rate
        return by_category

    def times(self, day: date, tier: TierTimes = NO_TIER, *, is_birthday: bool = False) -> tuple[Times, ...]:
        """What multiplies a purchase on `day`, in the order tier, birthday, day; those of 1 are left out."""
        found = [
            Times(TimesCause.TIER, tier.always),
            Times(TimesCause.BIRTHDAY, max(self.birthday, tier.birthday) if is_birthday else ONE),
            Times(TimesCause.DAY, max((each.factor for each in self.days if each.covers(day)), default=ONE)),
        ]
        counting = [each for each in found if each.factor != ONE]
        if self.highest_only and counting:
            return (max(counting, key=lambda each: each.factor),)
        return tuple(counting)

    def terms(self, bought: Iterable[Goods], times: Sequence[Times], minor_digits: int) -> EarnedFor:
        """What a sale of these goods earns under, to be kept with its entry (semantics.md, points ledger rule 2)."""
        rates = {goods.product_id: self.rate_of(goods) for goods in bought if goods.product_id is not None}
        own = {product: rate for product, rate in sorted(rates.items()) if rate != self.per_unit}
        return EarnedFor(self.per_unit, tuple(each.factor for each in times), minor_digits, self.per_visit, own)


@dataclass(frozen=True, slots=True)
class RulesDraft:
    """Rules somebody thinks about, with what the tiers would multiply by, by rank."""

    rules: EarningRules
    tier_times: Mapping[int, TierTimes]


def check_rules(rules: EarningRules) -> None:
    """Refuse what nobody can mean.

    Raises BadRules: a rate below 0, above 1,000 or with more than four decimals; points for a visit below 0; a
    multiplier below 1, above 100 or with more than two decimals; goods that name nothing or stand there twice; a day
    that is none.
    """
    if not _is_rate(rules.per_unit):
        raise BadRules("rate")
    if not 0 <= rules.per_visit <= MOST_POINTS_PER_VISIT:
        raise BadRules("visit")
    if not all(map(is_times, (rules.birthday, *(each.factor for each in rules.days)))):
        raise BadRules("times")
    _check_goods(rules.goods)
    if not all(map(_is_day, rules.days)):
        raise BadRules("day")


def _check_goods(goods: Sequence[GoodsRate]) -> None:
    if not all(_is_rate(each.rate) for each in goods):
        raise BadRules("rate")
    if not all((each.product_id is None) != (not each.category) for each in goods):
        raise BadRules("goods")
    if len({(each.product_id, each.category) for each in goods}) < len(goods):
        raise BadRules("goods_twice")


def is_times(factor: Decimal) -> bool:
    """Whether points can be multiplied by this."""
    return factor.is_finite() and 1 <= factor <= MOST_TIMES and factor == round(factor, 2)


def _is_rate(rate: Decimal) -> bool:
    """At most four decimals: a finer rate is a slip of the finger."""
    return rate.is_finite() and 0 <= rate <= MOST_POINTS_PER_UNIT and rate == round(rate, 4)


def _is_day(each: BonusDay) -> bool:
    """Exactly one kind of day, and one that there is."""
    kinds = (each.weekday is not None, each.month_day is not None, each.first is not None or each.last is not None)
    if sum(kinds) != 1:
        return False
    if each.weekday is not None:
        return 0 <= each.weekday <= 6
    if each.month_day is not None:
        return 1 <= each.month_day <= 31
    return each.first is not None and each.last is not None and each.first <= each.last
