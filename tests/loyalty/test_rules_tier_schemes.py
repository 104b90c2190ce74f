"""Rules that follow one another, tiers given by hand and purchases seen at once, against a walk through every day."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.shop import TierWindow
from app.domain.tiers.floors import Floor, Given, changes_on, floor_on, floors_of, with_floors
from app.domain.tiers.history import Move, MoveCause
from app.domain.tiers.replay import Replay
from app.domain.tiers.rules import Scheme, TierRule
from tests.loyalty.standings import tier_on

FIRST = date(2023, 1, 1)
ROLLING, CALENDAR, LIFETIME = TierWindow.ROLLING, TierWindow.CALENDAR, TierWindow.LIFETIME
LOW = [TierRule("low", 0), TierRule("mid", 1, min_days=1), TierRule("top", 2, min_amount=600)]
HIGH = [TierRule("low", 0), TierRule("mid", 1, min_days=2), TierRule("top", 2, min_amount=900)]
SOLD_AT_ONCE = [(date(2025, 1, 15), 700)]

days = st.integers(0, 1300).map(lambda n: FIRST + timedelta(days=n))
sales = st.lists(st.tuples(days, st.integers(-50, 500), st.booleans()), max_size=12)
ladders = st.sampled_from(
    [
        LOW,
        HIGH,
        [TierRule("low", 0), TierRule("mid", 1, min_amount=0), TierRule("top", 2, 500, 2)],
        [TierRule("low", 0), TierRule("b", 1, 100), TierRule("c", 2, 300), TierRule("d", 3, 700)],
    ]
)
schemes = st.lists(
    st.tuples(days, ladders, st.sampled_from(list(TierWindow)), st.sampled_from([0, 30, 45])), min_size=1, max_size=3
)
floors = st.lists(
    st.builds(
        lambda first, rank, length: Floor(rank, first, None if length is None else first + timedelta(days=length)),
        days,
        st.integers(1, 2),
        st.one_of(st.none(), st.integers(0, 400)),
    ),
    max_size=2,
)


def month_end(day: date, years: int = 0) -> date:
    return date(day.year + years, day.month, monthrange(day.year + years, day.month)[1])


class Walker:
    """Day after day, sums from scratch: the rules of semantics.md read aloud."""

    def __init__(self, bought: list[tuple[date, int, bool]], laws: list[Scheme]) -> None:
        self.bought, self.laws = bought, laws
        self.law = laws[0]
        self.rank = self.nothing()
        self.holds: date | None = None

    def nothing(self) -> int:
        return max(t.rank for t in self.law.tiers if not t.min_amount and not t.min_days)

    def fit(self, on: date) -> int:
        def inside(day: date) -> bool:
            if self.law.window is ROLLING:
                return 0 <= (on - day).days < 365
            return day <= on and (self.law.window is LIFETIME or day.year == on.year)

        amount = max(0, sum(net for day, net, _ in self.bought if inside(day)))
        visits = len({day for day, net, _ in self.bought if net > 0 and inside(day)})
        return max(t.rank for t in self.law.tiers if amount >= (t.min_amount or 0) and visits >= (t.min_days or 0))

    def later(self, on: date) -> date | None:
        if self.law.window is LIFETIME:
            return None
        return month_end(on, 1) if self.law.window is ROLLING else date(on.year + 1, 12, 31)

    def live(self, day: date, last: bool) -> None:
        for law in self.laws[1:]:
            if law.first_day == day:
                self.come_under(law, day)
        self.run_out(day)
        seen = {day if at_once else month_end(day) for day, net, at_once in self.bought if net > 0}
        waits = any(
            net > 0 and not at_once and bought <= day < month_end(bought) for bought, net, at_once in self.bought
        )
        if day in seen or (last and waits):
            self.look(day)

    def come_under(self, law: Scheme, day: date) -> None:
        self.law = law
        fit = self.fit(day)
        if fit > self.rank:
            self.rank, self.holds = fit, self.later(day) if fit > self.nothing() else None
        elif self.rank <= self.nothing() or (fit == self.rank and law.window is LIFETIME):
            self.holds = None
        elif self.holds is None:
            self.holds = self.later(day)

    def run_out(self, day: date) -> None:
        while self.holds and day >= max(self.holds + timedelta(days=self.law.grace_days), self.law.first_day):
            fit, holds = self.fit(day), self.later(day)
            year_end = date(day.year, 12, 31)
            if (
                self.law.window is CALENDAR
                and day < year_end
                and (before := self.fit(date(day.year - 1, 12, 31))) > fit
            ):
                fit, holds = before, year_end
            self.rank, self.holds = fit, holds if fit > self.nothing() else None

    def look(self, day: date) -> None:
        fit, later = self.fit(day), self.later(day)
        if fit > self.rank:
            self.rank, self.holds = fit, later
        elif fit == self.rank and self.holds and (later is None or later > self.holds):
            self.holds = later


@settings(max_examples=150)
@given(sales, schemes, floors, st.integers(0, 1500))
def test_a_replay_agrees_with_a_walk_through_every_day(
    bought: list[tuple[date, int, bool]],
    drawn: list[tuple[date, list[TierRule], TierWindow, int]],
    given_by_hand: list[Floor],
    length: int,
) -> None:
    until = FIRST + timedelta(days=length)
    starts = [date.min, *sorted({day for day, *_ in drawn[1:]})]
    laws = [
        Scheme(tiers, window, grace, first)
        for first, (_, tiers, window, grace) in zip(starts, drawn, strict=False)
        if first <= until
    ]
    earned = Replay(laws, until=until).moves(
        [(day, net) for day, net, _ in bought],
        [(day, day if at_once else month_end(day)) for day, net, at_once in bought if net > 0],
    )
    moves = with_floors(earned, given_by_hand, Walker([], laws).nothing(), until)
    walker = Walker([sale for sale in bought if sale[0] <= until], laws)
    base, day, expected, told = walker.nothing(), FIRST, {}, {}
    while day <= until:
        walker.live(day, day == until)
        held = [floor.rank for floor in given_by_hand if floor.first <= day <= (floor.until or date.max)]
        expected[day], told[day] = max([walker.rank, *held]), tier_on(moves, day, base)
        day += timedelta(days=1)
    assert told == expected
    assert (earned[-1].valid_until if earned else None) == walker.holds


def test_a_higher_threshold_takes_the_tier_only_at_its_date() -> None:
    rules = [Scheme(LOW, ROLLING), Scheme(HIGH, ROLLING, first_day=date(2025, 3, 1))]
    assert Replay(rules, until=date(2026, 6, 1)).moves(SOLD_AT_ONCE) == [
        Move(date(2025, 1, 31), 0, 2, MoveCause.REACHED, date(2026, 1, 31)),
        Move(date(2026, 3, 2), 2, 0, MoveCause.RAN_OUT, None),
    ]


def test_a_lower_threshold_lifts_on_its_first_day() -> None:
    rules = [Scheme(HIGH, ROLLING), Scheme(LOW, ROLLING, first_day=date(2025, 3, 1))]
    assert Replay(rules, until=date(2025, 6, 1)).moves(SOLD_AT_ONCE) == [
        Move(date(2025, 3, 1), 0, 2, MoveCause.RULES_CHANGED, date(2026, 3, 31)),
    ]
    assert Replay(rules, until=date(2025, 2, 28)).moves(SOLD_AT_ONCE) == []


def test_a_purchase_on_the_day_of_the_change_is_looked_at_under_the_new_rules() -> None:
    day = date(2025, 3, 1)
    rules = [Scheme(LOW, ROLLING), Scheme(HIGH, ROLLING, first_day=day)]
    assert Replay(rules, until=day).moves([(day, 700)], [(day, day)]) == []
    before = day - timedelta(days=1)
    assert [move.to_rank for move in Replay(rules, until=day).moves([(before, 700)], [(before, before)])] == [2]


@pytest.mark.parametrize(
    ("old", "new", "holds"),
    [
        (ROLLING, LIFETIME, None),  # it fits for all time: no end any more
        (LIFETIME, ROLLING, date(2026, 3, 31)),  # it had none: it gets twelve months
        (LIFETIME, CALENDAR, date(2026, 12, 31)),
        (ROLLING, CALENDAR, date(2026, 1, 31)),  # what was promised stays
    ],
)
def test_a_new_window(old: TierWindow, new: TierWindow, holds: date | None) -> None:
    rules = [Scheme(LOW, old), Scheme(LOW, new, first_day=date(2025, 3, 1))]
    moves = Replay(rules, until=date(2025, 4, 1)).moves(SOLD_AT_ONCE)
    assert moves[-1].valid_until == holds
    assert [move.cause for move in moves[1:]] == (
        [] if (old, new) == (ROLLING, CALENDAR) else [MoveCause.RULES_CHANGED]
    )


def test_two_purchases_of_a_month_renew_nothing() -> None:
    first, second = date(2025, 1, 15), date(2025, 1, 20)
    moves = Replay([Scheme(LOW, ROLLING)], until=second).moves(
        [(first, 700), (second, 5)], [(first, first), (second, second)]
    )
    assert moves == [Move(first, 0, 2, MoveCause.REACHED, date(2026, 1, 31))]


@pytest.mark.parametrize(
    ("old", "new", "renewed"),
    [
        (CALENDAR, ROLLING, []),  # 31 March 2026 would be sooner than what was promised: 31 December
        (ROLLING, CALENDAR, [Move(date(2025, 3, 31), 2, 2, MoveCause.RENEWED, date(2026, 12, 31))]),
    ],
)
def test_a_purchase_under_a_new_window_never_shortens(old: TierWindow, new: TierWindow, renewed: list[Move]) -> None:
    rules = [Scheme(LOW, old), Scheme(LOW, new, first_day=date(2025, 3, 1))]
    moves = Replay(rules, until=date(2025, 3, 31)).moves([*SOLD_AT_ONCE, (date(2025, 3, 20), 1)])
    assert moves[1:] == renewed


def test_a_tier_that_ends_is_for_life_once_a_purchase_reaches_it_again() -> None:
    rules = [Scheme(LOW, ROLLING), Scheme(HIGH, LIFETIME, first_day=date(2025, 3, 1))]
    bought = [*SOLD_AT_ONCE, (date(2025, 3, 20), 200)]  # 700 are too few under the new rules, 900 are enough
    assert Replay(rules, until=date(2030, 1, 1)).moves(bought) == [
        Move(date(2025, 1, 31), 0, 2, MoveCause.REACHED, date(2026, 1, 31)),
        Move(date(2025, 3, 31), 2, 2, MoveCause.RENEWED, None),
    ]


def test_a_lifetime_tier_survives_a_higher_threshold() -> None:
    rules = [Scheme(LOW, LIFETIME), Scheme(HIGH, LIFETIME, first_day=date(2025, 3, 1))]
    assert len(Replay(rules, until=date(2030, 1, 1)).moves(SOLD_AT_ONCE)) == 1


def test_a_shorter_grace_takes_nothing_before_its_own_first_day() -> None:
    change = date(2026, 2, 20)  # the tier held to 31 January; ten days of grace would have ended on the 10th
    rules = [Scheme(LOW, ROLLING, 30), Scheme(LOW, ROLLING, 10, first_day=change)]
    assert Replay(rules, until=change).moves(SOLD_AT_ONCE)[-1] == Move(change, 2, 0, MoveCause.RAN_OUT, None)
    assert len(Replay(rules, until=change - timedelta(days=1)).moves(SOLD_AT_ONCE)) == 1


def test_a_longer_grace_holds_who_is_in_it() -> None:
    rules = [Scheme(LOW, ROLLING, 30), Scheme(LOW, ROLLING, 60, first_day=date(2026, 2, 20))]
    assert Replay(rules, until=date(2026, 12, 1)).moves(SOLD_AT_ONCE)[-1].day == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("rows", "spans"),
    [
        ([], []),
        ([(1, 2, 31)], [(2, 1, 31)]),
        ([(1, 2, None)], [(2, 1, None)]),
        ([(1, 2, 31), (10, 1, 20)], [(2, 1, 9), (1, 10, 20)]),  # the next row takes its place
        ([(1, 2, 5), (10, 1, 20)], [(2, 1, 5), (1, 10, 20)]),
        ([(1, 2, None), (10, None, None)], [(2, 1, 9)]),  # ended
        ([(1, 2, None), (1, None, None)], []),  # ended on its own day: it has held nothing
        ([(1, 2, None), (1, 1, None)], [(1, 1, None)]),
        ([(1, 2, None), (2, 1, None)], [(2, 1, 1), (1, 2, None)]),  # one day is a span
        ([(5, 2, 4)], []),  # over before it began
        ([(5, 2, 5)], [(2, 5, 5)]),
    ],
)
def test_what_was_given_by_hand_as_spans(
    rows: list[tuple[int, int | None, int | None]], spans: list[tuple[int, int, int | None]]
) -> None:
    def march(day: int | None) -> date | None:
        return None if day is None else date(2025, 3, day)

    given_rows = [Given(date(2025, 3, day), rank, march(until)) for day, rank, until in rows]
    assert floors_of(given_rows) == [Floor(rank, date(2025, 3, first), march(until)) for rank, first, until in spans]


def test_a_floor_lifts_and_lets_fall_and_hides_nothing() -> None:
    earned = Replay([Scheme(LOW, ROLLING)], until=date(2026, 12, 31)).moves([(date(2025, 1, 15), 5)])
    assert [(move.day, move.to_rank) for move in earned] == [(date(2025, 1, 31), 1), (date(2026, 3, 2), 0)]
    floor = Floor(2, date(2025, 6, 1), date(2025, 12, 31))
    assert with_floors(earned, [floor], 0, date(2026, 12, 31)) == [
        Move(date(2025, 1, 31), 0, 1, MoveCause.REACHED, date(2026, 1, 31)),
        Move(date(2025, 6, 1), 1, 2, MoveCause.BY_HAND, date(2025, 12, 31)),
        Move(date(2026, 1, 1), 2, 1, MoveCause.HAND_ENDED, date(2026, 1, 31)),
        Move(date(2026, 3, 2), 1, 0, MoveCause.RAN_OUT, None),
    ]
    assert with_floors(earned[:1], [floor], 0, date(2025, 12, 31))[-1].to_rank == 2  # its last day is included


def test_a_day_on_which_somebody_buys_and_then_is_given_a_tier_has_both_moves() -> None:
    day = date(2025, 6, 1)
    bought = [Move(day, 0, 1, MoveCause.REACHED, date(2026, 6, 30))]
    assert with_floors(bought, [Floor(2, day, None)], 0, day) == [*bought, Move(day, 1, 2, MoveCause.BY_HAND, None)]


def test_what_was_given_is_gone_in_the_morning_before_anybody_buys() -> None:
    day = date(2025, 6, 10)
    bought = [Move(day, 0, 1, MoveCause.REACHED, date(2026, 6, 30))]
    given_until_yesterday = Floor(2, date(2025, 6, 1), date(2025, 6, 9))
    assert with_floors(bought, [given_until_yesterday], 0, day) == [
        Move(date(2025, 6, 1), 0, 2, MoveCause.BY_HAND, date(2025, 6, 9)),
        Move(day, 2, 0, MoveCause.HAND_ENDED, None),
        *bought,
    ]


def test_two_moves_of_one_day_stay_in_their_order() -> None:
    day = date(2025, 6, 1)
    moves = [
        Move(day, 0, 1, MoveCause.RULES_CHANGED, date(2026, 6, 30)),
        Move(day, 1, 2, MoveCause.REACHED, date(2026, 6, 30)),
    ]
    assert with_floors(moves, [Floor(1, FIRST, FIRST)], 0, day)[2:] == moves


def test_a_floor_under_an_equal_tier_holds_it_longer() -> None:
    earned = [Move(date(2025, 1, 31), 0, 2, MoveCause.REACHED, date(2026, 1, 31))]
    longer = Floor(2, date(2025, 6, 1), date(2026, 6, 30))
    assert with_floors(earned, [longer], 0, date(2025, 7, 1))[1:] == [
        Move(date(2025, 6, 1), 2, 2, MoveCause.BY_HAND, date(2026, 6, 30))
    ]
    shorter = Floor(2, date(2025, 6, 1), date(2025, 6, 30))
    assert with_floors(earned, [shorter], 0, date(2025, 12, 1)) == earned
    endless = Floor(2, date(2025, 6, 1), None)
    assert with_floors(earned, [endless], 0, date(2025, 7, 1))[-1].valid_until is None


def test_a_lower_floor_is_felt_only_when_the_earned_tier_falls_below_it() -> None:
    earned = [
        Move(date(2025, 1, 31), 0, 2, MoveCause.REACHED, date(2026, 1, 31)),
        Move(date(2026, 3, 2), 2, 0, MoveCause.RAN_OUT, None),
    ]
    floor = Floor(1, date(2025, 6, 1), date(2026, 12, 31))
    assert with_floors(earned, [floor], 0, date(2027, 1, 1))[1:] == [
        Move(date(2026, 3, 2), 2, 1, MoveCause.RAN_OUT, date(2026, 12, 31)),
        Move(date(2027, 1, 1), 1, 0, MoveCause.HAND_ENDED, None),
    ]


def test_the_highest_floor_counts_and_of_equals_the_longest() -> None:
    low, high, long = (Floor(rank, FIRST, until) for rank, until in ((1, None), (2, FIRST), (1, FIRST)))
    assert floor_on([low, high, long], FIRST) == high
    assert floor_on([long, low], FIRST) == low
    assert floor_on([high], FIRST + timedelta(days=1)) is None
    assert floor_on([Floor(1, FIRST, None)], FIRST - timedelta(days=1)) is None


def test_when_a_tier_changes_without_a_purchase() -> None:
    today, out = date(2025, 6, 1), date(2025, 9, 1)
    assert changes_on(None, [], today) is None
    assert changes_on(out, [], today) == out
    assert changes_on(out, [Floor(1, FIRST, None)], today) == out
    assert changes_on(out, [Floor(1, FIRST, date(2025, 8, 1))], today) == date(2025, 8, 2)
    assert changes_on(None, [Floor(1, FIRST, today), Floor(1, FIRST, date(2025, 5, 31))], today) == date(2025, 6, 2)
