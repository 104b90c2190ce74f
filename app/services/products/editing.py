"""Putting an article on the shelf, changing it, taking it off; one that nothing speaks of yet may go altogether."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.text import one_line
from app.models.products import Product
from app.services.products.catalogue import also_reads
from app.services.products.uses import Uses, uses


class CodeTaken(ShopError):
    """Another article has this code. Numbers: product_id."""


class BarcodeTaken(ShopError):
    """Another article has this barcode. Numbers: product_id, barcode."""


class BadProduct(ShopError):
    """Code "product_without_name" or "price_below_zero"."""


class ProductInUse(ShopError):
    """What was sold, agreed on or shown is kept: the article can be retired. Numbers: bills, others."""


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """What a person says about an article; price and cost in 1/10,000 unit of currency."""

    name: str
    code: str = ""
    """Empty: the next free number."""
    category: str = ""
    unit: str = ""
    price: int = 0
    cost: int | None = None
    barcode: str = ""
    other_barcodes: tuple[str, ...] = ()


def add(session: Session, draft: ProductDraft) -> int:
    """A new article; its id.

    Raises BadProduct, CodeTaken, or BarcodeTaken.
    """
    values = _checked(session, draft, None)
    row = Product(**values)
    session.add(row)
    session.flush()
    return row.id


def edit(session: Session, product_id: int, draft: ProductDraft) -> int:
    """Change an article; its id. Bills already written keep their prices.

    Raises BadProduct, CodeTaken, or BarcodeTaken.
    """
    row = session.get_one(Product, product_id)
    for name, value in _checked(session, draft, row).items():
        setattr(row, name, value)
    return product_id


def retire(session: Session, product_id: int, *, active: bool = False) -> None:
    """Take an article off the shelf, or with `active` put it back: what has been sold is kept, old bills name it."""
    session.get_one(Product, product_id).active = active


def remove(session: Session, product_id: int) -> None:
    """Forget an article that nothing speaks of, such as one that was typed twice.

    Raises ProductInUse.
    """
    used = uses(session, product_id)
    if used != Uses(0, 0):
        raise ProductInUse(bills=used.bills, others=used.others)
    session.delete(session.get_one(Product, product_id))


def _checked(session: Session, draft: ProductDraft, row: Product | None) -> dict[str, Any]:
    values = {key: one_line(value) if isinstance(value, str) else value for key, value in asdict(draft).items()}
    if not values["name"]:
        raise BadProduct("product_without_name")
    if draft.price < 0 or (draft.cost or 0) < 0:
        raise BadProduct("price_below_zero")
    values["code"] = values["code"] or (row.code if row else _free_code(session))
    values["barcode"], values["other_barcodes"] = _in_order((values["barcode"], *draft.other_barcodes))
    own = row.id if row else None
    if (taken := _other(session, own, Product.code == values["code"])) is not None:
        raise CodeTaken(product_id=taken)
    for barcode in filter(None, (values["barcode"], *values["other_barcodes"])):
        reads = or_(Product.barcode == barcode, also_reads(barcode))
        if (taken := _other(session, own, reads)) is not None:
            raise BarcodeTaken(product_id=taken, barcode=barcode)
    return values


def _in_order(barcodes: Iterable[str]) -> tuple[str, list[str]]:
    """The first is the one of the label; none twice."""
    first, *others = list(dict.fromkeys(word for said in barcodes if (word := one_line(said)))) or [""]
    return first, others


def _other(session: Session, own: int | None, condition: Any) -> int | None:
    """Another article that answers to this."""
    return session.scalar(select(Product.id).where(condition, Product.id.is_distinct_from(own)).limit(1))


def _free_code(session: Session) -> str:
    """The first number after the count of articles that nobody has."""
    codes = set(session.scalars(select(Product.code)))
    number = len(codes) + 1
    while f"{number:04}" in codes:
        number += 1
    return f"{number:04}"
