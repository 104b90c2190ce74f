"""The tiers of the past, worked out from imported sales at month ends (semantics.md, tiers)."""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Sequence
from datetime import date, timedelta

from app.domain.months import month_end
from app.domain.shop import TierWindow
from app.domain.tiers.history import Move, MoveCause, Purchases, Standing, after_running_out
from app.domain.tiers.rules import GRACE_DAYS, TierRule, base_tier, rank_of, valid_until, window_start


class Replay:
    """One shop's rules, ready to be laid over the sales of many customers; `until` is the last day looked at.

    Purchases are looked at on the month end that follows them (those of the month of `until` on `until`), those made
    at the till on their own day; running out happens on its own day.
    """

    def __init__(
        self, tiers: Sequence[TierRule], window: TierWindow, grace_days: int = GRACE_DAYS, *, until: date
    ) -> None:
        self._tiers, self._window, self._until = tiers, window, until
        self._grace = timedelta(days=grace_days)
        self._base = base_tier(tiers).rank
        self._top_down = [
            (tier.rank, tier.min_amount, tier.min_days or 0) for tier in sorted(tiers, key=rank_of, reverse=True)
        ]
        self._months: dict[date, tuple[date, date | None]] = {}

    def moves(self, sales: Iterable[tuple[date, int]], at_once: Container[date] = ()) -> list[Move]:
        """The moves of a customer with these `sales` (see `Purchases`), oldest first.

        `at_once` are the days on which somebody was there to see it: an upgrade counts from the purchase itself.
        Of renewals in a row only the last is kept: the last move's valid_until is the one that holds.
        """
        past = Purchases([sale for sale in sales if sale[0] <= self._until])
        moves: list[Move] = []
        rank, holds, renewed = self._base, None, None
        for check in self._checks(past, at_once):
            rank, holds, renewed = self._run_out(moves, past, rank, holds, renewed, check)
            start, until = self._bounds(check)
            fit = self._fit(past, start, check)
            if fit > rank:
                _keep(moves, renewed, rank, holds)
                moves.append(Move(check, rank, fit, MoveCause.REACHED, until))
                rank, holds, renewed = fit, until, None
            elif fit == rank > self._base and holds != until:
                holds, renewed = until, check
        rank, holds, renewed = self._run_out(moves, past, rank, holds, renewed, self._until)
        _keep(moves, renewed, rank, holds)
        return moves

    def _checks(self, past: Purchases, at_once: Container[date]) -> list[date]:
        """The month ends that follow a purchase, the last one cut to `until`; the day itself where it is `at_once`."""
        ends: list[date] = []
        if at_once == ():
            for day in past.bought:
                if not ends or day > ends[-1]:
                    ends.append(min(month_end(day), self._until))
            return ends
        return sorted({day if day in at_once else min(month_end(day), self._until) for day in past.bought})

    def _run_out(
        self, moves: list[Move], past: Purchases, rank: int, holds: date | None, renewed: date | None, upto: date
    ) -> tuple[int, date | None, date | None]:
        """Let the tier run out as often as it does up to `upto`."""
        while holds is not None and (out := holds + self._grace) <= upto:
            _keep(moves, renewed, rank, holds)
            move = after_running_out(Standing(rank, holds), past, self._tiers, self._window, out)
            if move.cause is MoveCause.RENEWED:
                rank, holds, renewed = move.to_rank, move.valid_until, out
            else:
                moves.append(move)
                rank, holds, renewed = move.to_rank, move.valid_until, None
        return rank, holds, renewed

    def _bounds(self, check: date) -> tuple[date, date | None]:
        """The window's first day and how long a tier reached on `check` holds: few days, asked for many times."""
        known = self._months.get(check)
        if known is None:
            known = self._months[check] = (window_start(self._window, check), valid_until(self._window, check))
        return known

    def _fit(self, past: Purchases, start: date, end: date) -> int:
        """As `Purchases.fit`, without the steps between: it is asked for a million times."""
        low, high = bisect_left(past.days, start), bisect_right(past.days, end)
        amount = max(0, past.sums[high] - past.sums[low])
        bought = bisect_right(past.bought, end) - bisect_left(past.bought, start)
        for rank, min_amount, min_days in self._top_down:
            if bought >= min_days and (min_amount is None or amount >= min_amount):
                return rank
        return self._base


def _keep(moves: list[Move], renewed: date | None, rank: int, holds: date | None) -> None:
    """Write down the last renewal of a row of them."""
    if renewed is not None:
        if moves and moves[-1].cause is MoveCause.RENEWED:
            moves.pop()
        moves.append(Move(renewed, rank, rank, MoveCause.RENEWED, holds))


def replay(
    sales: Iterable[tuple[date, int]],
    tiers: Sequence[TierRule],
    window: TierWindow,
    grace_days: int = GRACE_DAYS,
    *,
    until: date,
) -> list[Move]:
    """The moves of one customer; for many, keep a `Replay`."""
    return Replay(tiers, window, grace_days, until=until).moves(sales)
