"""What every act on a follow-up begins and ends with: the row is looked up, and only what differs is set."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.models.followup_series import FollowUpSeries
from app.models.followups import FollowUp
from app.services.followups.drafts import FollowUpGone


def stored(session: Session, followup_id: int) -> FollowUp:
    """Raises FollowUpGone."""
    row = session.get(FollowUp, followup_id)
    if row is None:
        raise FollowUpGone
    return row


def say(row: FollowUp | FollowUpSeries, values: Mapping[str, Any]) -> None:
    """Let a row say these values; one that says them already is not touched."""
    for key, value in values.items():
        if getattr(row, key) != value:
            setattr(row, key, value)
