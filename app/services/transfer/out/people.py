"""Reads all that the cards say, a portion at a time, for the files customers are written into."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday, NoSuchBirthday
from app.domain.money import currency
from app.services.settings import settings
from app.services.transfer.out.files import Progress
from app.services.transfer.out.tables import counted, portions

_PEOPLE = """
SELECT c.id, c.external_id, c.name, c.company, c.gender, c.wechat, c.birth_lunar, c.birth_year, c.birth_month,
       c.birth_day, c.birth_leap, c.source, c.note, c.preferred_channel, c.do_not_contact, c.needs, c.preferences,
       c.buys_elsewhere, c.values_ranked, c.credit_note, c.credit_limit, c.personal_discount, c.created_at,
       c.referrer_id, r.external_id AS referrer_number, r.name AS referrer_name, coalesce(h.name, '') AS household,
       (SELECT typed FROM customer_phones WHERE customer_id = r.id ORDER BY id LIMIT 1) AS referrer_phone,
       coalesce(f.tier_rank, 0) AS tier_rank, coalesce(f.points, 0) AS points, coalesce(f.net, 0) AS net,
       f.last_sale_on,
       (SELECT json_group_array(json_array(typed, label)) FROM customer_phones WHERE customer_id = c.id) AS phones,
       (SELECT json_group_array(json_array(address, label)) FROM customer_emails WHERE customer_id = c.id) AS emails,
       (SELECT json_group_array(json_array(text, label)) FROM customer_addresses WHERE customer_id = c.id) AS addresses,
       (SELECT coalesce(group_concat(k.number, ', '), '') FROM member_card_events k
        WHERE k.customer_id IN (SELECT id FROM customers m WHERE m.id = c.id
         UNION ALL SELECT id FROM customers m WHERE m.merged_into = c.id) AND k.kind IN ('issued', 'found')
        AND k.id = (SELECT max(id) FROM member_card_events WHERE number = k.number)) AS member_card,
       (SELECT json_group_array(name) FROM customer_tags WHERE customer_id = c.id) AS tags,
       (SELECT json_group_array(json_array(label, month, day, year, lunar, leap)) FROM customer_dates
        WHERE customer_id = c.id) AS dates,
       (SELECT json_group_array(json_array(field_id, value)) FROM custom_values WHERE customer_id = c.id) AS custom,
       (SELECT json_group_array(json_array(channel, given, shop_day, source)) FROM
        (SELECT * FROM consents WHERE customer_id IN (SELECT id FROM customers m WHERE m.id = c.id
         UNION ALL SELECT id FROM customers m WHERE m.merged_into = c.id) ORDER BY at, id)) AS consents
FROM customers c LEFT JOIN customer_figures f ON f.customer_id = c.id
LEFT JOIN customers r ON r.id = c.referrer_id LEFT JOIN households h ON h.id = c.household_id
WHERE c.id > ?1 AND c.merged_into IS NULL AND c.erased_at IS NULL
  AND (CASE WHEN ?2 IS NULL THEN c.archived_at IS NULL ELSE c.id IN (SELECT value FROM json_each(?2)) END)
ORDER BY c.id LIMIT ?3
"""
_COUNT = """
SELECT count(*) FROM customers WHERE merged_into IS NULL AND erased_at IS NULL
  AND (CASE WHEN ?1 IS NULL THEN archived_at IS NULL ELSE id IN (SELECT value FROM json_each(?1)) END)
"""
_MOST = """
SELECT (SELECT max(n) FROM (SELECT count(*) AS n FROM customer_phones GROUP BY customer_id)),
       (SELECT max(n) FROM (SELECT count(*) AS n FROM customer_emails GROUP BY customer_id)),
       (SELECT max(n) FROM (SELECT count(*) AS n FROM customer_addresses GROUP BY customer_id))
"""
_FIELDS = "SELECT id, label, kind FROM custom_fields WHERE archived_at IS NULL ORDER BY position, id"


@dataclass(frozen=True, slots=True)
class Said:
    """The newest yes or no to a channel: when and where it was said."""

    given: bool
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Person:
    """One card. `texts` holds the plain columns by name; pairs are (text, label); money in minor units."""

    id: int
    texts: Mapping[str, str]
    birthday: Birthday | None
    phones: tuple[tuple[str, str], ...]
    emails: tuple[tuple[str, str], ...]
    addresses: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    dates: tuple[tuple[str, Birthday], ...]
    consents: Mapping[str, Said]
    custom: Mapping[int, str]
    values: tuple[str, ...]
    do_not_contact: bool
    credit_limit: int | None
    personal_discount: int | None
    since: date
    tier_rank: int
    points: int
    net: int
    last_sale_on: date | None


@dataclass(frozen=True, slots=True)
class Base:
    """What is true of the whole shop: its zone, its money, its own fields (id, label, kind), the widest card."""

    zone: ZoneInfo
    digits: int
    fields: tuple[tuple[int, str, str], ...]
    most_phones: int
    most_emails: int
    most_addresses: int

    def money(self, minor: int) -> Decimal:
        return Decimal(minor).scaleb(-self.digits)


def base_of(session: Session) -> Base:
    """The shop, as the files of customers need it."""
    shop, connection = settings(session), session.connection()
    phones, emails, addresses = connection.exec_driver_sql(_MOST).one()
    fields = tuple((row[0], row[1], row[2]) for row in connection.exec_driver_sql(_FIELDS))
    return Base(
        ZoneInfo(shop.timezone), currency(shop.currency).digits, fields, phones or 1, emails or 1, addresses or 1
    )


def people(connection: Connection, zone: ZoneInfo, ids: Collection[int] | None, progress: Progress) -> Iterator[Person]:
    """Those chosen, or everybody who is neither archived nor merged into another card, by id."""
    total = counted(connection, _COUNT, ids)
    for row in portions(connection, _PEOPLE, ids, total, progress):
        yield _person(row, zone)


def photo_of(connection: Connection, customer_id: int) -> bytes | None:
    """The picture of a person as a JPEG: one at a time, because ten thousand of them fill the memory."""
    found = connection.exec_driver_sql("SELECT jpeg FROM customer_photos WHERE customer_id = ?", (customer_id,))
    jpeg: bytes | None = found.scalar()
    return jpeg


_TEXTS = (
    *("name", "company", "gender", "wechat", "source", "note", "preferred_channel", "needs", "preferences"),
    *("buys_elsewhere", "credit_note", "household", "member_card"),
)


def _person(row: Any, zone: ZoneInfo) -> Person:
    held = row._mapping
    texts = {name: held[name] for name in _TEXTS}
    texts["external_id"] = row.external_id or ""
    texts["referrer"] = "" if row.referrer_id is None else _referrer(row)
    return Person(
        id=row.id,
        texts=texts,
        birthday=_day((row.birth_month, row.birth_day, row.birth_year, row.birth_lunar, row.birth_leap)),
        phones=_pairs(row.phones),
        emails=_pairs(row.emails),
        addresses=_pairs(row.addresses),
        tags=tuple(sorted(_listed(row.tags))),
        dates=tuple((label, day) for label, *parts in _listed(row.dates) if (day := _day(parts))),
        consents={
            channel: Said(bool(yes), date.fromisoformat(on), source)
            for channel, yes, on, source in _listed(row.consents)
        },
        custom=dict(_listed(row.custom)),
        values=tuple(_listed(row.values_ranked)),
        do_not_contact=bool(row.do_not_contact),
        credit_limit=row.credit_limit,
        personal_discount=row.personal_discount,
        since=datetime.fromisoformat(row.created_at).astimezone(zone).date(),
        tier_rank=row.tier_rank,
        points=row.points,
        net=row.net,
        last_sale_on=date.fromisoformat(row.last_sale_on) if row.last_sale_on else None,
    )


def _referrer(row: Any) -> str:
    """The number of the old system, else name and phone: what another shop can find them by as well."""
    return row.referrer_number or " ".join(filter(None, (row.referrer_name, row.referrer_phone)))


def _listed(text: str) -> list[Any]:
    """Most cards have no dates, no consents and no own fields: nothing is not worth a parser."""
    found: list[Any] = [] if text == "[]" else json.loads(text)
    return found


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((words, label) for words, label in _listed(text))


def _day(parts: Any) -> Birthday | None:
    month, day, year, lunar, leap = parts
    if month is None or day is None:
        return None
    try:
        return Birthday(month, day, year, bool(lunar), bool(leap))
    except NoSuchBirthday:
        return None  # an imported oddity must not keep the file from being written
