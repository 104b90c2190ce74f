"""Member cards: whose number it is, since when, and what became of it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.member_cards import CardEventKind
from app.models.base import Base, Coded, Id


class MemberCardEvent(Base):
    """What happened to a card. Never changed, never deleted: the last event of a number says how it stands."""

    __tablename__ = "member_card_events"
    append_only = True

    id: Mapped[Id]
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    number: Mapped[str] = mapped_column(index=True)
    kind: Mapped[CardEventKind] = mapped_column(Coded(CardEventKind))
    reason: Mapped[str] = mapped_column(default="")
    replaced_by: Mapped[str] = mapped_column(default="")
    """With a loss: the number of the new card, where there is one."""
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batches.id"), index=True)
