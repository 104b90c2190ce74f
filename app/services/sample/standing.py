"""Which tier a customer of the sample shop has when they stand at the counter, and the moves that led there."""

from datetime import date, timedelta

from app.domain.shop import TierWindow
from app.domain.tiers.history import Move, Purchases, Standing, after_purchase, after_running_out
from app.domain.tiers.rules import TierRule, base_tier


class Climb:
    """One customer's way through the tiers, by the rules of `app.domain.tiers`, purchase by purchase."""

    __slots__ = ("_base", "_grace", "_sales", "_standing", "_tiers", "_window")

    def __init__(self, tiers: list[TierRule], window: TierWindow, grace_days: int) -> None:
        self._tiers, self._window, self._grace = tiers, window, timedelta(days=grace_days)
        self._base = base_tier(tiers)
        self._standing = Standing(self._base.rank)
        self._sales: list[tuple[date, int]] = []

    def rank_on(self, day: date) -> int:
        """The rank on a day not before the last purchase, after what has run out meanwhile."""
        while (until := self._standing.valid_until) is not None and until + self._grace <= day:
            past = Purchases(self._sales)
            self._follow(after_running_out(self._standing.rank, past, self._tiers, self._window, until + self._grace))
        return self._standing.rank

    def buy(self, day: date, net: int) -> None:
        """Count a purchase of `net` minor units."""
        self._sales.append((day, net))
        fit = Purchases(self._sales).fit(self._tiers, self._window, day)
        move = after_purchase(self._standing, fit, self._base, self._window, day)
        if move is not None:
            self._follow(move)

    def bring_back(self, day: date, net: int) -> None:
        """Take a return off the purchase of `day`; a tier that was reached is kept until it runs out."""
        for place in range(len(self._sales) - 1, -1, -1):
            if self._sales[place][0] == day:
                self._sales[place] = (day, self._sales[place][1] - net)
                return

    def _follow(self, move: Move) -> None:
        self._standing = Standing(move.to_rank, move.valid_until)
