"""Reminders of follow-ups: which are to be told now, and noting that they were, so that none is told twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.domain.reminders import Due, ReminderRule, to_tell, was_missed
from app.domain.shop import ShopSettings
from app.models.followups import FollowUp
from app.models.reminders import FollowUpReminder
from app.services.followups.facts import Facts, facts
from app.services.followups.rows import FollowUpRow, held_cards, is_held, load, of_people_on_the_list
from app.services.settings import settings
from app.storage import journal

LONGEST_AWAY = timedelta(days=31)
"""Of what was due before that nobody is reminded, however long the program was closed."""
_AROUND = timedelta(days=2)
"""Minutes before and quiet hours may move a reminder to the day before or after its own."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One follow-up to be told, with what is known about its reason."""

    item: FollowUpRow
    facts: Facts
    missed: bool
    """It should have been told earlier: the program was closed, or this computer asleep."""


def reminder_rule(shop: ShopSettings) -> ReminderRule:
    """The times of this shop."""
    before = timedelta(minutes=shop.reminder_minutes)
    return ReminderRule(
        ZoneInfo(shop.timezone), before, shop.reminder_morning, shop.reminder_quiet_from, shop.reminder_quiet_until
    )


def reminders_due(session: Session, since: datetime, now: datetime) -> tuple[int, ...]:
    """The follow-ups to be told at `now`, when it was last looked at `since`; none in quiet hours or when switched off.

    Nobody is reminded of selling to whom nothing is sold now, or of somebody who was archived.
    """
    return tuple(due.followup_id for due in _due(session, since, now))


def remind(
    session: Session, since: datetime, now: datetime, *, progress: Callable[[int, int], None] = lambda done, total: None
) -> tuple[Reminder, ...]:
    """Note what is told at `now`, and return it, the earliest first. Of two windows only one gets each.

    It is a note of the program and no act of a person: the trail does not show it, and it is not taken back.
    """
    progress(0, 1)
    found = _due(session, since, now)
    won = [due for due in found if _claimed(session, due, now)]
    journal.not_taken_back(session)
    rule = reminder_rule(settings(session))
    rows = {row.id: row for row in load(session, FollowUp.id.in_([due.followup_id for due in won]))}
    known = facts(session, list(rows.values()), now.astimezone(rule.zone).date())
    progress(1, 1)
    return tuple(Reminder(rows[due.followup_id], known[due.followup_id], was_missed(due, rule, now)) for due in won)


def _due(session: Session, since: datetime, now: datetime) -> list[Due]:
    shop = settings(session)
    rule = reminder_rule(shop)
    if not shop.reminders or rule.is_quiet(now):
        return []
    since = max(since, now - LONGEST_AWAY)
    first, last = (moment.astimezone(rule.zone).date() for moment in (since - _AROUND, now + _AROUND))
    near = FollowUp.done_at.is_(None), FollowUp.due_on.between(first, last), of_people_on_the_list()
    query = select(FollowUp.id, FollowUp.due_on, FollowUp.due_at).where(*near, ~is_held(held_cards(session, *near)))
    candidates = [Due(*row) for row in session.execute(query)]
    return to_tell(candidates, _told(session, candidates), rule, since, now)


def _told(session: Session, candidates: Sequence[Due]) -> frozenset[Due]:
    ids = [due.followup_id for due in candidates]
    query = select(FollowUpReminder.followup_id, FollowUpReminder.due).where(FollowUpReminder.followup_id.in_(ids))
    known = {(who, key) for who, key in session.execute(query)}
    return frozenset(due for due in candidates if (due.followup_id, due.key) in known)


def _claimed(session: Session, due: Due, now: datetime) -> bool:
    """Whether this window is the one that tells it. Written straight: what the program told is nobody's act."""
    note = insert(FollowUpReminder).values(followup_id=due.followup_id, due=due.key, told_at=now)
    return bool(session.connection().execute(note.on_conflict_do_nothing()).rowcount)
