"""Rules that bring follow-ups by themselves: what each asks for, in which bounds, and how a day's work is planned."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from app.domain.errors import ShopError
from app.domain.followups import PURPOSE_OF, FollowUpKind, FollowUpPurpose
from app.domain.text import one_line


class RuleKind(StrEnum):
    """What a rule waits for."""

    THANKS = "thanks"
    """So many days after a purchase of at least so much."""
    WELCOME = "welcome"
    """So many days after a card was made in the shop."""
    REORDER = "reorder"
    """On the day by which somebody usually buys again: their own median gap after the last purchase."""
    CALL_BACK = "call_back"
    """After a complaint was resolved: does the customer agree?"""
    AFTER_CASE = "after_case"
    """Some time after a complaint was closed."""
    HESITATING = "hesitating"
    """After a quote, or goods were shown, or something spoke against buying, and nothing was bought."""
    BIRTHDAY = "birthday"
    POINTS = "points"
    """Before points end."""
    SILENCE = "silence"
    """On the day somebody has been away for longer than they usually are (semantics.md)."""
    CADENCE = "cadence"
    """So many days after the last real contact or purchase, whichever is later."""


class Scope(StrEnum):
    """For whom a rule holds; `match` says which tier, stage or tag."""

    EVERYONE = "everyone"
    TIER = "tier"
    STAGE = "stage"
    TAG = "tag"


class Assignee(StrEnum):
    """Who shall do it."""

    OWNER = "owner"
    SELLER = "seller"
    """Whoever served the customer last; the owner where nobody did, or they work here no more."""
    PERSON = "person"


CHATS = (FollowUpKind.CALL, FollowUpKind.WECHAT, FollowUpKind.VISIT)
KIND_OF = {
    RuleKind.THANKS: FollowUpKind.THANKS,
    RuleKind.REORDER: FollowUpKind.REORDER,
    RuleKind.CALL_BACK: FollowUpKind.COMPLAINT_CALLBACK,
    RuleKind.HESITATING: FollowUpKind.QUOTE,
    RuleKind.BIRTHDAY: FollowUpKind.BIRTHDAY,
    RuleKind.POINTS: FollowUpKind.POINTS_EXPIRING,
    RuleKind.SILENCE: FollowUpKind.SILENCE,
}
"""The kind of follow-up a rule brings; the others say it themselves (`channel`)."""
BEFORE = frozenset({RuleKind.BIRTHDAY, RuleKind.POINTS})
"""Their days are counted back from an end, which is also the last good day."""
DAYS = {
    RuleKind.THANKS: (1, 60),
    RuleKind.WELCOME: (1, 60),
    RuleKind.REORDER: (0, 60),
    RuleKind.CALL_BACK: (1, 30),
    RuleKind.AFTER_CASE: (1, 90),
    RuleKind.HESITATING: (1, 60),
    RuleKind.BIRTHDAY: (0, 60),
    RuleKind.POINTS: (1, 90),
    RuleKind.SILENCE: (0, 60),
    RuleKind.CADENCE: (1, 730),
}
GOOD_FOR = (0, 365)
CATCH_UP = timedelta(days=31)
"""What fell due while the program was closed is made up for over so many days."""
KNOWN_LATE = timedelta(days=7)
"""What is heard of late (a list brought in, a sale entered afterwards) is made up for over so many days."""
SWITCHED_ON = timedelta(days=3)
"""A rule that is switched on begins with what fell due so many days before, never with the whole past."""
AHEAD = timedelta(days=7)
"""The next contact is booked so many days before its ideal day, so that the week ahead can be seen."""
NEAR = timedelta(days=7)
"""A follow-up of the same kind that a person booked so near makes a rule stand back."""
LEAST_RHYTHM = 7
"""Who comes more often needs no reminder to buy again."""


class RuleRefused(ShopError):
    """A rule asks for something out of its bounds. Numbers: what (the name of the field), least, most."""


class RuleNeedsAGroup(ShopError):
    """A rule for a tier, a stage or a tag does not say which."""


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """What a rule asks for. Days are shop days, `least` is minor units, points or purchase days, by its kind."""

    kind: RuleKind
    days: int
    good_for: int = 0
    """So many days after its day it is still good; of a cadence from the ideal day to the latest."""
    least: int = 0
    own_rhythm: bool = False
    """Of a cadence: every so many days as the customer's own median gap, where one is known."""
    scope: Scope = Scope.EVERYONE
    match: str = ""
    """The code of a tier, the number of a stage, or a tag."""
    assignee: Assignee = Assignee.OWNER
    staff_id: int | None = None
    channel: FollowUpKind = FollowUpKind.CALL
    purpose: FollowUpPurpose = FollowUpPurpose.CARE
    text: str = ""
    """In the shop's words; empty: the sentence made of numbers."""

    @property
    def brings(self) -> FollowUpKind:
        return KIND_OF.get(self.kind, self.channel)

    @property
    def lasts(self) -> timedelta:
        """From the day it asks for to the last on which that is still good."""
        return timedelta(days=self.days if self.kind in BEFORE else self.good_for)


def checked(draft: RuleDraft) -> RuleDraft:
    """The draft in order. Raises RuleRefused or RuleNeedsAGroup."""
    for what, value, (least, most) in (
        ("days", draft.days, DAYS[draft.kind]),
        ("good_for", draft.good_for, GOOD_FOR),
        ("least", draft.least, (0, 10**12)),
    ):
        if not least <= value <= most:
            raise RuleRefused(what=what, least=least, most=most)
    match = "" if draft.scope is Scope.EVERYONE else one_line(draft.match)
    if draft.scope is not Scope.EVERYONE and not match:
        raise RuleNeedsAGroup
    staff_id = draft.staff_id if draft.assignee is Assignee.PERSON else None
    channel = draft.channel if draft.channel in CHATS else FollowUpKind.CALL
    return replace(draft, match=match, staff_id=staff_id, channel=channel, text=one_line(draft.text))


def default_rules(digits: int) -> list[tuple[str, bool, RuleDraft]]:
    """What a new shop begins with: code, whether it is on, what it asks for; `digits` are those of the currency.

    On is what few people a day give cause for; what a busy till would bring by the dozen waits until it is asked for.
    """
    unit = 10**digits
    made = [
        (True, RuleDraft(RuleKind.CALL_BACK, 3, 4, purpose=FollowUpPurpose.COMPLAINT)),
        (True, RuleDraft(RuleKind.THANKS, 3, 4, least=500 * unit, assignee=Assignee.SELLER)),
        (True, RuleDraft(RuleKind.BIRTHDAY, 1)),
        (True, RuleDraft(RuleKind.POINTS, 14, least=1_000, purpose=FollowUpPurpose.SELL)),
        (True, RuleDraft(RuleKind.SILENCE, 0, 14, least=3)),
        (False, RuleDraft(RuleKind.REORDER, 0, 5, least=3, purpose=FollowUpPurpose.SELL)),
        (False, RuleDraft(RuleKind.WELCOME, 2, 5, channel=FollowUpKind.WECHAT)),
        (False, RuleDraft(RuleKind.HESITATING, 5, 9, purpose=PURPOSE_OF[FollowUpKind.QUOTE])),
        (False, RuleDraft(RuleKind.AFTER_CASE, 14, 14)),
    ]
    cadences = [
        ("cadence-1", False, RuleDraft(RuleKind.CADENCE, 30, 15, scope=Scope.TIER, match="vip")),
        ("cadence-2", False, RuleDraft(RuleKind.CADENCE, 90, 30, scope=Scope.TIER, match="ordinary")),
    ]
    return [(draft.kind.value, on, draft) for on, draft in made] + cadences


class Plan:
    """How many follow-ups each person has on each day, under one cap for everybody."""

    def __init__(self, taken: Mapping[tuple[int, date], int], cap: int) -> None:
        self._taken, self._cap = Counter(dict(taken)), cap
        self._next: dict[tuple[int, date], date] = {}
        """For a full day the next one that may be free: followed and shortened as it is asked."""

    def take(self, staff_id: int, day: date) -> None:
        """One more on this day, whether there is room or not."""
        self._taken[staff_id, day] += 1

    def give_back(self, staff_id: int, day: date) -> None:
        self._taken[staff_id, day] -= 1
        self._next = {}

    def free(self, staff_id: int, first: date, last: date) -> date | None:
        """The first day from `first` to `last`, both included, on which this person has room."""
        passed, day = [], first
        while day <= last and self._taken[staff_id, day] >= self._cap:
            passed.append(day)
            day = self._next.get((staff_id, day), day + timedelta(days=1))
        for full in passed:
            self._next[staff_id, full] = day
        return day if day <= last else None
