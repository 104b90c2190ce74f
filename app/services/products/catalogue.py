"""Reading what the shop sells: the whole shelf, one category, the usual goods, or what a scanner read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, TextClause, func, select, text
from sqlalchemy.orm import Session

from app.models.products import Product
from app.models.sales import Sale, SaleLine


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One article; price and cost in 1/10,000 unit of currency for one `unit`."""

    id: int
    code: str
    name: str
    category: str
    unit: str
    price: int
    cost: int | None
    barcode: str
    active: bool
    other_barcodes: Sequence[str] = ()

    @property
    def barcodes(self) -> tuple[str, ...]:
        """All of them, the one of the label first."""
        return (*((self.barcode,) if self.barcode else ()), *self.other_barcodes)


_ROW = (
    Product.id,
    Product.code,
    Product.name,
    Product.category,
    Product.unit,
    Product.price,
    Product.cost,
    Product.barcode,
    Product.active,
    Product.other_barcodes,
)
_ALSO_READS = text("EXISTS (SELECT 1 FROM json_each(products.other_barcodes) WHERE value = :scanned)")


def also_reads(scanned: str) -> TextClause:
    """The condition that one of the other barcodes of an article is this."""
    return _ALSO_READS.bindparams(scanned=scanned)


def product(session: Session, product_id: int) -> ProductRow:
    """One article, retired or not."""
    return _rows(session, select(*_ROW).where(Product.id == product_id))[0]


def products(session: Session, category: str | None = None, *, retired: bool = False) -> list[ProductRow]:
    """The articles on sale by category and name; one category only, or with the retired ones when asked."""
    query = select(*_ROW).order_by(Product.category, Product.name, Product.id)
    if not retired:
        query = query.where(Product.active)
    if category is not None:
        query = query.where(Product.category == category)
    return _rows(session, query)


def categories(session: Session) -> list[str]:
    """The categories with something on sale, the fullest first."""
    query = (
        select(Product.category)
        .where(Product.active, Product.category != "")
        .group_by(Product.category)
        .order_by(func.count().desc(), Product.category)
    )
    return list(session.scalars(query))


def often_sold(session: Session, since: date, limit: int = 16) -> list[ProductRow]:
    """The usual goods: what stood on most bills from the shop day `since` on, filled up with the rest of the shelf."""
    bills = (
        select(SaleLine.product_id, func.count().label("bills"))
        .join(Sale, Sale.id == SaleLine.sale_id)
        .where(Sale.shop_day >= since, Sale.voided_at.is_(None), SaleLine.amount > 0)
        .group_by(SaleLine.product_id)
        .subquery()
    )
    query = (
        select(*_ROW)
        .outerjoin(bills, bills.c.product_id == Product.id)
        .where(Product.active)
        .order_by(func.coalesce(bills.c.bills, 0).desc(), Product.category, Product.name, Product.id)
        .limit(limit)
    )
    return _rows(session, query)


def by_code_or_barcode(session: Session, scanned: str) -> ProductRow | None:
    """The article on sale one of whose barcodes, or else whose code, is exactly what was scanned or typed."""
    for reads in (Product.barcode == scanned, also_reads(scanned), Product.code == scanned):
        query = select(*_ROW).where(reads, Product.active).limit(1)
        found = _rows(session, query) if scanned else []
        if found:
            return found[0]
    return None


def _rows(session: Session, query: Select[*tuple[Any, ...]]) -> list[ProductRow]:
    return [ProductRow(*row) for row in session.execute(query)]
