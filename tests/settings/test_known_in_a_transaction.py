"""Settings are read once in a transaction, and again after the transaction itself has changed them."""

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from app.models.settings import ShopSetting
from app.services.settings import change, settings
from app.storage.unit_of_work import UnitOfWork


def test_the_second_asking_reads_nothing(work: UnitOfWork) -> None:
    with Session(work.engine) as session:
        first = settings(session)
        heard: list[ORMExecuteState] = []
        event.listen(session, "do_orm_execute", heard.append)
        assert settings(session) == first
        assert heard == []


def test_a_change_is_seen_by_the_same_transaction(work: UnitOfWork) -> None:
    with Session(work.engine) as session:
        assert settings(session).name != "Second name"
        change(session, {"name": "Second name"})
        assert settings(session).name == "Second name"


def test_a_row_written_by_anybody_is_seen_too(work: UnitOfWork) -> None:
    with Session(work.engine) as session:
        change(session, {"name": "First name"})
        assert settings(session).name == "First name"
        session.get_one(ShopSetting, "name").value = "Put back"
        session.flush()
        assert settings(session).name == "Put back"
