"""New prices for many articles: looked at before they hold, and taken back as one act."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.repricing import PriceChange, changed_price
from app.models.products import Product


class PriceOutOfRange(ShopError):
    """The change would bring a price below 0, or beyond what can be counted. Numbers: product_id."""


@dataclass(frozen=True, slots=True)
class NewPrice:
    """An article whose price would change; prices and cost in 1/10,000 unit of currency."""

    id: int
    name: str
    before: int
    after: int
    cost: int | None

    @property
    def below_cost(self) -> bool:
        return self.cost is not None and self.after < self.cost


def foresee_prices(session: Session, ids: Collection[int], change: PriceChange) -> list[NewPrice]:
    """What the change would do, in the order of the names; what costs that much already is left out.

    Raises PriceOutOfRange.
    """
    return [_new_price(row, change) for row in _changing(session, ids, change)]


def reprice(session: Session, ids: Collection[int], change: PriceChange) -> int:
    """Let these articles cost what the change makes of their price; how many changed.

    Bills already written, and prices agreed on with a customer, stay. Raises PriceOutOfRange.
    """
    rows = _changing(session, ids, change)
    for row in rows:
        row.price = _new_price(row, change).after
    return len(rows)


def _changing(session: Session, ids: Collection[int], change: PriceChange) -> Sequence[Product]:
    chosen = set(ids)
    rows = session.scalars(select(Product).order_by(Product.name, Product.id))
    return [row for row in rows if row.id in chosen and _new_price(row, change).after != row.price]


def _new_price(row: Product, change: PriceChange) -> NewPrice:
    after = changed_price(row.price, change)
    if after is None:
        raise PriceOutOfRange(product_id=row.id)
    return NewPrice(row.id, row.name, row.price, after, row.cost)
