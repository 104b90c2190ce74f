"""How a person mapped the columns of a file, kept for the next file that has the same headers."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.formats.dates import DateOrder
from app.models.transfer import ImportMapping
from app.services.transfer.columns import FIELDS, Kind
from app.services.transfer.plan import Plan


@dataclass(frozen=True, slots=True)
class Remembered:
    """`columns`: field → column from 0, None for what was left out."""

    kind: Kind
    columns: Mapping[str, int | None]
    date_order: DateOrder


def remembered(session: Session, headers: Sequence[str], kind: Kind | None = None) -> Remembered | None:
    """What was done last with a file of these headers, as this kind or any."""
    query = select(ImportMapping).where(ImportMapping.headers == digest(headers))
    if kind is not None:
        query = query.where(ImportMapping.kind == kind.value)
    found = session.scalars(query.order_by(ImportMapping.used_at.desc(), ImportMapping.id.desc())).first()
    if found is None:
        return None
    return Remembered(Kind(found.kind), found.mapping["columns"], DateOrder(found.mapping["date_order"]))


def remember(session: Session, plan: Plan, at: datetime) -> None:
    """Keep how a person had this file read. A file without headers has nothing to be known by."""
    if not plan.by_person or not any(plan.headers) or plan.contacts:
        return
    names = dict.fromkeys((*FIELDS[plan.kind], *plan.columns))
    mapping = {"columns": {name: plan.columns.get(name) for name in names}, "date_order": plan.date_order.value}
    row = {"kind": plan.kind.value, "headers": digest(plan.headers), "mapping": mapping, "used_at": at}
    kept = insert(ImportMapping).values(row)
    said = {"mapping": kept.excluded.mapping, "used_at": kept.excluded.used_at}
    session.connection().execute(kept.on_conflict_do_update(index_elements=["kind", "headers"], set_=said))


def forget_mapping(session: Session, kind: Kind, headers: Sequence[str]) -> None:
    """From now on a file of these headers is read as any other; nothing happens where nothing was kept."""
    wanted = (ImportMapping.kind == kind.value, ImportMapping.headers == digest(headers))
    for row in session.scalars(select(ImportMapping).where(*wanted)):
        session.delete(row)


def digest(headers: Sequence[str]) -> str:
    """Equal for files whose headers stand in the same order."""
    return hashlib.sha256("\x1f".join(headers).encode()).hexdigest()
