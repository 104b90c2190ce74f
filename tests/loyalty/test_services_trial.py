"""Other rules tried on past sales: figures by hand, and the present ones against what the ledger says was given."""

from collections import Counter as Count
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import Shop
from app.domain.birthdays import Birthday
from app.domain.errors import Cancelled
from app.domain.loyalty.rules import (
    BadRules,
    BonusDay,
    EarningRules,
    GoodsRate,
    TierTimes,
)
from app.services import till
from app.services.loyalty.rules import change_rules, earning_rules, times_of
from app.services.loyalty.tiers import tiers
from app.services.loyalty.trial import Given, Trial, try_rules
from app.storage.unit_of_work import UnitOfWork
from tests.till.counter import Counter
from tests.transfer.bringing import asked, bring, written
from tests.transfer.paper import HEAD

TODAY = date(2026, 11, 23)
YEAR: dict[str, Any] = {"first": date(2025, 11, 24), "last": TODAY, "day": TODAY}
WARE = GoodsRate(Decimal(3), category="Ware")


@pytest.fixture
def story(counter: Counter, work: UnitOfWork) -> tuple[int, int, int]:
    """Three people: one buys ware and tea and brings a pot back, one has a birthday, one buys on a Tuesday."""
    pot, cake = counter.article("Pot", 50_0000, category="Ware"), counter.article("Cake", 20_0000, category="Tea")
    anna, born, ben = counter.person("Anna"), counter.person("Born", Birthday(11, 3)), counter.person("Ben")
    sale, _ = counter.sell(till.Ticket(anna, (till.TicketLine(pot, 2000), till.TicketLine(cake))))
    counter.bring_back(sale.sale_id, 1000)
    counter.sell(till.Ticket(born, (till.TicketLine(cake),)))
    counter.sell(till.Ticket(None, (till.TicketLine(cake),)))
    counter.void(counter.buy(ben, 500).sale_id)
    counter.now += timedelta(days=1)
    counter.sell(till.Ticket(ben, (till.TicketLine(cake),), discount=1000))
    counter.now -= timedelta(days=1)
    return anna, born, ben


def tried(work: UnitOfWork, rules: EarningRules, tier_times: dict[int, TierTimes] | None = None) -> Trial:
    last = TODAY + timedelta(days=1)
    return work.read(try_rules, rules, tier_times or {}, first=date(2026, 1, 1), last=last, day=TODAY)


def test_what_is_kept_of_each_sale_counts_under_both_rules(work: UnitOfWork, story: tuple[int, int, int]) -> None:
    anna, born, ben = story
    rules = EarningRules(Decimal("0.5"), 1, (WARE,), Decimal(2), days=(BonusDay(Decimal(4), weekday=1),))
    trial = tried(work, rules)
    # Anna keeps a pot for ¥50 and a cake for ¥20: 70 now; 150 + 10 + 1 then. Born: 20; (10) × 2 + 1. Ben, a cake for
    # ¥10 on Tuesday: 10; 5 × 4 + 1. What was taken back and what nobody known bought count for nothing.
    assert (trial.sales, trial.revenue) == (3, 10_000)
    assert trial.given == Given(100, 161 + 21 + 21)
    assert trial.worth == Given(100, 203)
    assert [(each.id, each.name, each.given) for each in trial.most] == [
        (anna, "Anna", Given(70, 161)),
        (ben, "Ben", Given(10, 21)),
        (born, "Born", Given(20, 21)),
    ]
    assert (trial.winners, trial.losers, trial.same) == ((anna, ben, born), (), 0)
    assert [(each.rank, each.people, each.given) for each in trial.by_tier] == [(0, 3, Given(100, 203))]


def test_losers_come_with_the_greatest_loss_first_and_some_stay_the_same(
    work: UnitOfWork, story: tuple[int, int, int]
) -> None:
    anna, born, ben = story
    trial = tried(work, EarningRules(goods=(GoodsRate(Decimal(0), category="Ware"),), birthday=Decimal(2)))
    assert (trial.winners, trial.losers, trial.same) == ((born,), (anna,), 1)
    half = tried(work, EarningRules(Decimal("0.5")))
    assert half.losers == (anna, born, ben)


def test_a_tier_multiplies_what_its_people_bought_while_they_stood_in_it(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    counter.buy(someone, 7000)  # bought as nobody yet, and VIP from then on
    counter.now += timedelta(days=1)
    counter.buy(someone, 100)
    trial = tried(work, EarningRules(), {2: TierTimes(Decimal(3))})  # ¥100 less 5 % for a VIP
    assert [(each.rank, each.given) for each in trial.by_tier] == [(2, Given(95, 285)), (0, Given(7000, 7000))]


def test_imported_sales_count_less_their_matched_returns(work: UnitOfWork, tmp_path: Path) -> None:
    rows = (
        "1,T1,茶,3,2026-05-01,10,M1",
        "C2,T1,茶,-2,2026-05-09,10,M1",
        "3,T1,茶,1,2025-05-01,70,M1",
        "4,T2,壶,1,2026-06-01,5,",
    )
    bring(work, written(tmp_path, "\n".join((HEAD, *rows))), "sales")
    assert asked(work, "SELECT count(*) FROM point_entries") == [(0,)]
    trial = tried(work, EarningRules(Decimal(2)))
    assert (trial.sales, trial.revenue, trial.given) == (1, 1000, Given(10, 20))


def test_the_present_rules_replayed_are_what_the_ledger_gave(sample_shop: Shop) -> None:
    work = sample_shop.work
    trial = work.read(try_rules, EarningRules(Decimal(2)), {}, **YEAR)
    query = (
        "SELECT s.customer_id, sum(e.points) FROM point_entries e JOIN sales s ON s.id = e.sale_id "
        "WHERE e.kind IN ('earn', 'take_back') AND s.shop_day BETWEEN '2025-11-24' AND '2026-11-23' GROUP BY 1"
    )
    ledger = Count(dict(asked(work, query)))
    # The sample gives nobody double points for a birthday by the moon, as the till would.
    by_moon = {number for (number,) in asked(work, "SELECT id FROM customers WHERE birth_lunar = 1")}
    compared = {each.id: each.given.now for each in trial.most if each.id not in by_moon}
    assert len(compared) > 80
    assert compared == {number: ledger[number] for number in compared}
    assert trial.given.now == sum(each.given.now for each in trial.by_tier) >= ledger.total()
    assert len(trial.winners) == sum(points > 0 for points in ledger.values())


def test_nothing_is_written_and_it_can_be_stopped(sample_shop: Shop) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    told: list[tuple[int, int]] = []
    work = sample_shop.work
    work.read(try_rules, EarningRules(), {}, **YEAR, progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] == told[0][1]
    with pytest.raises(Cancelled):
        work.read(try_rules, EarningRules(), {}, **YEAR, progress=stop)
    with pytest.raises(BadRules):
        work.read(try_rules, EarningRules(Decimal(-1)), {}, **YEAR)
    assert work.read(earning_rules, TODAY) == EarningRules()


def test_a_shop_without_sales_gives_nothing(work: UnitOfWork) -> None:
    trial = tried(work, EarningRules(Decimal(2)))
    assert (trial.sales, trial.given, trial.by_tier, trial.same) == (0, Given(0, 0), (), 0)


def test_new_multipliers_of_tiers_are_kept_with_the_rules(work: UnitOfWork) -> None:
    wanted = TierTimes(Decimal("1.5"), Decimal(3))
    work.write(change_rules, EarningRules(), day=TODAY, tier_times={2: wanted})
    assert [times_of(tier) for tier in work.read(tiers)] == [TierTimes(), TierTimes(), wanted]
    with pytest.raises(BadRules):
        work.write(change_rules, EarningRules(per_visit=1), day=TODAY, tier_times={2: TierTimes(Decimal(0))})
    assert work.read(earning_rules, TODAY) == EarningRules()
