"""Putting an article on the shelf, changing it, taking it off."""

from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.models.products import Product


class CodeTaken(ShopError):
    """Another article has this code. Numbers: product_id."""


class BadProduct(ShopError):
    """Code "product_without_name" or "price_below_zero"."""


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


def add(session: Session, draft: ProductDraft) -> int:
    """A new article; its id.

    Raises BadProduct, or CodeTaken.
    """
    values = _checked(session, draft, None)
    row = Product(**values)
    session.add(row)
    session.flush()
    return row.id


def edit(session: Session, product_id: int, draft: ProductDraft) -> None:
    """Change an article; bills already written keep their prices.

    Raises BadProduct, or CodeTaken.
    """
    row = session.get_one(Product, product_id)
    for name, value in _checked(session, draft, row).items():
        setattr(row, name, value)


def retire(session: Session, product_id: int, *, active: bool = False) -> None:
    """Take an article off the shelf, or with `active` put it back. It is never deleted: old bills name it."""
    session.get_one(Product, product_id).active = active


def _checked(session: Session, draft: ProductDraft, row: Product | None) -> dict[str, object]:
    values = {key: value.strip() if isinstance(value, str) else value for key, value in asdict(draft).items()}
    if not values["name"]:
        raise BadProduct("product_without_name")
    if draft.price < 0 or (draft.cost or 0) < 0:
        raise BadProduct("price_below_zero")
    values["code"] = values["code"] or (row.code if row else _free_code(session))
    taken = session.scalar(select(Product.id).where(Product.code == values["code"]))
    if taken is not None and (row is None or taken != row.id):
        raise CodeTaken(product_id=taken)
    return values


def _free_code(session: Session) -> str:
    """The first number after the count of articles that nobody has."""
    codes = set(session.scalars(select(Product.code)))
    number = len(codes) + 1
    while f"{number:04}" in codes:
        number += 1
    return f"{number:04}"
