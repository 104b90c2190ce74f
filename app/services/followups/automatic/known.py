"""What the rules ask of the shop: who may be contacted, who belongs to a group, how often people come."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from math import isnan
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.followup_rules import RuleDraft, Scope
from app.domain.segments.stages import StageEvidence, is_stable, stable_month_ends, stage
from app.services.customers.rhythm import Habits, habits
from app.services.followups.facts import usual_days
from app.services.settings import settings
from app.storage import plain_sql

_MAY = text(
    "SELECT id FROM customers WHERE archived_at IS NULL AND merged_into IS NULL AND erased_at IS NULL "
    "AND do_not_contact = 0 AND id IN (SELECT value FROM json_each(:ids))"
)
_PEOPLE = (
    "SELECT c.id, max(coalesce(f.last_sale_on, ''), coalesce(f.last_contact_on, '')), c.created_at FROM customers c "
    "JOIN customer_figures f ON f.customer_id = c.id WHERE c.archived_at IS NULL AND c.merged_into IS NULL "
    "AND c.erased_at IS NULL AND c.do_not_contact = 0 "
)
_THESE = "AND c.id IN (SELECT value FROM json_each(:ids)) "
_BEST_FIRST = "ORDER BY f.net DESC, c.id"
_EVERYONE, _SOME = _PEOPLE + _BEST_FIRST, _PEOPLE + _THESE + _BEST_FIRST
_TIERED = text(
    "SELECT customer_id, to_rank FROM tier_moves m WHERE customer_id IN (SELECT value FROM json_each(:ids)) "
    'AND "on" <= :day AND NOT EXISTS (SELECT 1 FROM tier_moves n WHERE n.customer_id = m.customer_id '
    'AND n."on" <= :day AND (n."on", n.id) > (m."on", m.id))'
)
_TAGGED = text(
    "SELECT customer_id FROM customer_tags WHERE name = :name AND customer_id IN (SELECT value FROM json_each(:ids))"
)
_BOUGHT = text(
    "SELECT DISTINCT customer_id, shop_day FROM sales WHERE customer_id IN (SELECT value FROM json_each(:ids)) "
    "AND revenue > 0 AND voided_at IS NULL AND shop_day <= :day ORDER BY customer_id, shop_day"
)
_INTERESTED = text(
    "SELECT DISTINCT customer_id FROM interactions WHERE customer_id IN (SELECT value FROM json_each(:ids)) "
    "AND (quoted <> '' OR demonstrated <> '' OR objection <> '') AND shop_day <= :day"
)
_UNRESOLVED = text(
    "SELECT DISTINCT customer_id FROM complaints WHERE customer_id IN (SELECT value FROM json_each(:ids)) "
    "AND state IN ('open', 'waiting')"
)
_FAMILIES = text(
    "WITH RECURSIVE up(card, owner) AS (SELECT id, merged_into FROM customers WHERE merged_into IS NOT NULL "
    "UNION SELECT up.card, c.merged_into FROM up JOIN customers c ON c.id = up.owner WHERE c.merged_into IS NOT NULL) "
    "SELECT up.card, up.owner FROM up JOIN customers c ON c.id = up.owner WHERE c.merged_into IS NULL"
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who may be contacted, with what their next contact is counted from."""

    id: int
    since: date
    """The last real contact or purchase; of somebody who never was in touch the day the card was made."""


class Known:
    """Reads once in a run what several rules ask for."""

    def __init__(self, session: Session, only: Collection[int] | None = None) -> None:
        """With `only` it knows of nobody but these, and is quick."""
        self.session, self._connection, self._only = session, session.connection(), only
        self._zone = ZoneInfo(settings(session).timezone)

    @cached_property
    def habits(self) -> Habits:
        return habits(self.session)

    @cached_property
    def usual(self) -> dict[int, int]:
        """Who has a rhythm of their own, and how many days it has: the median, halves to the even day."""
        if self._only is not None:
            return usual_days(self.session, self._only)
        known = self.habits
        return {
            who: round(days)
            for who, days in zip(known.who.tolist(), known.usual.tolist(), strict=True)
            if not isnan(days)
        }

    @cached_property
    def everyone(self) -> list[Somebody]:
        """Whoever may be contacted, who bought for most first."""
        bound = {} if self._only is None else {"ids": json.dumps(sorted(self._only))}
        return [
            Somebody(who, _read(last) if last else self.day_of(made))
            for who, last, made in plain_sql.rows(self._connection, _EVERYONE if self._only is None else _SOME, bound)
        ]

    @cached_property
    def owners(self) -> dict[int, int]:
        """Cards that were merged away, and the card that answers for each."""
        return {card: owner for card, owner in self._connection.execute(_FAMILIES)}  # noqa: C416

    def owner(self, card: int) -> int:
        return self.owners.get(card, card)

    def cards(self, owner: int) -> list[int]:
        """The cards one person answers for."""
        return [owner, *self._merged.get(owner, ())]

    def contactable(self, ids: Iterable[int]) -> set[int]:
        """Those of them who may be contacted at all: on the list, not erased, not against it."""
        return set(self._connection.execute(_MAY, {"ids": json.dumps(sorted(set(ids)))}).scalars())

    def within(self, rule: RuleDraft, ids: Collection[int], day: date) -> set[int]:
        """Those of these people for whom a rule holds on a day."""
        bound = {"ids": json.dumps(sorted(ids))}
        if rule.scope is Scope.EVERYONE or not ids:
            return set(ids)
        if rule.scope is Scope.TAG:
            return set(self._connection.execute(_TAGGED, {**bound, "name": rule.match}).scalars())
        if rule.scope is Scope.TIER:
            return self._tiered(rule.match, ids, day)
        return {who for who, found in self._stages(ids, day).items() if f"{found}" == rule.match}

    def day_of(self, moment: str) -> date:
        """The shop day of a moment as the file keeps it."""
        return datetime.fromisoformat(moment).astimezone(self._zone).date()

    @cached_property
    def _merged(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for card, owner in self.owners.items():
            found.setdefault(owner, []).append(card)
        return found

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {code: rank for code, rank in self._connection.execute(text("SELECT code, rank FROM tiers"))}  # noqa: C416

    def _tiered(self, code: str, ids: Collection[int], day: date) -> set[int]:
        """Who stood in a tier on a day: by the last move up to it, without one in the lowest."""
        wanted = self._ranks.get(code)
        bound = {"ids": json.dumps(sorted(ids)), "day": day.isoformat()}
        moved = {who: rank for who, rank in self._connection.execute(_TIERED, bound).all()}  # noqa: C416
        return {who for who in ids if moved.get(who, 0) == wanted}

    def _stages(self, ids: Collection[int], day: date) -> dict[int, int]:
        """The stage of each of these people on a day (semantics.md, lifecycle, stages, level)."""
        cards = {card: who for who in ids for card in self.cards(who)}
        bound = {"ids": json.dumps(sorted(cards)), "day": day.isoformat()}
        bought: dict[int, set[date]] = {}
        for card, on in self._connection.execute(_BOUGHT, bound):
            bought.setdefault(cards[card], set()).add(date.fromisoformat(on))
        interested = {cards[card] for card in self._connection.execute(_INTERESTED, bound).scalars()}
        unresolved = {cards[card] for card in self._connection.execute(_UNRESOLVED, bound).scalars()}
        quiet = self._quiet(day)
        return {
            who: _stage(sorted(bought.get(who, ())), day, who in interested, who in unresolved, who in quiet)
            for who in ids
        }

    def _quiet(self, day: date) -> set[int]:
        known = self.habits
        return set(known.who[known.away(day) > known.silent_after()].tolist())


@lru_cache(maxsize=1 << 14)
def _read(day: str) -> date:
    return date.fromisoformat(day)


def _stage(days: list[date], on: date, interested: bool, unresolved: bool, quiet: bool) -> int:
    stable = is_stable(days, on)
    return stage(
        StageEvidence(
            purchase_days=len(days),
            stable=stable,
            stable_month_ends=stable_month_ends(days, on) if stable else 0,
            showed_interest=interested,
            unresolved_complaint=unresolved,
            silent=quiet,
        )
    )
