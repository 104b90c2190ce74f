"""Erases a person at their wish: all that tells who they were goes, every sum stays as it was."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.pinyin import sort_key
from app.models.complaints import ComplaintAttachment
from app.models.customers import Customer, Household
from app.models.every import Base
from app.services import search
from app.services.customers.families import answered_for, answering
from app.services.privacy.personal import CARD, OF_CASES, TAKEN
from app.services.privacy.trail import Trail
from app.storage import forgetting, journal


class AlreadyErased(ShopError):
    """Nothing is left of this person that could be taken out."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many cards were emptied (those merged into one go along), how many rows went, and what stays of the trail.

    `scrubbed`: entries of the trail whose values were taken out.
    """

    cards: int
    removed: int
    scrubbed: int


def erase(
    session: Session,
    customer_id: int,
    *,
    at: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Erased:
    """Take out of the file all that tells who somebody was; sales, points and tiers stay under the card's number.

    Cannot be taken back: what could be undone before is forgotten too, and the file is written anew, so that no byte
    of it is left in a page given back. Copies made before still hold it. Raises AlreadyErased, or Cancelled through
    `progress` before anything is done.
    """
    progress(0, 0)
    card = answering(session, customer_id)
    if session.get_one(Customer, card).erased_at is not None:
        raise AlreadyErased
    session.flush()
    session.expunge_all()
    family = answered_for(session, card)
    work = _Erasing(session, family, at)
    work.run()
    book = journal.journal_of(session)
    book.files += work.files
    book.features.update({"customers", "complaints", "interactions", "followups", "loyalty"})
    book.customers.update(family)
    journal.note_act(session, Customer, {"customer": card, "cards": len(family), "removed": work.removed})
    journal.not_taken_back(session)
    book.forgets = True
    return Erased(len(family), work.removed, work.scrubbed)


class _Erasing:
    """The running erasure of one person's cards, straight through the connection: the hook would note what goes."""

    def __init__(self, session: Session, family: Sequence[int], at: datetime) -> None:
        self._session, self._family, self._at = session, list(family), at
        self._connection: Connection = session.connection()
        self._cases = self._ids("complaints", ("customer_id",), family)
        self.removed = self.scrubbed = 0
        self.files: list[str] = []
        """Stored names of what came with their complaints."""

    def run(self) -> None:
        """The trail first: it is by the rows that are there that it is known which entries are theirs."""
        self._connection.exec_driver_sql("PRAGMA secure_delete=ON")
        trail = Trail(self._connection, self._family, self._cases, self._keys)
        homes = self._homes(trail)
        with forgetting.guards_lifted(self._connection):
            self._drop_due()
            for table in reversed(Base.metadata.sorted_tables):
                if table.name in TAKEN:
                    self._take(table.name)
            self._number_cards()
            self._take_homes(homes, trail)
            self.scrubbed = trail.scrub()
        self._take_changes()
        search.index_complaints(self._session, self._cases)

    def _whose(self, name: str) -> Sequence[int]:
        return self._cases if name in OF_CASES else self._family

    def _keys(self, name: str) -> list[Any]:
        """The rows of a table that are theirs now."""
        return self._ids(name, TAKEN[name].owners, self._whose(name))

    def _ids(self, name: str, owners: Collection[str], ids: Collection[int]) -> list[Any]:
        table = Base.metadata.tables[name]
        (key,) = table.primary_key.columns
        found = [self._connection.scalars(select(key).where(table.c[owner].in_(ids))) for owner in owners]
        return list(dict.fromkeys(one for rows in found for one in rows))

    def _take(self, name: str) -> None:
        taken, table = TAKEN[name], Base.metadata.tables[name]
        if name == ComplaintAttachment.__tablename__:
            self.files += self._connection.scalars(select(table.c.stored).where(table.c.complaint_id.in_(self._cases)))
        for owner in taken.owners:
            theirs = table.c[owner].in_(self._whose(name))
            if taken.whole:
                self.removed += self._connection.execute(delete(table).where(theirs)).rowcount
            elif name != "customers":
                self._connection.execute(update(table).where(theirs).values(dict(taken.blank)))

    def _drop_due(self) -> None:
        """Nobody calls an erased person: what is still to do for them goes, what was done stays, without words."""
        table = Base.metadata.tables["followups"]
        due = delete(table).where(table.c.customer_id.in_(self._family), table.c.done_at.is_(None))
        self.removed += self._connection.execute(due).rowcount

    def _number_cards(self) -> None:
        when = {"erased_at": self._at, "archived_at": func.coalesce(_CARDS.c.archived_at, self._at)}
        said = {**CARD, **when, "do_not_contact": True, "version": _CARDS.c.version + 1}
        for card in self._family:
            name = called(card)
            numbered = update(_CARDS).where(_CARDS.c.id == card).values(said)
            self._connection.execute(numbered.values(name=name, sort_key=sort_key(name)))

    def _homes(self, trail: Trail) -> set[int]:
        """The households they live in, or once lived in."""
        rows = self._connection.scalars(
            select(Customer.household_id).where(Customer.id.in_(self._family), Customer.household_id.is_not(None))
        )
        return {home for home in (*rows, *trail.values("customers", "household_id")) if isinstance(home, int)}

    def _take_homes(self, homes: Collection[int], trail: Trail) -> None:
        """A household nobody is left in goes with its name; where others live, the name is theirs."""
        lived_in = set(self._connection.scalars(select(Customer.household_id).where(Customer.household_id.in_(homes))))
        empty = sorted(set(homes) - lived_in)
        self.removed += self._connection.execute(delete(_HOUSES).where(_HOUSES.c.id.in_(empty))).rowcount
        trail.add_rows(Household.__tablename__, empty, {"name"})

    def _take_changes(self) -> None:
        """What an import changed on these cards is not restored when it is taken back."""
        self._connection.exec_driver_sql(
            "DELETE FROM import_changes WHERE table_name = 'customers' AND row_id IN (SELECT value FROM json_each(?))",
            (json.dumps(self._family),),
        )


_CARDS, _HOUSES = Base.metadata.tables["customers"], Base.metadata.tables["households"]


def called(card: int) -> str:
    """What stands where the name stood: the number of the card, in no language."""
    return f"#{card}"
