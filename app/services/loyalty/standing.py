"""Where one customer stands: the tier, how long it holds, what keeps it and what reaches the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.domain.shop import ShopSettings
from app.domain.tiers.history import Move, Purchases, tier_on
from app.domain.tiers.replay import Replay
from app.domain.tiers.rules import Missing, amount_to_next, missing, window_start
from app.services.customers.families import answered_for
from app.services.loyalty.tier_moves import History, history_of
from app.services.loyalty.tiers import TierRow, tiers
from app.services.settings import settings


@dataclass(frozen=True, slots=True)
class Standing:
    """Amounts in minor units, days as purchase days; `keep` and `next` tell what is missing, None where nothing is."""

    tier: TierRow
    valid_until: date | None
    """The last day the tier holds; None: without end."""
    amount: int
    days: int
    """What the window that ends today counts."""
    keep: Missing | None
    """What is missing by `valid_until`; None when nothing is, or when the tier holds without end."""
    keep_from: date | None
    """The first day whose purchases count for keeping it; it may still lie ahead."""
    next: Missing | None
    next_tier: TierRow | None


def standing(session: Session, customer_id: int, day: date) -> Standing:
    """One customer's standing as of `day`, straight from the sales."""
    history = history_of(session, answered_for(session, customer_id))
    return Ladder(settings(session), tiers(session)).standing(history, day)


@dataclass(frozen=True, slots=True)
class Ladder:
    """The shop's tiers and their rules, ready to place customers on."""

    shop: ShopSettings
    rows: Sequence[TierRow]

    def standing(self, history: History, day: date) -> Standing:
        """Where somebody with these sales stands at the end of `day`."""
        rules, window = [row.rule for row in self.rows], self.shop.tier_window
        moves = self.moves(history, day)
        past = Purchases((on, net) for on, net in history.sales if on <= day)
        tier = self._tier(tier_on(moves, day, self.rows[0].rank))
        amount, days = past.within(window_start(window, day), day)
        ahead = amount_to_next(rules, tier.rank, max(0, amount), days)
        until, start, keep = self._keep(tier, moves, past, day)
        return Standing(tier, until, amount, days, keep, start, ahead, self._tier(ahead.tier.rank) if ahead else None)

    def moves(self, history: History, day: date) -> list[Move]:
        """Every move these sales make as of `day`."""
        replay = Replay([row.rule for row in self.rows], self.shop.tier_window, self.shop.tier_grace_days, until=day)
        return replay.moves(history.sales, history.at_once or ())

    def _keep(
        self, tier: TierRow, moves: Sequence[Move], past: Purchases, day: date
    ) -> tuple[date | None, date | None, Missing | None]:
        until = moves[-1].valid_until if moves else None
        if until is None:
            return None, None, None
        start = window_start(self.shop.tier_window, until)
        amount, days = past.within(start, day) if start <= day else (0, 0)
        lacks = missing(tier.rule, max(0, amount), days)
        return until, start, lacks if lacks.amount or lacks.days else None

    def _tier(self, rank: int) -> TierRow:
        return next(row for row in self.rows if row.rank == rank)
