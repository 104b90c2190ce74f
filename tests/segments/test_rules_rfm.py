"""RFM scores with honest ties, checked by counting who is worse one by one."""

from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.segments.rfm import (
    DEFAULT_GROUPS,
    Behaviour,
    Group,
    Scores,
    group_all,
    group_of,
    rfm,
    score_ranges,
    share_scores,
    step_scores,
)

values = st.lists(st.integers(0, 30), min_size=1, max_size=90)


@given(values, st.booleans())
def test_a_score_is_the_share_of_customers_strictly_worse(found: list[int], high_is_good: bool) -> None:
    def naive(value: int) -> int:
        worse = [other for other in found if (other < value if high_is_good else other > value)]
        if len(found) < 50:
            return [1, 3, 5][floor(len(worse) * 3 / len(found) + 1e-9)]
        return 1 + floor(len(worse) * 5 / len(found) + 1e-9)

    assert share_scores(found, high_is_good=high_is_good) == [naive(value) for value in found]


def test_a_hundred_different_values_make_five_equal_classes() -> None:
    scores = share_scores(range(100), high_is_good=True)
    assert [scores.count(n) for n in range(1, 6)] == [20] * 5
    assert (scores[19], scores[20]) == (1, 2)


def test_one_time_buyers_who_are_alike_get_one_score() -> None:
    # 80 spent 10 each, 20 spent more: nobody is worse than the 80, and 80 % are worse than the rest.
    assert set(share_scores([10] * 80 + [50] * 20, high_is_good=True)[:80]) == {1}
    assert set(share_scores([10] * 80 + [50] * 20, high_is_good=True)[80:]) == {5}


def test_under_fifty_customers_there_are_three_classes() -> None:
    assert share_scores(range(49), high_is_good=False).count(5) == 16
    assert set(share_scores(range(49), high_is_good=True)) == {1, 3, 5}
    assert set(share_scores(range(50), high_is_good=True)) == {1, 2, 3, 4, 5}
    assert share_scores([], high_is_good=True) == []


def test_purchase_days_are_scored_by_fixed_steps() -> None:
    assert step_scores([0, 1, 2, 3, 4, 5, 9, 10, 400]) == [1, 1, 2, 3, 3, 4, 4, 5, 5]
    assert step_scores([3, 4], steps=(1, 4)) == [1, 2]


def test_recent_is_good_and_each_customer_keeps_their_place() -> None:
    buyers = [Behaviour(recency=day, frequency=day % 12, money=day * 100) for day in range(100)]
    scores = rfm(buyers)
    assert (scores[0].r, scores[99].r) == (5, 1)
    assert (scores[0].m, scores[99].m) == (1, 5)
    assert [scores[n].f for n in (1, 2, 4, 9, 10)] == [1, 2, 3, 4, 5]


def test_the_range_of_values_behind_each_score() -> None:
    assert score_ranges([5, 9, 1, 7], [2, 4, 1, 2]) == {1: (1, 1), 2: (5, 7), 4: (9, 9)}


@pytest.mark.parametrize(
    ("r", "f", "m", "group"),
    [
        (5, 5, 5, "champions"),
        (5, 5, 4, "potential_loyalists"),
        (4, 4, 4, "potential_loyalists"),  # loyal would hold too: the first counts
        (2, 2, 2, "loyal"),
        (3, 1, 5, "promising"),
        (5, 1, 5, "new"),
        (4, 2, 2, "loyal"),
        (2, 3, 5, "cant_lose"),
        (1, 5, 5, "at_risk"),
        (1, 2, 4, "at_risk"),
        (1, 4, 3, "need_attention"),
        (2, 1, 1, "about_to_sleep"),
        (1, 1, 1, "lost"),
        (5, 3, 1, "new"),
        (5, 5, 1, "others"),
        (2, 1, 5, "others"),
    ],
)
def test_named_groups(r: int, f: int, m: int, group: str) -> None:
    assert group_of(Scores(r, f, m)) == group


def test_groups_are_data_of_the_shop() -> None:
    mine = [Group("whales", m=(5, 5)), *DEFAULT_GROUPS]
    assert group_of(Scores(1, 1, 5), mine) == "whales"
    assert group_of(Scores(1, 1, 1), []) == "others"


def test_all_at_once_is_one_after_the_other() -> None:
    every = [Scores(r, f, m) for r in range(1, 6) for f in range(1, 6) for m in range(1, 6)]
    assert group_all(every * 2) == [group_of(each) for each in every * 2]
    assert {group.code for group in DEFAULT_GROUPS} | {"others"} == set(group_all(every))
