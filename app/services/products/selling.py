"""How an article sells: the figures beside it in the list of goods."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.sales import Sale, SaleLine


@dataclass(frozen=True, slots=True)
class Selling:
    """Since a day: pieces sold less returned in thousandths, bills, net of discounts in minor units; and the last day
    it was ever sold."""

    quantity: int
    bills: int
    net: int
    last_sold_on: date | None


def selling(session: Session, product_id: int, since: date) -> Selling:
    """What became of one article from the shop day `since` on; bills that were taken back do not count."""
    lines = select(Sale).join(SaleLine, SaleLine.sale_id == Sale.id)
    mine = (SaleLine.product_id == product_id, Sale.voided_at.is_(None))
    quantity, net = func.sum(SaleLine.quantity), func.sum(SaleLine.amount - SaleLine.discount)
    query = lines.with_only_columns(quantity, func.count(Sale.id.distinct()), net).where(*mine, Sale.shop_day >= since)
    sold, bills, income = session.execute(query).one()
    last = lines.with_only_columns(func.max(Sale.shop_day)).where(*mine, SaleLine.quantity > 0)
    return Selling(sold or 0, bills, income or 0, session.scalar(last))
