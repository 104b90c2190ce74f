"""What lists sort by: one row of figures a customer, rebuilt from the ledgers."""

from datetime import date

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base

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
    __table_args__ = (
        *(Index(f"ix_customer_figures_{name}", "hidden", name, "customer_id") for name in FIGURES),
        Index(
            "ix_customer_figures_born",
            "born",
            text("tier_rank DESC"),
            text("net DESC"),
            "customer_id",
            sqlite_where=text("born IS NOT NULL AND hidden = 0"),
        ),
    )
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
    born: Mapped[int | None]
    """The birthday as it was written, without its year, as one number (`app.domain.birthdays.code`)."""
