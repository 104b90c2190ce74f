"""The member cards a file of customers tells of: given to whom the row is about, when all its rows are in."""

import json
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain.member_cards import CardEventKind, card_number
from app.models.member_cards import MemberCardEvent
from app.services.customers.families import answering_each
from app.services.transfer.cards import Card
from app.services.transfer.intake import Tally
from app.storage.bulk import BulkRows
from app.storage.unit_of_work import acting_staff

_COLUMNS = ("at", "staff_id", "customer_id", "number", "kind", "reason", "replaced_by", "batch_id")
_LAST = (
    "SELECT number, customer_id, kind FROM member_card_events e WHERE number IN (SELECT value FROM json_each(?)) "
    "AND id = (SELECT max(id) FROM member_card_events WHERE number = e.number)"
)
_BETWEEN = re.compile(r"[,，、;；|/]+")


class _Said(NamedTuple):
    person: int
    number: str
    unchanged: bool


class CardsGiven:
    """Keeps the numbers each row tells until all people are there."""

    def __init__(self, session: Session, batch: int, at: str) -> None:
        self._session, self._batch, self._at = session, batch, at
        self.rows = BulkRows(session.connection(), MemberCardEvent, _COLUMNS)
        self._said: list[_Said] = []
        self._unreadable = 0

    def note(self, person: int, card: Card, *, unchanged: bool) -> None:
        """A row of the file is about this person; several numbers stand between commas."""
        for typed in filter(str.strip, _BETWEEN.split(card.member_card)):
            number = card_number(typed)
            self._unreadable += not number
            if number:
                self._said.append(_Said(person, number, unchanged))

    def settle(self, tally: Tally, tied: Collection[int]) -> set[int]:
        """Give the cards; returns who was changed. A number that is somebody else's, or was lost, is counted only.

        `tied`: whose rows were found to be updated already.
        """
        held = self._held()
        owners = answering_each(self._session, {person for person, _ in held.values()} | {s.person for s in self._said})
        told: set[int] = set()
        for person, number, unchanged in self._said:
            holder = held.get(number)
            if holder is None:
                held[number] = (person, CardEventKind.ISSUED)
                self._give(person, number)
                fresh = unchanged and person not in told and person not in tied
                tally.unchanged -= fresh
                tally.updated += fresh
                told.add(person)
            elif owners[holder[0]].id != owners[person].id:
                tally.notes["member_card_of_another"] += 1
            elif holder[1] is CardEventKind.LOST:
                tally.notes["member_card_lost"] += 1
        if self._unreadable:
            tally.notes["member_card_unreadable"] += self._unreadable
        self.rows.flush()
        return told

    def _give(self, person: int, number: str) -> None:
        staff = acting_staff(self._session)
        self.rows.add(self._at, staff, person, number, CardEventKind.ISSUED.value, "", "", self._batch)

    def _held(self) -> dict[str, tuple[int, CardEventKind]]:
        """Whose the numbers are; one whose issue was taken back is free."""
        asked = json.dumps(sorted({said.number for said in self._said}))
        rows: Iterator[tuple[str, int, str]] = iter(self._session.connection().exec_driver_sql(_LAST, (asked,)))
        return {
            number: (person, CardEventKind(kind)) for number, person, kind in rows if kind != CardEventKind.WITHDRAWN
        }
