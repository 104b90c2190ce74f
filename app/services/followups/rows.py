"""Follow-ups as lists and calendars show them: with the person who answers for the card, and whether they are held."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.selling import Barrier
from app.models.customers import Customer
from app.models.followup_series import FollowUpSeries
from app.models.followups import FollowUp
from app.models.staff import Staff
from app.services import customers
from app.services.customers import CustomerRow, MaySell
from app.services.customers.families import answering
from app.services.customers.selling import in_doubt
from app.services.followups.drafts import FollowUpGone
from app.storage import plain_sql


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One follow-up. `who` answers for the card it was booked under; None: it is for nobody in particular."""

    id: int
    due_on: date
    due_at: time | None
    kind: FollowUpKind
    purpose: FollowUpPurpose
    text: str
    complaint_id: int | None
    staff_id: int
    staff: str
    done_at: datetime | None
    version: int
    who: CustomerRow | None
    barriers: tuple[Barrier, ...] = ()
    """Why nothing may be sold to the customer now; empty: it may."""
    series_id: int | None = None
    """The series it belongs to."""
    rule: str | None = None
    """The code of the rule that brought it; None: a person booked it."""
    latest_on: date | None = None
    """The last day on which it is still good."""
    repeats: bool = False
    """Its series follows a rule of the calendar, so that others of it stand there already."""

    @property
    def brake(self) -> bool:
        """The customer has a complaint that is not closed."""
        return Barrier.COMPLAINT in self.barriers

    @property
    def held(self) -> bool:
        """It would sell to somebody to whom nothing may be sold now: it waits."""
        return bool(self.barriers) and self.purpose is FollowUpPurpose.SELL and self.done_at is None


def followup(session: Session, followup_id: int) -> FollowUpRow:
    """One follow-up. Raises FollowUpGone."""
    found = load(session, FollowUp.id == followup_id)
    if not found:
        raise FollowUpGone
    return found[0]


def ids_due(session: Session, first: date, last: date) -> list[int]:
    """The follow-ups due between two days, both included, done or not."""
    return list(session.scalars(select(FollowUp.id).where(FollowUp.due_on.between(first, last))))


_COLUMNS = (
    FollowUp.id, FollowUp.due_on, FollowUp.due_at, FollowUp.kind, FollowUp.purpose, FollowUp.text,
    FollowUp.complaint_id, FollowUp.staff_id, Staff.name, FollowUp.done_at, FollowUp.version, FollowUp.customer_id,
    FollowUp.series_id, FollowUp.rule, FollowUp.latest_on, FollowUpSeries.rule.is_not(None),
)  # fmt: skip
"""As `FollowUpRow` holds them, the customer by number. Mapped objects would take twice the time of a long list."""


def load(session: Session, *where: ColumnElement[bool]) -> list[FollowUpRow]:
    """The follow-ups for which this holds, by day and hour; those at any time of their day come first."""
    return _told(session, session.execute(_rows(*where)).all())


def load_each(session: Session, ids: Collection[int]) -> list[FollowUpRow]:
    """These follow-ups, by day and hour."""
    return _told(session, session.execute(_each(), {"ids": listed(ids)}).all())


def _rows(*where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(Staff, Staff.id == FollowUp.staff_id)
        .outerjoin(FollowUpSeries, FollowUpSeries.id == FollowUp.series_id)
        .where(*where)
        .order_by(FollowUp.due_on, FollowUp.due_at, FollowUp.id)
    )


@cache
def _each() -> Select[*tuple[Any, ...]]:
    """Kept: to put it together takes as long as to run it for a page of the calendar."""
    return _rows(FollowUp.id.in_(_those(bindparam("ids"))))


def _told(session: Session, found: Sequence[Row[*tuple[Any, ...]]]) -> list[FollowUpRow]:
    """With the people, and whether they may be sold to."""
    who = people(session, {row[_CARD] for row in found if row[_CARD] is not None})
    held = {one.customer_id: one for one in customers.audience(session, {one.id for one in who.values()}).held}
    return [_row(row, who.get(row[_CARD] or 0), held) for row in found]


def listed(ids: Collection[int]) -> str:
    """As one parameter of a statement, however many they are."""
    return json.dumps(list(ids))


def _those(ids: str | BindParameter[str]) -> Select[int]:
    return select(func.json_each(ids).table_valued("value").c.value)


_CARD = 11
"""The place of the customer among them."""
_SELLING = and_(FollowUp.purpose == FollowUpPurpose.SELL, FollowUp.done_at.is_(None))


def held_cards(session: Session, *where: ColumnElement[bool]) -> frozenset[int]:
    """The cards of the follow-ups for which this holds, and which would sell to whom nothing may be sold now."""
    return held_of(session, selling_in_doubt(*where))


def selling_in_doubt(*where: ColumnElement[bool]) -> Select[int | None]:
    """For `held_of`: the cards of the follow-ups for which this holds, and which would sell to whom perhaps nothing may
    be sold. A statement of its own so that it can be kept."""
    doubtful = FollowUp.customer_id.in_(in_doubt(bindparam("braked")))
    return select(FollowUp.customer_id).distinct().where(*where, _SELLING, doubtful)


def held_of(session: Session, doubtful: Select[int | None], **bound: Any) -> frozenset[int]:
    """Those of these cards to which nothing may be sold now."""
    asked = session.scalars(doubtful, {"braked": listed(customers.braked(session)), **bound})
    return customers.audience(session, [card for card in asked if card is not None]).cards


def is_held(cards: frozenset[int] | BindParameter[str]) -> ColumnElement[bool]:
    """In a query: a follow-up that is still to do and would sell to one of these cards; it waits.

    A parameter stands for cards that are `listed` when the query is run.
    """
    those = _those(listed(cards) if isinstance(cards, frozenset) else cards)
    return and_(_SELLING, func.coalesce(FollowUp.customer_id, 0).in_(those))


def of_people_on_the_list() -> ColumnElement[bool]:
    """In a query: not for a customer who was archived."""
    archived = select(Customer.id).where(Customer.archived_at.is_not(None))
    return func.coalesce(FollowUp.customer_id, 0).not_in(archived)


_MERGED = "SELECT id FROM customers WHERE id IN (SELECT value FROM json_each(?)) AND merged_into IS NOT NULL"


def people(session: Session, ids: Collection[int]) -> dict[int, CustomerRow]:
    """By the id asked for; a card that was merged away is answered for by another."""
    merged = plain_sql.values(session, _MERGED, (listed(ids),))
    standing = {key: key for key in ids} | {key: answering(session, key) for key in merged}
    rows = {row.id: row for row in customers.rows(session, sorted(set(standing.values())))}
    return {key: rows[answers] for key, answers in standing.items() if answers in rows}


def ids_of(rows: Sequence[FollowUpRow], kinds: Collection[FollowUpKind]) -> list[int]:
    """The customers of the follow-ups of some kinds, each once."""
    return sorted({row.who.id for row in rows if row.who and row.kind in kinds})


def _row(row: Row[*tuple[Any, ...]], who: CustomerRow | None, held: Mapping[int, MaySell]) -> FollowUpRow:
    barriers = held[who.id].barriers if who and who.id in held else ()
    said: tuple[Any, ...] = (*row[:_CARD], who, barriers, *row[_CARD + 1 : -1], bool(row[-1]))
    return FollowUpRow(*said)
