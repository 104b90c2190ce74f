"""The ground every table stands on: STRICT tables, and Python types laid onto TEXT, INTEGER and BLOB."""

import enum
import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy import Dialect, MetaData, Text, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, mapped_column


class NaiveMoment(TypeError):
    """A moment without a time zone was about to be stored."""


class UtcMoment(TypeDecorator[datetime]):
    """A moment as ISO text in UTC to the millisecond, so that text order is time order; naive ones are refused."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveMoment
        return value.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class IsoDate(TypeDecorator[date]):
    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class IsoTime(TypeDecorator[time]):
    impl = Text
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat(timespec="minutes")

    def process_result_value(self, value: str | None, dialect: Dialect) -> time | None:
        return None if value is None else time.fromisoformat(value)


class ExactDecimal(TypeDecorator[Decimal]):
    """A rate kept to the digit; REAL would round it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Flag(TypeDecorator[bool]):
    impl = sa.Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


class JsonText(TypeDecorator[Any]):
    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else _ENCODER.encode(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class Coded(TypeDecorator[enum.StrEnum]):
    """A `StrEnum` stored as its value. A generic class per enum: `mapped_column(Coded(PointKind))`."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[enum.StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: enum.StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> enum.StrEnum | None:
        return None if value is None else self.kind(value)


Id = Annotated[int, mapped_column(primary_key=True)]

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every mapped class.

    `append_only`: rows are never changed or deleted. `part_of`: unless the row goes of which this column says that they
    are a part: then they go along, all of them. `cancelled_by`: the column by which a later row takes one back.
    `cache`: rebuilt from other tables, neither audited nor undone.
    """

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        str: Text,
        datetime: UtcMoment,
        date: IsoDate,
        time: IsoTime,
        bool: Flag,
        Decimal: ExactDecimal,
        dict[str, Any]: JsonText,
        list[str]: JsonText,
        bytes: sa.LargeBinary,
    }
    append_only = False
    part_of = ""
    cancelled_by = ""
    cache = False

    def __init_subclass__(cls, **named: Any) -> None:
        super().__init_subclass__(**named)
        table = cls.__dict__.get("__table__")
        if table is not None:
            table.dialect_options["sqlite"]["strict"] = True
            if cls.append_only:
                refuse_changes(table, cls.part_of)

    @classmethod
    def feature(cls) -> str:
        """The feature a row belongs to: the module or package of `app.models` it is mapped in."""
        return cls.__module__.split(".")[2]


def refuse_changes(table: sa.Table, part_of: str = "") -> None:
    """Let the database itself refuse to change or delete what is written (semantics.md, points ledger rule 1).

    Rows that are a part of another may go with it: while it stands they stand.
    """
    for verb in ("UPDATE", "DELETE"):
        refused = f"SELECT RAISE(ABORT, '{table.name} is append-only')"
        if part_of and verb == "DELETE":
            (whole,) = table.c[part_of].foreign_keys
            parent = whole.target_fullname.partition(".")[0]
            refused += f" WHERE EXISTS (SELECT 1 FROM {parent} WHERE id = OLD.{part_of})"  # noqa: S608
        trigger = sa.DDL(  # type: ignore[no-untyped-call]
            f"CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON {table.name} BEGIN {refused}; END"
        )
        sa.event.listen(table, "after_create", trigger)


@compiles(sa.LargeBinary, "sqlite")
def _blob(_type: sa.LargeBinary, _compiler: Any, **_named: Any) -> str:
    return "BLOB"
