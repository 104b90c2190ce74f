"""The people who buy: the card with its phones, mails, addresses and tags."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Id
from app.models.customers.knowledge import CustomerDate, CustomValue

APART = "archived_at IS NOT NULL OR erased_at IS NOT NULL OR merged_into IS NOT NULL OR do_not_contact"
"""Of a card, in SQL: something stands on it that may keep the shop from selling. An index holds those few."""


class Customer(Base):
    """One person or firm. `merged_into` says who answers for a card that was merged away."""

    __tablename__ = "customers"
    __table_args__ = (Index("ix_customers_apart", "archived_at", sqlite_where=text(APART)),)

    id: Mapped[Id]
    external_id: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(default="")
    """Pinyin of the name, lower case; computed once at save."""
    company: Mapped[str] = mapped_column(default="")
    gender: Mapped[str] = mapped_column(default="")
    wechat: Mapped[str] = mapped_column(default="")
    birth_lunar: Mapped[bool] = mapped_column(default=False)
    birth_year: Mapped[int | None]
    birth_month: Mapped[int | None]
    birth_day: Mapped[int | None]
    birth_leap: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    preferred_channel: Mapped[str] = mapped_column(default="")
    do_not_contact: Mapped[bool] = mapped_column(default=False)
    needs: Mapped[str] = mapped_column(default="", server_default="")
    preferences: Mapped[str] = mapped_column(default="", server_default="")
    buys_elsewhere: Mapped[str] = mapped_column(default="", server_default="")
    values_ranked: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    """What this person cares for when buying, the dearest first: codes of `app.domain.wishes` or the shop's words."""
    credit_note: Mapped[str] = mapped_column(default="", server_default="")
    credit_limit: Mapped[int | None]
    """Minor units this person may owe; absent: never asked."""
    personal_discount: Mapped[int | None]
    """Thousandths off every price for this person, in place of the tier's; absent: the tier's."""
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), index=True)
    referrer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    """Who brought this person."""
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    archived_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    """When all that told who this was was taken out at the person's wish; sums and ledgers stay."""
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batches.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    phones: Mapped[list["CustomerPhone"]] = relationship(cascade="all, delete-orphan", order_by="CustomerPhone.id")
    emails: Mapped[list["CustomerEmail"]] = relationship(cascade="all, delete-orphan", order_by="CustomerEmail.id")
    addresses: Mapped[list["CustomerAddress"]] = relationship(
        cascade="all, delete-orphan", order_by="CustomerAddress.id"
    )
    tags: Mapped[list["CustomerTag"]] = relationship(cascade="all, delete-orphan", order_by="CustomerTag.name")
    dates: Mapped[list[CustomerDate]] = relationship(cascade="all, delete-orphan", order_by="CustomerDate.id")
    custom: Mapped[list[CustomValue]] = relationship(cascade="all, delete-orphan", order_by="CustomValue.field_id")

    __mapper_args__ = {"version_id_col": version}


class CustomerPhone(Base):
    """A phone as it was typed, and as E.164 where it is a valid number. Families share phones: not unique."""

    __tablename__ = "customer_phones"

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(default="")
    typed: Mapped[str]
    e164: Mapped[str | None] = mapped_column(index=True)
    digits: Mapped[str] = mapped_column(index=True)


class CustomerEmail(Base):
    __tablename__ = "customer_emails"

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(default="")
    address: Mapped[str]


class CustomerAddress(Base):
    __tablename__ = "customer_addresses"

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(default="")
    text: Mapped[str]


class CustomerTag(Base):
    __tablename__ = "customer_tags"
    __table_args__ = (UniqueConstraint("customer_id", "name"),)

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(index=True)
