"""Lists of customers, sorted by any figure, a page at a time out of a hundred thousand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.models.customers import Customer, CustomerFigures, CustomerTag
from app.services.customers.tier_marks import NO_TIER, TierMark, tier_marks
from app.storage import plain_sql


class SortBy(StrEnum):
    """What a list may be sorted by: the indexed figures."""

    NAME = "sort_key"
    SPENT = "net"
    LAST_SALE = "last_sale_on"
    LAST_CONTACT = "last_contact_on"
    VISITS = "purchase_days"
    POINTS = "points"
    TIER = "tier_rank"
    COMPLAINTS = "open_complaints"


@dataclass(frozen=True, slots=True)
class Order:
    """Ascending, those who never bought (or were never contacted) come first; descending, last."""

    by: SortBy = SortBy.LAST_SALE
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Only:
    """Which customers a list holds: all that are not archived, or those for whom every field that is set holds.

    `ids` keeps to these people (archived or not), in their own order when the list has no other.
    """

    tier_rank: int | None = None
    complaint: bool = False
    tag: str = ""
    archived: bool = False
    ids: tuple[int, ...] | None = None
    untouched_since: date | None = None
    """Those with whom nobody has spoken on this day or later, or ever."""


EVERYONE = Only()


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer in a list. `net` is minor units bought less returned, all time; `phone` the first one's digits."""

    id: int
    name: str
    company: str
    wechat: str
    phone: str
    tier: TierMark
    net: int
    points: int
    purchase_days: int
    last_sale_on: date | None
    last_contact_on: date | None
    open_complaints: int
    archived: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many customers there are that are not archived: all, by rank of tier, and with a complaint not closed."""

    total: int
    by_tier: dict[int, int]
    with_complaint: int


_ROWS = (
    "SELECT c.id, c.name, c.company, c.wechat, coalesce((SELECT p.digits FROM customer_phones p "
    "WHERE p.customer_id = c.id ORDER BY p.id LIMIT 1), '') AS phone, f.tier_rank, f.net, f.points, f.purchase_days, "
    "f.last_sale_on, f.last_contact_on, f.open_complaints, f.hidden "
    "FROM customers c JOIN customer_figures f ON f.customer_id = c.id "
    "WHERE c.id IN (SELECT value FROM json_each(:ids))"
)


def page(
    session: Session, order: Order | None = None, only: Only = EVERYONE, offset: int = 0, limit: int = 100
) -> list[CustomerRow]:
    """Some rows of a list. Without an order, `only.ids` stand as they were given and everyone by last purchase."""
    return rows(session, ids_of_page(session, order, only, offset, limit))


def ids_of_page(
    session: Session,
    order: Order | None = None,
    only: Only = EVERYONE,
    offset: int = 0,
    limit: int = 100,
    of: int | None = None,
) -> list[int]:
    """The ids alone. Who knows how many rows there are says so in `of`: the far half is then counted from its end."""
    if order is None and only.ids is not None:
        return list(only.ids[offset : offset + limit])
    order = order or Order()
    if of is None or 2 * offset < of:
        return list(session.scalars(_ids(order, only).offset(offset).limit(limit)))
    turned = replace(order, descending=not order.descending)
    many = max(0, min(limit, of - offset))
    found = session.scalars(_ids(turned, only).offset(max(0, of - offset - many)).limit(many)).all()
    return list(found)[::-1]


def count(session: Session, only: Only = EVERYONE) -> int:
    """How many rows a list has."""
    return session.scalars(select(func.count()).select_from(CustomerFigures).where(*_holds(only))).one()


def rows(session: Session, ids: Sequence[int]) -> list[CustomerRow]:
    """These customers, in this order; an id nobody has is left out."""
    tiers = tier_marks(session)
    found = {row[0]: row for row in plain_sql.rows(session, _ROWS, {"ids": json.dumps(list(ids))})}
    return [_row(found[key], tiers) for key in ids if key in found]


def place(session: Session, customer_id: int, order: Order | None = None, only: Only = EVERYONE) -> int | None:
    """How many rows of the list stand before this customer; None when they are not in it."""
    if order is None and only.ids is not None:
        return only.ids.index(customer_id) if customer_id in only.ids else None
    order = order or Order()
    column = getattr(CustomerFigures, order.by.value)
    query = select(column).where(CustomerFigures.customer_id == customer_id, *_holds(only))
    own = session.execute(query).one_or_none()
    if own is None:
        return None
    before = _before(column, own[0], customer_id, descending=order.descending)
    return session.scalars(select(func.count()).select_from(CustomerFigures).where(*_holds(only), before)).one()


def counts(session: Session) -> Counts:
    """What the chips over the list count."""
    visible = CustomerFigures.hidden.is_(False)
    tiers = select(CustomerFigures.tier_rank, func.count()).where(visible).group_by(CustomerFigures.tier_rank)
    by_tier = {row[0]: row[1] for row in session.execute(tiers)}
    return Counts(sum(by_tier.values()), by_tier, count(session, Only(complaint=True)))


def _ids(order: Order, only: Only) -> Select[int]:
    """One statement on the index of the stored figure; ties by id, so that no row is on two pages."""
    column, tie = getattr(CustomerFigures, order.by.value), CustomerFigures.customer_id
    ends = (column.desc(), tie.desc()) if order.descending else (column.asc(), tie.asc())
    return select(tie).where(*_holds(only)).order_by(*ends)


def _holds(only: Only) -> list[ColumnElement[bool]]:
    if only.ids is not None:
        listed = select(func.json_each(json.dumps(list(only.ids))).table_valued("value").c.value)
        return [CustomerFigures.customer_id.in_(listed)]
    held: list[ColumnElement[bool]] = [CustomerFigures.hidden.is_(only.archived)]
    if only.tier_rank is not None:
        held.append(CustomerFigures.tier_rank == only.tier_rank)
    if only.complaint:
        held.append(CustomerFigures.open_complaints > 0)
    if only.tag:
        tagged = select(CustomerTag.customer_id).where(CustomerTag.name == only.tag)
        held.append(CustomerFigures.customer_id.in_(tagged))
    if only.untouched_since is not None:
        last = CustomerFigures.last_contact_on
        held.append(or_(last.is_(None), last < only.untouched_since))
    return held


def _before(column: Any, own: Any, customer_id: int, *, descending: bool) -> ColumnElement[bool]:
    tie = CustomerFigures.customer_id
    earlier = tie > customer_id if descending else tie < customer_id
    if own is None:
        among = and_(column.is_(None), earlier)
        return or_(column.is_not(None), among) if descending else among
    here, mine = tuple_(column, tie), (own, customer_id)
    return here > mine if descending else or_(column.is_(None), here < mine)


def _row(row: tuple[Any, ...], tiers: dict[int, TierMark]) -> CustomerRow:
    *said, rank, net, points, days, sold, met, cases, hidden = row
    tier, on, met_on = tiers.get(rank, NO_TIER), _day(sold), _day(met)
    values: tuple[Any, ...] = (*said, tier, net, points, days, on, met_on, cases, bool(hidden))
    return CustomerRow(*values)


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def keep(session: Session, ids: Sequence[int], only: Only) -> list[int]:
    """Those of these customers for whom `only` holds too."""
    among = Only(ids=tuple(ids))
    query = select(CustomerFigures.customer_id).where(*_holds(only), *_holds(among))
    return list(session.scalars(query))


def tags(session: Session) -> list[tuple[str, int]]:
    """Every tag in use and how many carry it, the most used first."""
    number = func.count()
    answers = select(Customer.id).where(Customer.merged_into.is_(None))
    carried = select(CustomerTag.name, number).where(CustomerTag.customer_id.in_(answers)).group_by(CustomerTag.name)
    query = carried.order_by(number.desc(), CustomerTag.name)
    return [(row[0], row[1]) for row in session.execute(query)]
