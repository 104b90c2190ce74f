"""The rules by which purchases earn: those in force on a day, all there were, and changing them from a day on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.domain.birthdays import Birthday, is_kept, is_kept_in_month
from app.domain.loyalty.rules import (
    BadRules,
    BirthdaySpan,
    BonusDay,
    EarningRules,
    Goods,
    GoodsRate,
    RulesDraft,
    TierTimes,
    Times,
    check_rules,
    is_times,
)
from app.models.loyalty import EarningDay, EarningGoods, EarningVersion, Tier
from app.models.products import Product
from app.services.loyalty.tiers import TierRow, tiers
from app.storage import plain_sql


@dataclass(frozen=True, slots=True)
class RulesVersion:
    """Rules with the day from which they hold; the first of a new shop have none."""

    id: int
    from_day: date
    rules: EarningRules


IN_FORCE = "SELECT id FROM earning_versions WHERE from_day <= ? ORDER BY from_day DESC, id DESC LIMIT 1"
BORN = "SELECT birth_month, birth_day, birth_lunar, birth_leap FROM customers WHERE id = ?"
"""As the driver takes them: each ticket asks."""


def earning_rules(session: Session, day: date) -> EarningRules:
    """The rules in force on `day`; those of a new shop before any was made."""
    session.flush()
    found: int | None = plain_sql.value(session, IN_FORCE, (day.isoformat(),))
    return EarningRules() if found is None else _rules(session.get_one(EarningVersion, found))


def rules_versions(session: Session) -> list[RulesVersion]:
    """Every change there was, the latest first."""
    query = (
        select(EarningVersion)
        .options(selectinload(EarningVersion.goods), selectinload(EarningVersion.days))
        .order_by(EarningVersion.from_day.desc(), EarningVersion.id.desc())
    )
    return [RulesVersion(row.id, row.from_day, _rules(row)) for row in session.scalars(query)]


def rules_draft(session: Session, day: date) -> RulesDraft:
    """What is in force on `day`, ready to be changed."""
    return RulesDraft(earning_rules(session, day), {tier.rank: times_of(tier) for tier in tiers(session)})


def change_rules(
    session: Session, rules: EarningRules, *, day: date, tier_times: Mapping[int, TierTimes] | None = None
) -> None:
    """Let purchases from `day` on earn by these rules. Nothing is written when they are in force already.

    `tier_times` are new multipliers of some tiers, by rank.

    Points given before keep what they were given under (semantics.md, points ledger rule 9).
    Raises BadRules.
    """
    check_rules(rules)
    _change_tiers(session, tier_times or {})
    if rules == earning_rules(session, day):
        return
    session.add(
        EarningVersion(
            from_day=day,
            per_unit=rules.per_unit,
            per_visit=rules.per_visit,
            birthday=rules.birthday,
            birthday_span=rules.birthday_span,
            highest_only=rules.highest_only,
            goods=[
                EarningGoods(product_id=each.product_id, category=each.category, rate=each.rate) for each in rules.goods
            ],
            days=[
                EarningDay(
                    factor=each.factor,
                    weekday=each.weekday,
                    month_day=each.month_day,
                    first=each.first,
                    last=each.last,
                )
                for each in rules.days
            ],
        )
    )


def _change_tiers(session: Session, tier_times: Mapping[int, TierTimes]) -> None:
    if not all(is_times(each.always) and is_times(each.birthday) for each in tier_times.values()):
        raise BadRules("times")
    for rank, times in tier_times.items():
        tier = session.scalars(select(Tier).where(Tier.rank == rank)).one()
        tier.points_multiplier, tier.birthday_multiplier = times.always, times.birthday


def rates_by_product(session: Session, rules: EarningRules) -> dict[int, Decimal]:
    """Points per unit of currency of every product, retired or not, that has a rate of its own or its category's."""
    if not rules.goods:
        return {}
    rates = (
        (number, rules.rate_of(Goods(number, category)))
        for number, category in session.execute(select(Product.id, Product.category))
    )
    return {number: rate for number, rate in rates if rate != rules.per_unit}


def times_for(session: Session, rules: EarningRules, tier: TierRow, customer_id: int, day: date) -> tuple[Times, ...]:
    """What multiplies the points of this customer, who stands in `tier`, on `day`."""
    tier_times = times_of(tier)
    birthday = max(rules.birthday, tier_times.birthday) != 1 and _has_birthday(session, rules, customer_id, day)
    return rules.times(day, tier_times, is_birthday=birthday)


def times_of(tier: TierRow) -> TierTimes:
    """What a tier multiplies points by."""
    return TierTimes(tier.points_multiplier, tier.birthday_multiplier)


def _has_birthday(session: Session, rules: EarningRules, customer_id: int, day: date) -> bool:
    month, of_month, lunar, leap = plain_sql.run(session, BORN, (customer_id,)).fetchone()
    return Born(month, of_month, bool(lunar), bool(leap)).falls_on(day, rules)


class Born(NamedTuple):
    """A birthday as the card keeps it, by sun or moon, perhaps the month alone or nothing."""

    month: int | None
    day: int | None
    lunar: bool
    leap: bool

    def falls_on(self, day: date, rules: EarningRules) -> bool:
        """Whether it falls on `day` or into its month, as the rules have it."""
        if self.month is None:
            return False
        whole_month = rules.birthday_span is BirthdaySpan.MONTH
        if self.day is None:
            return whole_month and not self.lunar and self.month == day.month
        kept = Birthday(self.month, self.day, lunar=self.lunar, leap=self.leap)
        return is_kept_in_month(kept, day) if whole_month else is_kept(kept, day)


def _rules(row: EarningVersion) -> EarningRules:
    return EarningRules(
        row.per_unit,
        row.per_visit,
        tuple(GoodsRate(each.rate, each.product_id, each.category) for each in row.goods),
        row.birthday,
        row.birthday_span,
        tuple(BonusDay(each.factor, each.weekday, each.month_day, each.first, each.last) for each in row.days),
        row.highest_only,
    )
