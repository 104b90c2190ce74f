"""Finding a bill again: by the number on its slip, by who bought, or among the last ones."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.models.customers import Customer
from app.models.products import Product
from app.models.sales import Sale, SaleLine
from app.services.customers.families import answered_each

_SLIP = re.compile(r"(\d{2})(\d{2})(\d{2})-(\d{3,})")
_NUMBER = re.compile(r"(\d{2})(\d{2})-(\d{3,})")


@dataclass(frozen=True, slots=True)
class FoundSale:
    """A sale in a list of finds; money in minor units."""

    id: int
    number: str
    at: datetime
    shop_day: date
    customer_id: int | None
    customer: str
    total: int
    back: int
    """What went back for it."""
    goods: str
    """The first article."""
    lines: int


def slip_code(number: str, day: date) -> str:
    """What the barcode of a slip says: the number with its year, so that no two slips are alike."""
    return f"{day:%y}{number}" if _NUMBER.fullmatch(number) else number


def sales_by_number(session: Session, typed: str, day: date) -> list[FoundSale]:
    """The sales a slip's barcode, the number on it, or an invoice of the old system names, the newest first.

    A number without its year is the last one up to `day`; returns and sales taken back are left out.
    """
    words = typed.strip()
    slip, number = _SLIP.fullmatch(words), _NUMBER.fullmatch(words)
    if slip:
        return _found(session, *_on_day(f"{slip[2]}{slip[3]}-{slip[4]}", _day(2000 + int(slip[1]), slip[2], slip[3])))
    if number:
        days = (_day(day.year - back, number[1], number[2]) for back in range(2))
        tries = (_found(session, *_on_day(words, when)) for when in days if when is not None and when <= day)
        return next((found for found in tries if found), [])
    return _found(session, Sale.invoice == words) if words else []


def sales_to_people(session: Session, customers: Collection[int], *, limit: int = 20) -> list[FoundSale]:
    """What these customers, with the cards merged into them, bought last; of goods, which may come back."""
    whose = Sale.customer_id.in_(list(answered_each(session, customers)))
    return _found(session, whose, _has_goods(), limit=limit)


def last_sales(session: Session, *, limit: int = 20) -> list[FoundSale]:
    """The last sales of goods."""
    return _found(session, _has_goods(), limit=limit)


def _has_goods() -> ColumnElement[bool]:
    """Not where stored value was paid in or out alone."""
    return select(SaleLine.id).where(SaleLine.sale_id == Sale.id, ~SaleLine.deposit).exists()


def _on_day(number: str, day: date | None) -> tuple[ColumnElement[bool], ...]:
    return Sale.number == number, Sale.shop_day == (day or date.min)


def _day(year: int, month: str, number: str) -> date | None:
    try:
        return date(year, int(month), int(number))
    except ValueError:
        return None


def _found(session: Session, *which: ColumnElement[bool], limit: int = 20) -> list[FoundSale]:
    back, line = aliased(Sale), aliased(SaleLine)
    returned = select(-func.sum(back.total)).where(back.returns_id == Sale.id, back.voided_at.is_(None)).correlate(Sale)
    first = (
        select(func.coalesce(func.nullif(line.description, ""), Product.name, ""))
        .select_from(line)
        .outerjoin(Product, Product.id == line.product_id)
        .where(line.sale_id == Sale.id)
        .order_by(line.id)
        .limit(1)
        .correlate(Sale)
    )
    count = select(func.count()).select_from(line).where(line.sale_id == Sale.id).correlate(Sale)
    query: Select[*tuple[Any, ...]] = (
        select(
            Sale.id,
            Sale.number,
            Sale.at,
            Sale.shop_day,
            Sale.customer_id,
            func.coalesce(Customer.name, ""),
            Sale.total,
            func.coalesce(returned.scalar_subquery(), 0),
            func.coalesce(first.scalar_subquery(), ""),
            count.scalar_subquery(),
        )
        .outerjoin(Customer, Customer.id == Sale.customer_id)
        .where(Sale.voided_at.is_(None), or_(Sale.revenue > 0, Sale.returned == 0), *which)
        .order_by(Sale.shop_day.desc(), Sale.at.desc(), Sale.id.desc())
        .limit(limit)
    )
    return [FoundSale(*row) for row in session.execute(query)]
