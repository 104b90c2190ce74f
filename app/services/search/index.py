"""Keeps the full-text index in step with customers, products and complaints."""

import json
from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.complaints import Complaint
from app.models.customers import Customer, CustomField, CustomValue
from app.models.products import Product
from app.services.search import documents
from app.storage import plain_sql, search_index
from app.storage.journal import Journal

ANSWERING = """
SELECT merged_into FROM customers WHERE id IN (SELECT value FROM json_each(?)) AND merged_into IS NOT NULL
"""
"""As the driver takes it: each write asks."""


def refresh_touched(session: Session, journal: Journal) -> None:
    """Index anew what the running write touched, as the most recent; a bulk write indexes its own rows."""
    renamed = _changed(journal, Customer)
    cases = _changed(journal, Complaint)
    if renamed:
        cases |= set(session.scalars(select(Complaint.id).where(Complaint.customer_id.in_(renamed))))
    touched = journal.customers | _answered_before(journal)
    if fields := _changed(journal, CustomField):
        says = select(CustomValue.customer_id).where(CustomValue.field_id.in_(fields))
        touched = touched | set(session.scalars(says))
    if touched:
        index_customers(session, touched)
    if goods := _changed(journal, Product):
        index_products(session, goods)
    if cases:
        index_complaints(session, cases)


def index_customers(session: Session, ids: Collection[int] | None = None) -> None:
    """Index these customers anew, or all of them in the order of their last touch (sale, contact, first day)."""
    if ids is not None:
        ids = _with_answering(session, ids)
    _replace(session, "customer", ids, documents.customers(session, ids))


def index_products(session: Session, ids: Collection[int] | None = None) -> None:
    """Index these goods anew, or all."""
    _replace(session, "product", ids, documents.products(session, ids))


def index_complaints(session: Session, ids: Collection[int] | None = None) -> None:
    """Index these complaints anew, or all."""
    _replace(session, "complaint", ids, documents.complaints(session, ids))


def rebuild(session: Session) -> None:
    """Forget the whole index and make it anew: what `check` does when it finds a difference."""
    search_index.clear(session.connection())
    for made in (documents.customers(session), documents.products(session), documents.complaints(session)):
        search_index.append(session.connection(), list(made))


def missing(session: Session) -> dict[str, list[int]]:
    """By kind the ids that should be indexed and are not, or are and should not be."""
    expected = {
        "customer": select(Customer.id).where(Customer.merged_into.is_(None)),
        "product": select(Product.id),
        "complaint": select(Complaint.id),
    }
    return {
        kind: sorted(set(session.scalars(query)) ^ search_index.held(session.connection(), kind))
        for kind, query in expected.items()
    }


def _replace(session: Session, kind: str, ids: Collection[int] | None, made: Iterable[search_index.Entry]) -> None:
    entries, connection = list(made), session.connection()
    search_index.remove(connection, kind, search_index.held(connection, kind) if ids is None else ids)
    search_index.append(connection, entries)


def _with_answering(session: Session, ids: Collection[int]) -> set[int]:
    """These, and whoever answers for those that were merged away."""
    found = plain_sql.values(session, ANSWERING, (json.dumps(list(ids)),))
    return {*ids, *found}


def _answered_before(journal: Journal) -> set[int]:
    """Whoever answered for a card that parted: they are no longer found by its words."""
    before = (change.before for change in journal.rows if change.kind is Customer)
    return {image["merged_into"] for image in before if image and image.get("merged_into") is not None}


def _changed(journal: Journal, kind: type[Base]) -> set[int]:
    return {int(change.key[0]) for change in journal.rows if change.kind is kind}
