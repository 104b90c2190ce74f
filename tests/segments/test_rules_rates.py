"""Rates with their counts, and Wilson's interval against published figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.segments.rates import Rate, churn, repeat_rate, retention, wilson


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_published(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_bounds_are_where_the_share_is_just_196_standard_errors_away(pair: tuple[int, int]) -> None:
    hits, of = pair
    share = hits / of
    for bound in wilson(hits, of):
        assert 0 <= bound <= 1
        assert (share - bound) ** 2 == pytest.approx(1.959964**2 * bound * (1 - bound) / of, rel=1e-4, abs=1e-12)
    assert wilson(hits, of)[0] <= share <= wilson(hits, of)[1]


def test_no_interval_of_nothing() -> None:
    for hits, of in ((0, 0), (-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="of"):
            wilson(hits, of)


def test_an_interval_is_owed_while_the_count_is_small() -> None:
    assert Rate(30, 99).interval == wilson(30, 99)
    assert Rate(30, 100).interval is None
    assert Rate(0, 0).interval is None
    assert Rate(0, 0).value is None
    assert Rate(1, 4).value == 0.25


def test_repeat_rate_counts_days_and_leaves_out_who_never_bought() -> None:
    assert repeat_rate([0, 1, 1, 2, 5]) == Rate(2, 4)
    assert repeat_rate([]) == Rate(0, 0)


def test_retention_and_churn_look_at_the_buyers_of_the_previous_period() -> None:
    assert retention({1, 2, 3, 4}, {3, 4, 9}) == Rate(2, 4)
    assert churn({1, 2, 3, 4}, {3, 9}) == Rate(3, 4)
    assert churn(set(), {1}) == Rate(0, 0)
