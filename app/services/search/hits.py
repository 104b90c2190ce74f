"""What a search shows of each thing it found, read in one statement a kind."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState, Severity, written_number
from app.domain.highlight import Span, matched_spans
from app.domain.pinyin_spans import spelled_spans
from app.services.customers.tier_marks import NO_TIER, TierMark, tier_marks

Words = tuple[str, ...]
"""What was asked for, as the index reads it."""


class HitKind(StrEnum):
    CUSTOMER = "customer"
    PRODUCT = "product"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Part:
    """One fact of a subtitle: `kind` is pinyin, phone (digits), wechat, company, tag, code, barcode, words, or the card
    or lost_card of a member.

    Which of its letters were matched is worked out when it is painted: most finds are never scrolled to.
    """

    kind: str
    text: str
    asked: Words = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        if self.kind == "pinyin":
            return spelled_spans(self.text, self.asked)
        return tuple(matched_spans(self.text, self.asked))


@dataclass(frozen=True, slots=True)
class Person:
    """Of a customer: standing, last purchase, and open complaints (above 0 the brake holds)."""

    tier: TierMark
    last_sale_on: date | None
    open_complaints: int
    archived: bool


@dataclass(frozen=True, slots=True)
class Goods:
    """Of a product: its price in 1/10,000 unit of currency."""

    price: int
    unit: str
    active: bool


@dataclass(frozen=True, slots=True)
class Case:
    """Of a complaint: how bad, in which state, and whose."""

    severity: Severity
    state: ComplaintState
    customer_id: int | None
    customer: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its title with the matched letters, and the facts under it."""

    kind: HitKind
    id: int
    title: str
    asked: Words
    parts: tuple[Part, ...]
    of: Person | Goods | Case

    @property
    def spans(self) -> tuple[Span, ...]:
        """The matched letters of the title."""
        return tuple(matched_spans(self.title, self.asked))


_PEOPLE = text(
    "SELECT c.id, c.name, c.sort_key, c.wechat, c.company, f.tier_rank, f.last_sale_on, f.open_complaints, f.hidden, "
    "(SELECT group_concat(p.digits, char(31)) FROM customer_phones p WHERE p.customer_id = c.id) AS phones, "
    "(SELECT group_concat(t.name, char(31)) FROM customer_tags t WHERE t.customer_id = c.id) AS tags, "
    "(SELECT group_concat(k.kind || ' ' || k.number, char(31)) FROM member_card_events k "
    "WHERE k.customer_id IN (SELECT id FROM customers WHERE id = c.id OR merged_into = c.id) AND k.kind <> 'withdrawn' "
    "AND k.id = (SELECT max(id) FROM member_card_events WHERE number = k.number)) AS cards "
    "FROM customers c LEFT JOIN customer_figures f ON f.customer_id = c.id "
    "WHERE c.id IN (SELECT value FROM json_each(:ids))"
)
_GOODS = text(
    "SELECT id, name, code, barcode, category, price, unit, active, "
    "(SELECT group_concat(value, char(31)) FROM json_each(other_barcodes)) AS others FROM products "
    "WHERE id IN (SELECT value FROM json_each(:ids))"
)
_CASES = text(
    "SELECT k.id, k.number, k.words, k.severity, k.state, k.customer_id, coalesce(c.name, '') AS customer "
    "FROM complaints k LEFT JOIN customers c ON c.id = k.customer_id WHERE k.id IN (SELECT value FROM json_each(:ids))"
)


def people(session: Session, ids: list[int], words: Words) -> list[Hit]:
    """These customers, in this order."""
    tiers = tier_marks(session)
    found = {row.id: row for row in session.connection().execute(_PEOPLE, {"ids": json.dumps(ids)})}
    return [
        Hit(
            HitKind.CUSTOMER,
            row.id,
            row.name,
            words,
            _person_parts(row, words),
            _person(row, tiers),
        )
        for row in (found[key] for key in ids if key in found)
    ]


def goods(session: Session, ids: list[int], words: Words) -> list[Hit]:
    """These products, in this order."""
    found = {row.id: row for row in session.connection().execute(_GOODS, {"ids": json.dumps(ids)})}
    return [
        Hit(
            HitKind.PRODUCT,
            row.id,
            row.name,
            words,
            _goods_parts(row, words),
            Goods(row.price, row.unit, bool(row.active)),
        )
        for row in (found[key] for key in ids if key in found)
    ]


def cases(session: Session, ids: list[int], words: Words) -> list[Hit]:
    """These complaints, in this order."""
    found = {row.id: row for row in session.connection().execute(_CASES, {"ids": json.dumps(ids)})}
    hits = []
    for row in (found[key] for key in ids if key in found):
        title = f"{written_number(row.number)} {row.customer}".strip()
        of = Case(Severity(row.severity), ComplaintState(row.state), row.customer_id, row.customer)
        parts = (Part("words", row.words, words),)
        hits.append(Hit(HitKind.COMPLAINT, row.id, title, words, parts, of))
    return hits


def _goods_parts(row: Any, words: Words) -> tuple[Part, ...]:
    """The code, and the barcode that matched, else the one of the label."""
    barcodes = [*([row.barcode] if row.barcode else []), *_split(row.others)]
    matched = (code for code in barcodes if any(word in code for word in words))
    shown = (("code", row.code), ("barcode", next(matched, row.barcode)))
    return tuple(Part(kind, said, words) for kind, said in shown if said)


def _person(row: Any, tiers: Mapping[int, TierMark]) -> Person:
    tier = tiers.get(row.tier_rank, NO_TIER)
    return Person(tier, _day(row.last_sale_on), row.open_complaints or 0, bool(row.hidden))


def _person_parts(row: Any, words: Words) -> tuple[Part, ...]:
    """Pinyin of a Han name, the phone that matched (else the first), WeChat and company, and tags that matched."""
    parts = []
    spelled, _, name = row.sort_key.partition("\t")
    if spelled and not name.isascii():
        parts.append(Part("pinyin", spelled, words))
    phones = _split(row.phones)
    if phones:
        matched = (digits for digits in phones if any(word in digits for word in words))
        parts.append(Part("phone", next(matched, phones[0]), words))
    parts += [Part(kind, said, words) for kind, said in (("wechat", row.wechat), ("company", row.company)) if said]
    parts += [Part("tag", tag, words) for tag in _split(row.tags) if _matches(tag, words)]
    return (*parts, *_card_parts(_split(row.cards), words))


def _card_parts(cards: list[str], words: Words) -> list[Part]:
    """The member card that was asked for; with a lost one the card in use too."""
    numbers = [word for word in words if any(letter.isdigit() for letter in word)]
    held = [tuple(card.split(" ", 1)) for card in cards]
    asked = [(kind, number) for kind, number in held if any(word.upper() in number for word in numbers)]
    lost = [number for kind, number in asked if kind == "lost"]
    good = [number for kind, number in (held if lost else asked) if kind != "lost"]
    return [Part("lost_card", number, words) for number in lost] + [Part("card", number, words) for number in good]


@lru_cache(maxsize=1024)
def _matches(tag: str, words: Words) -> bool:
    """Whether a tag is one of the reasons for a find; shops have few tags, and they come again in every find."""
    return bool(matched_spans(tag, words))


def _split(joined: str | None) -> list[str]:
    return joined.split("\x1f") if joined else []


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
