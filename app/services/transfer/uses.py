"""What of an import has been used since: changed by a person, pointed at by a later row, changed by a later import."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, delete, func, select, text

from app.models.customers import Customer, CustomerPhoto
from app.models.every import Base
from app.models.sales import SaleLine

Span = tuple[int, int]
"""The first and the last id a batch wrote to a table."""
_TOUCHED = text(
    "SELECT DISTINCT CAST(row_id AS INTEGER) FROM audit_entries "
    "WHERE id > :after AND table_name = :name AND CAST(row_id AS INTEGER) BETWEEN :first AND :last"
)
_LATER = text(
    "SELECT DISTINCT row_id FROM import_changes c JOIN import_batches b ON b.id = c.batch_id "
    "WHERE c.batch_id > :after AND b.undone_at IS NULL AND table_name = :name AND row_id BETWEEN :first AND :last"
)

_BOUGHT = text(
    "SELECT DISTINCT customer_id FROM sales "
    "WHERE customer_id BETWEEN :first AND :last AND NOT (origin = 'import' AND voided_at IS NOT NULL)"
)
_BACK = text(
    "SELECT DISTINCT l.sale_id FROM sale_lines b JOIN sale_lines l ON l.id = b.returns_line_id "
    "WHERE b.returns_line_id BETWEEN :first AND :last"
)
_HELD = text(
    "SELECT DISTINCT customer_id FROM point_entries "
    "WHERE customer_id BETWEEN :first AND :last AND kind <> 'expire' AND operation_id NOT LIKE 'import:%'"
)


def table_of(kind: type[Base]) -> Table:
    """The table behind a mapped class."""
    table = kind.__table__
    assert isinstance(table, Table)
    return table


def among(column: Column[Any], ids: Collection[int]) -> ColumnElement[bool]:
    """A condition for any number of ids, which a list of parameters could not hold."""
    listed = func.json_each(json.dumps(sorted(ids))).table_valued("value")
    return column.in_(select(listed.c.value))


class Uses:
    """Asks about one batch. `audit` is how far the trail had come when it ended."""

    def __init__(self, connection: Connection, batch: int, audit: int, spans: Mapping[str, Span]) -> None:
        self._connection, self._batch, self._audit, self._spans = connection, batch, audit, spans

    def of(self, kind: type[Base], *, but: Collection[type[Base]] = (), parts: Collection[type[Base]] = ()) -> set[int]:
        """The batch's rows of a table in use. `parts` count only when written or changed since, `but` never."""
        span = self._spans.get(kind.__tablename__)
        if span is None:
            return set()
        used = self.touched(kind)
        for pointing, column in _pointing_at(kind):
            if pointing in but:
                continue
            query = select(column).where(column.between(*span)).distinct()
            own = self._spans.get(pointing.__tablename__) if pointing in parts else None
            if own is None:
                used |= self._ids(query)
            else:
                number = table_of(pointing).c.id
                used |= self._ids(query.where(~number.between(*own)))
                used |= self._ids(query.where(among(number, self.touched(pointing))))
        return used

    def buyers(self) -> set[int]:
        """The batch's customers who have a bill that stands, or points that no import gave them."""
        span = self._spans.get(Customer.__tablename__)
        if span is None:
            return set()
        bound = {"first": span[0], "last": span[1]}
        found = (*self._connection.scalars(_BOUGHT, bound), *self._connection.scalars(_HELD, bound))
        return set(found)

    def brought_back(self) -> set[int]:
        """The sales of whose lines in the batch something came back at the till."""
        span = self._spans.get(SaleLine.__tablename__)
        if span is None:
            return set()
        return set(self._connection.scalars(_BACK, {"first": span[0], "last": span[1]}))

    def pictured(self) -> set[int]:
        """The batch's customers whose picture somebody has chosen since; a picture goes by the card's own id."""
        span = self._spans[Customer.__tablename__]
        asked = {"after": self._audit, "name": CustomerPhoto.__tablename__, "first": span[0], "last": span[1]}
        return set(self._connection.scalars(_TOUCHED, asked))

    def who_brought(self, people: Collection[int]) -> set[int]:
        """The batch's customers who brought one of these, or somebody who did."""
        span = self._spans[Customer.__tablename__]
        rows = table_of(Customer)
        found: set[int] = set()
        asked = set(people)
        while asked:
            query = select(rows.c.referrer_id).where(among(rows.c.id, asked), rows.c.referrer_id.between(*span))
            asked = self._ids(query) - found
            found |= asked
        return found

    def touched(self, kind: type[Base]) -> set[int]:
        """Rows a person, or a later import, has changed since."""
        span = self._spans.get(kind.__tablename__)
        if span is None:
            return set()
        asked = {"name": kind.__tablename__, "first": span[0], "last": span[1]}
        by_hand = self._connection.execute(_TOUCHED, {"after": self._audit, **asked})
        by_file = self._connection.execute(_LATER, {"after": self._batch, **asked})
        return {number for (number,) in (*by_hand, *by_file)}

    def _ids(self, query: Select[Any]) -> set[int]:
        return {number for (number,) in self._connection.execute(query)}


def _pointing_at(kind: type[Base]) -> Iterator[tuple[type[Base], Column[Any]]]:
    """Every column that refers to a table, but those of caches, which are rebuilt."""
    for mapper in Base.registry.mappers:
        pointing: type[Base] = mapper.class_
        for column in table_of(pointing).columns:
            refers = any(key.column.table.name == kind.__tablename__ for key in column.foreign_keys)
            if refers and not pointing.cache:
                yield pointing, column


def delete_span(connection: Connection, kind: type[Base], span: Span, but: Collection[int]) -> list[int]:
    """Delete the rows of a span but these; the ids that are gone."""
    number = table_of(kind).c.id
    gone = delete(table_of(kind)).where(number.between(*span), ~among(number, but)).returning(number)
    return list(connection.scalars(gone))
