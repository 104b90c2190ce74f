"""What cards say, and how many do: where people came from, the values of the shop's own fields."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.customers import Customer, CustomerFigures, CustomValue


def sources(session: Session) -> list[tuple[str, int]]:
    """Where customers came from and how many did, the commonest first; "" stands for those who were not asked."""
    number = func.count()
    shown = select(CustomerFigures.customer_id).where(CustomerFigures.hidden.is_(False))
    query = select(Customer.source, number).where(Customer.id.in_(shown)).group_by(Customer.source)
    return [(row[0], row[1]) for row in session.execute(query.order_by(number.desc(), Customer.source))]


def values_of(session: Session, field_id: int) -> list[tuple[str, int]]:
    """What cards say in a field of the shop and how many do, the commonest first."""
    number = func.count()
    query = select(CustomValue.value, number).where(CustomValue.field_id == field_id).group_by(CustomValue.value)
    return [(row[0], row[1]) for row in session.execute(query.order_by(number.desc(), CustomValue.value))]
