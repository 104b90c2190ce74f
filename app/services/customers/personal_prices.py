"""What an article costs one customer, in place of its list price and the member price."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.models.customers import PersonalPrice
from app.models.products import Product
from app.services.customers.families import answered_for, answering

MOST = 10**14


class PersonalPriceRefused(ShopError):
    """A price is below 0, or beyond what the file can count."""


@dataclass(frozen=True, slots=True)
class PersonalPriceRow:
    """Prices in 1/10,000 unit of currency: what the article costs this customer, and what it costs others."""

    product_id: int
    name: str
    unit: str
    price: int
    list_price: int


def personal_prices(session: Session, customer_id: int) -> list[PersonalPriceRow]:
    """What this customer pays otherwise than others, by the name of the article."""
    cards = answered_for(session, answering(session, customer_id))
    query = (
        select(PersonalPrice.product_id, Product.name, Product.unit, PersonalPrice.price, Product.price)
        .join(Product, Product.id == PersonalPrice.product_id)
        .where(PersonalPrice.customer_id.in_(cards))
        .order_by(Product.name, Product.id, PersonalPrice.customer_id != cards[0], PersonalPrice.id.desc())
    )
    found: dict[int, PersonalPriceRow] = {}
    for row in session.execute(query):
        found.setdefault(row[0], PersonalPriceRow(*row))
    return list(found.values())


def set_personal_price(session: Session, customer_id: int, product_id: int, price: int) -> None:
    """Agree on what an article costs this customer, in 1/10,000 unit. Raises PersonalPriceRefused."""
    if not 0 <= price <= MOST:
        raise PersonalPriceRefused
    session.get_one(Product, product_id)
    owner = answering(session, customer_id)
    row = session.scalars(
        select(PersonalPrice).where(PersonalPrice.customer_id == owner, PersonalPrice.product_id == product_id)
    ).one_or_none()
    if row is None:
        session.add(PersonalPrice(customer_id=owner, product_id=product_id, price=price))
    else:
        row.price = price


def drop_personal_price(session: Session, customer_id: int, product_id: int) -> None:
    """Let the article cost this customer what it costs others, whichever of their cards it was agreed on."""
    cards = answered_for(session, answering(session, customer_id))
    rows = select(PersonalPrice).where(PersonalPrice.customer_id.in_(cards), PersonalPrice.product_id == product_id)
    for row in session.scalars(rows):
        session.delete(row)
