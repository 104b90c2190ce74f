"""What a card says in the file of the shop, as an import compares it with what a row says."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

SAID = (
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
EMPTY: dict[str, Any] = dict.fromkeys(SAID, "") | {
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
        "checks",
        "SELECT customer_id, json_array(field, id, checked_on) FROM field_checks "
        "WHERE customer_id IN (SELECT value FROM json_each(?))",
    ),
    (
        "photos",
        "SELECT customer_id, 'photo' FROM customer_photos WHERE customer_id IN (SELECT value FROM json_each(?))",
    ),
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
    checks: set[str] = field(default_factory=set)
    """When a field was last changed or confirmed, as JSON: field, row, day."""


def loaded(connection: Connection, ids: Collection[int]) -> dict[int, Person]:
    """The people of these ids, with all that a file may add to."""
    if not ids:
        return {}
    listed = json.dumps(sorted(ids))
    found = {
        number: Person(number, dict(zip(SAID, values, strict=True)))
        for number, *values in connection.exec_driver_sql(_READ, (listed,))
    }
    for name, statement in _PARTS:
        for number, value in connection.exec_driver_sql(statement, (listed,)):
            if number in found:
                getattr(found[number], name).add(value)
    return found
