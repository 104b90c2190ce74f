"""When a follow-up is reminded of: some minutes before its hour, or in the morning of its day; never in quiet hours.

What falls into quiet hours waits for their end. Nothing is told twice, and nothing is lost while the program is closed:
whatever was due since it was last looked at is told at the next look.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FRESH = timedelta(minutes=5)
"""Told later than so, a reminder was missed."""


@dataclass(frozen=True, slots=True)
class Due:
    """What may be reminded of: a follow-up and when it is due. Put off, it is another one, and is told anew."""

    followup_id: int
    on: date
    at: time | None = None
    """The hour in the shop; None: any time of the day."""

    @property
    def key(self) -> str:
        """Its time, as it is kept once it was told: 2026-11-23T14:00, or the bare day."""
        return f"{self.on}T{self.at:%H:%M}" if self.at else f"{self.on}"


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """A shop's own times. Quiet hours may span midnight; where they begin and end at one time there are none."""

    zone: ZoneInfo
    before: timedelta = timedelta(minutes=10)
    morning: time = time(9)
    quiet_from: time = time(21)
    quiet_until: time = time(9)

    def is_quiet(self, moment: datetime) -> bool:
        """Whether a moment lies in the quiet hours; their end does not."""
        return self._is_quiet(moment.astimezone(self.zone).time())

    def moment(self, due: Due) -> datetime:
        """When it is told, UTC.

        An hour the clocks skip comes as much later as they are put forward; of one they repeat, the first is meant.
        """
        told = self._hour(due) - self.before if due.at else self._instant(due.on, self.morning)
        return self._after_quiet(told) if self.is_quiet(told) else told

    def over(self, due: Due) -> datetime:
        """Until when it can still be told: the hour it is for, or the moment itself where that comes later."""
        return max(self.moment(due), self._hour(due)) if due.at else self.moment(due)

    def _hour(self, due: Due) -> datetime:
        return self._instant(due.on, due.at or self.morning)

    def _is_quiet(self, clock: time) -> bool:
        first, last = self.quiet_from, self.quiet_until
        if first <= last:
            return first <= clock < last
        return clock >= first or clock < last

    def _after_quiet(self, moment: datetime) -> datetime:
        """The next end of the quiet hours; on the night the clocks go back it comes twice."""
        day = moment.astimezone(self.zone).date()
        ends = (self._instant(day + timedelta(days=n), self.quiet_until, fold) for n in range(3) for fold in (0, 1))
        return min(end for end in ends if end > moment and not self.is_quiet(end))

    def _instant(self, day: date, clock: time, fold: int = 0) -> datetime:
        return datetime.combine(day, clock.replace(fold=fold), self.zone).astimezone(UTC)


def to_tell(
    candidates: Iterable[Due], told: Collection[Due], rule: ReminderRule, since: datetime, now: datetime
) -> list[Due]:
    """What is told at `now`, the earliest first, when it was last looked at `since`; nothing in quiet hours.

    What was over by `since` is not told: a follow-up booked for yesterday reminds nobody.
    """
    if rule.is_quiet(now):
        return []
    found = {due for due in candidates if due not in told and rule.moment(due) <= now and rule.over(due) > since}
    return sorted(found, key=lambda due: (rule.moment(due), due.followup_id))


def was_missed(due: Due, rule: ReminderRule, now: datetime) -> bool:
    """Whether it should have been told some time before `now`. Of what is for all of today that is not said: the
    morning's list is as good an hour later."""
    today = now.astimezone(rule.zone).date()
    return now - rule.moment(due) > FRESH and not (due.at is None and due.on == today)
