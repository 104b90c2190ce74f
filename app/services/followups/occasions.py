"""Coupons that the shop's day brings: for a birthday, and for whoever has stayed away for too long.

Nobody gets one to whom the shop may not sell (`app.services.customers.selling`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.birthdays import to_lunar
from app.domain.rewards.coupons import Validity
from app.domain.rewards.kinds import Occasion
from app.models.customers import Customer, CustomerFigures
from app.models.rewards import CouponEntry, CouponKind
from app.services import customers
from app.services.customers import MaySell
from app.services.followups.birthdays import Kept, kept_between
from app.services.loyalty.opening import Progress
from app.services.rewards import KindDraft
from app.services.rewards.issuing import Gift, give_each, kinds_on
from app.services.settings import settings
from app.storage import journal

CAUGHT_UP = timedelta(days=31)
"""Birthdays of so many days are made up for after the shop was closed."""


@dataclass(frozen=True, slots=True)
class HandedOut:
    """How many coupons were given, and who would have got one but may not be sold to now."""

    given: int
    held: tuple[MaySell, ...]


def hand_out_coupons(
    session: Session, day: date, *, operation_id: str, at: datetime, progress: Progress = lambda done, total: None
) -> HandedOut:
    """Hand out the birthday and win-back coupons of a shop day, and say who is left out.

    Each once: for a birthday in its year, for a silence until the customer buys again. Taken back, it stays so; the
    same day again brings nothing. A birthday while the shop was closed is made up for while its coupon can be used.
    `progress` may raise Cancelled; then nothing is done.
    """
    progress(0, 3)
    gifts = [*_birthdays(session, day)]
    progress(1, 3)
    gifts += _win_backs(session, day)
    progress(2, 3)
    asked = customers.audience(session, {gift.customer_id for gift in gifts})
    gifts = [gift for gift in gifts if gift.customer_id not in asked.held_ids]
    give_each(session, gifts, operation_id=operation_id, at=at)
    progress(3, 3)
    if not gifts:
        journal.not_taken_back(session)
    return HandedOut(len(gifts), asked.held)


def _birthdays(session: Session, day: date) -> Iterator[Gift]:
    kinds = kinds_on(session, Occasion.BIRTHDAY)
    if not kinds:
        return
    kept = _kept_of_late(session, day)
    for kind in kinds:
        had = _had(session, kind)
        for one in kept:
            counts = kind.since is None or kind.since <= one.on
            if counts and (one.customer_id, _year(one)) not in had and _usable(kind, one.on, day):
                yield Gift(kind, one.customer_id, _year(one), one.on)


def _kept_of_late(session: Session, day: date) -> list[Kept]:
    """The birthdays that are made up for on a day, its own among them."""
    first = day - CAUGHT_UP
    new = _newcomers(session, first)
    return [one for one in kept_between(session, first, day) if new.get(one.customer_id, one.on) <= one.on]


def _win_backs(session: Session, day: date) -> Iterator[Gift]:
    kinds = [kind for kind in kinds_on(session, Occasion.WIN_BACK) if _usable(kind, day, day)]
    if not kinds:
        return
    last = _last_bought(session)
    silent = [(who, f"{last[who]}") for who in customers.silent(session, day)]
    for kind in kinds:
        had, before = _had(session, kind), _silent_before(session, kind.since, last)
        for who, since in silent:
            if (who, since) not in had and who not in before:
                yield Gift(kind, who, since, day)


def _last_bought(session: Session) -> dict[int, date | None]:
    query = select(CustomerFigures.customer_id, CustomerFigures.last_sale_on)
    return {who: bought for who, bought in session.execute(query)}  # noqa: C416


def _silent_before(session: Session, since: date | None, last: Mapping[int, date | None]) -> set[int]:
    """Who had stayed away for too long before this day already, and has not bought again."""
    if since is None:
        return set()
    return {who for who in customers.silent(session, since - timedelta(days=1)) if (last.get(who) or since) < since}


def due_already(session: Session, draft: KindDraft, day: date) -> int:
    """How many more would get a coupon of such a kind on a day, were it to count what fell due before; 0 by hand."""
    made = Validity(draft.days, draft.first, draft.last)
    if draft.occasion is Occasion.WIN_BACK:
        due = _silent_before(session, day, _last_bought(session)) if _usable(made, day, day) else set()
    elif draft.occasion is Occasion.BIRTHDAY:
        late = [one for one in _kept_of_late(session, day) if one.on < day]
        due = {one.customer_id for one in late if _usable(made, one.on, day)}
    else:
        return 0
    return len(customers.audience(session, due).may)


def _year(one: Kept) -> str:
    """Of its own calendar: by the moon two may fall into one year of the sun, and none into the next."""
    return f"{to_lunar(one.on)[0] if one.birthday.lunar else one.on.year}"


def _usable(made: Validity | CouponKind, since: date, day: date) -> bool:
    """Whether a coupon that counts from `since` can still be used on `day` or later."""
    first, last = Validity(made.days, made.first, made.last).window(since)
    return last is None or last >= max(first, day)


def _had(session: Session, kind: CouponKind) -> set[tuple[int, str]]:
    """Who got a coupon of this kind for which time, also one that was taken back; of merged cards who answers."""
    merged = select(Customer.id, Customer.merged_into).where(Customer.merged_into.is_not(None))
    answering = {who: kept for who, kept in session.execute(merged)}  # noqa: C416
    query = select(CouponEntry.customer_id, CouponEntry.occasion).where(CouponEntry.kind_id == kind.id)
    return {
        (answering.get(who) or who, occasion.rpartition(":")[2])
        for who, occasion in session.execute(query)
        if who is not None and occasion is not None
    }


def _newcomers(session: Session, since: date) -> dict[int, date]:
    """Whoever came to the shop on this day or later, and when: their birthdays before that are not made up for."""
    zone = ZoneInfo(settings(session).timezone)
    start = datetime.combine(since, datetime.min.time(), zone)
    query = select(Customer.id, Customer.created_at).where(Customer.created_at >= start)
    return {who: at.astimezone(zone).date() for who, at in session.execute(query)}
