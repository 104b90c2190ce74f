"""Where an article is spoken of: on bills, and wherever else a row points at it."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.products import Product
from app.models.sales import SaleLine


@dataclass(frozen=True, slots=True)
class Uses:
    """How many bills name the article, and how many other rows do: a price agreed on, a contact it was shown in."""

    bills: int
    others: int


def uses(session: Session, product_id: int) -> Uses:
    """Every table that points at goods is looked through, also one that is made later."""
    bills = select(func.count(SaleLine.sale_id.distinct())).where(SaleLine.product_id == product_id)
    others = 0
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column is Product.__table__.c.id and table is not SaleLine.__table__:
                query = select(func.count()).select_from(table).where(key.parent == product_id)
                others += session.scalar(query) or 0
    return Uses(session.scalar(bills) or 0, others)
