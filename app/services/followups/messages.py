"""What a message to somebody may say: whether they may be written to at all, and sold to; and the facts it names."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.interactions import Channel
from app.domain.months import month_end
from app.domain.selling import Barrier
from app.models.customers import Customer
from app.services.customers import may_sell
from app.services.customers.families import answering

ASKED_FOR = frozenset({FollowUpKind.QUOTE})
"""Sells, but answers what the customer asked: needs no consent. The brake holds for it all the same."""

WRITTEN = (Channel.WECHAT, Channel.SMS)
"""By these a message goes out; a yes to one of them is enough."""


class MayWrite(StrEnum):
    YES = "yes"
    CARE = "care"
    """A complaint of theirs is open: nothing is sold, the complaint is spoken of."""
    BARRED = "barred"
    """They are not to be contacted."""
    NO_CONSENT = "no_consent"
    """They never allowed messages that sell."""


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """For the words of one message."""

    name: str
    may: MayWrite
    sells: bool
    """It then carries a way to refuse more of them (semantics.md)."""
    points: int = 0
    points_by: date | None = None


def message_facts(
    session: Session, customer_id: int, kind: FollowUpKind, purpose: FollowUpPurpose, day: date
) -> MessageFacts:
    """Whether and how somebody may be written to about a follow-up of this kind, by WeChat or a text message."""
    owner = answering(session, customer_id)
    who = session.get_one(Customer, owner)
    sells = purpose is FollowUpPurpose.SELL and kind not in ASKED_FOR
    may = _may(session, who, purpose, sells=sells)
    points, by = 0, None
    if kind is FollowUpKind.POINTS_EXPIRING and may is MayWrite.YES:
        from app.services.loyalty import holding  # here: a start should not wait for all that points are made of

        by = month_end(day)
        points = holding(session, owner).expiring(day, by)
    return MessageFacts(who.name, may, sells and may is MayWrite.YES, points, by)


def _may(session: Session, who: Customer, purpose: FollowUpPurpose, *, sells: bool) -> MayWrite:
    if purpose is FollowUpPurpose.COMPLAINT:
        return MayWrite.CARE  # whoever complained is answered, whatever else they wish
    answer = may_sell(session, who.id)
    if not {Barrier.DO_NOT_CONTACT, Barrier.ERASED, Barrier.ARCHIVED}.isdisjoint(answer.barriers):
        return MayWrite.BARRED
    if answer.braked:
        return MayWrite.CARE
    if sells and not any(may_sell(session, who.id, channel).allowed for channel in WRITTEN):
        return MayWrite.NO_CONSENT
    return MayWrite.YES
