"""Reads what of a card is compared with others: the cards that stand, those merged away and erased left out."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday, NoSuchBirthday
from app.domain.duplicates import Face, face
from app.domain.phones import Phone

_CARDS = """
SELECT c.id, c.name, c.sort_key, c.birth_lunar, c.birth_year, c.birth_month, c.birth_day, c.birth_leap
FROM customers c WHERE +c.merged_into IS NULL AND c.erased_at IS NULL
"""
_PHONES = "SELECT customer_id, e164, digits FROM customer_phones"
_THESE = "IN (SELECT value FROM json_each(:ids))"

# CROSS JOIN: begin with the few that share something, never with all cards that stand.
_BY_PHONE = """
SELECT c.id FROM customer_phones p CROSS JOIN customers c ON c.id = p.customer_id
WHERE p.digits IN (SELECT value FROM json_each(:digits)) AND c.merged_into IS NULL AND c.erased_at IS NULL
UNION
SELECT c.id FROM customer_phones p CROSS JOIN customers c ON c.id = p.customer_id
WHERE p.e164 IN (SELECT value FROM json_each(:keys)) AND c.merged_into IS NULL AND c.erased_at IS NULL
LIMIT :most
"""
_BY_PINYIN = """
SELECT f.customer_id FROM customer_figures f CROSS JOIN customers c ON c.id = f.customer_id
WHERE f.hidden IN (0, 1) AND f.sort_key >= :pinyin || char(9) AND f.sort_key < :pinyin || char(10)
AND c.merged_into IS NULL AND c.erased_at IS NULL
AND ((c.birth_month = :month AND c.birth_day = :day) OR EXISTS (
    SELECT 1 FROM customer_phones p WHERE p.customer_id = c.id
    AND (substr(p.digits, -4) IN (SELECT value FROM json_each(:tails))
         OR substr(p.digits, 1, length(p.digits) - 4) IN (SELECT value FROM json_each(:heads)))))
LIMIT :most
"""
"""Whoever is read like this and shares a birthday, the end of a phone or all but its end: no other can be a hint."""


def faces(session: Session, ids: Collection[int] | None = None) -> list[Face]:
    """The faces of these cards, or of all, in the order of their ids."""
    if ids is None:
        cards, phones = _rows(session, _CARDS), _rows(session, _PHONES)
    else:
        bound = {"ids": json.dumps(sorted(ids))}
        cards = _rows(session, f"{_CARDS} AND c.id {_THESE}", bound)
        phones = _rows(session, f"{_PHONES} WHERE customer_id {_THESE}", bound)
    numbers: dict[int, list[Phone]] = {}
    for owner, e164, digits in phones:
        numbers.setdefault(owner, []).append(Phone("", e164, digits))
    return [_face(row, numbers.get(row[0], ())) for row in sorted(cards)]


def near(session: Session, asked: Face, most: int) -> set[int]:
    """Cards that may look like this one, found by their phones and by their pinyin; at most so many of each."""
    found: set[int] = set()
    if asked.phones:
        bound = {"digits": _list(asked.digits), "keys": _list(asked.phones), "most": most}
        found |= {row[0] for row in _rows(session, _BY_PHONE, bound)}
    if asked.pinyin:
        found |= {row[0] for row in _rows(session, _BY_PINYIN, {**_of_name(asked), "most": most})}
    return found - {asked.id}


def _of_name(asked: Face) -> dict[str, Any]:
    born = asked.birthday
    return {
        "pinyin": asked.pinyin,
        "month": born.month if born else None,
        "day": born.day if born else None,
        "tails": _list(asked.tails),
        "heads": _list(asked.heads),
    }


def _face(row: Sequence[Any], phones: Sequence[Phone]) -> Face:
    key, name, spelled, *born = row
    return face(key, name, phones, _birthday(*born), spelled)


def _birthday(lunar: int, year: int | None, month: int | None, day: int | None, leap: int) -> Birthday | None:
    if month is None or day is None:
        return None
    try:
        return Birthday(month, day, year, bool(lunar), bool(leap))
    except NoSuchBirthday:
        return None  # an imported oddity says nothing about who this is


def _rows(session: Session, query: str, bound: Mapping[str, Any] | None = None) -> list[Any]:
    return list(session.connection().exec_driver_sql(query, dict(bound or {})).all())


def _list(values: Collection[str]) -> str:
    return json.dumps(sorted(values))
