"""Takes the people of a file chunk by chunk: finds or makes whom each card means, and writes what is new."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.completeness import named
from app.domain.pinyin import sort_key
from app.formats.values import Refused, text_of
from app.models.customers import Customer
from app.models.transfer import ImportChange
from app.services.transfer.cards import Card
from app.services.transfer.intake import Tally, shop_day
from app.services.transfer.known_by import KnownBy, Phones, require_free
from app.services.transfer.member_cards_in import CardsGiven
from app.services.transfer.outcome import Rejection
from app.services.transfer.people import by_external_id, by_name_and_phone
from app.services.transfer.person_parts import Parts
from app.services.transfer.person_rows import EMPTY, SAID, Person, loaded
from app.services.transfer.put_away import PutAway
from app.services.transfer.ties import Ties
from app.services.transfer.who_and_when import utc_text
from app.storage.bulk import BulkRows, update_rows

_NAME_ONLY = (
    "SELECT name, id FROM customers c WHERE external_id IS NULL AND merged_into IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM customer_phones p WHERE p.customer_id = c.id) ORDER BY id DESC"
)
_COUNTED = {
    "birth_day": "birthday",
    "preferences": "preference",
    "values_ranked": "preference",
    "source": "source",
    "wechat": "wechat",
}
"""Column of a card → the field of completeness it fills."""


class People:
    """Takes the cards of a file chunk by chunk."""

    def __init__(self, session: Session, batch: int, at: datetime, known_by: KnownBy = KnownBy.AUTO) -> None:
        self._known_by = known_by
        self._by_phone = Phones(session) if known_by is KnownBy.PHONE else None
        self._connection, self._batch, self._at = session.connection(), batch, utc_text(at)
        today = shop_day(session, at)
        connection = self._connection
        self._external, self._pairs = by_external_id(session), by_name_and_phone(session)
        self._unnumbered: dict[str, list[int]] = {}
        for name, number in connection.exec_driver_sql(_NAME_ONLY):
            self._unnumbered.setdefault(name, []).append(number)
        columns = (*SAID, "created_at", "batch_id", "version")
        self.customers = BulkRows(connection, Customer, columns)
        self._changes = BulkRows(connection, ImportChange, ("batch_id", "table_name", "row_id", "change"))
        self._parts = Parts(session, batch, self.customers.first, self._changes, today)
        self._ties = Ties(session, batch, self.customers, self._changes)
        self._given = CardsGiven(session, batch, self._at)
        self._loaded: dict[int, Person] = {}
        self._rewritten: dict[int, Person] = {}
        self._put_away = PutAway(session, batch)
        self.changed: set[int] = set()

    def settle(self, tally: Tally) -> None:
        """Do what only the whole file tells: who brought whom, who lives with whom, who carries which card.

        And take out of the archive whom the file names and only an undone import had put there.
        """
        tied = self._ties.settle(tally)
        given = self._given.settle(tally, tied)
        self.changed |= tied | {person for person in given if person < self.customers.first}
        self._put_away.show(self._changes)
        self._changes.flush()
        self.changed |= self._put_away.met

    def written(self) -> Iterable[BulkRows]:
        return self.customers, self._ties.homes, self._given.rows, *self._parts.rows()

    def take(self, cards: Sequence[Card], tally: Tally) -> None:
        """Find or make the person of each card, and write."""
        self._load(cards)
        for card in cards:
            try:
                person = self._meant(card, tally)
            except Refused as refusal:
                tally.rejections.append(Rejection(card.line, refusal.code, "", text_of(refusal.value) or card.name))
                continue
            if person is None:
                made = self._make(card)
                self._ties.note(made, card, unchanged=False)
                self._given.note(made, card, unchanged=False)
                tally.created += 1
                continue
            self._put_away.meet(person.id)
            filled = self._fill(person, card)
            self._ties.note(person.id, card, unchanged=not filled)
            self._given.note(person.id, card, unchanged=not filled)
            if filled:
                tally.updated += 1
            else:
                tally.unchanged += 1
        self._flush()

    def _load(self, cards: Sequence[Card]) -> None:
        """Read everyone these cards may mean."""
        wanted: set[int] = set()
        for card in cards:
            wanted.update(self._candidates(card))
        self._loaded = loaded(self._connection, wanted)

    def _candidates(self, card: Card) -> list[int]:
        if self._by_phone is not None:
            return list(self._by_phone.owners(card))
        if self._known_by is KnownBy.NEW:
            return []
        found = self._external.get(card.external_id) if card.external_id else None
        if found is not None:
            return [found]
        if card.phones:
            pairs = (self._pairs.get((card.name, phone.key)) for phone in card.phones)
            return [number for number in pairs if number is not None]
        return [] if card.external_id else self._unnumbered.get(card.name, [])

    def _meant(self, card: Card, tally: Tally) -> Person | None:
        """Who this card means by the rule that was chosen. Raises Refused."""
        match self._known_by:
            case KnownBy.AUTO:
                return self._known(card)
            case KnownBy.NUMBER:
                if not card.external_id:
                    raise Refused("no_number", "")
                number = self._external.get(card.external_id)
                return None if number is None else self._loaded.get(number)
            case KnownBy.NEW:
                require_free(card.external_id, self._external)
                return None
        assert self._by_phone is not None
        return self._owner(card, self._by_phone, tally)

    def _owner(self, card: Card, phones: Phones, tally: Tally) -> Person | None:
        """The only one with this phone. The name on the card stays, and another one in the file is counted."""
        owner = phones.owner(card)
        require_free(card.external_id, self._external, [owner])
        person = None if owner is None else self._loaded.get(owner)
        if person is not None:
            if card.external_id and person.said["external_id"] not in (None, card.external_id):
                raise Refused("number_taken", person.said["external_id"])
            tally.notes["found_by_phone"] += person.said["name"] != card.name
            card.name = person.said["name"]
        return person

    def _known(self, card: Card) -> Person | None:
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

    def _make(self, card: Card) -> int:
        said = EMPTY | card.said
        said["name"], said["sort_key"], said["external_id"] = card.name, sort_key(card.name), card.external_id or None
        number = self.customers.add(*said.values(), card.since or self._at, self._batch, 1)
        person = Person(number, said)
        self._loaded[number] = person
        if card.external_id:
            self._external[card.external_id] = number
        for phone in card.phones:
            self._pairs.setdefault((card.name, phone.key), number)
        if self._by_phone is not None:
            self._by_phone.give(card, number)
        self._parts.add(person, card)
        if card.since:  # else the card is as old as the import, and so is all it says
            self._parts.check(person, heard(card, card.said))
        return number

    def _news(self, person: Person, card: Card) -> dict[str, Any]:
        """What the card says otherwise than the person's row."""
        said: dict[str, Any] = dict(card.said)
        if person.said["name"] != card.name:
            said["name"], said["sort_key"] = card.name, sort_key(card.name)
        if card.external_id and person.said["external_id"] is None:
            said["external_id"] = card.external_id
        return {column: value for column, value in said.items() if person.said[column] != value}

    def _fill(self, person: Person, card: Card) -> bool:
        """Write what is new on a card that is known; whether anything was."""
        news = self._news(person, card)
        if news:
            if person.id < self.customers.first:
                change = {column: [_told(column, person.said[column]), _told(column, news[column])] for column in news}
                kept = json.dumps(change, ensure_ascii=False)
                self._changes.add(self._batch, Customer.__tablename__, person.id, kept)
            person.said.update(news)
            self._rewritten[person.id] = person
            if "external_id" in news:
                self._external[card.external_id] = person.id
        added = self._parts.add(person, card)
        if news or added:
            self._parts.check(person, heard(card, news))
        if (news or added) and person.id < self.customers.first:
            self.changed.add(person.id)
        return bool(news) or added

    def _flush(self) -> None:
        self.customers.flush()
        rows = [(*person.said.values(), person.id) for person in self._rewritten.values()]
        update_rows(self._connection, Customer, SAID, rows)
        bumped = [(number,) for number in self._rewritten if number < self.customers.first]
        if bumped:
            self._connection.exec_driver_sql("UPDATE customers SET version = version + 1 WHERE id = ?", bumped)
        self._rewritten.clear()
        self._parts.flush()
        self._changes.flush()


def heard(card: Card, said: Mapping[str, Any]) -> set[str]:
    """The fields that count for completeness of which a card speaks."""
    names = {field for column, field in _COUNTED.items() if said.get(column)}
    names |= {"phone"} if card.phones else set()
    return names | ({"address"} if card.addresses else set()) | ({"name"} if named(card.name) else set())


def _told(column: str, value: Any) -> Any:
    """A value as a change keeps it: lists as lists, so that putting them back does not wrap them twice."""
    return json.loads(value) if column == "values_ranked" else value
