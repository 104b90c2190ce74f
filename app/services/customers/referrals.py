"""Who brought whom: the one above, and the tree beneath with what each branch has bought."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.models.customers import Customer
from app.services.customers.drafts import ReferrerRefused
from app.services.customers.families import answered_each, answered_for, answering, answering_each

DEEPEST = 12
"""Levels that are read; what lies beneath is counted by nobody who can wait."""

_ABOVE = """
WITH RECURSIVE up(id) AS (SELECT :id UNION
SELECT coalesce(c.merged_into, c.referrer_id) FROM customers c JOIN up ON c.id = up.id
WHERE coalesce(c.merged_into, c.referrer_id) IS NOT NULL)
SELECT id FROM up
"""
_BROUGHT = """
SELECT id, referrer_id FROM customers
WHERE referrer_id IN (SELECT value FROM json_each(?)) ORDER BY created_at, id
"""
_FIGURES = """
SELECT c.id, c.name, c.created_at, coalesce(f.net, 0) AS net FROM customers c
LEFT JOIN customer_figures f ON f.customer_id = c.id WHERE c.id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Referral:
    """Somebody in the tree beneath. `level` 1 was brought by the customer; money in minor units, all time.

    `beneath` and `branch_net` count those they brought in turn, `branch_net` themselves too.
    """

    id: int
    name: str
    brought_by: int
    level: int
    since: datetime
    net: int
    beneath: int
    branch_net: int


@dataclass(frozen=True, slots=True)
class Referrals:
    """The tree beneath a customer: everybody after the one who brought them, branch by branch."""

    people: tuple[Referral, ...]
    net: int
    deeper: bool
    """Whether the tree goes on below the levels that are read."""


@dataclass(slots=True)
class _Tree:
    children: dict[int, list[int]] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)
    above: dict[int, int] = field(default_factory=dict)
    deeper: bool = False


def set_referrer(session: Session, customer_id: int, referrer_id: int | None) -> None:
    """Note who brought a customer; None: nobody did. Raises ReferrerRefused."""
    customer = session.get_one(Customer, answering(session, customer_id))
    if referrer_id is not None:
        check_referrer(session, customer.id, referrer_id)
    customer.referrer_id = referrer_id


def check_referrer(session: Session, customer_id: int | None, referrer_id: int) -> None:
    """Raises ReferrerRefused when the referrer is the customer, was brought by them however indirectly, or is nobody.

    `customer_id` is None for a card that is not there yet.
    """
    if session.get(Customer, referrer_id) is None:
        raise ReferrerRefused
    if customer_id is None:
        return
    above = session.connection().exec_driver_sql(_ABOVE, {"id": referrer_id}).scalars()
    if answering(session, customer_id) in set(above):
        raise ReferrerRefused


def referrals(session: Session, customer_id: int) -> Referrals:
    """The tree beneath a customer, each once however the file ties them, at most DEEPEST levels down."""
    root = answering(session, customer_id)
    tree = _grown(session, root)
    order = _preorder(tree, root)
    rows: dict[int, Any] = {row.id: row for row in _ask(session, _FIGURES, order)}
    sums = _sums(tree, order, {key: row.net for key, row in rows.items()})
    people = tuple(
        Referral(
            key,
            rows[key].name,
            tree.above[key],
            tree.levels[key],
            datetime.fromisoformat(rows[key].created_at),
            rows[key].net,
            *sums[key],
        )
        for key in order
    )
    return Referrals(people, sum(person.net for person in people), tree.deeper)


def _grown(session: Session, root: int) -> _Tree:
    """Level by level, so that no ring in the file can trap us."""
    tree, seen = _Tree(), {root}
    level = dict.fromkeys(answered_for(session, root), root)
    for depth in range(1, DEEPEST + 2):
        found = _level(session, level, seen)
        if not found or depth > DEEPEST:
            tree.deeper = bool(found)
            return tree
        for key, parent in found.items():
            seen.add(key)
            tree.levels[key], tree.above[key] = depth, parent
            tree.children.setdefault(parent, []).append(key)
        level = answered_each(session, list(found))
    return tree


def _level(session: Session, cards: dict[int, int], seen: set[int]) -> dict[int, int]:
    """Who was brought by these cards: whoever answers for each, and by whom they were brought."""
    rows = _ask(session, _BROUGHT, list(cards))
    people = answering_each(session, [row.id for row in rows]) if rows else {}
    found: dict[int, int] = {}
    for row in rows:
        person = people.get(row.id)
        if person is not None and person.id not in seen:
            found.setdefault(person.id, cards[row.referrer_id])
    return found


def _preorder(tree: _Tree, root: int) -> list[int]:
    order: list[int] = []
    waiting = list(reversed(tree.children.get(root, [])))
    while waiting:
        key = waiting.pop()
        order.append(key)
        waiting += reversed(tree.children.get(key, []))
    return order


def _sums(tree: _Tree, order: Sequence[int], net: dict[int, int]) -> dict[int, tuple[int, int]]:
    """By person, how many are beneath, and what the branch has bought."""
    counts, values = dict.fromkeys(order, 0), dict(net)
    for key in reversed(order):
        parent = tree.above[key]
        if parent in counts:
            counts[parent] += 1 + counts[key]
            values[parent] += values[key]
    return {key: (counts[key], values[key]) for key in order}


def _ask(session: Session, statement: str, ids: Sequence[int]) -> list[Any]:
    return list(session.connection().exec_driver_sql(statement, (json.dumps(list(ids)),)))
