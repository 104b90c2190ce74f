"""Which cases a board or a list holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.domain.complaints import ON_THE_RAIL, ComplaintState, Severity
from app.domain.shop_rules import opening_hours
from app.models.complaints import Complaint, ComplaintClock
from app.services.complaints.calling import to_call
from app.services.customers.families import answered_for
from app.services.settings import settings
from app.storage.unit_of_work import acting_staff


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Every field that is set must hold; none: all cases."""

    states: tuple[ComplaintState, ...] = ()
    severities: tuple[Severity, ...] = ()
    category: str = ""
    channel: str = ""
    staff_id: int | None = None
    """Who looks after it: whom it was given to, else whoever logged it."""
    mine: bool = False
    """The same of whoever asks."""
    product_id: int | None = None
    customer_id: int | None = None
    first: date | None = None
    last: date | None = None
    """The days on which it was logged, both included."""
    days: int | None = None
    """Logged within so many days, today included."""
    overdue: bool = False
    escalated: bool = False
    reopened: bool = False
    to_call: bool = False
    """The customer is to be asked by today."""
    ids: tuple[int, ...] | None = None
    """Just these: what words found."""

    def kept(self) -> dict[str, Any]:
        """The fields that are set, as a saved view keeps them; `ids` are of a moment and are not kept."""
        named = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "ids"}
        return {name: _plain(value) for name, value in named.items() if value not in ((), "", None, False)}

    @classmethod
    def loaded(cls, kept: dict[str, Any]) -> "CaseFilter":
        """What `kept` wrote; a field this version does not know is left out. Raises ValueError for a wrong code."""
        read: dict[str, Callable[[Any], Any]] = {
            "states": lambda codes: tuple(map(ComplaintState, codes)),
            "severities": lambda codes: tuple(map(Severity, codes)),
            "first": date.fromisoformat,
            "last": date.fromisoformat,
        }
        names = {each.name for each in fields(cls)} - {"ids"}
        return cls(**{name: read.get(name, _as_it_is)(value) for name, value in kept.items() if name in names})


EVERY_CASE = CaseFilter()
MOST = 30
"""Of each kind that a filter offers."""


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [code.value for code in value] if isinstance(value, tuple) else value


def _as_it_is(value: Any) -> Any:
    return value


def holds(session: Session, only: CaseFilter, at: datetime) -> list[ColumnElement[bool]]:
    """The conditions on `Complaint` joined with `ComplaintClock`."""
    today = opening_hours(settings(session)).shop_day(at)
    return [*_about(session, only), *_when(only, today), *_standing(only, at, today)]


def _about(session: Session, only: CaseFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if only.severities:
        found.append(Complaint.severity.in_(only.severities))
    for column, value in ((Complaint.category, only.category), (Complaint.channel, only.channel)):
        if value:
            found.append(column == value)
    carers = [acting_staff(session)] if only.mine else []
    carers += [only.staff_id] if only.staff_id is not None else []
    found += [func.coalesce(Complaint.assignee_id, Complaint.staff_id) == carer for carer in carers]
    if only.product_id is not None:
        found.append(Complaint.product_id == only.product_id)
    if only.customer_id is not None:
        found.append(Complaint.customer_id.in_(answered_for(session, only.customer_id)))
    if only.ids is not None:
        found.append(Complaint.id.in_(_listed(only.ids)))
    return found


def _when(only: CaseFilter, today: date) -> list[ColumnElement[bool]]:
    first = only.first if only.days is None else max(only.first or date.min, today - timedelta(days=only.days - 1))
    bounds = ((first, Complaint.shop_day.__ge__), (only.last, Complaint.shop_day.__le__))
    return [compare(day) for day, compare in bounds if day is not None]


def _standing(only: CaseFilter, at: datetime, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if only.states:
        found.append(Complaint.state.in_(only.states))
    if only.overdue:
        found += [Complaint.state.in_(ON_THE_RAIL), ComplaintClock.next_due_at < at]
    if only.escalated:
        found.append(ComplaintClock.escalated.is_(True))
    if only.reopened:
        found.append(ComplaintClock.reopened > 0)
    if only.to_call:
        found.append(Complaint.id.in_(to_call(today)))
    return found


def _listed(ids: Sequence[int]) -> Any:
    """A list of any length, which parameters could not hold."""
    return select(func.json_each(str(list(ids))).table_valued("value").c.value)


def use_of(session: Session) -> dict[str, list[tuple[Any, int]]]:
    """What a filter may choose among: categories, channels and goods of cases there are, the most usual first."""
    number = func.count()
    found: dict[str, list[tuple[Any, int]]] = {}
    for name, column, nothing in (
        ("category", Complaint.category, Complaint.category == ""),
        ("channel", Complaint.channel, Complaint.channel == ""),
        ("product", Complaint.product_id, Complaint.product_id.is_(None)),
    ):
        query = select(column, number).where(~nothing).group_by(column).order_by(number.desc(), column).limit(MOST)
        found[name] = [(row[0], row[1]) for row in session.execute(query)]
    return found
