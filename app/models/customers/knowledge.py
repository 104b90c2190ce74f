"""What is known of a person beyond the card: pinned facts, days that matter, the shop's own fields, a photo."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.custom_fields import FieldKind
from app.models.base import Base, Coded, Id


class PinnedFact(Base):
    """Something to remember about a person ("allergic to nuts"), with who noted it and when."""

    __tablename__ = "pinned_facts"

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    at: Mapped[datetime]
    shop_day: Mapped[date]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class CustomerDate(Base):
    """Another day that matters, by the sun or the moon, with or without a year: a wedding, a child's birthday."""

    __tablename__ = "customer_dates"

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    label: Mapped[str]
    lunar: Mapped[bool] = mapped_column(default=False)
    year: Mapped[int | None]
    month: Mapped[int]
    day: Mapped[int]
    leap: Mapped[bool] = mapped_column(default=False)


class CustomField(Base):
    """A field the shop added to its cards. Put away (`archived_at`) it keeps what was written in it."""

    __tablename__ = "custom_fields"

    id: Mapped[Id]
    label: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[FieldKind] = mapped_column(Coded(FieldKind))
    choices: Mapped[list[str]] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]


class CustomValue(Base):
    """What a card says in one of the shop's own fields: ISO date, decimal number, "yes" or "no", or words."""

    __tablename__ = "custom_values"
    __table_args__ = (
        UniqueConstraint("customer_id", "field_id"),
        Index("ix_custom_values_field", "field_id", "value"),
    )

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    field_id: Mapped[int] = mapped_column(ForeignKey("custom_fields.id"))
    value: Mapped[str]


class FieldCheck(Base):
    """When a field of a card was last changed or confirmed; without a row, when the card was made."""

    __tablename__ = "field_checks"
    __table_args__ = (UniqueConstraint("customer_id", "field"),)

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    field: Mapped[str]
    checked_on: Mapped[date]


class CustomerPhoto(Base):
    """A small picture of the person, as JPEG: it lies in the file, so that every copy has it."""

    __tablename__ = "customer_photos"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    jpeg: Mapped[bytes]


class PersonalPrice(Base):
    """What one article costs this person, in 1/10,000 unit, in place of its list and member price."""

    __tablename__ = "personal_prices"
    __table_args__ = (UniqueConstraint("customer_id", "product_id"),)

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    price: Mapped[int]
