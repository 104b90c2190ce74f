"""The trend: what was logged, sold and paid for remedies in each month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.complaint_learning import per_hundred
from app.services.complaints.learning.cases import LearnedCase
from app.services.complaints.learning.costs import LearnedCost
from app.services.complaints.learning.days import Days
from app.services.complaints.learning.purchases import Purchases


@dataclass(frozen=True, slots=True)
class MonthOfCases:
    """`month` is its first day; `cost` what remedies given in it cost, in minor units."""

    month: date
    ids: tuple[int, ...]
    purchases: int
    cost: int
    cost_ids: tuple[int, ...]

    @property
    def per_hundred(self) -> float | None:
        return per_hundred(len(self.ids), self.purchases)


def month_of_cases(
    month: date, last: date, cases: Sequence[LearnedCase], purchases: Purchases, costs: Sequence[LearnedCost]
) -> MonthOfCases:
    """A month as far as `last`."""
    follows = (month + timedelta(days=31)).replace(day=1)
    days = Days(month, min(last, follows - timedelta(days=1)))
    paid = [one for one in costs if days.holds(one.day)]
    return MonthOfCases(
        month,
        tuple(case.id for case in cases if days.holds(case.day)),
        purchases.within(days),
        sum(one.cost for one in paid),
        tuple(dict.fromkeys(one.case for one in paid)),
    )
