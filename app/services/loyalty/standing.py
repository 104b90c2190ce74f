"""Where one customer stands: the tier, how long it holds, what keeps it and what reaches the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.domain.tiers.floors import Floor
from app.domain.tiers.history import Purchases
from app.domain.tiers.keeping import keeping
from app.domain.tiers.rules import Missing, Scheme, missing_to_next, window_start
from app.services.customers.families import answered_for, answering
from app.services.loyalty.footing import Footing, footing
from app.services.loyalty.schemes import schemes
from app.services.loyalty.tiers import TierRow, tiers


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
    """What is missing by `keep_by`; None when nothing is, or when the tier holds without end."""
    keep_from: date | None
    """The first day whose purchases count for keeping it; it may still lie ahead."""
    keep_by: date | None
    """The last day on which `keep` is enough: `valid_until`, then the last day of the grace."""
    falls_on: date | None
    """The day on which the tier is lost unless `keep` is bought."""
    next: Missing | None
    next_tier: TierRow | None
    earned: TierRow
    """What the purchases alone give."""
    by_hand: bool
    """Whether the tier is one that was given by hand, and the purchases alone give less."""


def standing(session: Session, customer_id: int, day: date) -> Standing:
    """One customer's standing at the end of `day`."""
    owner = answering(session, customer_id)
    cards = [owner, *(card for card in answered_for(session, owner) if card != owner)]
    ladder = ladder_of(session)
    return ladder.standing(footing(session, cards, day, ladder.rules))


@dataclass(frozen=True, slots=True)
class Ladder:
    """The shop's tiers and their rules, ready to place customers on."""

    rows: Sequence[TierRow]
    rules: Sequence[Scheme]
    """The last of them is today's."""

    def standing(self, at: Footing) -> Standing:
        """Where somebody on this footing stands."""
        scheme = next(scheme for scheme in reversed(self.rules) if scheme.first_day <= at.day)
        past = Purchases(at.sales)
        tier, until = self._held(at)
        amount, days = past.within(window_start(scheme.window, at.day), at.day)
        kept = keeping(at.earned, at.floor, past, scheme, at.day)
        ahead = missing_to_next(scheme.tiers, tier.rank, amount, days)
        return Standing(
            tier,
            until,
            amount,
            days,
            keep=kept.lacks if kept else None,
            keep_from=kept.first if kept else None,
            keep_by=kept.by if kept else None,
            falls_on=kept.falls_on if kept else None,
            next=ahead,
            next_tier=self._tier(ahead.tier.rank) if ahead else None,
            earned=self._tier(at.earned.rank),
            by_hand=tier.rank > at.earned.rank,
        )

    def tier(self, at: Footing) -> TierRow:
        """The tier of somebody on this footing."""
        return self._held(at)[0]

    def after(self, at: Footing, net: int) -> Standing:
        """Where they stand once they have bought for `net` minor units more on that day."""
        return self.standing(at.plus(net, self.rules[-1]))

    def _held(self, at: Footing) -> tuple[TierRow, date | None]:
        if at.floor is None or at.floor.rank < at.earned.rank:
            return self._tier(at.earned.rank), at.earned.valid_until
        return self._tier(at.floor.rank), _longer(at.floor, at.earned.rank, at.earned.valid_until)

    def _tier(self, rank: int) -> TierRow:
        return next(row for row in self.rows if row.rank == rank)


def ladder_of(session: Session) -> Ladder:
    """The tiers as they are today, with the rules they had before."""
    rows = tiers(session)
    return Ladder(rows, schemes(session, [row.rule for row in rows]))


def _longer(floor: Floor, rank: int, earned_until: date | None) -> date | None:
    if floor.until is None or rank < floor.rank:
        return floor.until
    return None if earned_until is None else max(floor.until, earned_until)
