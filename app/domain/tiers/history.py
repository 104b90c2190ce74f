"""How a customer moved between tiers: up at once, down only after a tier has run out and the grace with it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate

from app.domain.shop import TierWindow
from app.domain.tiers.rules import TierRule, base_tier, best_tier, valid_until, window_start


class MoveCause(StrEnum):
    REACHED = "reached"
    """Up: the thresholds of a higher tier were met."""
    RENEWED = "renewed"
    """The same tier was reached again, and holds longer."""
    RAN_OUT = "ran_out"
    """Down: valid-until and the grace have passed."""
    BY_HAND = "by_hand"
    """Up, or held longer: somebody gave the tier, and it is a floor up to its last day."""
    HAND_ENDED = "hand_ended"
    """Down: what was given by hand has ended, and the purchases give less."""
    RULES_CHANGED = "rules_changed"
    """The shop asks for something else from this day on: up at once, or held without end, or no longer so."""


@dataclass(frozen=True, slots=True)
class Move:
    """One change of a customer's tier, or of how long it holds."""

    day: date
    from_rank: int
    to_rank: int
    cause: MoveCause
    valid_until: date | None
    """The last day it holds; None: without end."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a customer stands before anything new happens."""

    rank: int
    valid_until: date | None = None


class Purchases:
    """A customer's sales, ready to be summed over any window.

    Given as (day, net minor units) for each sale, a linked return already taken off the sale it returns; a return of
    unknown sale is an entry below 0 on its own day. A purchase day is a day with a sale of which something is left.
    """

    __slots__ = ("bought", "days", "sums")

    def __init__(self, sales: Iterable[tuple[date, int]]) -> None:
        ordered = sorted(sales)
        self.days = [day for day, _ in ordered]
        self.sums = [0, *accumulate(net for _, net in ordered)]
        """`sums[i]` is the net of the first i sales."""
        self.bought = sorted({day for day, net in ordered if net > 0})
        """The purchase days, oldest first."""

    def within(self, first: date, last: date) -> tuple[int, int]:
        """Net amount in minor units and purchase days from `first` to `last`, both included."""
        low, high = bisect_left(self.days, first), bisect_right(self.days, last)
        days = bisect_right(self.bought, last) - bisect_left(self.bought, first)
        return self.sums[high] - self.sums[low], days

    def fit(self, tiers: Sequence[TierRule], window: TierWindow, on: date) -> TierRule:
        """The best tier for the window that ends with `on`; more returned than bought counts as nothing bought."""
        amount, days = self.within(window_start(window, on), on)
        return best_tier(tiers, max(0, amount), days)


def after_purchase(standing: Standing, fit: TierRule, base: TierRule, window: TierWindow, on: date) -> Move | None:
    """What a purchase on `on` does: up at once, the same tier renewed, or nothing when less would fit.

    `base` is the tier that asks for nothing: it is neither renewed nor run out.
    """
    holds = valid_until(window, on)
    if fit.rank > standing.rank:
        return Move(on, standing.rank, fit.rank, MoveCause.REACHED, holds)
    if fit.rank == standing.rank > base.rank and _longer(holds, standing.valid_until):
        return Move(on, standing.rank, fit.rank, MoveCause.RENEWED, holds)
    return None


def after_new_rules(standing: Standing, fit: int, base: int, window: TierWindow, on: date) -> Move | None:
    """What rules do that begin on `on`, when the tier of rank `fit` fits: up at once; less when the tier runs out.

    A tier that held without end gets one; one that fits for all time loses it. `base` is the rank that asks nothing.
    """
    until = valid_until(window, on)
    if fit > standing.rank:
        return Move(on, standing.rank, fit, MoveCause.RULES_CHANGED, until if fit > base else None)
    endless = until is None and fit == standing.rank
    holds = None if standing.rank <= base or endless else standing.valid_until or until
    if holds == standing.valid_until:
        return None
    return Move(on, standing.rank, standing.rank, MoveCause.RULES_CHANGED, holds)


def _longer(holds: date | None, so_far: date | None) -> bool:
    """A purchase entered late never shortens what a later one gave; one of them is None after a change of window."""
    if holds is None or so_far is None:
        return holds is not so_far
    return holds > so_far


def after_running_out(rank: int, purchases: Purchases, tiers: Sequence[TierRule], window: TierWindow, on: date) -> Move:
    """What becomes of a tier, of this rank, whose grace ends on `on`: the tier that then fits.

    In calendar years the year before counts too: a tier reached in it would still hold, and January alone says nothing.
    Without grace the tier runs out on 31 December itself: what the year before gave ends with it.
    """
    fit, holds = purchases.fit(tiers, window, on), valid_until(window, on)
    year_end = date(on.year, 12, 31)
    if window is TierWindow.CALENDAR and on < year_end:
        before = purchases.fit(tiers, window, date(on.year - 1, 12, 31))
        if before.rank > fit.rank:
            fit, holds = before, year_end
    if fit.rank == base_tier(tiers).rank:
        holds = None
    return Move(on, rank, fit.rank, _cause(rank, fit.rank), holds)


def _cause(before: int, after: int) -> MoveCause:
    if after > before:
        return MoveCause.REACHED
    return MoveCause.RENEWED if after == before else MoveCause.RAN_OUT
