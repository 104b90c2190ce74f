"""Phases, stages and levels: every rung, and the boundary of each."""

from datetime import date, timedelta
from statistics import mean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.segments.lifecycle import GivenToCustomer, Level, Phase, PhaseEvidence, level, phase
from app.domain.segments.stages import Stage, StageEvidence, is_stable, stable_month_ends, stage, with_override


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (PhaseEvidence(0), Phase.ESTABLISH),
        (PhaseEvidence(1), Phase.ESTABLISH),
        (PhaseEvidence(2), Phase.STRENGTHEN),
        (PhaseEvidence(3), Phase.STRENGTHEN),
        (PhaseEvidence(4), Phase.MAINTAIN),
        (PhaseEvidence(9, silent=True), Phase.RECOVER),
        (PhaseEvidence(0, silent=True), Phase.ESTABLISH),
        (PhaseEvidence(0, open_severe_complaint=True), Phase.RECOVER),
        (PhaseEvidence(9, silent=True, open_severe_complaint=True, let_go=True), Phase.ENDED),
    ],
)
def test_phases(evidence: PhaseEvidence, expected: Phase) -> None:
    assert phase(evidence) is expected


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (StageEvidence(), 1),
        (StageEvidence(silent=True), 1),
        (StageEvidence(showed_interest=True), 2),
        (StageEvidence(1, unresolved_complaint=True), 2),
        (StageEvidence(1), 3),
        (StageEvidence(1, silent=True), 2),
        (StageEvidence(2, unresolved_complaint=True), 4),
        (StageEvidence(9, stable=True), 5),
        (StageEvidence(9, stable=True, silent=True), 4),
        (StageEvidence(9, stable=True, stable_month_ends=23), 5),
        (StageEvidence(9, stable=True, stable_month_ends=24), 6),
        (StageEvidence(9, stable=True, stable_month_ends=12), 5),
        (StageEvidence(9, stable=True, stable_month_ends=12, referrals=1), 6),
        (StageEvidence(9, stable=True, stable_month_ends=11, referrals=3), 5),
        (StageEvidence(9, stable=False, stable_month_ends=24), 4),
    ],
)
def test_stages(evidence: StageEvidence, expected: int) -> None:
    assert stage(evidence) == expected


def test_a_person_may_know_better_up_to_a_day() -> None:
    until = date(2026, 6, 30)
    assert with_override(Stage.TRUST, Stage.STABLE, until, until) is Stage.STABLE
    assert with_override(Stage.TRUST, Stage.STABLE, until, date(2026, 7, 1)) is Stage.TRUST
    assert with_override(Stage.TRUST, Stage.HOLDING_CASH, None, until) is Stage.HOLDING_CASH
    assert with_override(Stage.TRUST, None, None, until) is Stage.TRUST


@pytest.mark.parametrize(
    ("given_to", "expected"),
    [
        (GivenToCustomer(), Level.NONE),
        (GivenToCustomer(price=True), Level.PRICE),
        (GivenToCustomer(price=True, care_contacts=1), Level.PRICE),
        (GivenToCustomer(care_contacts=2), Level.SOCIAL),
        (GivenToCustomer(own_clerk=True), Level.SOCIAL),
        (GivenToCustomer(price=True, greeting_or_event=True), Level.SOCIAL),
        (GivenToCustomer(price=True, own_clerk=True, structure=True), Level.STRUCTURAL),
    ],
)
def test_levels(given_to: GivenToCustomer, expected: Level) -> None:
    assert level(given_to) is expected


def days_after(first: date, between: list[int]) -> list[date]:
    days = [first]
    for gap in between:
        days.append(days[-1] + timedelta(days=gap))
    return days


@given(st.lists(st.integers(1, 60), min_size=3, max_size=5))
def test_stable_is_a_coefficient_of_variation_of_at_most_three_quarters(between: list[int]) -> None:
    days = days_after(date(2026, 1, 1), between)
    variation = pstdev(between) / mean(between)
    if abs(variation - 0.75) > 1e-9:
        assert is_stable(days, days[-1]) is (variation < 0.75)


def test_the_boundary_of_stable_belongs_to_it() -> None:
    # Gaps 10, 10, 70, 70: mean 40, deviation 30, exactly 0.75.
    days = days_after(date(2026, 1, 1), [10, 10, 70, 70])
    assert is_stable(days, days[-1])
    assert not is_stable(days_after(date(2026, 1, 1), [10, 10, 71, 71]), date(2026, 12, 1))


def test_only_twelve_months_count() -> None:
    days = days_after(date(2025, 3, 10), [100, 100, 100])  # 10 March, 18 June, 26 September, 4 January
    assert is_stable(days, date(2026, 3, 9))
    assert not is_stable(days, date(2026, 3, 10))
    assert not is_stable(days, date(2025, 12, 31))  # the fourth had not happened
    assert not is_stable(days[:3], date(2025, 12, 31))


def test_stable_month_ends_are_counted_back_without_a_gap() -> None:
    weekly = days_after(date(2023, 1, 2), [7] * 160)  # to 26 January 2026
    assert stable_month_ends(weekly, date(2026, 1, 31)) == 24
    # On 31 January 2023 there were five days already: 37 month ends from there.
    assert stable_month_ends(weekly, date(2026, 1, 31), most=50) == 37
    # February is not over: the last month end is January's.
    assert stable_month_ends(weekly, date(2026, 2, 9), most=12) == 12
    # Silent from 10 February on: at the end of that month the step back breaks the row.
    assert stable_month_ends(weekly, date(2026, 2, 28)) == 0
    assert stable_month_ends([], date(2026, 2, 28)) == 0


def test_a_new_rhythm_counts_from_its_fourth_day() -> None:
    weekly = days_after(date(2025, 10, 20), [7] * 14)  # 20 October 2025 to 26 January 2026
    # On 31 October there were two days, on 30 November six.
    assert stable_month_ends(weekly, date(2026, 1, 31)) == 3
