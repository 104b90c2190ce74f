"""Which follow-ups a person was reminded of."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class FollowUpReminder(Base):
    """One that was told, for the time it was due then: put off, a follow-up is told again."""

    __tablename__ = "followup_reminders"

    followup_id: Mapped[int] = mapped_column(ForeignKey("followups.id", ondelete="CASCADE"), primary_key=True)
    due: Mapped[str] = mapped_column(primary_key=True)
    """2026-11-23T14:00, or the bare day where it has no hour."""
    told_at: Mapped[datetime]

    @classmethod
    def feature(cls) -> str:
        return "followups"
