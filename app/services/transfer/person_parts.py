"""Writes what hangs on a card: phones, mails, addresses, tags, days, consents, own fields, the picture, checks."""

import json
from datetime import date

from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday
from app.domain.phones import Phone
from app.models.customers import (
    Consent,
    CustomerAddress,
    CustomerDate,
    CustomerEmail,
    CustomerPhone,
    CustomerPhoto,
    CustomerTag,
    CustomValue,
    FieldCheck,
)
from app.services.transfer.cards import Card
from app.services.transfer.person_rows import Person
from app.storage.bulk import BulkRows, update_rows
from app.storage.unit_of_work import acting_staff

_PHOTO = "INSERT INTO customer_photos (customer_id, jpeg) VALUES (?, ?)"


class Parts:
    """Adds what a card lacks. `first` is the first customer of the running import: for those before it, how a change
    is taken back is kept in `changes`.
    """

    def __init__(self, session: Session, batch: int, first: int, changes: BulkRows, today: date) -> None:
        connection = self._connection = session.connection()
        self._batch, self._first, self._changes, self._today = batch, first, changes, today.isoformat()
        self._phones = BulkRows(connection, CustomerPhone, ("customer_id", "label", "typed", "e164", "digits"))
        self._emails = BulkRows(connection, CustomerEmail, ("customer_id", "label", "address"))
        self._addresses = BulkRows(connection, CustomerAddress, ("customer_id", "label", "text"))
        self._tags = BulkRows(connection, CustomerTag, ("customer_id", "name"))
        of_date = ("customer_id", "label", "lunar", "year", "month", "day", "leap")
        self._dates = BulkRows(connection, CustomerDate, of_date)
        of_consent = ("customer_id", "channel", "given", "at", "shop_day", "source", "staff_id")
        self._consents, self._staff = BulkRows(connection, Consent, of_consent), acting_staff(session)
        self._custom = BulkRows(connection, CustomValue, ("customer_id", "field_id", "value"))
        self._checks = BulkRows(connection, FieldCheck, ("customer_id", "field", "checked_on"))
        self._photos: list[tuple[int, bytes]] = []
        self._confirmed: list[tuple[str, int]] = []

    def rows(self) -> tuple[BulkRows, ...]:
        return (*self._said(), self._checks)

    def _said(self) -> tuple[BulkRows, ...]:
        return self._phones, self._emails, self._addresses, self._tags, self._dates, self._consents, self._custom

    def add(self, person: Person, card: Card) -> bool:
        """Add what the card says and the person lacks; whether anything was."""
        before = sum(map(len, self._said()))
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
        return self._add_photo(person, card.photo) or sum(map(len, self._said())) > before

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
        if person.id < self._first:
            self._changes.add(self._batch, CustomerPhoto.__tablename__, person.id, "{}")
        return True

    def check(self, person: Person, fields: set[str]) -> None:
        """These fields were heard today: they are fresh from this day on (semantics.md, completeness)."""
        held = {field: (number, on) for field, number, on in map(json.loads, person.checks)}
        for name in sorted(fields):
            number, on = held.get(name, (0, ""))
            if not number:
                number = self._checks.add(person.id, name, self._today)
            elif on < self._today:
                self._confirmed.append((self._today, number))
                person.checks.discard(json.dumps([name, number, on], separators=(",", ":")))
                if number < self._checks.first:
                    kept = json.dumps({"checked_on": [on, self._today]})
                    self._changes.add(self._batch, FieldCheck.__tablename__, number, kept)
            else:
                continue
            person.checks.add(json.dumps([name, number, self._today], separators=(",", ":")))

    def flush(self) -> None:
        """Write what is queued; the customers are written before."""
        for rows in self.rows():
            rows.flush()
        update_rows(self._connection, FieldCheck, ("checked_on",), self._confirmed)
        self._confirmed.clear()
        if self._photos:
            self._connection.exec_driver_sql(_PHOTO, self._photos)
            self._photos.clear()
