"""May we sell to this person, and if not, why: the one place that decides it, for one and for many.

Every promotion and every selling follow-up asks here (semantics.md: the brake holds until the case is closed). A card
that was merged away stands for the one that answers for it, and an open case of any of them holds them all.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import BindParameter, CompoundSelect, func, select, text
from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState, Severity, brakes
from app.domain.interactions import Channel
from app.domain.selling import AT_THE_COUNTER, Barrier, Known, barriers
from app.models.customers import Customer
from app.models.customers.card import APART
from app.services.customers.consents import agreed
from app.services.customers.families import Person, answered_each, answering_each
from app.storage import plain_sql


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A complaint that is not closed: while there is one, nothing is promoted (the brake)."""

    id: int
    number: int
    category: str
    severity: Severity
    state: ComplaintState
    opened_at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class MaySell:
    """The answer for one person, who answers for their cards; `cases` are those that hold the brake, oldest first."""

    customer_id: int
    name: str
    barriers: tuple[Barrier, ...] = ()
    cases: tuple[OpenCase, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.barriers

    @property
    def braked(self) -> bool:
        """A complaint of theirs is not closed."""
        return Barrier.COMPLAINT in self.barriers


@dataclass(frozen=True)
class Audience:
    """Of the people behind some cards, each once: to whom something may be sold now, and who is left out and why."""

    may: tuple[int, ...]
    held: tuple[MaySell, ...] = ()
    cards: frozenset[int] = frozenset()
    """The cards asked for that stand for one of those who are left out."""

    @cached_property
    def counts(self) -> dict[Barrier, int]:
        """How many are left out, each under the first of their reasons; only reasons that there are."""
        found = Counter(one.barriers[0] for one in self.held)
        return {barrier: found[barrier] for barrier in Barrier if found[barrier]}

    @cached_property
    def held_ids(self) -> frozenset[int]:
        return frozenset(one.customer_id for one in self.held)


_BRAKING = json.dumps([state for state in ComplaintState if brakes(state)])
_BRAKED = (
    "WITH RECURSIVE family(id) AS ("
    "SELECT customer_id FROM complaints WHERE state IN (SELECT value FROM json_each(:braking)) "
    "AND customer_id IS NOT NULL "
    "UNION SELECT c.merged_into FROM customers c JOIN family f ON c.id = f.id WHERE c.merged_into IS NOT NULL "
    "UNION SELECT c.id FROM customers c JOIN family f ON c.merged_into = f.id) "
    "SELECT id FROM family"
)
_ON_THE_LIST = """
SELECT id FROM customers WHERE id IN (SELECT value FROM json_each(?))
AND archived_at IS NULL AND erased_at IS NULL AND merged_into IS NULL
"""
_APART = "SELECT id, {apart} FROM customers WHERE id IN (SELECT value FROM json_each(?))".replace("{apart}", APART)
_STANDING = """
SELECT id, erased_at IS NOT NULL, archived_at IS NOT NULL, do_not_contact FROM customers
WHERE id IN (SELECT value FROM json_each(?)) AND (erased_at IS NOT NULL OR archived_at IS NOT NULL OR do_not_contact)
"""
_CASES = """
SELECT customer_id, id, number, category, severity, state, opened_at, words FROM complaints
WHERE customer_id IN (SELECT value FROM json_each(?1)) AND state IN (SELECT value FROM json_each(?2))
ORDER BY opened_at, id
"""


def may_sell(session: Session, customer_id: int, channel: Channel | None = None) -> MaySell:
    """Whether this person may be sold to; `channel` as in `app.domain.selling.barriers`.

    Raises LookupError for a card that is not there.
    """
    found = _asked(session, answering_each(session, [customer_id]), channel)
    if not found:
        raise LookupError(customer_id)
    return found[0]


def audience(session: Session, customer_ids: Collection[int], channel: Channel | None = None) -> Audience:
    """The people behind these cards, those to whom something may be sold apart from those who are left out."""
    clear = _clear(session, customer_ids) if channel in (None, AT_THE_COUNTER) else frozenset[int]()
    standing = answering_each(session, set(customer_ids) - clear)
    found = _asked(session, standing, channel)
    held = {one.customer_id: one for one in found if not one.allowed}
    cards = frozenset(card for card, person in standing.items() if person.id in held)
    may = clear.union(one.customer_id for one in found if one.allowed)
    return Audience(tuple(sorted(may)), tuple(held.values()), cards)


def in_doubt(of_cases: BindParameter[str]) -> CompoundSelect[int]:
    """In a query: the only cards about which `audience` need be asked while no channel is chosen; to all others the
    shop may sell. `of_cases` stands for those that are `braked`, as a list in JSON."""
    braking = select(func.json_each(of_cases).table_valued("value").c.value)
    return select(Customer.id).where(text(APART)).union_all(braking)


def _clear(session: Session, cards: Collection[int]) -> frozenset[int]:
    """Those of these cards that answer for themselves and have nothing against them; where consent is not asked for."""
    rows = plain_sql.rows(session, _APART, (json.dumps(list(cards)),))
    return frozenset(card for card, apart in rows if not apart) - braked(session)


def held_back(session: Session) -> tuple[MaySell, ...]:
    """Everyone on the list whom the brake keeps out of every promotion now, who has waited longest first."""
    cards = json.dumps(sorted(braked(session)))
    people = list(session.connection().exec_driver_sql(_ON_THE_LIST, (cards,)).scalars())
    found = _asked(session, answering_each(session, people), AT_THE_COUNTER)
    return tuple(sorted(found, key=lambda one: one.cases[0].opened_at))


def braked(session: Session) -> frozenset[int]:
    """Every card with a case that is not closed, and the cards merged with it."""
    session.flush()
    return frozenset(plain_sql.values(session, _BRAKED, {"braking": _BRAKING}))


def open_cases(session: Session, cards: Sequence[int]) -> tuple[OpenCase, ...]:
    """The cases of these cards that are not closed, the oldest first; of all cards of one person: their brake."""
    return tuple(case for _, case in _cases(session, cards))


def _asked(session: Session, standing: Mapping[int, Person], channel: Channel | None) -> list[MaySell]:
    """The answers for whoever answers for these cards, by id; a few statements however many are asked for."""
    if not standing:
        return []
    people = {person.id: person.name for person in standing.values()}
    owners = sorted(people)
    known = {row[0]: row[1:] for row in plain_sql.rows(session, _STANDING, (json.dumps(owners),))}
    cases = _cases_of_people(session, people.keys() & braked(session))
    said_yes = agreed(session, owners, channel) if channel is not None else frozenset[int]()
    answers = list[MaySell]()
    for who in owners:
        erased, archived, barred = known.get(who, (0, 0, 0))
        told = Known(bool(erased), bool(archived), who in cases, bool(barred), who in said_yes)
        answers.append(MaySell(who, people[who], barriers(told, channel), tuple(cases.get(who, ()))))
    return answers


def _cases_of_people(session: Session, people: Collection[int]) -> dict[int, list[OpenCase]]:
    """By who answers."""
    owners = answered_each(session, sorted(people)) if people else {}
    found: dict[int, list[OpenCase]] = {}
    for card, case in _cases(session, sorted(owners)):
        found.setdefault(owners[card], []).append(case)
    return found


def _cases(session: Session, cards: Sequence[int]) -> list[tuple[int, OpenCase]]:
    """With the card each was logged under."""
    rows = plain_sql.rows(session, _CASES, (json.dumps(list(cards)), _BRAKING))
    return [
        (
            card,
            OpenCase(
                key, number, category, Severity(severity), ComplaintState(state), datetime.fromisoformat(at), words
            ),
        )
        for card, key, number, category, severity, state, at, words in rows
    ]
