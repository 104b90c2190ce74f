"""The rules as they are kept: read, switched, changed, put in order. All of it is taken back by its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.followup_rules import RuleDraft, RuleKind, checked, default_rules
from app.domain.money import currency
from app.models.followup_rules import FollowUpRule
from app.services.settings import settings

_ASKS = tuple(item.name for item in fields(RuleDraft))


class RuleChanged(ShopError):
    """Somebody saved the rule after it was opened here."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule; `on_since` is the day it was switched on, None while it is off."""

    id: int
    code: str
    on_since: date | None
    version: int
    draft: RuleDraft

    @property
    def kind(self) -> RuleKind:
        return self.draft.kind


def rules(session: Session) -> list[RuleRow]:
    """The rules in their order: those of each kind, then the cadences, of which those that are off come last."""
    cadence = FollowUpRule.kind == RuleKind.CADENCE
    off = cadence & FollowUpRule.on_since.is_(None)
    query = select(FollowUpRule).order_by(cadence, off, FollowUpRule.position, FollowUpRule.id)
    return [_row(rule) for rule in session.scalars(query)]


def found_rules(session: Session, day: date) -> None:
    """The rules of a new shop, as they begin on its first day."""
    digits = currency(settings(session).currency).digits
    for position, (code, on, draft) in enumerate(default_rules(digits)):
        session.add(
            FollowUpRule(code=code, position=position, on_since=day if on else None, **_columns(checked(draft)))
        )


def switch_rule(session: Session, rule_id: int, on: bool, day: date) -> None:
    """Let a rule hold from this day on, or no more; what it brought stays."""
    rule = session.get_one(FollowUpRule, rule_id)
    if on != (rule.on_since is not None):
        rule.on_since = day if on else None


def change_rule(session: Session, rule_id: int, draft: RuleDraft, *, version: int) -> int:
    """Let a rule ask for something else from its next run on; returns its id.

    Raises RuleChanged, RuleRefused or RuleNeedsAGroup.
    """
    rule = session.get_one(FollowUpRule, rule_id)
    if rule.version != version:
        raise RuleChanged
    for name, value in {**_columns(checked(draft)), "kind": rule.kind}.items():
        if getattr(rule, name) != value:
            setattr(rule, name, value)
    return rule_id


def add_cadence(session: Session, draft: RuleDraft, day: date) -> int:
    """A new cadence rule, the last of them, that holds from this day on; returns its id.

    Raises RuleRefused or RuleNeedsAGroup.
    """
    number = (session.scalar(select(func.max(FollowUpRule.id))) or 0) + 1
    position = (session.scalar(select(func.max(FollowUpRule.position))) or 0) + 1
    values = {**_columns(checked(draft)), "kind": RuleKind.CADENCE}
    rule = FollowUpRule(code=f"cadence-{number}", position=position, on_since=day, **values)
    session.add(rule)
    session.flush()
    return rule.id


def move_rule(session: Session, rule_id: int, place: int) -> None:
    """Let a cadence rule stand at this place (from 0) among those that are on."""
    query = select(FollowUpRule).where(FollowUpRule.kind == RuleKind.CADENCE, FollowUpRule.on_since.is_not(None))
    shown = list(session.scalars(query.order_by(FollowUpRule.position, FollowUpRule.id)))
    places = sorted(rule.position for rule in shown)
    _put(shown, session.get_one(FollowUpRule, rule_id), place)
    for position, rule in zip(places, shown, strict=True):
        if rule.position != position:
            rule.position = position


def _put(shown: list[FollowUpRule], moved: FollowUpRule, place: int) -> None:
    shown.remove(moved)
    shown.insert(max(0, min(place, len(shown))), moved)


def _columns(draft: RuleDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in _ASKS}


def _row(rule: FollowUpRule) -> RuleRow:
    draft = RuleDraft(**{name: getattr(rule, name) for name in _ASKS})
    return RuleRow(rule.id, rule.code, rule.on_since, rule.version, draft)


def on(rows: Sequence[RuleRow]) -> list[RuleRow]:
    """Those that hold."""
    return [row for row in rows if row.on_since is not None]
