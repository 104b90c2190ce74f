"""By what cases are told apart: the key of each, how much it weighs, and what it is called."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from enum import StrEnum

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.services.complaints.learning.cases import Cause, LearnedCase
from app.services.complaints.learning.costs import LearnedCost


class By(StrEnum):
    """By what cases are told apart."""

    CAUSE = "cause"
    GOODS = "goods"
    SOLD_BY = "sold_by"
    LOGGED_BY = "logged_by"
    OWNER = "owner"
    CHANNEL = "channel"
    SEVERITY = "severity"
    COST_BY_KIND = "cost_by_kind"
    COST_BY_CAUSE = "cost_by_cause"
    COST_BY_CUSTOMER = "cost_by_customer"

    @property
    def is_cost(self) -> bool:
        return self in (By.COST_BY_KIND, By.COST_BY_CAUSE, By.COST_BY_CUSTOMER)


_NAMES = {
    By.CAUSE: "SELECT code, name FROM complaint_causes",
    By.GOODS: "SELECT id, name FROM products WHERE id IN (SELECT product_id FROM complaints)",
    By.LOGGED_BY: "SELECT id, name FROM staff",
}


def weighed(
    by: By, cases: Sequence[LearnedCase], costs: Sequence[LearnedCost], owners: dict[int, int]
) -> list[tuple[Hashable, int, int]]:
    """Key, case and weight of everything that can be told apart this way."""
    if by.is_cost:
        return list(_costly(by, costs, owners))
    read: dict[By, Callable[[LearnedCase], Hashable]] = {
        By.CAUSE: lambda case: case.cause,
        By.GOODS: lambda case: case.goods,
        By.SOLD_BY: lambda case: case.sold_by,
        By.LOGGED_BY: lambda case: case.logged_by,
        By.OWNER: lambda case: case.owner,
        By.CHANNEL: lambda case: case.channel or None,
        By.SEVERITY: lambda case: case.severity,
    }
    keyed = ((read[by](case), case.id) for case in cases)
    return [(key, case, 1) for key, case in keyed if key is not None]


def _costly(by: By, costs: Sequence[LearnedCost], owners: dict[int, int]) -> Iterator[tuple[Hashable, int, int]]:
    for one in costs:
        if by is By.COST_BY_KIND:
            yield one.kind, one.case, one.cost
        elif by is By.COST_BY_CAUSE:
            yield Cause(one.root or one.category, bool(one.root)), one.case, one.cost
        elif one.who is not None:
            yield owners[one.who], one.case, one.cost


def sums(weighed: Sequence[tuple[Hashable, int, int]]) -> dict[Hashable, int]:
    """The whole weight of each key."""
    found = Counter[Hashable]()
    for key, _, weight in weighed:
        found[key] += weight
    return dict(found)


def group_names(session: Session) -> dict[By, dict[Hashable, str]]:
    """What the shop calls the keys that are ids or codes of its own; customers are told apart with their costs."""
    found: dict[By, dict[Hashable, str]] = {
        by: {row[0]: row[1] for row in session.execute(text(query))} for by, query in _NAMES.items()
    }
    staff = found[By.LOGGED_BY]
    return found | {By.OWNER: staff, By.SOLD_BY: staff, By.COST_BY_CAUSE: found[By.CAUSE]}
