"""Brings in a list of customers: finds who is known, fills what the file says, makes the rest."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.phones import Phone
from app.domain.pinyin import sort_key
from app.formats.values import Refused
from app.models.customers import Customer, CustomerAddress, CustomerEmail, CustomerPhone, CustomerTag
from app.models.transfer import ImportChange
from app.services.settings import settings
from app.services.transfer.batches import close_batch, open_batch
from app.services.transfer.cards import Card, CardReader
from app.services.transfer.columns import Kind
from app.services.transfer.intake import (
    Tally,
    index_changed_customers,
    index_new_customers,
    no_progress,
    require_workable,
    rows_of,
    undisturbed,
)
from app.services.transfer.lines import utc_text
from app.services.transfer.outcome import Outcome, Rehearsed
from app.services.transfer.people import by_external_id, by_name_and_phone
from app.services.transfer.put_away import PutAway
from app.services.transfer.reading import Plan, Progress, reopened
from app.services.transfer.taking_back import undo_batch
from app.storage.bulk import BulkRows, update_rows

CHUNK = 1_000
_SAID = (
    "external_id",
    "name",
    "sort_key",
    "company",
    "gender",
    "wechat",
    "birth_lunar",
    "birth_year",
    "birth_month",
    "birth_day",
    "birth_leap",
    "source",
    "note",
)
_EMPTY: dict[str, Any] = dict.fromkeys(_SAID, "") | {
    "external_id": None,
    "birth_lunar": 0,
    "birth_year": None,
    "birth_month": None,
    "birth_day": None,
    "birth_leap": 0,
}
_READ = (
    "SELECT id, external_id, name, sort_key, company, gender, wechat, birth_lunar, birth_year, birth_month, birth_day, "
    "birth_leap, source, note FROM customers WHERE id IN (SELECT value FROM json_each(?))"
)
_PARTS = (
    (
        "phones",
        "SELECT customer_id, coalesce(e164, digits) FROM customer_phones "
        "WHERE customer_id IN (SELECT value FROM json_each(?))",
    ),
    (
        "emails",
        "SELECT customer_id, lower(address) FROM customer_emails WHERE customer_id IN (SELECT value FROM json_each(?))",
    ),
    (
        "addresses",
        "SELECT customer_id, text FROM customer_addresses WHERE customer_id IN (SELECT value FROM json_each(?))",
    ),
    (
        "tags",
        "SELECT customer_id, name FROM customer_tags WHERE customer_id IN (SELECT value FROM json_each(?))",
    ),
)
_NAME_ONLY = (
    "SELECT name, id FROM customers c WHERE external_id IS NULL AND merged_into IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM customer_phones p WHERE p.customer_id = c.id) ORDER BY id DESC"
)


@undisturbed()
def import_customers(
    session: Session, plan: Plan, *, at: datetime, rehearse: bool = False, progress: Progress = no_progress
) -> Outcome:
    """Bring in a list of customers, whole or not at all; every row ends as one of five and keeps its reason.

    A person is found by the number of the old system, else by name and phone together; what the file does not say
    stays.
    Raises ColumnsMissing, DateOrderUnknown, FileRefused; Rehearsed at the end of a dry run.
    """
    require_workable(plan)
    shop = settings(session)
    batch = open_batch(session, plan, at)
    people, tally = _People(session, batch, utc_text(at)), Tally()
    reader = CardReader(plan, ZoneInfo(shop.timezone), shop.phone_region, at)
    table = reopened(plan)
    chunk: list[Card] = []
    for row in rows_of(table, plan.rows, progress):
        if row.problem is not None:
            tally.refuse(row)
            continue
        try:
            card = reader.read(row.cells)
        except Refused as refusal:
            tally.rejections.append(reader.blame(row.line, row.cells, refusal))
            continue
        if card is None:
            tally.skipped += 1
            continue
        chunk.append(card)
        if len(chunk) >= CHUNK:
            people.take(chunk, tally)
            chunk.clear()
    people.take(chunk, tally)
    people.settle()
    outcome = Outcome(
        Kind.CUSTOMERS,
        batch,
        tally.created,
        tally.updated,
        tally.unchanged,
        tally.skipped,
        tuple(tally.rejections),
        {str(oddity): count for oddity, count in table.warnings.items()},
    )
    if rehearse:
        raise Rehearsed(outcome)
    progress(plan.rows, plan.rows)
    index_new_customers(session, range(people.customers.first, people.customers.next))
    index_changed_customers(session, sorted(people.changed))
    progress(plan.rows, plan.rows)
    close_batch(session, outcome, people.written(), (Customer,), undo_batch)
    return outcome


@dataclass(slots=True)
class _Person:
    """A customer as the file stands at this row."""

    id: int
    said: dict[str, Any]
    phones: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)


class _People:
    """Takes the cards of a file chunk by chunk."""

    def __init__(self, session: Session, batch: int, at: str) -> None:
        self._connection, self._batch, self._at = session.connection(), batch, at
        connection = self._connection
        self._external, self._pairs = by_external_id(session), by_name_and_phone(session)
        self._unnumbered: dict[str, list[int]] = {}
        for name, number in connection.exec_driver_sql(_NAME_ONLY):
            self._unnumbered.setdefault(name, []).append(number)
        columns = (*_SAID, "preferred_channel", "do_not_contact", "created_at", "batch_id", "version")
        self.customers = BulkRows(connection, Customer, columns)
        self._phones = BulkRows(connection, CustomerPhone, ("customer_id", "label", "typed", "e164", "digits"))
        self._emails = BulkRows(connection, CustomerEmail, ("customer_id", "label", "address"))
        self._addresses = BulkRows(connection, CustomerAddress, ("customer_id", "label", "text"))
        self._tags = BulkRows(connection, CustomerTag, ("customer_id", "name"))
        self._changes = BulkRows(connection, ImportChange, ("batch_id", "table_name", "row_id", "change"))
        self._loaded: dict[int, _Person] = {}
        self._rewritten: dict[int, _Person] = {}
        self._put_away = PutAway(session, batch)
        self.changed: set[int] = set()

    def settle(self) -> None:
        """Take out of the archive whom the file names and only an undone import had put there."""
        self._put_away.show(self._changes)
        self._changes.flush()
        self.changed |= self._put_away.met

    def written(self) -> Iterable[BulkRows]:
        return self.customers, self._phones, self._emails, self._addresses, self._tags

    def take(self, cards: Sequence[Card], tally: Tally) -> None:
        """Find or make the person of each card, and write."""
        self._load(cards)
        for card in cards:
            person = self._known(card)
            if person is None:
                self._make(card)
                tally.created += 1
                continue
            self._put_away.meet(person.id)
            if self._fill(person, card):
                tally.updated += 1
            else:
                tally.unchanged += 1
        self._flush()

    def _load(self, cards: Sequence[Card]) -> None:
        """Read everyone these cards may mean."""
        wanted: set[int] = set()
        for card in cards:
            wanted.update(self._candidates(card))
        self._loaded.clear()
        ids = json.dumps(sorted(wanted))
        if not wanted:
            return
        for number, *values in self._connection.exec_driver_sql(_READ, (ids,)):
            self._loaded[number] = _Person(number, dict(zip(_SAID, values, strict=True)))
        for name, statement in _PARTS:
            for number, value in self._connection.exec_driver_sql(statement, (ids,)):
                if number in self._loaded:
                    getattr(self._loaded[number], name).add(value)

    def _candidates(self, card: Card) -> list[int]:
        found = self._external.get(card.external_id) if card.external_id else None
        if found is not None:
            return [found]
        if card.phones:
            pairs = (self._pairs.get((card.name, phone.key)) for phone in card.phones)
            return [number for number in pairs if number is not None]
        return [] if card.external_id else self._unnumbered.get(card.name, [])

    def _known(self, card: Card) -> _Person | None:
        """Who this card means. A name without a number or a phone means nobody, unless the card is the very same."""
        number = self._external.get(card.external_id) if card.external_id else None
        if number is not None:
            return self._loaded.get(number)
        for number in self._candidates(card):
            person = self._loaded.get(number)
            if person is None:
                continue
            if card.phones:
                other = person.said["external_id"]
                if not card.external_id or other in (None, card.external_id):
                    return person
            elif not self._news(person, card):
                self._unnumbered[card.name].remove(number)
                return person
        return None

    def _make(self, card: Card) -> None:
        said = _EMPTY | card.said
        said["name"], said["sort_key"], said["external_id"] = card.name, sort_key(card.name), card.external_id or None
        number = self.customers.add(*said.values(), "", 0, card.since or self._at, self._batch, 1)
        person = _Person(number, said)
        self._loaded[number] = person
        if card.external_id:
            self._external[card.external_id] = number
        for phone in card.phones:
            self._pairs.setdefault((card.name, phone.key), number)
        self._add_parts(person, card)

    def _news(self, person: _Person, card: Card) -> dict[str, Any]:
        """What the card says otherwise than the person's row."""
        said: dict[str, Any] = dict(card.said)
        if person.said["name"] != card.name:
            said["name"], said["sort_key"] = card.name, sort_key(card.name)
        if card.external_id and person.said["external_id"] is None:
            said["external_id"] = card.external_id
        return {column: value for column, value in said.items() if person.said[column] != value}

    def _fill(self, person: _Person, card: Card) -> bool:
        """Write what is new on a card that is known; whether anything was."""
        news = self._news(person, card)
        if news:
            if person.id < self.customers.first:
                change = {column: [person.said[column], value] for column, value in news.items()}
                kept = json.dumps(change, ensure_ascii=False)
                self._changes.add(self._batch, Customer.__tablename__, person.id, kept)
            person.said.update(news)
            self._rewritten[person.id] = person
            if "external_id" in news:
                self._external[card.external_id] = person.id
        added = self._add_parts(person, card)
        if (news or added) and person.id < self.customers.first:
            self.changed.add(person.id)
        return bool(news) or added

    def _add_parts(self, person: _Person, card: Card) -> bool:
        before = len(self._phones) + len(self._emails) + len(self._addresses) + len(self._tags)
        for phone in card.phones:
            self._add_phone(person, phone)
        for address in card.emails:
            if address.lower() not in person.emails:
                person.emails.add(address.lower())
                self._emails.add(person.id, "", address)
        for words in card.addresses:
            if words not in person.addresses:
                person.addresses.add(words)
                self._addresses.add(person.id, "", words)
        for tag in card.tags:
            if tag not in person.tags:
                person.tags.add(tag)
                self._tags.add(person.id, tag)
        return len(self._phones) + len(self._emails) + len(self._addresses) + len(self._tags) > before

    def _add_phone(self, person: _Person, phone: Phone) -> None:
        if phone.key not in person.phones:
            person.phones.add(phone.key)
            self._phones.add(person.id, "", phone.typed, phone.e164, phone.digits)

    def _flush(self) -> None:
        self.customers.flush()
        rows = [(*person.said.values(), person.id) for person in self._rewritten.values()]
        update_rows(self._connection, Customer, _SAID, rows)
        bumped = [(number,) for number in self._rewritten if number < self.customers.first]
        if bumped:
            self._connection.exec_driver_sql("UPDATE customers SET version = version + 1 WHERE id = ?", bumped)
        self._rewritten.clear()
        for rows_of_part in (self._phones, self._emails, self._addresses, self._tags, self._changes):
            rows_of_part.flush()
