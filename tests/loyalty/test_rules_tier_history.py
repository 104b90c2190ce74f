"""Moves between tiers, against a walk that takes every day as it comes."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.shop import TierWindow
from app.domain.tiers.history import (
    Move,
    MoveCause,
    Purchases,
    Standing,
    after_purchase,
    after_running_out,
)
from app.domain.tiers.replay import Replay
from app.domain.tiers.rules import GRACE_DAYS, Scheme, TierRule, base_tier, default_tiers
from tests.loyalty.standings import tier_on

FIRST = date(2023, 1, 1)
TIERS = default_tiers()
ROLLING, CALENDAR, LIFETIME = TierWindow.ROLLING, TierWindow.CALENDAR, TierWindow.LIFETIME

sales = st.lists(
    st.tuples(st.integers(0, 1200).map(lambda n: FIRST + timedelta(days=n)), st.integers(-50, 400)), max_size=14
)
ladders = st.sampled_from(
    [
        [TierRule("low", 0), TierRule("mid", 1, min_days=1), TierRule("top", 2, min_amount=600)],
        [TierRule("low", 0), TierRule("mid", 1, min_amount=0), TierRule("top", 2, 500, 2)],
        [TierRule("low", 0), TierRule("b", 1, 100), TierRule("c", 2, 300), TierRule("d", 3, 700)],
    ]
)


def replay(
    bought: list[tuple[date, int]],
    tiers: list[TierRule],
    window: TierWindow,
    grace: int = GRACE_DAYS,
    *,
    until: date,
) -> list[Move]:
    return Replay([Scheme(tiers, window, grace)], until=until).moves(bought)


def is_month_end(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def walk(
    bought: list[tuple[date, int]], tiers: list[TierRule], window: TierWindow, grace: int, until: date
) -> tuple[dict[date, int], date | None]:
    """The rank at the end of every day, and how long the last one holds: one day after the other, sums from scratch."""

    def fit(on: date) -> int:
        if window is ROLLING:
            inside = [(day, net) for day, net in bought if 0 <= (on - day).days < 365]
        else:
            inside = [(day, net) for day, net in bought if day <= on and (window is LIFETIME or day.year == on.year)]
        amount, days = max(0, sum(net for _, net in inside)), len({day for day, net in inside if net > 0})
        return max(t.rank for t in tiers if amount >= (t.min_amount or 0) and days >= (t.min_days or 0))

    def later(on: date) -> date | None:
        if window is CALENDAR:
            return date(on.year + 1, 12, 31)
        return date(on.year + 1, on.month, monthrange(on.year + 1, on.month)[1]) if window is ROLLING else None

    base = fit(date(1999, 1, 1))
    rank, holds, ranks, day = base, None, {}, FIRST
    while day <= until:
        if holds and day == holds + timedelta(days=grace):
            rank, holds = fit(day), later(day)
            year_end = date(day.year, 12, 31)
            if window is CALENDAR and day < year_end and fit(date(day.year - 1, 12, 31)) > rank:
                rank, holds = fit(date(day.year - 1, 12, 31)), year_end
            holds = holds if rank > base else None
        month = (day.year, day.month)
        fresh = any(net > 0 and (d.year, d.month) == month and d <= until for d, net in bought)
        if fresh and (is_month_end(day) or day == until) and fit(day) >= rank:
            rank = fit(day)
            holds = later(day) if rank > base else None
        ranks[day] = rank
        day += timedelta(days=1)
    return ranks, holds


@settings(max_examples=120)
@given(sales, ladders, st.sampled_from(list(TierWindow)), st.sampled_from([0, 30, 45]), st.integers(0, 1500))
def test_a_replay_agrees_with_a_walk_through_every_day(
    bought: list[tuple[date, int]], tiers: list[TierRule], window: TierWindow, grace: int, length: int
) -> None:
    until = FIRST + timedelta(days=length)
    ranks, holds = walk([sale for sale in bought if sale[0] <= until], tiers, window, grace, until)
    moves = replay(bought, tiers, window, grace, until=until)
    assert {day: tier_on(moves, day, base_tier(tiers).rank) for day in ranks} == ranks
    assert (moves[-1].valid_until if moves else None) == holds
    assert all(a.to_rank == b.from_rank and a.day <= b.day for a, b in pairwise(moves))


def test_one_big_purchase_is_vip_for_a_year_then_falls_where_it_fits() -> None:
    bought = [(date(2025, 1, 15), 700_000), (date(2025, 11, 20), 5_000)]
    moves = replay(bought, TIERS, ROLLING, until=date(2028, 1, 1))
    assert moves == [
        Move(date(2025, 1, 31), 0, 2, MoveCause.REACHED, date(2026, 1, 31)),
        # 20 November is within 365 days of 15 January: still 7,050 in the window, so VIP again.
        Move(date(2025, 11, 30), 2, 2, MoveCause.RENEWED, date(2026, 11, 30)),
        # 30 days after: nothing bought since 21 November 2025, the window of 30 December is empty.
        Move(date(2026, 12, 30), 2, 0, MoveCause.RAN_OUT, None),
    ]


def test_a_tier_in_use_is_kept_through_the_grace() -> None:
    bought = [(date(2025, 1, 15), 700_000), (date(2026, 2, 20), 1_000)]
    moves = replay(bought, TIERS, ROLLING, until=date(2026, 6, 1))
    assert tier_on(moves, date(2026, 3, 1)) == 2
    assert tier_on(moves, date(2026, 3, 2)) == 1  # 31 January and 30 days
    assert moves[-1] == Move(date(2026, 3, 2), 2, 1, MoveCause.RAN_OUT, date(2027, 3, 31))
    assert replay(bought, TIERS, ROLLING, until=date(2026, 3, 2)) == moves
    assert replay(bought, TIERS, ROLLING, until=date(2026, 3, 1)) == moves[:-1]


def test_a_calendar_year_counts_the_year_that_has_just_ended() -> None:
    bought = [(date(2024, 6, 1), 700_000), (date(2025, 12, 5), 2_000)]
    moves = replay(bought, TIERS, CALENDAR, until=date(2027, 3, 1))
    # VIP holds to the end of 2025; on 30 January 2026 December makes an ordinary customer, to the end of 2026.
    assert [(move.day, move.to_rank, move.valid_until) for move in moves] == [
        (date(2024, 6, 30), 2, date(2025, 12, 31)),
        (date(2026, 1, 30), 1, date(2026, 12, 31)),
        (date(2027, 1, 30), 0, None),
    ]


def test_a_lifetime_tier_never_runs_out() -> None:
    moves = replay([(date(2023, 5, 1), 600_000)], TIERS, LIFETIME, until=date(2099, 1, 1))
    assert moves == [Move(date(2023, 5, 31), 0, 2, MoveCause.REACHED, None)]


def test_a_linked_return_lowers_the_window_of_its_sale_and_undoes_its_day() -> None:
    nothing_left = [(date(2025, 1, 15), 0)]
    assert replay(nothing_left, TIERS, ROLLING, until=date(2025, 6, 1)) == []
    just_below = [(date(2025, 1, 15), 599_999)]
    assert replay(just_below, TIERS, ROLLING, until=date(2025, 6, 1))[-1].to_rank == 1


def test_what_lies_after_the_last_day_is_not_seen_and_the_running_month_is() -> None:
    bought = [(date(2025, 6, 3), 600_000), (date(2025, 6, 20), 1)]
    assert replay(bought, TIERS, ROLLING, until=date(2025, 6, 10))[0].day == date(2025, 6, 10)
    assert replay(bought, TIERS, ROLLING, until=date(2025, 6, 2)) == []


def test_up_at_once_renewed_by_a_purchase_never_shortened_by_a_late_entry() -> None:
    vip, ordinary, base = TIERS[2], TIERS[1], TIERS[0]
    day = date(2026, 3, 10)
    up = after_purchase(Standing(0), vip, base, ROLLING, day)
    assert up == Move(day, 0, 2, MoveCause.REACHED, date(2027, 3, 31))
    again = after_purchase(Standing(2, date(2026, 11, 30)), vip, base, ROLLING, day)
    assert again == Move(day, 2, 2, MoveCause.RENEWED, date(2027, 3, 31))
    assert after_purchase(Standing(2, date(2027, 5, 31)), vip, base, ROLLING, day) is None
    assert after_purchase(Standing(2, date(2026, 4, 30)), ordinary, base, ROLLING, day) is None
    assert after_purchase(Standing(0), base, base, ROLLING, day) is None


@pytest.mark.parametrize(
    ("window", "so_far", "holds"),
    [
        (ROLLING, date(2027, 2, 28), date(2027, 3, 31)),
        (ROLLING, date(2027, 3, 31), None),  # it holds as long already: no move
        (ROLLING, date(2027, 4, 30), None),
        (CALENDAR, date(2026, 12, 31), date(2027, 12, 31)),
        (CALENDAR, date(2027, 12, 31), None),
        (ROLLING, None, date(2027, 3, 31)),  # it had no end under another window
    ],
)
def test_a_purchase_renews_a_tier_only_for_longer(window: TierWindow, so_far: date | None, holds: date | None) -> None:
    day = date(2026, 3, 10)
    move = after_purchase(Standing(2, so_far), TIERS[2], TIERS[0], window, day)
    assert move == (Move(day, 2, 2, MoveCause.RENEWED, holds) if holds else None)


def test_a_purchase_takes_the_end_off_a_tier_that_is_for_life_now() -> None:
    day = date(2026, 3, 10)
    move = after_purchase(Standing(2, date(2026, 12, 31)), TIERS[2], TIERS[0], LIFETIME, day)
    assert move == Move(day, 2, 2, MoveCause.RENEWED, None)
    assert after_purchase(Standing(2, None), TIERS[2], TIERS[0], LIFETIME, day) is None


def test_more_brought_back_than_bought_is_nothing_bought() -> None:
    a_fen = [TierRule("low", 0), TierRule("a fen", 1, min_amount=1)]
    day = date(2026, 3, 10)
    assert Purchases([(day, 5), (day, -5)]).fit(a_fen, ROLLING, day).rank == 0
    assert Purchases([(day, 5), (day, -9)]).fit([TierRule("low", 0), TierRule("all", 1, 0)], ROLLING, day).rank == 1
    assert replay([(day, 5), (day, -5)], a_fen, ROLLING, until=day) == []
    assert [move.to_rank for move in replay([(day, 5), (day, -4)], a_fen, ROLLING, until=day)] == [1]


@pytest.mark.parametrize(
    ("sales", "rank", "cause", "holds"),
    [
        # The whole of the year before counts, 1 January of a leap year too, and gives the tier to the end of this one.
        ([(date(2024, 1, 1), 600_000)], 2, MoveCause.RENEWED, date(2025, 12, 31)),
        ([(date(2023, 12, 31), 600_000)], 0, MoveCause.RAN_OUT, None),
        # Reached in January as well: to the end of the next.
        ([(date(2024, 1, 1), 600_000), (date(2025, 1, 2), 600_000)], 2, MoveCause.RENEWED, date(2026, 12, 31)),
        ([(date(2024, 1, 1), 600_000), (date(2025, 1, 2), 1)], 2, MoveCause.RENEWED, date(2025, 12, 31)),
    ],
)
def test_a_calendar_tier_that_runs_out_in_january(
    sales: list[tuple[date, int]], rank: int, cause: MoveCause, holds: date | None
) -> None:
    on = date(2025, 1, 30)
    assert after_running_out(2, Purchases(sales), TIERS, CALENDAR, on) == Move(on, 2, rank, cause, holds)


def test_a_calendar_tier_that_runs_out_on_the_last_of_december_has_only_that_year() -> None:
    on = date(2025, 12, 31)
    bought = Purchases([(date(2024, 6, 1), 600_000), (date(2025, 6, 1), 1)])
    assert after_running_out(2, bought, TIERS, CALENDAR, on) == Move(on, 2, 1, MoveCause.RAN_OUT, date(2026, 12, 31))


def test_who_never_moved_has_the_lowest_tier() -> None:
    assert tier_on([], date(2026, 1, 1)) == 0
    assert tier_on([], date(2026, 1, 1), 3) == 3


def test_running_out_may_end_in_a_renewal() -> None:
    on = date(2026, 3, 2)
    move = after_running_out(1, Purchases([(date(2026, 3, 1), 100)]), TIERS, ROLLING, on)
    assert move == Move(on, 1, 1, MoveCause.RENEWED, date(2027, 3, 31))


@given(sales, st.integers(0, 1200), st.integers(0, 400))
def test_sums_over_any_window(bought: list[tuple[date, int]], start: int, length: int) -> None:
    first = FIRST + timedelta(days=start)
    last = first + timedelta(days=length)
    inside = [(day, net) for day, net in bought if first <= day <= last]
    expected = (sum(net for _, net in inside), len({day for day, net in inside if net > 0}))
    assert Purchases(bought).within(first, last) == expected


def test_one_replay_serves_many_customers() -> None:
    rules = Replay([Scheme(TIERS, ROLLING)], until=date(2026, 1, 1))
    bought = [(date(2025, 1, 15), 700_000)]
    assert rules.moves(bought) == rules.moves(bought) == replay(bought, TIERS, ROLLING, until=date(2026, 1, 1))
    assert rules.moves([]) == []


def test_without_grace_a_calendar_tier_runs_out_on_the_last_of_december_once() -> None:
    bought = [(date(2024, 3, 5), 700_000), (date(2025, 4, 1), 1_000)]
    moves = replay(bought, TIERS, CALENDAR, 0, until=date(2028, 6, 1))
    assert [(move.day, move.to_rank) for move in moves if move.to_rank != move.from_rank] == [
        (date(2024, 3, 31), 2),
        (date(2025, 12, 31), 1),
        (date(2026, 12, 31), 0),
    ]
