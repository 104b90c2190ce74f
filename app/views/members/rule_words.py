"""The earning rules as sentences, and as what some bills would bring under them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from app.domain.loyalty.returns import target
from app.domain.loyalty.rules import (
    NO_TIER,
    BirthdaySpan,
    BonusDay,
    EarningRules,
    Goods,
    GoodsRate,
    RulesDraft,
    TierTimes,
    Times,
)
from app.domain.money import currency
from app.services.loyalty import TierRow
from app.views.members.words import name_of
from app.views.shared.day_words import short_day
from app.views.shared.desk import Desk

EXAMPLE_UNITS = 128
"""Whole units of currency of the bills that show what a rule brings."""
ANY = Goods()
LOOK_AHEAD = 400
"""Days among which the next bonus day is looked for."""
Names = Mapping[int, str]
"""What each article is called, by its id."""


def sentence(draft: RulesDraft, names: Names, tiers: Sequence[TierRow], desk: Desk) -> str:
    """The whole rule in words: "1 point per ¥1; Ware 2 points; VIP ×1.5; double in the birthday month."."""
    rules = draft.rules
    parts = [_by_amount(rules.per_unit, desk), *(_by_goods(each, names) for each in rules.goods)]
    if rules.per_visit:
        points = rules.per_visit
        parts.append(QCoreApplication.translate("Rules", "%n more for each purchase", "", points))
    parts += [said for tier in tiers if (said := _by_tier(tier, draft.tier_times.get(tier.rank, NO_TIER)))]
    if rules.birthday != 1:
        parts.append(_on_birthday(rules))
    parts += [_on_day(each, desk.today()) for each in rules.days]
    if rules.highest_only and len(parts) > 1:
        parts.append(QCoreApplication.translate("Rules", "of several multipliers only the highest counts"))
    ends = QCoreApplication.translate("Rules", ".")
    return QCoreApplication.translate("Rules", "; ").join(parts) + ends


def plain(number: Decimal) -> str:
    """Without idle zeros and without an exponent."""
    return f"{number.normalize():f}"


def goods_name(each: GoodsRate, names: Names) -> str:
    """The article or the category a rate is for."""
    return each.category or names.get(each.product_id or 0, "–")


def _by_amount(rate: Decimal, desk: Desk) -> str:
    sign = currency(desk.settings.currency).sign
    if rate and (1 / rate) == int(1 / rate) and rate < 1:
        words = QCoreApplication.translate("Rules", "1 point per {unit}")
        return words.replace("{unit}", f"{sign}{int(1 / rate)}")
    if rate == int(rate):
        points = int(rate)
        words = QCoreApplication.translate("Rules", "%n point(s) per {unit}", "", points)
    else:
        words = QCoreApplication.translate("Rules", "{points} points per {unit}").replace("{points}", plain(rate))
    return words.replace("{unit}", f"{sign}1")


def _by_goods(each: GoodsRate, names: Names) -> str:
    name = goods_name(each, names)
    if not each.rate:
        return QCoreApplication.translate("Rules", "{goods} none").replace("{goods}", name)
    if each.rate == int(each.rate):
        points = int(each.rate)
        words = QCoreApplication.translate("Rules", "{goods} %n point(s)", "", points)
    else:
        words = QCoreApplication.translate("Rules", "{goods} {points} points").replace("{points}", plain(each.rate))
    return words.replace("{goods}", name)


def _by_tier(tier: TierRow, times: TierTimes) -> str:
    name, parts = name_of(tier), []
    if times.always != 1:
        parts.append(f"×{plain(times.always)}")
    if times.birthday != 1:
        words = QCoreApplication.translate("Rules", "birthday ×{times}")
        parts.append(words.replace("{times}", plain(times.birthday)))
    joined = QCoreApplication.translate("Rules", ", ").join(parts)
    return f"{name} {joined}" if parts else ""


def _on_birthday(rules: EarningRules) -> str:
    if rules.birthday == 2:
        if rules.birthday_span is BirthdaySpan.MONTH:
            return QCoreApplication.translate("Rules", "double in the birthday month")
        return QCoreApplication.translate("Rules", "double on the birthday")
    if rules.birthday_span is BirthdaySpan.MONTH:
        words = QCoreApplication.translate("Rules", "{times} times in the birthday month")
    else:
        words = QCoreApplication.translate("Rules", "{times} times on the birthday")
    return words.replace("{times}", plain(rules.birthday))


def _on_day(each: BonusDay, today: date) -> str:
    if each.factor == 2:
        words = QCoreApplication.translate("Rules", "double {days}")
    else:
        words = QCoreApplication.translate("Rules", "{times} times {days}").replace("{times}", plain(each.factor))
    return words.replace("{days}", days(each, today))


def days(each: BonusDay, today: date) -> str:
    """On which days, as part of a sentence: "every Tuesday", "on the 8th of the month"."""
    if each.weekday is not None:
        name = QLocale().dayName(each.weekday + 1)
        return QCoreApplication.translate("Rules", "every {weekday}").replace("{weekday}", name)
    if each.month_day is not None:
        words = QCoreApplication.translate("Rules", "on day {day} of every month")
        return words.replace("{day}", str(each.month_day))
    if each.first is None or each.last is None or each.first == each.last:
        words = QCoreApplication.translate("Rules", "on {day}")
        return words.replace("{day}", short_day(each.first or today, today))
    words = QCoreApplication.translate("Rules", "from {first} to {last}")
    return words.replace("{first}", short_day(each.first, today)).replace("{last}", short_day(each.last, today))


@dataclass(frozen=True, slots=True)
class Example:
    """A bill and what it earns."""

    said: str
    points: int


def examples(rules: EarningRules, names: Names, categories: Mapping[int, str], desk: Desk) -> list[Example]:
    """What a bill earns today, with the first goods that have a rate of their own, on a birthday, on a bonus day."""
    today = desk.today()
    found = [_example(rules, desk)]
    for each in rules.goods[:2]:
        goods = Goods(each.product_id, each.category or categories.get(each.product_id or 0, ""))
        found.append(_example(rules, desk, goods, goods_name(each, names)))
    if rules.birthday != 1:
        birthday = EarningRules(birthday=rules.birthday).times(today, is_birthday=True)
        of = QCoreApplication.translate("Rules", "on a birthday")
        found.append(_example(rules, desk, times=birthday, when=of))
    bonus = next_bonus_day(rules, today)
    if bonus is not None:
        of = QCoreApplication.translate("Rules", "on {day}").replace("{day}", _near(bonus, today))
        found.append(_example(rules, desk, times=rules.times(bonus), when=of))
    return found


def next_bonus_day(rules: EarningRules, today: date) -> date | None:
    """The first day from today on that a multiplier covers."""
    ahead = (today + timedelta(days=each) for each in range(LOOK_AHEAD))
    return next((day for day in ahead if any(each.covers(day) for each in rules.days)), None)


def _near(day: date, today: date) -> str:
    weekday = QLocale().dayName(day.isoweekday())
    return weekday if (day - today).days < 7 else short_day(day, today)


def _example(
    rules: EarningRules,
    desk: Desk,
    goods: Goods = ANY,
    name: str = "",
    *,
    times: Sequence[Times] = (),
    when: str = "",
) -> Example:
    digits = currency(desk.settings.currency).digits
    bill = EXAMPLE_UNITS * 10**digits
    points = _points(rules, goods, bill, times, digits)
    money = desk.money(bill, drop_zeros=True)
    if name:
        words = QCoreApplication.translate("Rules", "A bill of {money} of {goods}").replace("{goods}", name)
    elif when:
        words = QCoreApplication.translate("Rules", "A bill of {money} {when}").replace("{when}", when)
    else:
        words = QCoreApplication.translate("Rules", "A bill of {money}")
    return Example(words.replace("{money}", money), points)


def _points(rules: EarningRules, goods: Goods, bill: int, times: Sequence[Times], digits: int) -> int:
    """Of one line; a category alone is shown by an article of it that there need not be."""
    shown = goods if goods.product_id is not None or not goods.category else Goods(0, goods.category)
    return target([bill], [shown.product_id], False, rules.terms([shown], times, digits))
