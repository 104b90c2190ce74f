"""What comes after a contact: nothing, or a follow-up on a near day, answered with one digit."""

from datetime import date
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.interactions import Channel
from app.services.followups import FollowUpDraft, Later, put_off
from app.services.interactions import ContactDraft


class NextStep(StrEnum):
    NONE = "none"
    TOMORROW = "tomorrow"
    THREE_DAYS = "three_days"
    NEXT_WEEK = "next_week"
    DATE = "date"
    """A day of the person's own choice."""


_LATER = {
    NextStep.TOMORROW: Later.ONE_DAY,
    NextStep.THREE_DAYS: Later.THREE_DAYS,
    NextStep.NEXT_WEEK: Later.NEXT_WEEK,
}
_KINDS = {Channel.CALL: FollowUpKind.CALL, Channel.VISIT: FollowUpKind.CALL, Channel.WECHAT: FollowUpKind.WECHAT}


def step_words(step: NextStep) -> str:
    return {
        NextStep.NONE: QCoreApplication.translate("NextStep", "None"),
        NextStep.TOMORROW: QCoreApplication.translate("NextStep", "Tomorrow"),
        NextStep.THREE_DAYS: QCoreApplication.translate("NextStep", "In 3 days"),
        NextStep.NEXT_WEEK: QCoreApplication.translate("NextStep", "Next week"),
        NextStep.DATE: QCoreApplication.translate("NextStep", "On a day"),
    }[step]


def step_day(step: NextStep, chosen: date | None, today: date) -> date | None:
    """On which day, or None for no next step; `chosen` is the day typed for DATE."""
    if step is NextStep.DATE:
        return chosen
    return put_off(_LATER[step], today, today) if step in _LATER else None


def booking(customer_id: int, contact: ContactDraft, day: date, what: str) -> FollowUpDraft:
    """The follow-up: by the same way and for the same purpose; without words of its own it recalls what was said."""
    return FollowUpDraft(
        due_on=day,
        kind=_KINDS.get(contact.channel, FollowUpKind.OTHER),
        customer_id=customer_id,
        purpose=FollowUpPurpose(contact.purpose.value),
        text=what or contact.summary,
    )
