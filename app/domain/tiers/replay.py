"""The tiers of the past and the present, worked out from the purchases (semantics.md, tiers)."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from app.domain.months import month_end
from app.domain.tiers.history import (
    Move,
    MoveCause,
    Purchases,
    Standing,
    after_new_rules,
    after_running_out,
)
from app.domain.tiers.rules import Scheme, base_tier, rank_of, valid_until, window_start

ONE_DAY = timedelta(days=1)
Look = tuple[date, date]
"""The day of a purchase and the day on which it is looked at: the same where somebody was there to see it."""


class Replay:
    """One shop's rules, ready to be laid over the purchases of many customers; `until` is the last day looked at.

    `schemes` are the rules that held one after the other, the first from the beginning; a scheme that begins after
    `until` is not seen. Ranks mean the same tier in all of them.
    """

    def __init__(self, schemes: Sequence[Scheme], *, until: date) -> None:
        seen = [scheme for scheme in schemes if scheme.first_day <= until]
        self._until = until
        self._laws = [_Law(scheme) for scheme in seen]
        self._ends = [later.first_day - ONE_DAY for _, later in pairwise(seen)] + [until]

    def moves(self, sales: Iterable[tuple[date, int]], looks: Collection[Look] | None = None) -> list[Move]:
        """The moves of a customer with these `sales` (see `Purchases`), oldest first.

        `looks` say on which day each purchase is looked at; None: on the month end that follows it. Later ones than
        `until` are looked at on `until`.
        Of renewals in a row only the last is kept: the last move's valid_until is the one that holds.
        """
        past = Purchases([sale for sale in sales if sale[0] <= self._until])
        seen = [(day, month_end(day)) for day in past.bought] if looks is None else looks
        checks = sorted({min(look, self._until) for day, look in seen if day <= self._until})
        walk = _Walk(past, self._laws[0])
        done = 0
        for law, last in zip(self._laws, self._ends, strict=True):
            if law is not walk.law:
                walk.change(law)
            upto = bisect_right(checks, last)
            for check in checks[done:upto]:
                walk.look(check)
            walk.run_out(last)
            done = upto
        return walk.finish()


class _Law:
    """A scheme, made ready to be asked a million times."""

    __slots__ = ("_months", "base", "first", "grace", "scheme", "top_down")

    def __init__(self, scheme: Scheme) -> None:
        self.scheme, self.first = scheme, scheme.first_day
        self.grace = timedelta(days=scheme.grace_days)
        self.base = base_tier(scheme.tiers).rank
        ordered = sorted(scheme.tiers, key=rank_of, reverse=True)
        self.top_down = [(tier.rank, tier.min_amount, tier.min_days or 0) for tier in ordered]
        self._months: dict[date, tuple[date, date | None]] = {}

    def bounds(self, check: date) -> tuple[date, date | None]:
        """The window's first day and how long a tier reached on `check` holds."""
        known = self._months.get(check)
        if known is None:
            window = self.scheme.window
            known = self._months[check] = (window_start(window, check), valid_until(window, check))
        return known

    def fit(self, past: Purchases, start: date, end: date) -> int:
        """As `Purchases.fit`, without the steps between."""
        low, high = bisect_left(past.days, start), bisect_right(past.days, end)
        amount = max(0, past.sums[high] - past.sums[low])
        bought = bisect_right(past.bought, end) - bisect_left(past.bought, start)
        for rank, min_amount, min_days in self.top_down:
            if bought >= min_days and (min_amount is None or amount >= min_amount):
                return rank
        return self.base


class _Walk:
    """One customer on the way through the days: the tier, how long it holds, and a renewal not yet written down."""

    __slots__ = ("_moves", "_past", "_renewed", "holds", "law", "rank")

    def __init__(self, past: Purchases, law: _Law) -> None:
        self._past, self.law, self.rank = past, law, law.base
        self.holds: date | None = None
        self._renewed: date | None = None
        self._moves: list[Move] = []

    def look(self, check: date) -> None:
        """Look at what was bought up to `check`: up at once, or the same tier for longer."""
        if self.holds is not None:
            self.run_out(check)
        start, until = self.law.bounds(check)
        fit = self.law.fit(self._past, start, check)
        if fit > self.rank:
            self._move(check, fit, MoveCause.REACHED, until)
        elif fit == self.rank and self.holds is not None and (until is None or until > self.holds):
            self.holds, self._renewed = until, check

    def run_out(self, upto: date) -> None:
        """Let the tier run out as often as it does up to `upto`; under new rules not before they begin."""
        while self.holds is not None and (out := max(self.holds + self.law.grace, self.law.first)) <= upto:
            self._keep()
            scheme = self.law.scheme
            move = after_running_out(self.rank, self._past, scheme.tiers, scheme.window, out)
            if move.cause is MoveCause.RENEWED:
                self.holds, self._renewed = move.valid_until, out
            else:
                self._moves.append(move)
                self.rank, self.holds = move.to_rank, move.valid_until

    def change(self, law: _Law) -> None:
        """Come under new rules."""
        self.law = law
        fit = law.fit(self._past, law.bounds(law.first)[0], law.first)
        move = after_new_rules(Standing(self.rank, self.holds), fit, law.base, law.scheme.window, law.first)
        if move is not None:
            self._move(move.day, move.to_rank, move.cause, move.valid_until)

    def finish(self) -> list[Move]:
        self._keep()
        return self._moves

    def _move(self, day: date, rank: int, cause: MoveCause, holds: date | None) -> None:
        self._keep()
        self._moves.append(Move(day, self.rank, rank, cause, holds))
        self.rank, self.holds = rank, holds

    def _keep(self) -> None:
        """Write down the last renewal of a row of them."""
        if self._renewed is not None:
            if self._moves and self._moves[-1].cause is MoveCause.RENEWED:
                self._moves.pop()
            self._moves.append(Move(self._renewed, self.rank, self.rank, MoveCause.RENEWED, self.holds))
            self._renewed = None
