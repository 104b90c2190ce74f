"""What of a day's list comes first: what somebody is worth to the shop, times how urgent the matter is.

Both are whole thousandths, from known parts that a row can name, so that a person may ask why it stands where it does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.followups import FollowUpKind

WHOLE = 1000
FLOOR, TIER_PART, SPENT_PART, POINTS_PART = 100, 400, 400, 100
"""Worth: everybody has the floor, so that a matter counts whoever it is about; the parts add up to the whole."""

BASE = {
    FollowUpKind.COMPLAINT_CALLBACK: 500,
    FollowUpKind.BIRTHDAY: 400,
    FollowUpKind.THANKS: 350,
    FollowUpKind.POINTS_EXPIRING: 350,
    FollowUpKind.QUOTE: 350,
    FollowUpKind.CALL: 300,
    FollowUpKind.VISIT: 300,
    FollowUpKind.WECHAT: 300,
    FollowUpKind.REORDER: 300,
    FollowUpKind.OTHER: 250,
    FollowUpKind.SILENCE: 200,
}
"""Urgency of each kind on its own day: what cannot be made up for later (a birthday, ending points) comes first."""
A_DAY_LATE, LATE_AT_MOST = 20, 300
LATEST_TODAY, LATEST_PASSED, HOUR_COME = 200, 300, 100
ENDS = frozenset({FollowUpKind.BIRTHDAY, FollowUpKind.POINTS_EXPIRING})
"""After their latest day nothing is left to be saved: they come after all that still can be."""
OVER = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of somebody's worth; money in minor units."""

    tier: int = 0
    """How many tiers stand below theirs."""
    tiers: int = 0
    """How many stand below the highest one."""
    spent: int = 0
    """Bought less returned, within the last year."""
    points: int = 0
    """What their points pay."""
    scale: int = 1
    """What makes a very good customer here: the amount of the highest tier. Half of the part for spending is had
    there, and half of the part for points at a tenth of it; no sum reaches the whole."""

    @property
    def worth(self) -> int:
        """100 to 1,000, never less for a higher tier, more spent or more points."""
        tier = TIER_PART * min(self.tier, self.tiers) // self.tiers if self.tiers > 0 else 0
        scale = max(1, self.scale)
        spent = _share(SPENT_PART, self.spent, scale)
        return FLOOR + tier + spent + _share(POINTS_PART, self.points, max(1, scale // 10))


@dataclass(frozen=True, slots=True)
class Pressing:
    """What makes a matter urgent on a day."""

    kind: FollowUpKind
    days_late: int = 0
    """After the day it was for; below 0: still to come."""
    latest_in: int | None = None
    """Days to the latest day on which it is still of use; below 0: that has passed. None: no such day."""
    hour_come: bool = False
    past_target: bool = False
    """It is about a complaint that should have been solved by now."""

    @property
    def is_over(self) -> bool:
        """Whether what it is for has passed."""
        return self.kind in ENDS and self.latest_in is not None and self.latest_in < 0

    @property
    def urgency(self) -> int:
        """200 to 1,000, and 100 for what is over; a complaint past its target is as urgent as anything can be."""
        if self.past_target:
            return WHOLE
        if self.is_over:
            return OVER
        late = min(LATE_AT_MOST, A_DAY_LATE * max(0, self.days_late))
        return min(WHOLE, BASE[self.kind] + late + self._latest + (HOUR_COME if self.hour_come else 0))

    @property
    def cannot_wait(self) -> bool:
        """Whether a full day is no reason to leave it: its latest day has passed, or a complaint is at stake."""
        passed = self.latest_in is not None and self.latest_in < 0 and not self.is_over
        return passed or self.past_target or self.kind is FollowUpKind.COMPLAINT_CALLBACK

    @property
    def _latest(self) -> int:
        if self.latest_in is None or self.latest_in > 0:
            return 0
        return LATEST_PASSED if self.latest_in < 0 else LATEST_TODAY


@dataclass(frozen=True, slots=True)
class Priority:
    """Both sides of one row."""

    standing: Standing
    pressing: Pressing

    @property
    def score(self) -> int:
        """Worth × urgency; a higher one comes first."""
        return self.standing.worth * self.pressing.urgency


def kept_in_view(cannot_wait: Sequence[bool], cap: int) -> list[bool]:
    """Which rows of an ordered list stay in view when a day holds `cap`; the others can wait.

    What cannot wait always stays, and takes its place first; the rest stays by its order while there is room.
    """
    room = cap - sum(cannot_wait)
    kept = []
    for must in cannot_wait:
        kept.append(must or room > 0)
        room -= not must
    return kept


def _share(part: int, amount: int, half: int) -> int:
    """Grows with the amount and never reaches `part`; half of it at `half`."""
    amount = max(0, amount)
    return part * amount // (amount + half)
