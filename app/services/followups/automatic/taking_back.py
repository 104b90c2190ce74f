"""The way back of a run of the rules: what it made goes, and the same occasions bring nothing again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.followup_rules import RuleRun
from app.models.followups import FollowUp
from app.storage import journal

LOT = 500
_TABLE, _GONE = Base.metadata.tables["followups"], Base.metadata.tables["removed_occasions"]


def undo_run(session: Session, run_id: int, *, at: datetime | None = None) -> int:
    """Take away what a run made and nobody has touched since; how many went.

    What somebody did, moved or changed stays. What the run put on another day stays there: a contact or a purchase
    moved it. Nothing that went comes again by itself.
    """
    run = session.get_one(RuleRun, run_id)
    untouched = _TABLE.c.version == 1
    query = select(_TABLE).where(
        _TABLE.c.id.between(run.first_id or 0, run.last_id or -1), _TABLE.c.identity.like("auto:%"), untouched
    )
    rows = session.execute(query.where(_TABLE.c.done_at.is_(None))).all()
    run.taken_back_at = at or journal.journal_of(session).at
    connection = session.connection()
    for some in _parts(rows):
        connection.execute(delete(_TABLE).where(_TABLE.c.id.in_([row.id for row in some])))
        connection.execute(insert(_GONE), [{"identity": row.identity} for row in some])
    _tell(session, -len(rows))
    journal.taken_back_by(session, put_run_back, run_id, tuple(dict(row._mapping) for row in rows))
    return len(rows)


def put_run_back(session: Session, run_id: int, rows: Sequence[dict[str, Any]]) -> int:
    """Make again what was taken away of a run, as it was; how many."""
    session.get_one(RuleRun, run_id).taken_back_at = None
    connection = session.connection()
    for some in _parts(rows):
        connection.execute(delete(_GONE).where(_GONE.c.identity.in_([row["identity"] for row in some])))
        connection.execute(insert(_TABLE), list(some))
    _tell(session, len(rows))
    journal.taken_back_by(session, undo_run, run_id)
    return len(rows)


def _tell(session: Session, count: int) -> None:
    """One line in the trail for all of them."""
    journal.note_act(session, FollowUp, {"rows": count})
    journal.journal_of(session).features.add("followups")


def _parts(rows: Sequence[Any]) -> list[Sequence[Any]]:
    return [rows[start : start + LOT] for start in range(0, len(rows), LOT)]
