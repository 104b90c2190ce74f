"""Worth × urgency: more of either never puts a row further down; a full day keeps what cannot wait."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.followup_priority import BASE, FLOOR, WHOLE, Pressing, Priority, Standing, kept_in_view
from app.domain.followups import FollowUpKind

AMOUNTS = st.integers(-(10**9), 10**9)
STANDINGS = st.builds(Standing, st.integers(0, 5), st.integers(0, 5), AMOUNTS, AMOUNTS, st.integers(1, 10**7))
PRESSINGS = st.builds(
    Pressing,
    st.sampled_from(FollowUpKind),
    st.integers(-30, 400),
    st.none() | st.integers(-60, 60),
    st.booleans(),
    st.booleans(),
)


def test_the_parts_of_worth_by_hand() -> None:
    """A VIP (second of two tiers) at the amount of the tier, with points worth a tenth of it: 100 + 400 + 200 + 50."""
    assert Standing().worth == FLOOR
    assert Standing(2, 2, 600_000, 60_000, 600_000).worth == 750
    assert Standing(1, 2, 0, 0, 600_000).worth == 300
    assert Standing(1, 2, -500, -500, 600_000).worth == 300, "what came back is no debt of worth"


def test_the_parts_of_urgency_by_hand() -> None:
    assert Pressing(FollowUpKind.SILENCE).urgency == 200
    assert Pressing(FollowUpKind.CALL, days_late=3).urgency == 360
    assert Pressing(FollowUpKind.CALL, days_late=300).urgency == 600
    assert Pressing(FollowUpKind.CALL, latest_in=0, hour_come=True).urgency == 600
    assert Pressing(FollowUpKind.COMPLAINT_CALLBACK, days_late=90, latest_in=-1).urgency == WHOLE
    assert Pressing(FollowUpKind.OTHER, past_target=True).urgency == WHOLE
    assert set(BASE) == set(FollowUpKind)


@given(STANDINGS, st.integers(0, 10**8), st.integers(0, 3))
def test_worth_is_bounded_and_never_falls_with_more(standing: Standing, more: int, tiers: int) -> None:
    assert FLOOR <= standing.worth <= WHOLE
    for richer in (
        replace(standing, spent=standing.spent + more),
        replace(standing, points=standing.points + more),
        replace(standing, tier=standing.tier + tiers),
    ):
        assert richer.worth >= standing.worth


@given(PRESSINGS, st.integers(0, 50))
def test_urgency_is_bounded_and_never_falls_with_time(pressing: Pressing, more: int) -> None:
    assert 0 < pressing.urgency <= WHOLE
    later = replace(pressing, days_late=pressing.days_late + more)
    nearer = replace(pressing, latest_in=None if pressing.latest_in is None else pressing.latest_in - more)
    for worse in (later, nearer, replace(pressing, hour_come=True), replace(pressing, past_target=True)):
        assert worse.urgency >= pressing.urgency or worse.is_over


def test_a_birthday_that_has_passed_comes_after_all_that_can_still_be_done() -> None:
    for kind in (FollowUpKind.BIRTHDAY, FollowUpKind.POINTS_EXPIRING):
        today, over = Pressing(kind, 1, latest_in=0), Pressing(kind, 9, latest_in=-1)
        assert today.urgency > Pressing(FollowUpKind.CALL).urgency
        assert over.is_over and not over.cannot_wait
        assert over.urgency < min(Pressing(other).urgency for other in FollowUpKind)
    assert not Pressing(FollowUpKind.SILENCE, 9, latest_in=-1).is_over, "who is away can still be called"


@given(STANDINGS, STANDINGS, PRESSINGS, PRESSINGS)
def test_more_of_both_is_never_further_down(one: Standing, other: Standing, now: Pressing, then: Pressing) -> None:
    if one.worth >= other.worth and now.urgency >= then.urgency:
        assert Priority(one, now).score >= Priority(other, then).score


@given(st.lists(st.booleans(), max_size=40), st.integers(0, 30))
def test_a_full_day_keeps_what_cannot_wait_and_then_the_first(cannot_wait: list[bool], cap: int) -> None:
    kept = kept_in_view(cannot_wait, cap)
    assert sum(kept) == max(sum(cannot_wait), min(cap, len(cannot_wait)))
    assert all(stays for stays, must in zip(kept, cannot_wait, strict=True) if must)
    others = [stays for stays, must in zip(kept, cannot_wait, strict=True) if not must]
    assert others == sorted(others, reverse=True), "of those that could wait, the first ones stay"
    wider = kept_in_view(cannot_wait, cap + 1)
    assert all(after or not before for before, after in zip(kept, wider, strict=True))


def test_what_cannot_wait() -> None:
    assert Pressing(FollowUpKind.COMPLAINT_CALLBACK).cannot_wait
    assert Pressing(FollowUpKind.CALL, past_target=True).cannot_wait
    assert Pressing(FollowUpKind.CALL, latest_in=-1).cannot_wait
    assert not Pressing(FollowUpKind.CALL, days_late=300, latest_in=0).cannot_wait
