"""The ids behind what cards say: of a source, a household, a value of the shop's own fields; for `Only(ids=…)`."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.customers import Customer, CustomerFigures, CustomValue

_NEWEST = (CustomerFigures.last_sale_on.desc(), CustomerFigures.customer_id.desc())


def sources(session: Session) -> list[tuple[str, int]]:
    """Where customers came from and how many did, the commonest first; "" stands for those who were not asked."""
    number = func.count()
    shown = select(CustomerFigures.customer_id).where(CustomerFigures.hidden.is_(False))
    query = select(Customer.source, number).where(Customer.id.in_(shown)).group_by(Customer.source)
    return [(row[0], row[1]) for row in session.execute(query.order_by(number.desc(), Customer.source))]


def ids_of_source(session: Session, source: str) -> tuple[int, ...]:
    """Who came from there, the last who bought first; "" for those who were not asked."""
    query = select(CustomerFigures.customer_id).join(Customer, Customer.id == CustomerFigures.customer_id)
    shown = query.where(CustomerFigures.hidden.is_(False), Customer.source == source)
    return tuple(session.scalars(shown.order_by(*_NEWEST)))


def ids_of_household(session: Session, household_id: int) -> tuple[int, ...]:
    """Who lives there, the last who bought first."""
    query = select(CustomerFigures.customer_id).join(Customer, Customer.id == CustomerFigures.customer_id)
    shown = query.where(CustomerFigures.hidden.is_(False), Customer.household_id == household_id)
    return tuple(session.scalars(shown.order_by(*_NEWEST)))


def ids_with_value(session: Session, field_id: int, values: Sequence[str] = ()) -> tuple[int, ...]:
    """Whose card says one of these in a field of the shop, or anything where none is named."""
    said = select(CustomValue.customer_id).where(CustomValue.field_id == field_id)
    if values:
        said = said.where(CustomValue.value.in_(values))
    query = select(CustomerFigures.customer_id).where(
        CustomerFigures.hidden.is_(False), CustomerFigures.customer_id.in_(said)
    )
    return tuple(session.scalars(query.order_by(*_NEWEST)))


def values_of(session: Session, field_id: int) -> list[tuple[str, int]]:
    """What cards say in a field of the shop and how many do, the commonest first."""
    number = func.count()
    query = select(CustomValue.value, number).where(CustomValue.field_id == field_id).group_by(CustomValue.value)
    return [(row[0], row[1]) for row in session.execute(query.order_by(number.desc(), CustomValue.value))]
