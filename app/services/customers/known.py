"""Whether there is such a customer, by our id or by that of the old system."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.models.customers import Customer


class NoSuchCustomer(ShopError):
    """No card has this number."""


def by_external_id(session: Session, external_id: str) -> int:
    """Our id of a customer of the old system. Raises NoSuchCustomer."""
    found = session.scalar(select(Customer.id).where(Customer.external_id == external_id))
    if found is None:
        raise NoSuchCustomer
    return found


def known(session: Session, customer_id: int) -> int:
    """The id itself. Raises NoSuchCustomer when no card has it."""
    if session.get(Customer, customer_id) is None:
        raise NoSuchCustomer
    return customer_id
