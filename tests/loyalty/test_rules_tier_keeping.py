"""What keeps a tier and by when: tables worked out by hand, and the promise held against the replay itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.shop import TierWindow
from app.domain.tiers.floors import Floor, with_floors
from app.domain.tiers.history import Purchases, Standing
from app.domain.tiers.keeping import Keeping, keeping, rule_of, runs_out_on
from app.domain.tiers.replay import Replay
from app.domain.tiers.rules import Missing, Scheme, TierRule, missing_to_next, window_start
from tests.loyalty.standings import tier_on

ROLLING, CALENDAR, LIFETIME = TierWindow.ROLLING, TierWindow.CALENDAR, TierWindow.LIFETIME
TIERS = [TierRule("low", 0), TierRule("mid", 1, min_days=1), TierRule("top", 2, min_amount=600_000)]
BOTH = [TierRule("low", 0), TierRule("top", 1, min_amount=1_000, min_days=3)]
TOP = TIERS[2]


def d(text: str) -> date:
    return date.fromisoformat(text)


def kept(
    sales: list[tuple[str, int]],
    standing: tuple[int, str | None],
    day: str,
    window: TierWindow = ROLLING,
    tiers: list[TierRule] = TIERS,
    floor: Floor | None = None,
    first_day: str = "0001-01-01",
) -> Keeping | None:
    scheme = Scheme(tiers, window, 30, d(first_day))
    purchases = Purchases([(d(on), net) for on, net in sales])
    until = d(standing[1]) if standing[1] else None
    return keeping(Standing(standing[0], until), floor, purchases, scheme, d(day))


@pytest.mark.parametrize(
    ("sales", "standing", "day", "window", "expected"),
    [
        # VIP by 7,000 on 15 March 2026, to 31 March 2027: a window from 1 April 2026 on, all still to be bought.
        (
            [("2026-03-15", 700_000)],
            (2, "2027-03-31"),
            "2026-03-20",
            ROLLING,
            ("2026-04-01", "2027-03-31", "2027-04-30", 600_000, 0),
        ),
        # 1,200 since then: 4,800 to go by 31 March.
        (
            [("2026-03-15", 700_000), ("2026-06-01", 120_000)],
            (2, "2027-03-31"),
            "2027-02-10",
            ROLLING,
            ("2026-04-01", "2027-03-31", "2027-04-30", 480_000, 0),
        ),
        # On the last day itself.
        (
            [("2026-04-01", 599_999)],
            (2, "2027-03-31"),
            "2027-03-31",
            ROLLING,
            ("2026-04-01", "2027-03-31", "2027-04-30", 1, 0),
        ),
        # In the grace the window goes on to its last day, and 1 April has left it.
        (
            [("2026-04-01", 599_999), ("2026-05-01", 100)],
            (2, "2027-03-31"),
            "2027-04-01",
            ROLLING,
            ("2026-05-01", "2027-04-30", "2027-04-30", 599_900, 0),
        ),
        # Enough lies in the window of the last day, but not in that of the fall: any purchase by then counts it.
        (
            [("2026-04-02", 600_000)],
            (2, "2027-03-31"),
            "2027-03-01",
            ROLLING,
            ("2026-04-01", "2027-03-31", "2027-04-30", 0, 1),
        ),
        # Enough even on the day of the fall: kept without a word.
        (
            [("2026-06-01", 600_000)],
            (2, "2027-03-31"),
            "2027-03-01",
            ROLLING,
            ("2026-04-01", "2027-03-31", "2027-04-30"),
        ),
        # More came back than was bought: that has to be made good as well.
        (
            [("2026-06-01", -50)],
            (2, "2027-03-31"),
            "2027-03-01",
            ROLLING,
            ("2026-04-01", "2027-03-31", "2027-04-30", 600_050, 0),
        ),
        # A leap year: 29 February is inside.
        (
            [("2024-02-29", 1)],
            (2, "2025-02-28"),
            "2025-01-01",
            ROLLING,
            ("2024-03-01", "2025-02-28", "2025-03-30", 600_000, 0),
        ),
        (
            [("2023-03-02", 1)],
            (2, "2024-02-29"),
            "2024-01-01",
            ROLLING,
            ("2023-03-02", "2024-02-29", "2024-03-30", 599_999, 0),
        ),
        # Calendar years: the year that ends with the last day counts, and nothing before it.
        (
            [("2025-06-01", 700_000), ("2026-02-01", 250_000)],
            (2, "2026-12-31"),
            "2026-05-01",
            CALENDAR,
            ("2026-01-01", "2026-12-31", "2027-01-30", 350_000, 0),
        ),
        # Reached again this year: held to the end of the next, in which all is to be bought.
        (
            [("2026-02-01", 700_000)],
            (2, "2027-12-31"),
            "2026-05-01",
            CALENDAR,
            ("2027-01-01", "2027-12-31", "2028-01-30", 600_000, 0),
        ),
        # In the grace of a calendar year January stands alone.
        (
            [("2026-02-01", 599_999)],
            (2, "2026-12-31"),
            "2027-01-10",
            CALENDAR,
            ("2027-01-01", "2027-01-30", "2027-01-30", 600_000, 0),
        ),
        # The year before had enough, in the first days of it: the fall will not come.
        (
            [("2026-01-15", 600_000)],
            (2, "2026-12-31"),
            "2027-01-10",
            CALENDAR,
            ("2027-01-01", "2027-01-30", "2027-01-30"),
        ),
        (
            [("2026-02-01", 600_000)],
            (2, "2026-12-31"),
            "2027-01-10",
            CALENDAR,
            ("2027-01-01", "2027-01-30", "2027-01-30"),
        ),
    ],
)
def test_what_keeps_a_tier(
    sales: list[tuple[str, int]],
    standing: tuple[int, str | None],
    day: str,
    window: TierWindow,
    expected: tuple[str, str, str] | tuple[str, str, str, int, int],
) -> None:
    lacks = Missing(TOP, *expected[3:]) if len(expected) == 5 else None
    assert kept(sales, standing, day, window) == Keeping(d(expected[0]), d(expected[1]), d(expected[2]), lacks)


def test_amount_and_days_together() -> None:
    found = kept([("2026-06-01", 400), ("2026-06-02", 300)], (1, "2027-03-31"), "2026-07-01", tiers=BOTH)
    assert found is not None and found.lacks == Missing(BOTH[1], 300, 1)


def test_what_has_no_end_needs_no_keeping() -> None:
    assert kept([("2026-06-01", 1)], (2, None), "2026-07-01", LIFETIME) is None
    assert kept([], (0, None), "2026-07-01") is None


def test_new_rules_let_nothing_fall_before_they_begin() -> None:
    found = kept([], (2, "2027-01-31"), "2027-03-10", first_day="2027-03-15")
    assert found is not None and (found.by, found.falls_on) == (d("2027-03-15"), d("2027-03-15"))
    assert runs_out_on(d("2027-01-31"), Scheme(TIERS, ROLLING, 30, d("2027-02-01"))) == d("2027-03-02")


@pytest.mark.parametrize(
    ("earned", "floor_rank", "until", "expected"),
    [
        # Earned mid, given top to the end of the year: to be earned by then, there is no grace.
        ((1, "2027-03-31"), 2, "2026-12-31", ("2026-01-01", "2026-12-31", "2027-01-01", 2, 480_000)),
        # The earned one lasts longer than the equal one given.
        ((2, "2027-03-31"), 2, "2026-12-31", ("2026-04-01", "2027-03-31", "2027-04-30", 2, 480_000)),
        # The given one lasts beyond the grace of the equal earned one.
        ((2, "2026-11-30"), 2, "2026-12-31", ("2026-01-01", "2026-12-31", "2027-01-01", 2, 480_000)),
        # It ends with the grace: the earned one falls on the same day.
        ((2, "2026-11-30"), 2, "2026-12-29", ("2025-12-01", "2026-11-30", "2026-12-30", 2, 480_000)),
        # What is given below the earned one changes nothing.
        ((2, "2027-03-31"), 1, "2027-12-31", ("2026-04-01", "2027-03-31", "2027-04-30", 2, 480_000)),
        ((1, "2027-03-31"), 2, None, None),
        ((2, "2027-03-31"), 2, None, None),
    ],
)
def test_what_keeps_a_tier_given_by_hand(
    earned: tuple[int, str], floor_rank: int, until: str | None, expected: tuple[str, str, str, int, int] | None
) -> None:
    floor = Floor(floor_rank, d("2026-06-01"), d(until) if until else None)
    found = kept([("2026-06-01", 120_000)], earned, "2026-07-01", floor=floor)
    if expected is None:
        assert found is None
        return
    first, by, falls_on, rank, money = expected
    assert found == Keeping(d(first), d(by), d(falls_on), Missing(TIERS[rank], money, 0))


def test_what_is_given_by_hand_is_kept_by_the_calendar_year_of_its_last_day() -> None:
    floor = Floor(2, d("2026-06-01"), d("2026-11-30"))
    found = kept([("2025-12-15", 100_000), ("2026-06-01", 120_000)], (0, None), "2026-07-01", CALENDAR, floor=floor)
    assert found == Keeping(d("2026-01-01"), d("2026-11-30"), d("2026-12-01"), Missing(TOP, 480_000, 0))


def test_rules_from_before_a_tier_was_made_know_the_one_below() -> None:
    scheme = Scheme([TIERS[0], TIERS[1]], ROLLING)
    assert rule_of(scheme, 2) == TIERS[1]
    assert rule_of(scheme, 0) == TIERS[0]


FIRST = date(2024, 1, 1)
sales = st.lists(
    st.tuples(st.integers(0, 500).map(lambda n: FIRST + timedelta(days=n)), st.integers(-40, 700)),
    min_size=1,
    max_size=8,
)
ladders = st.sampled_from(
    [
        [TierRule("low", 0), TierRule("mid", 1, min_amount=300), TierRule("top", 2, min_amount=600)],
        [TierRule("low", 0), TierRule("mid", 1, min_amount=100, min_days=1), TierRule("top", 2, 500, 2)],
    ]
)


@settings(max_examples=150)
@given(sales, ladders, st.sampled_from([ROLLING, CALENDAR]), st.integers(0, 40), st.integers(0, 560), st.booleans())
def test_the_promise_is_kept_to_the_minor_unit(
    bought: list[tuple[date, int]],
    tiers: list[TierRule],
    window: TierWindow,
    grace: int,
    days: int,
    by_hand: bool,
) -> None:
    """What is said to be missing, bought on the last day, keeps the tier; one minor unit less does not."""
    day = FIRST + timedelta(days=days)
    bought = [sale for sale in bought if sale[0] <= day]
    scheme = Scheme(tiers, window, grace)
    floor = Floor(2, day, day + timedelta(days=90)) if by_hand else None

    def rank_on(sold: list[tuple[date, int]], when: date) -> int:
        moves = Replay([scheme], until=when).moves(sold, [(on, on) for on, net in sold if net > 0])
        return tier_on(with_floors(moves, [floor] if floor else [], 0, when), when)

    earned = Replay([scheme], until=day).moves(bought, [(on, on) for on, net in bought if net > 0])
    standing = Standing(earned[-1].to_rank, earned[-1].valid_until) if earned else Standing(0)
    found = keeping(standing, floor, Purchases(bought), scheme, day)
    if found is None:
        assert standing.rank == 0 or window is LIFETIME
        return
    rank = rank_on(bought, day)
    assert found.by >= day and found.falls_on >= found.by
    if found.lacks is None:
        assert rank_on(bought, found.falls_on) == rank
        return
    assert rank_on(bought, found.falls_on) < rank
    if found.lacks.days > 1:  # no money makes two days of one
        return
    enough = max(1, found.lacks.amount)
    assert rank_on([*bought, (found.by, enough)], found.falls_on) >= rank
    if found.lacks.amount > 1 and found.by > max(day, found.first):
        assert rank_on([*bought, (found.by, found.lacks.amount - 1)], found.falls_on) < rank


@settings(max_examples=100)
@given(sales, ladders, st.sampled_from([ROLLING, CALENDAR, LIFETIME]), st.integers(0, 560))
def test_what_reaches_the_next_tier_does_so_at_once_and_less_does_not(
    bought: list[tuple[date, int]], tiers: list[TierRule], window: TierWindow, days: int
) -> None:
    day = FIRST + timedelta(days=days)
    bought = [sale for sale in bought if sale[0] < day]
    scheme = Scheme(tiers, window)

    def rank_with(*more: tuple[date, int]) -> int:
        sold = [*bought, *more]
        moves = Replay([scheme], until=day).moves(sold, [(on, on) for on, net in sold if net > 0])
        return tier_on(moves, day)

    rank = rank_with()
    lacks = missing_to_next(tiers, rank, *Purchases(bought).within(window_start(window, day), day))
    if lacks is None:
        assert rank == 2
        return
    if lacks.days <= 1:
        assert rank_with((day, max(1, lacks.amount))) > rank
    if lacks.amount > 1:
        assert rank_with((day, lacks.amount - 1)) <= rank
