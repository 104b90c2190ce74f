"""How a payment with stored value is shared between what the customer paid in and the bonus on top."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.money import share_by_largest_remainder
from app.domain.rewards.refusals import NotEnoughStored

THOUSAND = 1000


class BonusOrder(StrEnum):
    """Which of the two goes first."""

    TOGETHER = "together"
    """Both at once, in the proportion in which they are held."""
    PRINCIPAL_FIRST = "principal_first"
    BONUS_FIRST = "bonus_first"


@dataclass(frozen=True, slots=True)
class BonusRule:
    """The order, and the most the bonus may pay of one payment, in thousandths."""

    order: BonusOrder = BonusOrder.TOGETHER
    share: int = THOUSAND


@dataclass(frozen=True, slots=True)
class Parts:
    """Stored value in minor units, both 0 or more."""

    principal: int
    bonus: int

    @property
    def total(self) -> int:
        return self.principal + self.bonus


def payable(held: Parts, rule: BonusRule) -> int:
    """The most that one payment can take from what is held, in minor units."""
    if rule.share >= THOUSAND:
        return held.total
    return min(held.total, held.principal * THOUSAND // (THOUSAND - rule.share))


def split(amount: int, held: Parts, rule: BonusRule) -> Parts:
    """What each part pays of `amount` (0 or more).

    Raises NotEnoughStored when the two, within the rule, hold less.
    """
    most = payable(held, rule)
    if amount > most:
        raise NotEnoughStored(short_by=amount - most)
    least, cap = max(0, amount - held.principal), min(held.bonus, amount * rule.share // THOUSAND)
    bonus = min(max(_wanted(amount, held, rule, least, cap), least), cap)
    return Parts(amount - bonus, bonus)


def _wanted(amount: int, held: Parts, rule: BonusRule, least: int, cap: int) -> int:
    if rule.order is BonusOrder.PRINCIPAL_FIRST:
        return least
    if rule.order is BonusOrder.BONUS_FIRST:
        return cap
    return share_by_largest_remainder(amount, [held.principal, held.bonus])[1]


def given_back(paid: Parts, so_far: Parts, amount: int) -> Parts:
    """What each part gets back of `amount`, so that returns in any split end where one whole return ends.

    Raises ValueError when more would come back than was paid.
    """
    back = so_far.total + amount
    if back > paid.total:
        raise ValueError(f"{back} of {paid.total}")
    principal = paid.principal * back // paid.total if paid.total else 0
    return Parts(principal - so_far.principal, back - principal - so_far.bonus)
