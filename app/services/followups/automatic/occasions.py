"""What falls due by a rule between two days: for whom, on which day, and up to when it is good."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.birthdays import to_lunar
from app.domain.complaints import ComplaintState
from app.domain.followup_rules import LEAST_RHYTHM, RuleDraft, RuleKind
from app.services.customers.rhythm import Whole
from app.services.followups.automatic.known import Known
from app.services.followups.birthdays import kept_between
from app.services.settings import settings

_PURCHASES = text(
    "SELECT customer_id, shop_day, sum(revenue) FROM sales WHERE shop_day BETWEEN :first AND :last "
    "AND customer_id IS NOT NULL AND revenue > 0 AND voided_at IS NULL GROUP BY customer_id, shop_day"
)
_NEW_CARDS = text(
    "SELECT id, created_at FROM customers WHERE created_at >= :first AND created_at < :last AND batch_id IS NULL"
)
_LAST_STATES = text(
    "WITH told AS (SELECT * FROM complaint_events e WHERE takes_back_id IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM complaint_events b WHERE b.takes_back_id = e.id)) "
    "SELECT c.id, c.customer_id, e.state, e.at FROM complaints c JOIN told e ON e.complaint_id = c.id "
    "WHERE c.customer_id IS NOT NULL AND c.state = :state AND e.at >= :first AND e.at < :last AND NOT EXISTS ("
    "SELECT 1 FROM told n WHERE n.complaint_id = c.id AND (n.at, n.id) > (e.at, e.id))"
)
_SHOWN = text(
    "SELECT DISTINCT customer_id, shop_day FROM interactions WHERE shop_day BETWEEN :first AND :last "
    "AND reached = 1 AND (quoted <> '' OR demonstrated <> '' OR objection <> '')"
)
_BOUGHT_SINCE = text(
    "SELECT customer_id, max(shop_day) FROM sales WHERE customer_id IN (SELECT value FROM json_each(:ids)) "
    "AND revenue > 0 AND voided_at IS NULL GROUP BY customer_id"
)
_ENDING = text(
    "SELECT l.customer_id, l.expires_on, l.points + coalesce((SELECT sum(d.points) FROM point_entries d "
    "WHERE d.lot_id = l.id AND d.shop_day <= date(l.expires_on, :back)), 0) FROM point_entries l "
    "WHERE l.opens_lot = 1 AND l.expires_on BETWEEN :first AND :last AND l.shop_day <= date(l.expires_on, :back)"
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One follow-up a rule asks for. `key` tells this occasion from every other of the same rule and person."""

    customer_id: int
    key: str
    on: date
    latest: date
    complaint_id: int | None = None


def occasions(known: Known, rule: RuleDraft, first: date, last: date) -> list[Occasion]:
    """What falls due from `first` to `last`, both included, for people who may be contacted and whom the rule means.

    Merged cards count as one person, under the card that answers.
    """
    found = [one for one in _FIND[rule.kind](known, rule, first, last) if first <= one.on <= last]
    may = known.contactable(one.customer_id for one in found)
    days = defaultdict(set)
    for one in found:
        if one.customer_id in may:
            days[one.on].add(one.customer_id)
    meant = {on: known.within(rule, people, on) for on, people in days.items()}
    chosen = (one for one in found if one.customer_id in meant.get(one.on, ()))
    return sorted(chosen, key=lambda one: (one.on, one.customer_id, one.key))


def _after(rule: RuleDraft, who: int, day: date, key: str, complaint_id: int | None = None) -> Occasion:
    on = day + timedelta(days=rule.days)
    return Occasion(who, key, on, on + timedelta(days=rule.good_for), complaint_id)


def _thanks(known: Known, rule: RuleDraft, first: date, last: date) -> Iterator[Occasion]:
    """What one person bought on one day is thanked for once."""
    back = timedelta(days=rule.days)
    sums: defaultdict[tuple[int, str], int] = defaultdict(int)
    bound = {"first": (first - back).isoformat(), "last": (last - back).isoformat()}
    for card, day, revenue in known.session.connection().execute(_PURCHASES, bound).all():
        sums[known.owner(card), day] += revenue
    for (who, day), revenue in sums.items():
        if revenue >= rule.least:
            yield _after(rule, who, date.fromisoformat(day), day)


def _welcome(known: Known, rule: RuleDraft, first: date, last: date) -> Iterator[Occasion]:
    """A card that a list brought is no new customer."""
    back = timedelta(days=rule.days)
    rows = known.session.connection().execute(_NEW_CARDS, _moments(known.session, first - back, last - back))
    for who, made in rows:
        yield _after(rule, who, known.day_of(made), "card")


def _call_back(known: Known, rule: RuleDraft, first: date, last: date) -> Iterator[Occasion]:
    """On the day the board of complaints names too: both ask the shop's setting."""
    days = settings(known.session).complaint_callback_days
    return _cases(known, replace(rule, days=days), ComplaintState.RESOLVED, first, last)


def _after_case(known: Known, rule: RuleDraft, first: date, last: date) -> Iterator[Occasion]:
    return _cases(known, rule, ComplaintState.CLOSED, first, last)


def _cases(known: Known, rule: RuleDraft, state: ComplaintState, first: date, last: date) -> Iterator[Occasion]:
    """Cases that stand in a state since so many days; one that was reopened and came back to it is asked about anew."""
    back = timedelta(days=rule.days)
    bound = {"state": state.value, **_moments(known.session, first - back, last - back)}
    for case, card, _, at in known.session.connection().execute(_LAST_STATES, bound):
        day = known.day_of(at)
        yield _after(rule, known.owner(card), day, f"{case}@{day}", case)


def _hesitating(known: Known, rule: RuleDraft, first: date, last: date) -> Iterator[Occasion]:
    back = timedelta(days=rule.days)
    bound = {"first": (first - back).isoformat(), "last": (last - back).isoformat()}
    shown = {(known.owner(card), day) for card, day in known.session.connection().execute(_SHOWN, bound)}
    bought = _last_bought(known, {who for who, _ in shown})
    for who, day in shown:
        if bought.get(who, "") < day:
            yield _after(rule, who, date.fromisoformat(day), day)


def _last_bought(known: Known, people: Iterable[int]) -> dict[int, str]:
    cards = {card: who for who in people for card in known.cards(who)}
    rows = known.session.connection().execute(_BOUGHT_SINCE, {"ids": json.dumps(sorted(cards))})
    found: dict[int, str] = {}
    for card, day in rows:
        found[cards[card]] = max(day, found.get(cards[card], ""))
    return found


def _birthday(known: Known, rule: RuleDraft, first: date, last: date) -> Iterator[Occasion]:
    """Not before the card was made: what lay before that is not made up for."""
    ahead = timedelta(days=rule.days)
    kept = kept_between(known.session, first, last + ahead)
    made = _made(known, [one.customer_id for one in kept])
    for one in kept:
        on = max(one.on - ahead, made[one.customer_id])
        if on <= one.on:
            year = to_lunar(one.on)[0] if one.birthday.lunar else one.on.year
            yield Occasion(one.customer_id, f"{year}", on, one.on)


def _made(known: Known, ids: list[int]) -> dict[int, date]:
    query = text("SELECT id, created_at FROM customers WHERE id IN (SELECT value FROM json_each(:ids))")
    rows = known.session.connection().execute(query, {"ids": json.dumps(sorted(set(ids)))})
    return {who: known.day_of(made) for who, made in rows}


def _points(known: Known, rule: RuleDraft, first: date, last: date) -> Iterator[Occasion]:
    """Points that end on one day are one occasion. What has ended since counts as it stood when it was due."""
    ahead = timedelta(days=rule.days)
    bound = {"first": f"{first + ahead}", "last": f"{last + ahead}", "back": f"-{rule.days} days"}
    sums: defaultdict[tuple[int, str], int] = defaultdict(int)
    for card, end, left in known.session.connection().execute(_ENDING, bound).all():
        sums[known.owner(card), end] += left
    for (who, end), points in sums.items():
        if points >= max(1, rule.least):
            day = date.fromisoformat(end)
            yield Occasion(who, end, day - ahead, day)


def _silence(known: Known, rule: RuleDraft, first: date, last: date) -> Iterator[Occasion]:
    """The first day that is longer away than it takes for silence, so many days later."""
    habits = known.habits
    on = habits.last + np.floor(habits.silent_after()).astype(np.int64) + 1 + rule.days
    return _by_habit(known, rule, on, first, last)


def _reorder(known: Known, rule: RuleDraft, first: date, last: date) -> Iterator[Occasion]:
    """The day on which they would usually come again, of whoever has a rhythm and does not come every few days."""
    habits = known.habits
    usual = np.rint(np.nan_to_num(habits.usual)).astype(np.int64)
    on = np.where(usual >= LEAST_RHYTHM, habits.last + usual + rule.days, 0)
    return _by_habit(known, rule, on, first, last)


def _by_habit(known: Known, rule: RuleDraft, on: Whole, first: date, last: date) -> Iterator[Occasion]:
    habits = known.habits
    due = (on >= first.toordinal()) & (on <= last.toordinal()) & (habits.days >= rule.least)
    for who, since, day in zip(habits.who[due].tolist(), habits.last[due].tolist(), on[due].tolist(), strict=True):
        when = date.fromordinal(day)
        yield Occasion(who, f"{date.fromordinal(since)}", when, when + timedelta(days=rule.good_for))


def _moments(session: Session, first: date, last: date) -> dict[str, str]:
    """Where the first of these days begins and the last ends, as the file keeps moments."""
    zone = ZoneInfo(settings(session).timezone)
    return {"first": _start(first, zone), "last": _start(last + timedelta(days=1), zone)}


def _start(day: date, zone: ZoneInfo) -> str:
    moment = datetime.combine(day, time.min, zone).astimezone(ZoneInfo("UTC"))
    return f"{moment.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


_FIND: dict[RuleKind, Callable[[Known, RuleDraft, date, date], Iterator[Occasion]]] = {
    RuleKind.THANKS: _thanks,
    RuleKind.WELCOME: _welcome,
    RuleKind.CALL_BACK: _call_back,
    RuleKind.AFTER_CASE: _after_case,
    RuleKind.HESITATING: _hesitating,
    RuleKind.BIRTHDAY: _birthday,
    RuleKind.POINTS: _points,
    RuleKind.SILENCE: _silence,
    RuleKind.REORDER: _reorder,
}
