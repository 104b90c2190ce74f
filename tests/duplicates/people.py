"""Cards as a shop has them, and what a whole shop file says, for the tests of duplicates."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday
from app.models.base import Base
from app.services import customers, till
from app.services.customers import CustomerDraft, Labelled
from app.storage.unit_of_work import UnitOfWork

T = TypeVar("T")
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
RECORDS = frozenset({"customer_merges", "audit_entries"})
"""What tells of the acts themselves."""


def add(work: UnitOfWork, name: str, *phones: str, birthday: Birthday | None = None, **more: Any) -> int:
    """A new card."""
    draft = CustomerDraft(name, tuple(Labelled(phone) for phone in phones), birthday=birthday, **more)
    return work.write(customers.add, draft, at=NOW)[0]


def sell(work: UnitOfWork, customer_id: int, units: int, operation: str, *, points: int = 0, at: datetime = NOW) -> int:
    """A sale of one open price in whole units of currency; its id."""
    ticket = till.Ticket(customer_id, (till.TicketLine(None, 1000, units * 10_000),), points=points)
    return work.write(till.sell, ticket, operation_id=operation, at=at)[0].sale_id


def everything(work: UnitOfWork) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, version numbers, caches and the records of acts aside."""
    return work_read(work, _dump)


def work_read(work: UnitOfWork, query: Callable[[Session], T]) -> T:
    """Ask something that is no service."""
    with Session(work.engine.execution_options(readonly=True)) as session:
        return query(session)


def _dump(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    found = {}
    for mapper in Base.registry.mappers:
        kind = mapper.class_
        if not kind.cache and kind.__tablename__ not in RECORDS:
            names = ", ".join(f'"{column.name}"' for column in mapper.local_table.columns if column.name != "version")
            found[kind.__tablename__] = [
                tuple(row) for row in session.execute(text(f'SELECT {names} FROM "{kind.__tablename__}" ORDER BY 1'))
            ]
    return found
