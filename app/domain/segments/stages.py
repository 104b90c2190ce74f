"""The six stages of loyalty, read from evidence (semantics.md, lifecycle, stages, level)."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from app.domain.months import month_end, years_before
from app.domain.segments.silence import gaps, silent


class Stage(IntEnum):
    HOLDING_CASH = 1
    HESITATING = 2
    TRUST = 3
    REPEAT = 4
    STABLE = 5
    LONG_TERM = 6


STABLE_DAYS = 4
LONG_MONTHS, LONG_MONTHS_WITH_REFERRAL = 24, 12


@dataclass(frozen=True, slots=True)
class StageEvidence:
    """What is known of one customer on a day."""

    purchase_days: int = 0
    stable: bool = False
    """See `is_stable`."""
    stable_month_ends: int = 0
    """See `stable_month_ends`."""
    referrals: int = 0
    """Successful ones: people this customer sent who bought."""
    showed_interest: bool = False
    """A quote, demonstration, visit or objection."""
    unresolved_complaint: bool = False
    silent: bool = False


def stage(evidence: StageEvidence) -> Stage:
    """The highest stage met, one step back when silent."""
    met = _met(evidence)
    return Stage(met - 1) if evidence.silent and met > Stage.HOLDING_CASH else met


def _met(evidence: StageEvidence) -> Stage:
    if evidence.stable:
        months = LONG_MONTHS_WITH_REFERRAL if evidence.referrals else LONG_MONTHS
        return Stage.LONG_TERM if evidence.stable_month_ends >= months else Stage.STABLE
    if evidence.purchase_days >= 2:
        return Stage.REPEAT
    if evidence.purchase_days == 1:
        return Stage.HESITATING if evidence.unresolved_complaint else Stage.TRUST
    return Stage.HESITATING if evidence.showed_interest else Stage.HOLDING_CASH


def with_override(found: Stage, chosen: Stage | None, until: date | None, on: date) -> Stage:
    """A stage set by a person holds up to its last day; `until` None: without end."""
    return chosen if chosen is not None and (until is None or on <= until) else found


def is_stable(purchase_days: Sequence[date], on: date) -> bool:
    """At least 4 purchase days in the 12 months up to `on`, and gaps between them that vary little.

    Coefficient of variation ≤ 0.75, with the standard deviation of the gaps themselves (division by n), worked out in
    whole numbers so that the boundary is exact. The days are distinct and in order.
    """
    first = bisect_right(purchase_days, years_before(on, 1))
    year = purchase_days[first : bisect_right(purchase_days, on)]
    if len(year) < STABLE_DAYS:
        return False
    between = gaps(year)
    total = sum(between)
    variance = len(between) * sum(gap * gap for gap in between) - total * total
    return 16 * variance <= 9 * total * total


def stable_month_ends(purchase_days: Sequence[date], on: date, most: int = LONG_MONTHS) -> int:
    """How many month ends in a row, back from the last one not after `on`, the customer stood at stage 5.

    Silence then counted too: it takes a stable customer one step back. No more than `most` are looked at.
    """
    end = on if on == month_end(on) else month_end(on, -1)
    for count in range(most):
        if not _stood_stable(purchase_days, end):
            return count
        end = month_end(end, -1)
    return most


def _stood_stable(purchase_days: Sequence[date], on: date) -> bool:
    known = purchase_days[: bisect_left(purchase_days, on + timedelta(days=1))]
    return is_stable(known, on) and not silent((on - known[-1]).days, gaps(known), None)
