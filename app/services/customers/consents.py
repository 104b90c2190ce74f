"""Who allowed what: each yes and no by channel, the newest of which counts; "do not contact" overrules them all."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.interactions import Channel
from app.domain.text import one_line
from app.models.customers import Consent, Customer
from app.services.customers.families import answered_each, answered_for, answering
from app.services.settings import settings
from app.storage.unit_of_work import acting_staff


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said about one channel, when and where (`source`: counter, paper, phone …), and who noted it."""

    id: int
    channel: Channel
    given: bool
    at: datetime
    on: date
    source: str
    staff: str


@dataclass(frozen=True, slots=True)
class Consents:
    """The decision that counts by channel, and all there were, the newest first."""

    current: dict[Channel, Decision]
    history: tuple[Decision, ...]
    do_not_contact: bool


def record_consent(
    session: Session, customer_id: int, channel: Channel, given: bool, source: str, *, at: datetime
) -> int:
    """Note a yes or a no to one channel; returns the decision's id. Earlier ones stay as history."""
    day = at.astimezone(ZoneInfo(settings(session).timezone)).date()
    row = Consent(
        customer_id=answering(session, customer_id),
        channel=channel,
        given=given,
        at=at,
        shop_day=day,
        source=one_line(source),
        staff_id=acting_staff(session),
    )
    session.add(row)
    session.flush()
    return row.id


def consents(session: Session, customer_id: int) -> Consents:
    """What a person allowed, by channel, with the history."""
    owner = answering(session, customer_id)
    history = decisions_of(session, answered_for(session, owner))
    barred = session.scalar(select(Customer.do_not_contact).where(Customer.id == owner))
    return Consents(current_of(history), history, bool(barred))


def decisions_of(session: Session, family: Sequence[int]) -> tuple[Decision, ...]:
    """Every decision noted with these cards, the newest first."""
    rows = session.connection().exec_driver_sql(_HISTORY, (json.dumps(list(family)),)).all()
    return tuple(_decision(*row) for row in rows)


def _decision(key: int, channel: str, given: int, at: str, on: str, source: str, staff: str) -> Decision:
    moment, day = datetime.fromisoformat(at), date.fromisoformat(on)
    return Decision(key, Channel(channel), bool(given), moment, day, source, staff)


def current_of(history: Sequence[Decision]) -> dict[Channel, Decision]:
    """The newest decision of each channel."""
    return {decision.channel: decision for decision in reversed(history)}


_HISTORY = """
SELECT k.id, k.channel, k.given, k.at, k.shop_day, k.source, w.name FROM consents k JOIN staff w ON w.id = k.staff_id
WHERE k.customer_id IN (SELECT value FROM json_each(?)) ORDER BY k.at DESC, k.id DESC
"""
_SAID = """
SELECT customer_id, given FROM consents
WHERE channel = ?1 AND customer_id IN (SELECT value FROM json_each(?2)) ORDER BY at, id
"""


def agreed(session: Session, owners: Collection[int], channel: Channel) -> frozenset[int]:
    """Those of these people, who answer for their cards, whose newest word on this channel is a yes; silence is a no.

    Whether they may be sold to is for `app.services.customers.selling` to say.
    """
    cards = answered_each(session, owners)
    last: dict[int, bool] = {}
    for card, given in session.connection().exec_driver_sql(_SAID, (channel.value, json.dumps(list(cards)))):
        last[cards[card]] = bool(given)
    return frozenset(who for who, given in last.items() if given)
