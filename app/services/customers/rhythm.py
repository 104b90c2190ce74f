"""How often people come, and who has stayed away for longer than they usually do (semantics.md, RFM, Pareto, rates)."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.segments import silence
from app.models.customers import CustomerFigures
from app.storage import plain_sql

_DAYS = (
    "SELECT customer_id, group_concat(shop_day, '') FROM sales "
    "WHERE customer_id IS NOT NULL AND revenue > 0 AND voided_at IS NULL GROUP BY customer_id"
)
"""One pass over the index of the sales: windows over a million of them take five times as long."""

_OWNERS = (
    "SELECT id, merged_into FROM customers WHERE merged_into IS NOT NULL "
    "UNION SELECT merged_into, merged_into FROM customers WHERE merged_into IS NOT NULL"
)
"""Cards merged away and the ones that answer for them: their purchase days are one person's."""

_LETTERS = 10
"""Of a day, as the file writes it."""
_WIDEST, _WIDEST_DAY = 1 << 20, 1 << 24
"""More days than any gap: a person and one of their gaps are one number, so that one sort does for all people."""

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Habits:
    """Everyone who ever bought, by the number of their card; days are counted as `date.toordinal` does."""

    who: Whole
    last: Whole
    """The last purchase day."""
    days: Whole
    """How many purchase days there are."""
    usual: NDArray[np.float64]
    """The median of the days between two of them; not a number under three."""
    shop: float | None
    """The median over all gaps of all people; None under twenty."""

    def away(self, today: date) -> Whole:
        """The days since each was last seen."""
        return today.toordinal() - self.last

    def silent_after(self) -> NDArray[np.float64]:
        """The days each may stay away before it is silence, as `silence.silent_after` says it of one."""
        without = silence.UNKNOWN_DAYS if self.shop is None else max(silence.LEAST_DAYS, silence.FACTOR * self.shop)
        own = np.maximum(silence.LEAST_DAYS, silence.FACTOR * self.usual)
        return np.where(np.isnan(self.usual), without, own)


def silent(session: Session, today: date) -> tuple[int, ...]:
    """Who has been away for longer than max(14, 2 × their median gap) days, the last seen first.

    Reads every sale: ask for it later, not while a person waits.
    """
    known = habits(session)
    wanted = set(known.who[known.away(today) > known.silent_after()].tolist())
    query = (
        select(CustomerFigures.customer_id)
        .where(CustomerFigures.hidden.is_(False), CustomerFigures.last_sale_on < today)
        .order_by(CustomerFigures.last_sale_on.desc(), CustomerFigures.customer_id.desc())
    )
    return tuple(key for key in session.scalars(query) if key in wanted)


def habits(session: Session) -> Habits:
    """What the sales say of how often everybody comes; of merged cards under the number of the one that answers."""
    who, day = purchase_days(session)
    if not len(who):
        nothing = np.zeros(0, np.int64)
        return Habits(nothing, nothing, nothing, np.zeros(0), None)
    begins = np.flatnonzero(np.diff(who, prepend=-1))
    days = np.diff(np.append(begins, len(who)))
    within = np.diff(who, prepend=-1) == 0
    gaps = np.diff(day, prepend=day[:1])[within]
    person = np.repeat(np.arange(len(begins)), days)[within]
    shop = shop_gap(who, day)
    return Habits(who[begins], day[begins + days - 1], days, _medians(person, gaps, days - 1), shop)


def shop_gap(who: Whole, day: Whole) -> float | None:
    """The median of the days between two purchase days of one person, of `purchase_days`; None under twenty."""
    gaps = np.diff(day)[np.diff(who) == 0]
    return float(np.median(gaps)) if len(gaps) >= silence.FEWEST_SHOP_GAPS else None


def _medians(person: Whole, gaps: Whole, counts: Whole) -> NDArray[np.float64]:
    """The median of each person's gaps, those with too few left out."""
    ordered = np.sort(person * _WIDEST + gaps) % _WIDEST
    begins = np.cumsum(counts) - counts
    known = counts >= silence.FEWEST_OWN_GAPS
    low = begins + np.maximum(counts - 1, 0) // 2
    high = begins + counts // 2
    found = np.full(len(counts), np.nan)
    found[known] = (ordered[low[known]] + ordered[high[known]]) / 2
    return found


def purchase_days(session: Session) -> tuple[Whole, Whole]:
    """Who bought on which day, each pair once, in order of both."""
    rows = plain_sql.rows(session, _DAYS)
    cards = np.array([row[0] for row in rows], np.int64)
    owners: dict[int, int] = dict(plain_sql.rows(session, _OWNERS))
    answering = np.array([owners.get(card, card) for card in cards.tolist()], np.int64) if owners else cards
    who = np.repeat(answering, [len(row[1]) // _LETTERS for row in rows])
    day = _ordinals("".join([row[1] for row in rows]))
    pairs = np.sort(who * _WIDEST_DAY + day, kind="stable")  # most often they come in order: that costs next to nothing
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return pairs // _WIDEST_DAY, pairs % _WIDEST_DAY


def _ordinals(days: str) -> Whole:
    """The number of each day of a text of ISO dates without anything between them."""
    signs = np.frombuffer(days.encode("ascii"), np.uint8).reshape(-1, _LETTERS).T - ord("0")
    year, month, day = (_number(signs[places]) for places in (slice(4), slice(5, 7), slice(8, 10)))
    year, month = year - (month <= 2), np.where(month > 2, month - 3, month + 9)  # from March on: leap days come last
    found = 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day - 306
    return found.astype(np.int64)


def _number(digits: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Of each column of digits; in small numbers, which a million of them notices."""
    found: NDArray[np.int32] = digits[0].astype(np.int32)
    for digit in digits[1:]:
        found = found * 10 + digit
    return found
