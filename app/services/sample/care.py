"""What the staff of the sample shop did for its people, and what is still to be done."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from app.domain.followups import PURPOSE_OF, FollowUpKind
from app.domain.interactions import Channel, Direction, Purpose
from app.domain.months import month_end
from app.models.followups import FollowUp
from app.models.interactions import Interaction
from app.services.sample import words
from app.services.sample.bills import Account
from app.services.sample.calendar import Days
from app.services.sample.habits import Kind
from app.services.sample.rows import Rows

CONTACTS_A_YEAR = {Kind.LOOKER: 0.5, Kind.ONCE: 0.6, Kind.SELDOM: 0.8, Kind.REGULAR: 2.2, Kind.DEVOTED: 4.5}
_CHANNELS, _CHANNEL_WEIGHTS = (Channel.WECHAT, Channel.CALL, Channel.VISIT, Channel.SMS), (50, 28, 16, 6)
OVERDUE, TODAY, THIS_WEEK, LATER = 5, 7, 11, 20
"""Open follow-ups of each part of the list, for each 400 customers."""
MOST = 10
"""However large the shop: no more than ten times as many are open."""
LEAST_POINTS = 200
CHATS = (FollowUpKind.CALL, FollowUpKind.VISIT, FollowUpKind.WECHAT, FollowUpKind.OTHER, FollowUpKind.QUOTE)


class Desk:
    """Writes contacts and follow-ups."""

    def __init__(self, rows: Rows, rng: Random, days: Days, language: str) -> None:
        self._rows, self._rng, self._days = rows, rng, days
        self._said = words.texts(language)

    def log_contacts(self, account: Account) -> None:
        """What was said with one customer over the years."""
        rng, days = self._rng, self._days
        first = max(days.first, account.person.habit.joined)
        span = (days.last - first).days
        count = span / 365 * CONTACTS_A_YEAR[account.person.habit.kind]
        for _ in range(int(count + rng.random())):
            self._log(account.person.id, first + timedelta(days=rng.randint(0, span)))

    def _log(self, customer_id: int, day: date) -> None:
        rng, at = self._rng, self._days.moment(day, self._rng)
        incoming = rng.random() < 0.25
        purpose = Purpose.CARE if incoming or rng.random() < 0.66 else Purpose.SELL
        reached = incoming or rng.random() < 0.86
        said = self._said["contacts"]["in" if incoming else purpose.value]
        self._rows.add(
            Interaction,
            customer_id=customer_id,
            at=at,
            shop_day=day,
            staff_id=self._days.staff(rng),
            channel=rng.choices(_CHANNELS, _CHANNEL_WEIGHTS)[0],
            direction=Direction.IN if incoming else Direction.OUT,
            purpose=purpose,
            reached=reached,
            summary=rng.choice(said) if reached else "",
            **self._objected(customer_id, day, selling=reached and not incoming and purpose is Purpose.SELL),
        )

    def _objected(self, customer_id: int, day: date, *, selling: bool) -> dict[str, Any]:
        """What spoke against buying, and what was replied: drawn by itself, so that the story about it stays."""
        rng = Random(f"{customer_id} {day}")
        if not selling or rng.random() < 0.7:
            return {"objection": "", "reply": "", "reply_worked": None}
        met = rng.choice(self._said["objections"])
        return {"objection": met["said"], "reply": met["reply"], "reply_worked": met["worked"]}

    def book(self, accounts: list[Account]) -> None:
        """What was done in the last months, and what is open: overdue, today, this week and later."""
        for account in accounts:
            self._book_thanks(account)
        scale = min(MOST, len(accounts) / 400)
        reasons = list(self._reasons(accounts))
        self._rng.shuffle(reasons)
        parts = ((OVERDUE, (-6, -1)), (TODAY, (0, 0)), (THIS_WEEK, (1, 6)), (LATER, (7, 40)))
        for count, between in parts:
            for _ in range(max(1, round(count * scale))):
                if reasons:
                    self._open(reasons.pop(), between)

    def _book_thanks(self, account: Account) -> None:
        """Three days after the first visit they are thanked; of late not everyone has been yet."""
        visits = account.person.visits
        if not visits or self._rng.random() < 0.4:
            return
        due = visits[0] + timedelta(days=3)
        if due <= self._days.last - timedelta(days=2):
            self._add(Reason(account, FollowUpKind.THANKS), due, done_on=due + timedelta(days=self._rng.randint(0, 1)))
        elif due <= self._days.last + timedelta(days=3):
            self._add(Reason(account, FollowUpKind.THANKS), due)

    def _reasons(self, accounts: list[Account]) -> Iterator["Reason"]:
        for account in accounts:
            yield from self._reasons_of(account)

    def _reasons_of(self, account: Account) -> Iterator["Reason"]:
        visits, today, gap = account.person.visits, self._days.last, account.person.habit.gap
        ending = account.wallet.ending(today, month_end(today))
        if ending >= LEAST_POINTS:
            yield Reason(account, FollowUpKind.POINTS_EXPIRING, {"points": ending})
        if self._has_birthday_soon(account):
            yield Reason(account, FollowUpKind.BIRTHDAY)
        if self._rng.random() < 0.05:
            yield Reason(account, self._rng.choice(CHATS))
        if len(visits) >= 4 and gap:
            away = (today - visits[-1]).days
            numbers = {"usual": round(gap), "days": away, "product": account.person.favourites[0].name}
            if 1.15 * gap < away < 2 * gap:
                yield Reason(account, FollowUpKind.REORDER, numbers)
            elif max(21, 2.5 * gap) < away < 120:
                yield Reason(account, FollowUpKind.SILENCE, numbers)

    def _has_birthday_soon(self, account: Account) -> bool:
        if account.person.birthday is None:
            return False
        coming = [(day.month, day.day) for day in (self._days.last + timedelta(days=n) for n in range(2, 9))]
        return account.person.birthday in coming

    def _open(self, reason: "Reason", between: tuple[int, int]) -> None:
        self._add(reason, self._days.last + timedelta(days=self._rng.randint(*between)))

    def call_back(self, account: Account, complaint_id: int, due: date) -> None:
        """Ask whether a complaint was settled to the customer's liking."""
        self._add(Reason(account, FollowUpKind.COMPLAINT_CALLBACK), due, complaint_id=complaint_id)

    def _add(
        self, reason: "Reason", due: date, *, done_on: date | None = None, complaint_id: int | None = None
    ) -> None:
        rng, days = self._rng, self._days
        staff_id = days.staff(rng)
        done_at: datetime | None = None if done_on is None else days.moment(done_on, rng)
        at_hour = rng.random() < 0.4 and due >= days.last
        self._rows.add(
            FollowUp,
            customer_id=reason.account.person.id,
            due_on=due,
            due_at=time(rng.randint(10, 18)) if at_hour else None,
            kind=reason.kind,
            purpose=PURPOSE_OF[reason.kind],
            text=rng.choice(self._said["followups"][reason.kind.value]).format_map(reason.numbers),
            complaint_id=complaint_id,
            staff_id=staff_id,
            created_at=days.moment(min(days.last, due) - timedelta(days=rng.randint(2, 9)), rng),
            done_at=done_at,
            done_by=None if done_at is None else staff_id,
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """Why someone is to be spoken to, with the numbers of the sentence."""

    account: Account
    kind: FollowUpKind
    numbers: dict[str, Any] = field(default_factory=dict)
