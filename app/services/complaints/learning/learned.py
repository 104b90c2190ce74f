"""What the cases of some days teach, put together."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.complaint_learning import Bar, months_up_to, pareto
from app.services.complaints.learning.cases import Progress, learned_cases
from app.services.complaints.learning.compared import Compared, compared
from app.services.complaints.learning.costs import learned_costs
from app.services.complaints.learning.days import Days
from app.services.complaints.learning.groups import By, group_names, sums, weighed
from app.services.complaints.learning.months import MonthOfCases, month_of_cases
from app.services.complaints.learning.purchases import Purchases, bought_of_goods, sold_by_staff
from app.services.customers.families import answering_each

MONTHS = 12
"""The trend shows so many months, the last as far as it has come."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Bars by what they tell apart, with the weight of the same key in the days before, and the names of keys."""

    days: Days
    ids: tuple[int, ...]
    """The cases logged in these days."""
    count_before: int
    purchases: int
    purchases_before: int
    bars: dict[By, tuple[Bar, ...]]
    before: dict[By, dict[Hashable, int]]
    names: dict[By, dict[Hashable, str]]
    bought: dict[By, dict[Hashable, int]]
    """How many purchases of these days held an article, or were sold by somebody."""
    on_the_spot: Compared
    in_time: Compared
    """Of those whose term has ended one way or the other: solved within it."""
    reopened: Compared
    """Of those that were resolved at least once: opened again."""
    cost: int
    cost_before: int
    cost_ids: tuple[int, ...]
    months: tuple[MonthOfCases, ...]

    @property
    def anything(self) -> bool:
        return bool(self.ids or self.count_before or any(month.ids for month in self.months))


def learned(session: Session, days: Days, *, at: datetime, progress: Progress = lambda done, total: None) -> Learned:
    """What the cases logged in these days teach, as everything stood at `at`; a month is compared with its trend.

    Goods, staff and causes that nobody named make no bar. Reads every case of a year: ask for it later. `progress`
    may raise Cancelled.
    """
    months = months_up_to(days.last, MONTHS)
    whole = Days(min(days.before.first, months[0]), days.last)
    cases, costs = learned_cases(session, whole, at, progress), learned_costs(session, whole)
    purchases = Purchases(session, whole)
    now, earlier = ([case for case in cases if span.holds(case.day)] for span in (days, days.before))
    spent, spent_before = ([one for one in costs if span.holds(one.day)] for span in (days, days.before))
    people = answering_each(session, {one.who for one in costs if one.who is not None})
    owners = {card: person.id for card, person in people.items()}
    return Learned(
        days,
        ids=tuple(case.id for case in now),
        count_before=len(earlier),
        purchases=purchases.within(days),
        purchases_before=purchases.within(days.before),
        bars={by: pareto(weighed(by, now, spent, owners)) for by in By},
        before={by: sums(weighed(by, earlier, spent_before, owners)) for by in By},
        names=group_names(session) | {By.COST_BY_CUSTOMER: {person.id: person.name for person in people.values()}},
        bought={By.GOODS: bought_of_goods(session, days), By.SOLD_BY: sold_by_staff(session, days)},
        on_the_spot=compared(now, earlier, of=lambda case: True, hit=lambda case: case.spot),
        in_time=compared(now, earlier, of=lambda case: case.ended, hit=lambda case: not case.late),
        reopened=compared(
            now, earlier, of=lambda case: case.resolved, hit=lambda case: case.reopened, wrong_is_hit=True
        ),
        cost=sum(one.cost for one in spent),
        cost_before=sum(one.cost for one in spent_before),
        cost_ids=tuple(dict.fromkeys(one.case for one in spent)),
        months=tuple(month_of_cases(month, days.last, cases, purchases, costs) for month in months),
    )
