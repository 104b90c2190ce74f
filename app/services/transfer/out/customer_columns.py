"""The columns of a list of customers: what each is called, and what it says of a person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.formats.birthday_out import birthday_text
from app.formats.code_words import word
from app.formats.header_titles import CHANNELS, title
from app.formats.lists import joined
from app.formats.tables import Cell
from app.services.transfer.out.people import Base, Person

Say = Callable[[Person], Cell]
MOST = 20
"""Phones, mails or addresses of one person that get a column each."""


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    say: Say


def columns(base: Base, tiers: dict[int, str], language: str) -> list[Column]:
    """All there are to say, in the order a person reads a card; `tiers` are the shop's words by rank."""
    made = _Columns(base, tiers, language)
    return [*made.contact(), *made.person(), *made.consents(), *made.knowledge(), *made.own(), *made.figures()]


class _Columns:
    """Makes them in one language."""

    def __init__(self, base: Base, tiers: dict[int, str], language: str) -> None:
        self._base, self._tiers, self._language = base, tiers, language

    def contact(self) -> list[Column]:
        base = self._base
        return [
            self._text("external_id"),
            self._text("name"),
            *self._several("phone", base.most_phones, lambda person: person.phones),
            self._text("wechat"),
            *self._several("email", base.most_emails, lambda person: person.emails),
            *self._several("address", base.most_addresses, lambda person: person.addresses),
            self._text("member_card"),
        ]

    def person(self) -> list[Column]:
        return [
            self._one("birthday", self._birthday),
            self._one("dates", self._dates),
            self._one("gender", lambda person: self._word("gender", person.texts["gender"])),
            self._text("company"),
            self._one("tags", lambda person: joined(person.tags)),
            self._text("source"),
            self._text("referrer"),
            self._one("preferred_channel", lambda person: self._word("channel", person.texts["preferred_channel"])),
            self._one("do_not_contact", lambda person: self._word("yes_no", "yes") if person.do_not_contact else ""),
        ]

    def consents(self) -> list[Column]:
        return [self._consent(channel) for channel in CHANNELS]

    def knowledge(self) -> list[Column]:
        return [
            self._text("needs"),
            self._text("preference", "preferences"),
            self._one("values", lambda person: joined(self._word("wish", one) for one in person.values)),
            self._text("buys_elsewhere"),
            self._text("credit_note"),
            self._one("credit_limit", self._limit),
            self._one("personal_discount", self._discount),
            self._text("note"),
            self._one("registered_on", lambda person: person.since),
        ]

    def own(self) -> list[Column]:
        return [self._custom(number, label, kind) for number, label, kind in self._base.fields]

    def figures(self) -> list[Column]:
        """To look at: an import passes them over."""
        return [
            self._text("household"),
            self._one("tier", lambda person: self._tiers.get(person.tier_rank, "")),
            self._one("points", lambda person: person.points),
            self._one("net", lambda person: self._base.money(person.net)),
            self._one("last_sale_on", lambda person: person.last_sale_on),
        ]

    def _word(self, group: str, code: str) -> str:
        return word(group, code, self._language) if code else ""

    def _one(self, field: str, say: Say) -> Column:
        return Column(title("customers", field, self._language), say)

    def _text(self, field: str, name: str = "") -> Column:
        key = name or field
        return self._one(field, lambda person: person.texts[key])

    def _several(self, field: str, most: int, pairs: Callable[[Person], Sequence[tuple[str, str]]]) -> list[Column]:
        """A column for each of several and one for its label; what is beyond the most stands together in the last."""
        most = min(most, MOST)
        made = []
        for place in range(most):
            said = _nth(pairs, place, listed=field != "address", last=place == MOST - 1)
            made.append(Column(self._numbered(field, place), said))
            made.append(Column(self._numbered(f"{field}_label", place), self._label(pairs, place)))
        return made

    def _numbered(self, field: str, place: int) -> str:
        return title("customers", field, self._language, place + 1)

    def _label(self, pairs: Callable[[Person], Sequence[tuple[str, str]]], place: int) -> Say:
        def say(person: Person) -> Cell:
            found = pairs(person)
            return self._word("label", found[place][1]) if place < len(found) else ""

        return say

    def _birthday(self, person: Person) -> Cell:
        return birthday_text(person.birthday, self._language) if person.birthday else ""

    def _dates(self, person: Person) -> Cell:
        return joined(f"{label}: {birthday_text(day, self._language)}" for label, day in person.dates)

    def _limit(self, person: Person) -> Cell:
        return None if person.credit_limit is None else self._base.money(person.credit_limit)

    def _discount(self, person: Person) -> Cell:
        return None if person.personal_discount is None else person.personal_discount / 10

    def _consent(self, channel: str) -> Column:
        def say(person: Person) -> Cell:
            said = person.consents.get(channel)
            if said is None:
                return ""
            answer = self._word("yes_no", "yes" if said.given else "no")
            return f"{answer} {said.on.isoformat()} {said.source}".strip()

        return self._one(f"consent_{channel}", say)

    def _custom(self, number: int, label: str, kind: str) -> Column:
        def say(person: Person) -> Cell:
            value = person.custom.get(number, "")
            return self._word("yes_no", value) if kind == "yes_no" else value

        return Column(title("customers", "custom", self._language, label=label), say)


def _nth(pairs: Callable[[Person], Sequence[tuple[str, str]]], place: int, *, listed: bool, last: bool) -> Say:
    """`listed`: the import takes several out of one cell, so that a sign that parts them needs quotation marks."""

    def say(person: Person) -> Cell:
        found = pairs(person)
        if place >= len(found):
            return ""
        texts = [text for text, _ in (found[place:] if last else found[place : place + 1])]
        return joined(texts) if listed or len(texts) > 1 else texts[0]

    return say
