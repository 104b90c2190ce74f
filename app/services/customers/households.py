"""People under one roof: who belongs to a household, and what it is called."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.text import one_line
from app.models.customers import Customer, Household
from app.services.customers.drafts import NoSuchHousehold
from app.services.customers.families import Person, answering, answering_each
from app.services.customers.relations import OneselfRelated


@dataclass(frozen=True, slots=True)
class HouseholdSeen:
    """A household as one of its people sees it: `others` without themselves, by id; `name` may be empty."""

    id: int
    name: str
    others: tuple[Person, ...]


def join_household(session: Session, customer_id: int, with_id: int) -> int:
    """Put a customer under one roof with another; returns the household's id.

    Who is asked to come along keeps their household; where only the customer has one, the other joins that; where
    neither has, one is made. Raises OneselfRelated.
    """
    one = session.get_one(Customer, answering(session, customer_id))
    other = session.get_one(Customer, answering(session, with_id))
    if one is other:
        raise OneselfRelated
    left, house = one.household_id, other.household_id or one.household_id or _new(session)
    one.household_id = other.household_id = house
    session.flush()
    sweep(session, left)
    return house


def leave_household(session: Session, customer_id: int) -> None:
    """Let a customer live alone; a household that nobody is left in goes."""
    customer = session.get_one(Customer, answering(session, customer_id))
    left, customer.household_id = customer.household_id, None
    session.flush()
    sweep(session, left)


def name_household(session: Session, household_id: int, name: str) -> None:
    """Call a household something ("the Shens of Pingjiang Road"); "" takes the name off."""
    session.get_one(Household, household_id).name = one_line(name)


def household_of(session: Session, household_id: int, family: Collection[int]) -> HouseholdSeen | None:
    """A household without the people of `family`, who see it."""
    row = session.get(Household, household_id)
    if row is None:
        return None
    members = session.scalars(select(Customer.id).where(Customer.household_id == household_id)).all()
    people = {person.id: person for person in answering_each(session, members).values()}
    return HouseholdSeen(row.id, row.name, tuple(people[key] for key in sorted(people) if key not in family))


def check_household(session: Session, household_id: int | None) -> None:
    """Raises NoSuchHousehold when there is none of this id."""
    if household_id is not None and session.get(Household, household_id) is None:
        raise NoSuchHousehold


def sweep(session: Session, household_id: int | None) -> None:
    """Take away a household that nobody is left in; what left it must be flushed."""
    if household_id is None:
        return
    if session.scalar(select(Customer.id).where(Customer.household_id == household_id).limit(1)) is None:
        session.delete(session.get_one(Household, household_id))


def _new(session: Session) -> int:
    made = Household(name="")
    session.add(made)
    session.flush()
    return made.id
