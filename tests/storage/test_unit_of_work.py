"""One transaction: all or nothing, with its trail and its way back."""

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.models.audit import AuditEntry
from app.models.settings import ShopSetting
from app.services import permissions
from app.services.settings import change, settings
from app.services.undo import ChangedSince, put_back
from app.storage.journal import NotReversible
from app.storage.unit_of_work import UnitOfWork


@pytest.fixture(autouse=True)
def own_services(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("rename_then_fail", "rename_in_bulk", "last_audit", "direct"):
        monkeypatch.setitem(permissions.NEEDS, f"{__name__.partition('.')[0]}.{name}", permissions.CLERK)


def rename_then_fail(session: Session) -> None:
    change(session, {"name": "Half done"})
    session.flush()
    raise ShopError


def rename_in_bulk(session: Session) -> None:
    session.execute(update(ShopSetting).where(ShopSetting.key == "name").values(value="Bulk"))


def last_audit(session: Session) -> AuditEntry:
    return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()


def direct(session: Session, statement: str) -> None:
    session.connection().execute(text(statement))


def test_a_refused_write_leaves_nothing_behind(work: UnitOfWork) -> None:
    before = work.read(settings), work.read(last_audit).id
    with pytest.raises(ShopError):
        work.write(rename_then_fail)
    assert (work.read(settings), work.read(last_audit).id) == before


def test_a_write_names_feature_rows_and_who(work: UnitOfWork) -> None:
    _, changes = work.write(change, {"name": "New"})
    entry = work.read(last_audit)
    assert changes.features == {"settings"}
    assert (entry.staff_id, entry.action, entry.kind, entry.change) == (
        1,
        "settings.change",
        "update",
        {"value": ["Cloudrest Tea", "New"]},
    )


def test_a_write_is_taken_back_and_done_again(work: UnitOfWork) -> None:
    _, done = work.write(change, {"name": "New", "points_step": 50})
    _, undone = work.write(put_back, done.rows)
    assert (work.read(settings).name, work.read(settings).points_step) == ("Cloudrest Tea", 100)
    work.write(put_back, undone.rows)
    assert (work.read(settings).name, work.read(settings).points_step) == ("New", 50)


def test_undo_refuses_when_somebody_changed_the_row_since(work: UnitOfWork) -> None:
    _, first = work.write(change, {"name": "First"})
    work.write(change, {"name": "Second"})
    with pytest.raises(ChangedSince):
        work.write(put_back, first.rows)
    assert work.read(settings).name == "Second"


def test_a_bulk_statement_must_say_how_it_is_taken_back(work: UnitOfWork) -> None:
    with pytest.raises(NotReversible):
        work.write(rename_in_bulk)
    assert work.read(settings).name == "Cloudrest Tea"


@pytest.mark.parametrize("statement", ["UPDATE audit_entries SET action = 'x'", "DELETE FROM audit_entries"])
def test_the_database_itself_refuses_to_change_the_trail(work: UnitOfWork, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        work.write(direct, statement)
