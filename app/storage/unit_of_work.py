"""One transaction at a time: read sees one moment of the file, write commits all or nothing and says what changed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from app.domain.errors import ShopError
from app.domain.staff import Actor
from app.storage import forgetting, journal, plain_sql
from app.storage.copies import Copies
from app.storage.engine import PATIENCE_SECONDS, connect
from app.storage.errors import ShopBusy, storage_error
from app.storage.journal import Journal, RowChange, TakenBackBy
from app.storage.turns import Turns

T = TypeVar("T")
P = ParamSpec("P")
Service = Callable[Concatenate[Session, P], T]
Derive = Callable[[Session, Journal], None]
TROUBLE = (DBAPIError, dbapi2.Error)
"""SQLAlchemy's word for what the database refuses, and the driver's own (`app.storage.plain_sql`)."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a committed write touched, and how it is taken back."""

    action: str
    features: frozenset[str]
    customers: frozenset[int]
    rows: tuple[RowChange, ...]
    taken_back_by: TakenBackBy | None
    irreversible: bool
    forgets: bool = False
    """Whether somebody was taken out for good: whatever still speaks of them in memory goes too."""
    files_left: tuple[str, ...] = ()
    """Names of files that were to go with them and could not: what `Attachments.drop` answered."""

    @property
    def anything(self) -> bool:
        return bool(self.features)


def service_name(service: Callable[..., Any]) -> str:
    """`feature.verb`, as the permission table and the audit trail name it."""
    feature = service.__module__.removeprefix("app.services.").partition(".")[0]
    return f"{feature}.{service.__name__}"


class UnitOfWork:
    """Hands services a Session, for one actor. `derive` rebuilds the caches of what was touched, before the commit."""

    def __init__(
        self,
        path: Path,
        engine: Engine,
        *,
        actor: Actor,
        clock: Callable[[], datetime],
        require: Callable[[str, Actor], None],
        derive: Sequence[Derive] = (),
    ) -> None:
        self.path, self.engine, self.actor, self.clock = path, engine, actor, clock
        self._reading = engine.execution_options(readonly=True)
        self.copies = Copies(path, clock)
        self._watcher: Any = None
        self._turns = Turns()
        self._traces = False
        """Whether bytes of somebody who was erased may be left, because another window was using the file."""
        self._require, self._derive = require, derive

    def data_version(self) -> int:
        """A number that changes when anyone else commits to the file; asked on a connection kept for this alone.

        Raises StorageError when the file cannot be reached.
        """
        try:
            if self._watcher is None:
                self._watcher = connect(self.path)
            (version,) = self._watcher.execute("PRAGMA data_version").fetchone()
        except TROUBLE as error:
            raise storage_error(error, self.path) or error from error
        return int(version)

    def close(self) -> None:
        """Let go of the file."""
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None
        self.engine.dispose()
        if self._traces:
            self._traces = not forgetting.shred(self.path)

    def may(self, service: Callable[..., Any]) -> bool:
        """Whether the actor may do this: for a screen that says so before it is tried."""
        try:
            self._require(service_name(service), self.actor)
        except ShopError:
            return False
        return True

    def read(self, query: Service[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Ask; nothing is changed."""
        self._require(service_name(query), self.actor)
        with Session(self._reading, expire_on_commit=False) as session:
            session.info.update(staff_id=self.actor.staff_id, role=self.actor.role)
            try:
                plain_sql.hold(session)
                return query(session, *args, **named)
            except TROUBLE as error:
                raise storage_error(error) or error from error

    def write(self, command: Service[P, T], *args: P.args, **named: P.kwargs) -> tuple[T, Changes]:
        """Act: everything `command` does is committed, or nothing is.

        Raises ShopError when the command refuses and StorageError when the disk does.
        """
        with self._in_turn():
            return self._written(command, *args, **named)

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """One writer of this process after another."""
        if not self._turns.take(PATIENCE_SECONDS):
            raise ShopBusy(path=str(self.path))
        try:
            yield
        finally:
            self._turns.give()

    def _written(self, command: Service[P, T], *args: P.args, **named: P.kwargs) -> tuple[T, Changes]:
        name = service_name(command)
        self._require(name, self.actor)
        book = Journal(name, self.actor.staff_id, self.clock())
        with journal.WritingSession(self.engine, book) as session:
            session.info.update(staff_id=self.actor.staff_id, role=self.actor.role)
            try:
                plain_sql.hold(session)
                answer = command(session, *args, **named)
                session.flush()
                for derive in self._derive:
                    derive(session, book)
                session.flush()
                book.require_way_back()
                journal.close(session)
                session.commit()
            except TROUBLE as error:
                raise storage_error(error) or error from error
        left = self.copies.files.drop(book.files)
        if book.forgets or self._traces:
            self._traces = not forgetting.shred(self.path)
        return answer, Changes(
            name,
            frozenset(book.features),
            frozenset(book.customers | book.figures),
            tuple(book.rows),
            book.taken_back_by,
            book.irreversible,
            book.forgets,
            left,
        )


def acting_staff(session: Session) -> int:
    """The staff row on whose behalf the running act is done."""
    staff_id: int = session.info["staff_id"]
    return staff_id
