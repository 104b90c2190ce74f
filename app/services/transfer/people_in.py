"""Takes the people of a file chunk by chunk: finds or makes whom each card means, and writes what is new."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday
from app.domain.phones import Phone
from app.domain.pinyin import sort_key
from app.formats.values import Refused, text_of
from app.models.customers import (
    Consent,
    Customer,
    CustomerAddress,
    CustomerDate,
    CustomerEmail,
    CustomerPhone,
    CustomerPhoto,
    CustomerTag,
    CustomValue,
)
from app.models.transfer import ImportChange
from app.services.transfer.cards import Card
from app.services.transfer.intake import Tally
from app.services.transfer.known_by import KnownBy, Phones, require_free
from app.services.transfer.outcome import Rejection
from app.services.transfer.people import by_external_id, by_name_and_phone
from app.services.transfer.put_away import PutAway
from app.storage.bulk import BulkRows, update_rows
from app.storage.unit_of_work import acting_staff

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
    "preferred_channel",
    "do_not_contact",
    "needs",
    "preferences",
    "buys_elsewhere",
    "values_ranked",
    "credit_note",
    "credit_limit",
    "personal_discount",
)
_EMPTY: dict[str, Any] = dict.fromkeys(_SAID, "") | {
    "external_id": None,
    "birth_lunar": 0,
    "birth_year": None,
    "birth_month": None,
    "birth_day": None,
    "birth_leap": 0,
    "do_not_contact": 0,
    "values_ranked": "[]",
    "credit_limit": None,
    "personal_discount": None,
}
_READ = (
    "SELECT id, external_id, name, sort_key, company, gender, wechat, birth_lunar, birth_year, birth_month, birth_day, "
    "birth_leap, source, note, preferred_channel, do_not_contact, needs, preferences, buys_elsewhere, values_ranked, "
    "credit_note, credit_limit, personal_discount FROM customers WHERE id IN (SELECT value FROM json_each(?))"
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
    (
        "dates",
        "SELECT customer_id, json_array(label, month, day, year, lunar, leap) FROM customer_dates "
        "WHERE customer_id IN (SELECT value FROM json_each(?))",
    ),
    (
        "consents",
        "SELECT customer_id, json_array(channel, given, shop_day) FROM consents "
        "WHERE customer_id IN (SELECT value FROM json_each(?))",
    ),
    (
        "custom",
        "SELECT customer_id, field_id FROM custom_values WHERE customer_id IN (SELECT value FROM json_each(?))",
    ),
    (
        "photos",
        "SELECT customer_id, 'photo' FROM customer_photos WHERE customer_id IN (SELECT value FROM json_each(?))",
    ),
)
_PHOTO = "INSERT INTO customer_photos (customer_id, jpeg) VALUES (?, ?)"
_NAME_ONLY = (
    "SELECT name, id FROM customers c WHERE external_id IS NULL AND merged_into IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM customer_phones p WHERE p.customer_id = c.id) ORDER BY id DESC"
)


@dataclass(slots=True)
class Person:
    """A customer as the file stands at this row."""

    id: int
    said: dict[str, Any]
    phones: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    photos: set[str] = field(default_factory=set)
    consents: set[str] = field(default_factory=set)
    custom: set[int] = field(default_factory=set)


class People:
    """Takes the cards of a file chunk by chunk."""

    def __init__(self, session: Session, batch: int, at: str, known_by: KnownBy = KnownBy.AUTO) -> None:
        self._known_by = known_by
        self._by_phone = Phones(session) if known_by is KnownBy.PHONE else None
        self._connection, self._batch, self._at = session.connection(), batch, at
        connection = self._connection
        self._external, self._pairs = by_external_id(session), by_name_and_phone(session)
        self._unnumbered: dict[str, list[int]] = {}
        for name, number in connection.exec_driver_sql(_NAME_ONLY):
            self._unnumbered.setdefault(name, []).append(number)
        columns = (*_SAID, "created_at", "batch_id", "version")
        self.customers = BulkRows(connection, Customer, columns)
        self._phones = BulkRows(connection, CustomerPhone, ("customer_id", "label", "typed", "e164", "digits"))
        self._emails = BulkRows(connection, CustomerEmail, ("customer_id", "label", "address"))
        self._addresses = BulkRows(connection, CustomerAddress, ("customer_id", "label", "text"))
        self._tags = BulkRows(connection, CustomerTag, ("customer_id", "name"))
        of_date = ("customer_id", "label", "lunar", "year", "month", "day", "leap")
        self._dates = BulkRows(connection, CustomerDate, of_date)
        of_consent = ("customer_id", "channel", "given", "at", "shop_day", "source", "staff_id")
        self._consents, self._staff = BulkRows(connection, Consent, of_consent), acting_staff(session)
        self._custom = BulkRows(connection, CustomValue, ("customer_id", "field_id", "value"))
        self._photos: list[tuple[int, bytes]] = []
        self._changes = BulkRows(connection, ImportChange, ("batch_id", "table_name", "row_id", "change"))
        self._loaded: dict[int, Person] = {}
        self._rewritten: dict[int, Person] = {}
        self._put_away = PutAway(session, batch)
        self.changed: set[int] = set()

    def settle(self) -> None:
        """Take out of the archive whom the file names and only an undone import had put there."""
        self._put_away.show(self._changes)
        self._changes.flush()
        self.changed |= self._put_away.met

    def written(self) -> Iterable[BulkRows]:
        return self.customers, *self._parts()

    def _parts(self) -> tuple[BulkRows, ...]:
        return self._phones, self._emails, self._addresses, self._tags, self._dates, self._consents, self._custom

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
            self._loaded[number] = Person(number, dict(zip(_SAID, values, strict=True)))
        for name, statement in _PARTS:
            for number, value in self._connection.exec_driver_sql(statement, (ids,)):
                if number in self._loaded:
                    getattr(self._loaded[number], name).add(value)

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

    def _make(self, card: Card) -> None:
        said = _EMPTY | card.said
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
        self._add_parts(person, card)

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
        added = self._add_parts(person, card)
        if (news or added) and person.id < self.customers.first:
            self.changed.add(person.id)
        return bool(news) or added

    def _add_parts(self, person: Person, card: Card) -> bool:
        before = sum(map(len, self._parts()))
        for phone in card.phones:
            self._add_phone(person, phone, card.labels.get(phone.key, ""))
        for address in card.emails:
            if address.lower() not in person.emails:
                person.emails.add(address.lower())
                self._emails.add(person.id, card.labels.get(address, ""), address)
        for words in card.addresses:
            if words not in person.addresses:
                person.addresses.add(words)
                self._addresses.add(person.id, card.labels.get(words, ""), words)
        for tag in card.tags:
            if tag not in person.tags:
                person.tags.add(tag)
                self._tags.add(person.id, tag)
        for label, day in card.dates:
            self._add_date(person, label, day)
        for channel, given, at, on, source in card.more.consents:
            key = json.dumps([channel, given, on], separators=(",", ":"))
            if key not in person.consents:
                person.consents.add(key)
                self._consents.add(person.id, channel, given, at, on, source, self._staff)
        for number, value in card.more.custom:
            if number not in person.custom:  # what the shop wrote in a field of its own stays
                person.custom.add(number)
                self._custom.add(person.id, number, value)
        return self._add_photo(person, card.photo) or sum(map(len, self._parts())) > before

    def _add_phone(self, person: Person, phone: Phone, label: str) -> None:
        if phone.key not in person.phones:
            person.phones.add(phone.key)
            self._phones.add(person.id, label, phone.typed, phone.e164, phone.digits)

    def _add_date(self, person: Person, label: str, day: Birthday) -> None:
        lunar, leap = int(day.lunar), int(day.leap)
        key = json.dumps([label, day.month, day.day, day.year, lunar, leap], ensure_ascii=False, separators=(",", ":"))
        if key not in person.dates:
            person.dates.add(key)
            self._dates.add(person.id, label, lunar, day.year, day.month, day.day, leap)

    def _add_photo(self, person: Person, jpeg: bytes) -> bool:
        """A picture that is there already stays: a person chose it."""
        if not jpeg or person.photos:
            return False
        person.photos.add("photo")
        self._photos.append((person.id, jpeg))
        if person.id < self.customers.first:
            self._changes.add(self._batch, CustomerPhoto.__tablename__, person.id, "{}")
        return True

    def _flush(self) -> None:
        self.customers.flush()
        rows = [(*person.said.values(), person.id) for person in self._rewritten.values()]
        update_rows(self._connection, Customer, _SAID, rows)
        bumped = [(number,) for number in self._rewritten if number < self.customers.first]
        if bumped:
            self._connection.exec_driver_sql("UPDATE customers SET version = version + 1 WHERE id = ?", bumped)
        self._rewritten.clear()
        for rows_of_part in (*self._parts(), self._changes):
            rows_of_part.flush()
        if self._photos:
            self._connection.exec_driver_sql(_PHOTO, self._photos)
            self._photos.clear()


def _told(column: str, value: Any) -> Any:
    """A value as a change keeps it: lists as lists, so that putting them back does not wrap them twice."""
    return json.loads(value) if column == "values_ranked" else value
