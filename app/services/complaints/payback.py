"""Does it pay to put complaints right: who comes back, by how their case stood, beside those who never complained."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.complaint_learning import Group, Outcome, old_enough, outcome, window
from app.domain.complaints import ComplaintState, StateChange
from app.domain.segments.rates import Rate
from app.domain.shop_rules import opening_hours
from app.services.complaints.standing import STANDS
from app.services.customers.families import answering_each
from app.services.customers.rhythm import Whole, purchase_days, shop_gap
from app.services.settings import settings

Progress = Callable[[int, int], None]
STEPS = 4
_WIDEST_DAY = 1 << 24
"""More days than there are: a person and a day are one number, so that one search does for all people."""
_CASES = text("""
SELECT id, customer_id, shop_day FROM complaints WHERE shop_day <= :day ORDER BY id
""")
_EVENTS = text(f"""
SELECT e.complaint_id, e.at, e.state FROM complaint_events e WHERE e.at < :until AND {STANDS}
ORDER BY e.complaint_id, e.at, e.id
""")  # noqa: S608


@dataclass(frozen=True, slots=True)
class Payback:
    """`within` is N, in days; None: the shop's rhythm is not known yet, and there are no groups."""

    as_of: date
    within: int | None
    groups: tuple[Group, ...]
    young: int
    """Cases left out because their customers may still come back."""
    nameless: int
    """Cases left out because nobody knows whose they are."""


def payback(session: Session, as_of: date, *, progress: Progress = lambda done, total: None) -> Payback:
    """Who came back within N days, N twice the shop's median gap (semantics.md).

    A case counts from the day it was logged, a customer who never complained from their first purchase of each month
    in which a counted case was logged. Reads every sale: ask for it later. `progress` may raise Cancelled.
    """
    progress(0, STEPS)
    who, day = purchase_days(session)
    known = day <= as_of.toordinal()
    who, day = who[known], day[known]
    within = window(shop_gap(who, day))
    progress(1, STEPS)
    rows = [
        (key, card, date.fromisoformat(on)) for key, card, on in session.execute(_CASES, {"day": as_of.isoformat()})
    ]
    owners = {card: one.id for card, one in answering_each(session, {row[1] for row in rows if row[1]}).items()}
    named = [(key, owners[card], on) for key, card, on in rows if card in owners]
    if within is None:
        return Payback(as_of, None, (), 0, len(rows) - len(named))
    counted = [row for row in named if old_enough(row[2], within, as_of)]
    progress(2, STEPS)
    stood = _stood(session, counted, within, as_of)
    keys = who * _WIDEST_DAY + day
    back = _came_back(keys, np.array([row[1] for row in counted], np.int64), _ordinals(counted), within)
    progress(3, STEPS)
    groups = [_group(one, counted, stood, back) for one in (Outcome.ON_THE_SPOT, Outcome.LATER, Outcome.UNRESOLVED)]
    complained = np.array(sorted({row[1] for row in named}), np.int64)
    never = _never(who, day, keys, complained, {row[2].replace(day=1) for row in counted}, within, as_of)
    progress(STEPS, STEPS)
    return Payback(as_of, within, (*groups, never), len(named) - len(counted), len(rows) - len(named))


def _ordinals(counted: Sequence[tuple[int, int, date]]) -> Whole:
    return np.array([row[2].toordinal() for row in counted], np.int64)


def _stood(session: Session, counted: Sequence[tuple[int, int, date]], within: int, as_of: date) -> dict[int, Outcome]:
    """How each of these cases stood when the time to come back was over."""
    day_of = opening_hours(settings(session)).shop_day
    ends = {key: on + timedelta(days=within) for key, _, on in counted}
    passed: dict[int, list[StateChange]] = {key: [] for key in ends}
    until = datetime.combine(as_of + timedelta(days=2), datetime.min.time(), UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    for key, moment, state in session.execute(_EVENTS, {"until": until}):
        if key in passed:
            held = passed[key]
            held.append(StateChange(datetime.fromisoformat(moment), ComplaintState(state), len(held)))
    return {key: outcome(events, ends[key], day_of) for key, events in passed.items()}


def _came_back(keys: Whole, who: Whole, since: Whole, within: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """For each person whether a purchase day follows `since`, and not later than `within` days after it."""
    if not len(keys) or not len(who):
        return np.zeros(len(who), np.bool_)
    starts = who * _WIDEST_DAY + since
    place = np.searchsorted(keys, starts, side="right")
    following = keys[np.minimum(place, len(keys) - 1)]
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = (place < len(keys)) & (following <= starts + within)
    return found


def _group(
    of: Outcome,
    counted: Sequence[tuple[int, int, date]],
    stood: dict[int, Outcome],
    back: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
) -> Group:
    mine = [(row[0], bool(returned)) for row, returned in zip(counted, back, strict=True) if stood[row[0]] is of]
    return Group(of, Rate(sum(returned for _, returned in mine), len(mine)), tuple(key for key, _ in mine))


def _never(
    who: Whole, day: Whole, keys: Whole, complained: Whole, months: set[date], within: int, as_of: date
) -> Group:
    """Who never complained, counted once in each of these months from their first purchase in it."""
    others = ~np.isin(who, complained)
    hits = of = 0
    for month in months:
        last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        latest = min(last, as_of - timedelta(days=within))
        held = others & (day >= month.toordinal()) & (day <= last.toordinal())
        people, first = np.unique(who[held], return_index=True)
        since = day[held][first]
        old = since <= latest.toordinal()
        back = _came_back(keys, people[old], since[old], within)
        hits, of = hits + int(back.sum()), of + int(old.sum())
    return Group(Outcome.NEVER, Rate(hits, of))
