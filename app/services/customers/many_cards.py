"""One field of many cards, read and written by a few statements, however many cards there are."""

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from sqlalchemy import Connection

from app.domain.text import comparison_key

Said = str | None
"""What a card says in the field, as the file keeps it; None for nothing."""


class Field(Protocol):
    """What a change is about, and the value it sets."""

    after: Said

    def held(self, ids: Collection[int]) -> dict[int, Said]:
        """What those of these cards say that may be changed: not merged away, not erased."""

    def differs(self, said: Said) -> bool:
        """Whether a card that says this would change."""

    def write(self, ids: Collection[int], said: Said) -> None:
        """Let these cards say this."""


_SOME = "id IN (SELECT value FROM json_each(?))"
_OPEN = f"{_SOME} AND merged_into IS NULL AND erased_at IS NULL"
_SAID = {
    "source": "nullif(source, '')",
    "preferred_channel": "nullif(preferred_channel, '')",
    "do_not_contact": "CASE do_not_contact WHEN 1 THEN 'yes' END",
    "archived": "archived_at",
}
_SET = {
    "source": "source = coalesce(?, '')",
    "preferred_channel": "preferred_channel = coalesce(?, '')",
    "do_not_contact": "do_not_contact = coalesce(?, '') = 'yes'",
    "archived": "archived_at = ?",
}
_READ = "SELECT id, {said} FROM customers WHERE {open}".replace("{open}", _OPEN)
_WRITE = "UPDATE customers SET version = version + 1, {set} WHERE {some}".replace("{some}", _SOME)
_TOUCH = "UPDATE customers SET version = version + 1 WHERE {some}".replace("{some}", _SOME)
_THESE = "SELECT id FROM customers WHERE {open}".replace("{open}", _OPEN)
_TAGGED = """
SELECT customer_id, name FROM customer_tags
WHERE name IN (SELECT value FROM json_each(?)) AND customer_id IN (SELECT value FROM json_each(?))
"""
_UNTAG = """
DELETE FROM customer_tags
WHERE name IN (SELECT value FROM json_each(?)) AND customer_id IN (SELECT value FROM json_each(?))
"""
_TAG = "INSERT INTO customer_tags (customer_id, name) SELECT value, ? FROM json_each(?)"
_VALUES = """
SELECT customer_id, value FROM custom_values
WHERE field_id = ? AND customer_id IN (SELECT value FROM json_each(?))
"""
_DROP_VALUES = "DELETE FROM custom_values WHERE field_id = ? AND customer_id IN (SELECT value FROM json_each(?))"
_PUT_VALUES = "INSERT INTO custom_values (customer_id, field_id, value) SELECT value, ?, ? FROM json_each(?)"


class Column:
    """A column of the card. The archive keeps the moment; whoever is in it already stays since then."""

    def __init__(self, connection: Connection, name: str, after: Said) -> None:
        self._connection, self._name, self.after = connection, name, after

    def held(self, ids: Collection[int]) -> dict[int, Said]:
        rows = self._connection.exec_driver_sql(_READ.replace("{said}", _SAID[self._name]), (_listed(ids),))
        return {row[0]: row[1] for row in rows}

    def differs(self, said: Said) -> bool:
        if self._name == "archived":
            return (said is None) != (self.after is None)
        return said != self.after

    def write(self, ids: Collection[int], said: Said) -> None:
        self._connection.exec_driver_sql(_WRITE.replace("{set}", _SET[self._name]), (said, _listed(ids)))


class Tag:
    """Whether a card carries a tag, however it is written there ("VIP" and "vip" are one)."""

    def __init__(self, connection: Connection, name: str, *, wanted: bool) -> None:
        self._connection, self.after = connection, name if wanted else None
        known = connection.exec_driver_sql("SELECT DISTINCT name FROM customer_tags").scalars()
        self._names = json.dumps([one for one in known if comparison_key(one) == comparison_key(name)])

    def held(self, ids: Collection[int]) -> dict[int, Said]:
        rows = self._connection.exec_driver_sql(_TAGGED, (self._names, _listed(ids)))
        tagged: dict[int, str] = {row[0]: row[1] for row in rows}
        return {card: tagged.get(card) for card in _these(self._connection, ids)}

    def differs(self, said: Said) -> bool:
        return (said is None) != (self.after is None)

    def write(self, ids: Collection[int], said: Said) -> None:
        listed = _listed(ids)
        self._connection.exec_driver_sql(_UNTAG, (json.dumps([*json.loads(self._names), self.after]), listed))
        if said is not None:
            self._connection.exec_driver_sql(_TAG, (said, listed))
        self._connection.exec_driver_sql(_TOUCH, (listed,))


class OwnField:
    """What a card says in one of the shop's own fields."""

    def __init__(self, connection: Connection, field_id: int, after: Said) -> None:
        self._connection, self._field, self.after = connection, field_id, after

    def held(self, ids: Collection[int]) -> dict[int, Said]:
        rows = self._connection.exec_driver_sql(_VALUES, (self._field, _listed(ids)))
        said: dict[int, str] = {row[0]: row[1] for row in rows}
        return {card: said.get(card) for card in _these(self._connection, ids)}

    def differs(self, said: Said) -> bool:
        return said != self.after

    def write(self, ids: Collection[int], said: Said) -> None:
        listed = _listed(ids)
        self._connection.exec_driver_sql(_DROP_VALUES, (self._field, listed))
        if said is not None:
            self._connection.exec_driver_sql(_PUT_VALUES, (self._field, said, listed))
        self._connection.exec_driver_sql(_TOUCH, (listed,))


_NAMES = "SELECT id, name FROM customers WHERE {some}".replace("{some}", _SOME)
_CHECKED = """
SELECT customer_id, checked_on FROM field_checks
WHERE field = 'source' AND customer_id IN (SELECT value FROM json_each(?))
"""
_CHECK = """
INSERT INTO field_checks (customer_id, field, checked_on) SELECT value, 'source', ?1 FROM json_each(?2) WHERE true
ON CONFLICT (customer_id, field) DO UPDATE SET checked_on = ?1
"""
_UNCHECK = "DELETE FROM field_checks WHERE field = 'source' AND customer_id IN (SELECT value FROM json_each(?))"
_CHECKED_THEN = "INSERT INTO field_checks (customer_id, field, checked_on) VALUES (?, 'source', ?)"
Checks = tuple[tuple[int, str], ...]
"""Cards, and the day on which each was known to say where the person came from."""


def names(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """What these cards are called."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(_NAMES, (_listed(ids),))}


def source_checks(connection: Connection, ids: Collection[int]) -> Checks:
    """When the source of these cards was last known to be right, where that was noted."""
    return tuple((row[0], row[1]) for row in connection.exec_driver_sql(_CHECKED, (_listed(ids),)))


def check_source(connection: Connection, ids: Collection[int], on: date) -> None:
    """The source of these cards was said on this day (semantics.md, completeness: a field may grow old)."""
    connection.exec_driver_sql(_CHECK, (on.isoformat(), _listed(ids)))


def uncheck_source(connection: Connection, ids: Collection[int], then: Sequence[tuple[int, str]]) -> None:
    """Let these cards have been checked when they were checked `then`, or never."""
    connection.exec_driver_sql(_UNCHECK, (_listed(ids),))
    if then:
        connection.exec_driver_sql(_CHECKED_THEN, list(then))


def _these(connection: Connection, ids: Collection[int]) -> Sequence[int]:
    return connection.exec_driver_sql(_THESE, (_listed(ids),)).scalars().all()


def _listed(ids: Collection[int]) -> str:
    return json.dumps(list(ids))
