"""The people of the sample shop: names as they really are, numbers that reach nobody, habits of their own."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from app.domain.phones import normalise
from app.domain.pinyin import sort_key
from app.domain.text import is_han
from app.models.customers import (
    Customer,
    CustomerAddress,
    CustomerEmail,
    CustomerPhone,
    CustomerTag,
    PinnedFact,
)
from app.services.sample import words
from app.services.sample.calendar import Days
from app.services.sample.goods import Good, Shelf
from app.services.sample.habits import Habit, Kind, draw_habit
from app.services.sample.knowledge import Knowledge
from app.services.sample.names import Names
from app.services.sample.rows import Rows

_SERIES = {13: "012356789", 15: "012356789", 16: "6", 17: "0135678", 18: "01235678", 19: "01389"}
PREFIXES = tuple(f"{head}{tail}" for head, tails in _SERIES.items() for tail in tails)
BLOCK = 10_000
"""Every number is a prefix, four zeros and four figures: nobody's, and seen to be nobody's."""

_NO_BIRTHDAY: dict[str, Any] = {
    "birth_lunar": False,
    "birth_year": None,
    "birth_month": None,
    "birth_day": None,
    "birth_leap": False,
}


@dataclass(slots=True)
class Person:
    """One customer while the story is told."""

    id: int
    name: str
    habit: Habit
    favourites: tuple[Good, ...]
    birthday: tuple[int, int] | None
    """Month and day by the sun; a lunar one is not worked out for points."""
    visits: list[date] = field(default_factory=list)


def draw_people(rows: Rows, rng: Random, shelf: Shelf, days: Days, language: str, count: int) -> list[Person]:
    """Write `count` cards and return their people."""
    maker = _Maker(rows, rng, shelf, days, language)
    return [maker.draw(number) for number in range(1, count + 1)]


class _Maker:
    def __init__(self, rows: Rows, rng: Random, shelf: Shelf, days: Days, language: str) -> None:
        self._rows, self._rng, self._shelf, self._days = rows, rng, shelf, days
        self._said: dict[str, Any] = words.texts(language)
        self._names = Names(Random(rng.random()), language)
        self._known = Knowledge(rows, Random(rng.random()), days, self._said)
        self._family_phone = ""

    def draw(self, number: int) -> Person:
        rng, days = self._rng, self._days
        habit = draw_habit(rng, days.first, days.last)
        name, gender, company = self._names.draw(number)
        created = days.moment(min(habit.joined, days.last), rng)
        birth = self._birth(name)
        person = Person(number, name, habit, self._shelf.favourites(rng), _by_the_sun(birth))
        self._rows.add(Customer, **self._card(person, gender, company, created, birth))
        self._say_more(person, created)
        return person

    def _birth(self, name: str) -> dict[str, Any]:
        """A birthday for most, one in five of the Han names' by the moon, every third without a year."""
        rng = self._rng
        if rng.random() < 0.38:
            return _NO_BIRTHDAY
        lunar = rng.random() < 0.2 and is_han(name[0])
        year = None if rng.random() < 0.33 else rng.randint(1950, 2006)
        day = rng.randint(1, 28)
        return _NO_BIRTHDAY | {
            "birth_lunar": lunar,
            "birth_year": year,
            "birth_month": rng.randint(1, 12),
            "birth_day": day,
        }

    def _card(
        self, person: Person, gender: str, company: str, created: datetime, birth: dict[str, Any]
    ) -> dict[str, Any]:
        rng, key = self._rng, sort_key(person.name)
        return {
            "id": person.id,
            "name": person.name,
            "sort_key": key,
            "company": company,
            "gender": gender,
            "wechat": _wechat(key, rng) if rng.random() < 0.55 else "",
            "source": rng.choice(self._said["sources"]),
            "note": rng.choice(self._said["notes"]) if rng.random() < 0.1 else "",
            "preferred_channel": rng.choice(("", "wechat", "call")),
            "do_not_contact": rng.random() < 0.015,
            "created_at": created,
            **birth,
            **self._known.of_card(person.id, person.habit.kind),
        }

    def _say_more(self, person: Person, created: datetime) -> None:
        rng, rows, said, owner = self._rng, self._rows, self._said, person.id
        self._add_phone(owner)
        self._known.ask(owner, created)
        self._known.confirm(owner, created)
        if rng.random() < 0.14:
            rows.add(CustomerEmail, customer_id=owner, address=f"guest{owner}@example.com")
        if rng.random() < 0.12:
            rows.add(CustomerAddress, customer_id=owner, text=rng.choice(said["addresses"]))
        for tag in sorted(set(rng.choices(said["tags"], k=rng.choices((0, 1, 2), (50, 35, 15))[0]))):
            rows.add(CustomerTag, customer_id=owner, name=tag)
        if person.habit.kind in (Kind.REGULAR, Kind.DEVOTED) and rng.random() < 0.45:
            day = min(self._days.last, self._days.day_of(created) + timedelta(days=rng.randint(0, 60)))
            at = self._days.moment(day, rng)
            fact = rng.choice(said["facts"])
            rows.add(PinnedFact, customer_id=owner, text=fact, at=at, shop_day=day, staff_id=self._days.staff(rng))

    def _add_phone(self, owner: int) -> None:
        """A number of their own; one card in forty has that of the card before, as families do."""
        if not self._family_phone or self._rng.random() >= 0.025:
            self._family_phone = _mobile(owner)
        else:
            self._known.relate(owner, owner - 1)
        phone = normalise(self._family_phone)
        self._rows.add(CustomerPhone, customer_id=owner, typed=phone.typed, e164=phone.e164, digits=phone.digits)


def _mobile(number: int) -> str:
    """A mobile number that no other `number` below 390,000 has."""
    block, place = divmod(number, BLOCK)
    return f"{PREFIXES[(number + block) % len(PREFIXES)]}0000{place * 7919 % BLOCK:04}"


def _wechat(key: str, rng: Random) -> str:
    letters = "".join(char for char in key.partition("\t")[0] if char.isascii() and char.isalpha())
    return f"{letters[:12] or 'tea'}{rng.randint(10, 999)}"


def _by_the_sun(birth: dict[str, Any]) -> tuple[int, int] | None:
    if birth["birth_lunar"] or birth["birth_month"] is None:
        return None
    return birth["birth_month"], birth["birth_day"]
