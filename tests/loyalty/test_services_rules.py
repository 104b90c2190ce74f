"""The shop's earning rules: kept by date, taken back, and what the till gives under them."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app.domain.birthdays import Birthday
from app.domain.loyalty.rules import BadRules, BirthdaySpan, BonusDay, EarningRules, GoodsRate, Times, TimesCause
from app.services import till
from app.services.loyalty import change_rules, earning_rules, rules_versions
from app.services.loyalty.rules import Born
from app.storage.unit_of_work import UnitOfWork
from app.views.shared.gateway import way_back
from tests.till.counter import Counter
from tests.transfer.bringing import asked, bring, written
from tests.transfer.paper import HEAD

TODAY = date(2026, 11, 23)
"""A Monday."""
RULES = EarningRules(
    Decimal("0.5"),
    3,
    (GoodsRate(Decimal(2), category="ware"),),
    Decimal(2),
    BirthdaySpan.DAY,
    (
        BonusDay(Decimal("1.5"), weekday=1),
        BonusDay(Decimal(3), month_day=8),
        BonusDay(Decimal(2), first=TODAY, last=TODAY),
    ),
    True,
)


def test_a_new_shop_gives_a_point_for_each_unit(work: UnitOfWork) -> None:
    assert work.read(earning_rules, TODAY) == EarningRules()
    assert work.read(rules_versions) == []


def test_rules_hold_from_their_day_on_and_the_last_of_a_day_counts(work: UnitOfWork) -> None:
    work.write(change_rules, EarningRules(per_visit=1), day=TODAY)
    work.write(change_rules, RULES, day=TODAY)
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    assert [work.read(earning_rules, day) for day in (yesterday, TODAY, tomorrow)] == [EarningRules(), RULES, RULES]
    assert [(each.from_day, each.rules.per_visit) for each in work.read(rules_versions)] == [(TODAY, 3), (TODAY, 1)]


def test_the_same_rules_again_write_nothing(work: UnitOfWork) -> None:
    for rules in (EarningRules(), RULES, RULES):
        work.write(change_rules, rules, day=TODAY)
    assert len(work.read(rules_versions)) == 1


def test_a_change_is_taken_back_and_done_again(work: UnitOfWork) -> None:
    work.write(change_rules, EarningRules(per_visit=1), day=TODAY)
    _, changes = work.write(change_rules, RULES, day=TODAY)
    for expected in (EarningRules(per_visit=1), RULES):
        way = way_back(changes)
        assert way is not None
        _, changes = work.write(way.service, *way.args, **way.named)
        assert work.read(earning_rules, TODAY) == expected
    assert asked(work, "SELECT count(*) FROM earning_days") == [(3,)]


def test_rules_nobody_can_mean_are_refused_whole(work: UnitOfWork) -> None:
    with pytest.raises(BadRules):
        work.write(change_rules, EarningRules(Decimal(-1)), day=TODAY)
    assert work.read(rules_versions) == []


def test_the_till_gives_by_goods_and_keeps_the_rates_with_the_entry(counter: Counter, work: UnitOfWork) -> None:
    someone, cup = counter.person(), counter.article(category="ware")
    pot = counter.article(category="ware", name="Pot")
    work.write(change_rules, RULES, day=TODAY - timedelta(days=1))
    lines = (till.TicketLine(cup, 1000, 560_000), till.TicketLine(pot), till.TicketLine(None, 1000, 1_010_000))
    ticket = till.Ticket(someone, lines)
    bill = counter.quote(ticket)
    # ¥56 and ¥76 of ware at 2, ¥101 at a half: 314.5, twice on this day; 3 for the visit.
    assert (bill.earns, bill.earning_base) == (629 + 3, 23_300)
    assert list(bill.times) == [Times(TimesCause.DAY, Decimal(2))]
    done, _ = counter.sell(ticket)
    assert done.earned == 632
    assert asked(work, "SELECT rate FROM point_entries WHERE kind = 'earn'") == [(f"0.5;{cup}=2;{pot}=2*2+3",)]


def test_a_changed_rule_leaves_what_was_given_before(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    counter.buy(someone, 100)
    before = asked(work, "SELECT * FROM point_entries")
    work.write(change_rules, EarningRules(Decimal(5), goods=RULES.goods), day=TODAY)
    assert asked(work, "SELECT * FROM point_entries") == before
    assert counter.buy(someone, 100).earned == 500


def test_goods_left_out_earn_nothing_and_do_not_count_for_the_base(counter: Counter, work: UnitOfWork) -> None:
    someone, voucher = counter.person(), counter.article(category="gift cards")
    work.write(change_rules, EarningRules(goods=(GoodsRate(Decimal(0), voucher),)), day=TODAY)
    bill = counter.quote(till.Ticket(someone, (till.TicketLine(voucher), till.TicketLine(None, 1000, 100_000))))
    assert (bill.earns, bill.earning_base) == (10, 1000)


@pytest.mark.parametrize(
    ("span", "birthday", "earned"),
    [
        (BirthdaySpan.MONTH, Birthday(11, 2), 200),
        (BirthdaySpan.MONTH, Birthday(12, 23), 100),
        (BirthdaySpan.DAY, Birthday(11, 23), 200),
        (BirthdaySpan.DAY, Birthday(11, 2), 100),
        (BirthdaySpan.DAY, None, 100),
    ],
)
def test_a_birthday_multiplies_for_its_month_or_its_day(
    counter: Counter, work: UnitOfWork, span: BirthdaySpan, birthday: Birthday | None, earned: int
) -> None:
    someone = counter.person(birthday=birthday)
    work.write(change_rules, EarningRules(birthday=Decimal(2), birthday_span=span), day=TODAY)
    assert counter.buy(someone, 100).earned == earned


def test_a_lunar_birthday_is_kept_on_its_day_of_this_year(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person(birthday=Birthday(10, 15, lunar=True))  # 23 November in 2026
    rules = EarningRules(birthday=Decimal(2), birthday_span=BirthdaySpan.DAY)
    work.write(change_rules, rules, day=TODAY)
    assert counter.buy(someone, 100).earned == 200
    counter.now += timedelta(days=1)
    assert counter.buy(someone, 100).earned == 100


@pytest.mark.parametrize(
    ("span", "day", "kept"),
    [
        (BirthdaySpan.MONTH, date(2026, 11, 1), True),
        (BirthdaySpan.MONTH, date(2026, 12, 1), False),
        (BirthdaySpan.DAY, date(2026, 11, 1), False),
    ],
)
def test_of_a_birthday_known_by_its_month_alone(span: BirthdaySpan, day: date, kept: bool) -> None:
    rules = EarningRules(birthday_span=span)
    assert Born(11, None, False, False).falls_on(day, rules) is kept
    assert Born(11, None, True, False).falls_on(day, rules) is False  # the moon's eleventh month is not November
    assert Born(None, None, False, False).falls_on(day, rules) is False


def test_an_import_earns_by_goods_and_a_longer_one_keeps_the_rates(work: UnitOfWork, tmp_path: Path) -> None:
    first = "1,T1,茶,1,2026-10-01 10:00,10,M1"
    bring(work, written(tmp_path, f"{HEAD}\n{first}", "goods.csv"), "products")
    work.write(change_rules, EarningRules(goods=(GoodsRate(Decimal(3), 1),)), day=TODAY)
    bring(work, written(tmp_path, f"{HEAD}\n{first}\n1,T2,壶,1,2026-10-01 10:00,5,M1"), "sales", earn=True)
    assert asked(work, "SELECT points, rate FROM point_entries") == [(35, "1;1=3")]
    work.write(change_rules, EarningRules(), day=TODAY)
    more = f"{HEAD}\n{first}\n1,T2,壶,1,2026-10-01 10:00,5,M1\n1,T1,茶,1,2026-10-01 10:05,10,M1"
    bring(work, written(tmp_path, more, "more.csv"), "sales", earn=True)
    assert asked(work, "SELECT points, rate FROM point_entries") == [(35, "1;1=3"), (30, "1;1=3")]
    bring(work, written(tmp_path, f"{HEAD}\nC2,T1,茶,-1,2026-10-02 10:00,10,M1", "back.csv"), "sales", earn=True)
    assert asked(work, "SELECT points FROM point_entries WHERE kind = 'take_back'") == [(-30,)]
