"""A year of chance at the counter, counted again from the raw rows by other code."""

import random
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from sqlcipher3 import dbapi2

from app.services import loyalty
from tests.till.counter import Counter

PEOPLE = 12
Rows = dict[str, list[tuple[Any, ...]]]


def test_points_and_tiers_agree_with_a_naive_recount(counter: Counter) -> None:
    chance = random.Random(20261123)
    people = [counter.person(f"Person {number}") for number in range(PEOPLE)]
    counter.now -= timedelta(days=900)
    standing: list[int] = []
    for _ in range(260):
        counter.now += timedelta(days=chance.choice([0, 1, 2, 5, 9]))
        if chance.random() < 0.1 and standing:
            counter.void(standing.pop(chance.randrange(len(standing))))
            continue
        someone = chance.choice([*people, None])
        units = [chance.randint(1, chance.choice([60, 900, 4000])) for _ in range(chance.randint(1, 3))]
        discount = chance.choice([0, 0, 37])
        most = counter.quote(counter.ticket(someone, *units, discount=discount)).choices.most
        points = chance.randrange(0, most + 1, 100)
        standing.append(counter.buy(someone, *units, points=points, discount=discount).sale_id)
    counter.work.write(loyalty.open_day, counter.now.date())
    rows = raw(counter)
    for someone in people:
        assert counter.balance(someone) == naive_balance(rows, someone)
        assert sum(counter.lots(someone)) - counter.debt(someone) == counter.balance(someone)
        for back in range(0, 900, 61):
            day = counter.now.date() - timedelta(days=back)
            found = counter.work.read(loyalty.standing, someone, day).tier.rank
            assert found == naive_rank(rows, someone, day), (someone, day)
    for back in (0, 100, 400):
        day = counter.now.date() - timedelta(days=back)
        ranks = [naive_rank(rows, someone, day) for someone in people]
        counted = counter.work.read(loyalty.counts, day)
        assert {rank: counted[rank] for rank in (1, 2)} == {rank: ranks.count(rank) for rank in (1, 2)}
    assert sum(naive_earned(rows).values()) == sum(points for *_, points in rows["sales"])


def raw(counter: Counter) -> Rows:
    connection = dbapi2.connect(str(counter.work.path))
    try:
        sales = connection.execute(
            "SELECT id, customer_id, shop_day, revenue, points_value, points_earned FROM sales WHERE voided_at IS NULL"
        ).fetchall()
        entries = connection.execute("SELECT customer_id, points FROM point_entries").fetchall()
    finally:
        connection.close()
    return {"sales": sales, "entries": entries}


def naive_balance(rows: Rows, someone: int) -> int:
    return sum(points for customer, points in rows["entries"] if customer == someone)


def naive_earned(rows: Rows) -> dict[int, int]:
    """One point for each whole unit that was paid otherwise than by points."""
    return {sale: (revenue - value) // 100 if customer else 0 for sale, customer, _, revenue, value, _ in rows["sales"]}


def naive_rank(rows: Rows, someone: int, upto: date) -> int:
    """A walk through every day: up on the day of a purchase, down thirty days after the tier has ended."""
    bought: defaultdict[date, int] = defaultdict(int)
    for _, customer, day, revenue, _, _ in rows["sales"]:
        if customer == someone:
            bought[date.fromisoformat(day)] += revenue
    rank, until = 0, None
    day = min(bought, default=upto)
    while day <= upto:
        if until is not None and day == until + timedelta(days=30):
            rank, until = fitting(bought, day), year_on(day)
            until = until if rank else None
        if bought.get(day):
            fit = fitting(bought, day)
            if fit >= rank and fit > 0:
                rank, until = fit, year_on(day)
        day += timedelta(days=1)
    return rank


def fitting(bought: dict[date, int], day: date) -> int:
    window = [amount for on, amount in bought.items() if timedelta(0) <= day - on < timedelta(days=365) and amount]
    return 2 if Fraction(sum(window), 100) >= 6000 else 1 if window else 0


def year_on(day: date) -> date:
    """The end of this month, a year on."""
    return date(day.year + 1 + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)
