"""The words each record is found under, read from the tables and made by the rules of `app.domain.search_keys`."""

import json
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.domain.complaints import written_number
from app.domain.search_keys import complaint_document, customer_document, product_document
from app.storage import plain_sql
from app.storage.search_index import Entry

TAG_MARK = "\ue003"
"""Before a token of a tag, so that "#" finds tags alone; a private-use character nobody types."""
_BETWEEN = "\x1f"
LONGEST_SUBJECT = 60
"""Letters of a complaint's words, or of a field of the shop's own, that are indexed: every run of them is, so their
number is squared."""

_CUSTOMERS = """
SELECT c.id, c.merged_into, c.archived_at IS NOT NULL, c.name, c.company, c.wechat, c.external_id,
       (SELECT group_concat(p.digits, char(31)) FROM customer_phones p WHERE p.customer_id = c.id),
       (SELECT group_concat(m.address, char(31)) FROM customer_emails m WHERE m.customer_id = c.id),
       (SELECT group_concat(t.name, char(31)) FROM customer_tags t WHERE t.customer_id = c.id),
       (SELECT group_concat(k.number) FROM member_card_events k WHERE k.customer_id = c.id AND k.kind <> 'withdrawn'
        AND k.id = (SELECT max(id) FROM member_card_events WHERE number = k.number)),
       (SELECT group_concat(v.value, char(31)) FROM custom_values v JOIN custom_fields d ON d.id = v.field_id
        WHERE v.customer_id = c.id AND d.archived_at IS NULL AND d.kind <> 'yes_no')
FROM customers c LEFT JOIN customer_figures f ON f.customer_id = c.id
"""
_BY_LAST_TOUCH = """
ORDER BY max(coalesce(f.last_sale_on, ''), coalesce(f.last_contact_on, ''), substr(c.created_at, 1, 10)), c.id
"""
_THESE = "(SELECT value FROM json_each(:ids))"
_PRODUCTS = """
SELECT id, name, code, barcode, category, active,
       (SELECT group_concat(value, char(31)) FROM json_each(other_barcodes)) FROM products
"""
_COMPLAINTS = """
SELECT k.id, k.number, coalesce(c.name, ''), k.words, k.wish, k.remedy
FROM complaints k LEFT JOIN customers c ON c.id = k.customer_id
"""
ALL_CUSTOMERS = _CUSTOMERS + _BY_LAST_TOUCH
SOME_CUSTOMERS = f"{_CUSTOMERS} WHERE c.id IN {_THESE} OR c.merged_into IN {_THESE} {_BY_LAST_TOUCH}"
ALL_PRODUCTS = f"{_PRODUCTS} ORDER BY id"
SOME_PRODUCTS = f"{_PRODUCTS} WHERE id IN {_THESE} ORDER BY id"
ALL_COMPLAINTS = f"{_COMPLAINTS} ORDER BY k.opened_at, k.id"
SOME_COMPLAINTS = f"{_COMPLAINTS} WHERE k.id IN {_THESE} ORDER BY k.opened_at, k.id"
"""As the driver takes them: each write asks."""


class _Customer(NamedTuple):
    """What is known of a customer that is searched for; several of a kind are joined."""

    id: int
    merged_into: int | None
    hidden: int
    name: str
    company: str
    wechat: str
    external_id: str | None
    phones: str | None
    emails: str | None
    tags: str | None
    cards: str | None
    own: str | None


def customers(session: Session, ids: Collection[int] | None = None) -> list[Entry]:
    """Documents of all customers, or of these, the last touched last; a merged card's words go to who answers."""
    rows = [_Customer(*row) for row in _rows(session, ALL_CUSTOMERS, SOME_CUSTOMERS, ids)]
    merged: dict[int, list[_Customer]] = {}
    for row in rows:
        if row.merged_into is not None:
            merged.setdefault(row.merged_into, []).append(row)
    return [_customer(row, merged.get(row.id, [])) for row in rows if row.merged_into is None]


def products(session: Session, ids: Collection[int] | None = None) -> Iterator[Entry]:
    """Documents of all goods, or of these."""
    for key, name, code, barcode, category, active, others in _rows(session, ALL_PRODUCTS, SOME_PRODUCTS, ids):
        barcodes = (*((barcode,) if barcode else ()), *_split(others))
        document = product_document(name, code, barcodes, category)
        yield Entry("product", key, document.whole, document.inner, hidden=not active)


def complaints(session: Session, ids: Collection[int] | None = None) -> Iterator[Entry]:
    """Documents of all complaints, or of these."""
    for key, number, name, words, wish, remedy in _rows(session, ALL_COMPLAINTS, SOME_COMPLAINTS, ids):
        told = "\n".join((words, wish, remedy))
        document = complaint_document(written_number(number), name, words[:LONGEST_SUBJECT], told)
        yield Entry("complaint", key, document.whole, document.inner)


def _rows(session: Session, every: str, some: str, ids: Collection[int] | None) -> list[tuple[Any, ...]]:
    if ids is None:
        return plain_sql.rows(session, every)
    return plain_sql.rows(session, some, {"ids": json.dumps(list(ids))})


def _customer(row: _Customer, merged: Iterable[_Customer]) -> Entry:
    phones, tags, also = _split(row.phones), _split(row.tags), [row.company] if row.company else []
    cards = _cards(row.cards)
    also += [value[:LONGEST_SUBJECT] for value in _split(row.own)]
    for other in merged:
        phones += _split(other.phones)
        cards += _cards(other.cards)
        also += [said for said in (other.name, other.company, other.wechat, other.external_id) if said]
    document = customer_document(
        row.name, phones, row.wechat, _split(row.emails), row.external_id or "", [*tags, *also], cards
    )
    marked = "".join(_tag_tokens(tag) for tag in tags)
    return Entry("customer", row.id, document.whole + marked, document.inner, hidden=bool(row.hidden))


def _cards(joined: str | None) -> list[str]:
    """The numbers of member cards, lost ones too: whoever holds one up is found by it, and told how it stands."""
    return joined.split(",") if joined else []


def _split(joined: str | None) -> list[str]:
    return joined.split(_BETWEEN) if joined else []


@lru_cache(maxsize=4096)
def _tag_tokens(tag: str) -> str:
    """Every token of a tag behind the mark, with a blank before each."""
    document = customer_document(tag)
    return "".join(f" {TAG_MARK}{token}" for token in (*document.whole.split(), *document.inner.split()))
