"""Who belongs to whom: households, and relations between two people."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id


class Household(Base):
    """People under one roof; a card belongs to at most one (`Customer.household_id`)."""

    __tablename__ = "households"

    id: Mapped[Id]
    name: Mapped[str]


class CustomerRelation(Base):
    """What `other_id` is to `customer_id`: spouse, parent, child, friend, colleague, or the shop's own word."""

    __tablename__ = "customer_relations"
    __table_args__ = (UniqueConstraint("customer_id", "other_id"),)

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
