"""Who shall do what a rule brings."""

import json
from collections.abc import Collection, Sequence
from functools import cached_property

from sqlalchemy import text

from app.domain.followup_rules import Assignee, RuleDraft
from app.domain.staff import Role
from app.services.followups.automatic.known import Known

_ACTIVE = text("SELECT id, role FROM staff WHERE active = 1 ORDER BY id")
_SERVED = text(
    "SELECT customer_id, staff_id, max(at) FROM sales WHERE customer_id IN (SELECT value FROM json_each(:ids)) "
    "AND revenue > 0 AND voided_at IS NULL GROUP BY customer_id"
)


class Staffing:
    """The people who work here, and whom each customer knows."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def chosen(self, wanted: Sequence[tuple[RuleDraft, int]]) -> list[int]:
        """For each rule and customer who shall do it; the owner where the person meant works here no more."""
        asked = {who for rule, who in wanted if rule.assignee is Assignee.SELLER}
        served = self._served(asked) if asked else {}
        return [self._one(rule, served.get(who)) for rule, who in wanted]

    def possible(self, rules: Collection[RuleDraft]) -> set[int]:
        """Everybody these rules may choose."""
        if any(rule.assignee is Assignee.SELLER for rule in rules):
            return set(self._active)
        return {self._one(rule, None) for rule in rules}

    def _one(self, rule: RuleDraft, seller: int | None) -> int:
        meant = {Assignee.SELLER: seller, Assignee.PERSON: rule.staff_id}.get(rule.assignee)
        return meant if meant in self._active else self._owner

    def _served(self, people: Collection[int]) -> dict[int, int]:
        cards = {card: who for who in people for card in self._known.cards(who)}
        rows = self._known.session.connection().execute(_SERVED, {"ids": json.dumps(sorted(cards))})
        last: dict[int, tuple[str, int]] = {}
        for card, staff_id, at in rows:
            last[cards[card]] = max((at, staff_id), last.get(cards[card], ("", 0)))
        return {who: staff_id for who, (_, staff_id) in last.items()}

    @cached_property
    def _active(self) -> dict[int, str]:
        rows = self._known.session.connection().execute(_ACTIVE)
        return {key: role for key, role in rows}  # noqa: C416

    @cached_property
    def _owner(self) -> int:
        owners = [key for key, role in self._active.items() if role == Role.OWNER.value]
        return owners[0] if owners else 1
