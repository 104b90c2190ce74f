"""What the shop sells."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id


class Product(Base):
    """One article. Prices are integers of 1/10,000 unit of currency."""

    __tablename__ = "products"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    category: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    price: Mapped[int] = mapped_column(default=0)
    cost: Mapped[int | None]
    barcode: Mapped[str] = mapped_column(default="", index=True)
    """The one its label shows."""
    other_barcodes: Mapped[list[str]] = mapped_column(default=list)
    """What else a scanner may read on it: an earlier package, a set of six."""
    active: Mapped[bool] = mapped_column(default=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batches.id"), index=True)
