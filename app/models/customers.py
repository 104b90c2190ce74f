"""The people who buy: the card, its phones, addresses and tags, and the figures kept about each."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Id


class Customer(Base):
    """One person or firm. `merged_into` says who answers for a card that was merged away."""

    __tablename__ = "customers"

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
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batches.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    phones: Mapped[list["CustomerPhone"]] = relationship(cascade="all, delete-orphan", order_by="CustomerPhone.id")
    emails: Mapped[list["CustomerEmail"]] = relationship(cascade="all, delete-orphan", order_by="CustomerEmail.id")
    addresses: Mapped[list["CustomerAddress"]] = relationship(
        cascade="all, delete-orphan", order_by="CustomerAddress.id"
    )
    tags: Mapped[list["CustomerTag"]] = relationship(cascade="all, delete-orphan", order_by="CustomerTag.name")

    __mapper_args__ = {"version_id_col": version}


class CustomerPhone(Base):
    """A phone as it was typed, and as E.164 where it is a valid number. Families share phones: not unique."""

    __tablename__ = "customer_phones"

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(default="")
    typed: Mapped[str]
    e164: Mapped[str | None]
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


class PinnedFact(Base):
    """Something to remember about a person ("allergic to nuts"), with who noted it and when."""

    __tablename__ = "pinned_facts"

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    at: Mapped[datetime]
    shop_day: Mapped[date]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


FIGURES = (
    "sort_key",
    "net",
    "last_sale_on",
    "last_contact_on",
    "purchase_days",
    "points",
    "tier_rank",
    "open_complaints",
)


class CustomerFigures(Base):
    """What lists sort by, one row a customer. A cache: `check` rebuilds it and compares."""

    __tablename__ = "customer_figures"
    __table_args__ = tuple(Index(f"ix_customer_figures_{name}", "hidden", name, "customer_id") for name in FIGURES)
    cache = True

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    hidden: Mapped[bool] = mapped_column(default=False)
    """Archived, or merged into another card."""
    sort_key: Mapped[str] = mapped_column(default="")
    net: Mapped[int] = mapped_column(default=0)
    """Minor units bought less returned, all time."""
    last_sale_on: Mapped[date | None]
    last_contact_on: Mapped[date | None]
    purchase_days: Mapped[int] = mapped_column(default=0)
    points: Mapped[int] = mapped_column(default=0)
    tier_rank: Mapped[int] = mapped_column(default=0)
    open_complaints: Mapped[int] = mapped_column(default=0)
    """Open, waiting or resolved but not closed: while above 0, nothing is promoted (the brake)."""
