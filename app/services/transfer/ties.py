"""Who brought whom, and who lives with whom, by the names and numbers of a file: settled when all its rows are in."""

import json
import re
from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.names import display
from app.domain.phones import normalise
from app.models.customers import Customer, Household
from app.services.settings import settings
from app.services.transfer.cards import Card
from app.services.transfer.intake import Tally
from app.storage.bulk import BulkRows, update_rows

_PEOPLE = text(
    "SELECT coalesce(c.merged_into, c.id), c.external_id, c.name, p.e164, p.digits FROM customers c "
    "LEFT JOIN customer_phones p ON p.customer_id = c.id WHERE c.erased_at IS NULL"
)
_ABOVE = text("SELECT id, coalesce(merged_into, referrer_id) FROM customers")
_HELD = "SELECT id, referrer_id, household_id FROM customers WHERE id IN (SELECT value FROM json_each(?))"
_HOMES = text("SELECT name, id FROM households WHERE name <> '' ORDER BY id")
_WITH_PHONE = re.compile(r"(.+?)[\s,，;；]+(\+?[\d][\d\s()-]{4,})")


class _Said(NamedTuple):
    person: int
    referrer: str
    household: str
    unchanged: bool
    """Whether the row ended so: it was updated after all, when a tie is new."""


class Ties:
    """Keeps what each row says of others until they are all there: the order of the rows does not matter."""

    def __init__(self, session: Session, batch: int, customers: BulkRows, changes: BulkRows) -> None:
        self._session, self._batch, self._customers, self._changes = session, batch, customers, changes
        self.homes = BulkRows(session.connection(), Household, ("name",))
        self._said: list[_Said] = []
        self._notes: Counter[str] = Counter()

    def note(self, person: int, card: Card, *, unchanged: bool) -> None:
        """A row of the file is about this person."""
        if card.referrer or card.household:
            self._said.append(_Said(person, card.referrer, card.household, unchanged))

    def settle(self, tally: Tally) -> set[int]:
        """Tie them; returns who was there before and was changed. What was not found is counted for the person."""
        if not self._said:
            return set()
        referrers, homes = self._referrers(), self._households()
        held = self._held({said.person for said in self._said})
        news: dict[int, dict[str, int]] = {}
        for said in self._said:
            found = {"referrer_id": referrers.get(said.referrer), "household_id": homes.get(said.household)}
            now = held[said.person]
            if found["household_id"] and now["household_id"] not in (None, found["household_id"]):
                self._notes["household_kept"] += 1
                found["household_id"] = None
            new = {name: number for name, number in found.items() if number and number != now[name]}
            if "referrer_id" in new and not self._may_bring(new["referrer_id"], said.person):
                del new["referrer_id"]
            if new:
                news.setdefault(said.person, {}).update(new)
                tally.unchanged -= said.unchanged
                tally.updated += said.unchanged
        tally.notes.update(self._notes)
        return self._write(news, held)

    def _write(self, news: dict[int, dict[str, int]], held: dict[int, dict[str, int | None]]) -> set[int]:
        connection = self._session.connection()
        self.homes.flush()
        for person, new in news.items():
            if person < self._customers.first:
                change = {name: [held[person][name], number] for name, number in new.items()}
                self._changes.add(self._batch, Customer.__tablename__, person, json.dumps(change))
        for name in ("referrer_id", "household_id"):
            rows = [(new[name], person) for person, new in news.items() if name in new]
            update_rows(connection, Customer, (name,), rows)
        before = [(person,) for person in news if person < self._customers.first]
        if before:
            connection.exec_driver_sql("UPDATE customers SET version = version + 1 WHERE id = ?", before)
        return {person for (person,) in before}

    def _held(self, people: Collection[int]) -> dict[int, dict[str, int | None]]:
        rows = self._session.connection().exec_driver_sql(_HELD, (json.dumps(sorted(people)),))
        return {number: {"referrer_id": referrer, "household_id": home} for number, referrer, home in rows}

    def _referrers(self) -> dict[str, int]:
        """Whom each text means: a number of the old system, #12 of ours, name and phone, or either where one has it."""
        region = settings(self._session).phone_region
        known: dict[tuple[str, ...], set[int]] = {}
        for person, number, name, e164, digits in self._session.connection().execute(_PEOPLE):
            phone = e164 or digits or ""
            known.setdefault(("#", str(person)), set()).add(person)
            for key in (("number", number or ""), ("name", name), ("phone", phone), ("both", name, phone)):
                known.setdefault(key, set()).add(person)
        found: dict[str, int] = {}
        for said in Counter(one.referrer for one in self._said if one.referrer).items():
            words, times = said
            people = next(filter(None, (known.get(key) for key in _keys(words, region))), set())
            if len(people) == 1:
                found[words] = next(iter(people))
            else:
                self._notes["referrer_unclear" if people else "referrer_unknown"] += times
        return found

    def _households(self) -> dict[str, int]:
        """The household of each name; a new one where there is none, nobody's where there are several."""
        named: dict[str, list[int]] = {}
        for name, number in self._session.connection().execute(_HOMES):
            named.setdefault(name, []).append(number)
        found: dict[str, int] = {}
        for name, times in Counter(one.household for one in self._said if one.household).items():
            homes = named.get(name) or [self.homes.add(name)]
            if len(homes) == 1:
                found[name] = homes[0]
            else:
                self._notes["household_unclear"] += times
        return found

    def _may_bring(self, referrer: int, person: int) -> bool:
        """Nobody is brought by themselves, however indirectly."""
        above = self._above
        seen, at = set(), referrer
        while at and at not in seen:
            if at == person:
                self._notes["referrer_circle"] += 1
                return False
            seen.add(at)
            at = above.get(at) or 0
        above[person] = referrer
        return True

    @property
    def _above(self) -> dict[int, int | None]:
        if not hasattr(self, "_up"):
            rows = self._session.connection().execute(_ABOVE)
            self._up: dict[int, int | None] = {number: up for number, up in rows}  # noqa: C416
        return self._up


def _keys(words: str, region: str) -> list[tuple[str, ...]]:
    """What a text may mean, the surest first."""
    keys: list[tuple[str, ...]] = [("number", words)]
    if words.startswith("#") and words[1:].isdecimal():
        keys.append(("#", words[1:]))
    parted = _WITH_PHONE.fullmatch(words)
    if parted:
        keys.append(("both", display(parted[1]), normalise(parted[2], region).key))
    keys.append(("name", display(words)))
    phone = normalise(words, region)
    return [*keys, ("phone", phone.key)] if len(phone.digits) > 4 else keys
