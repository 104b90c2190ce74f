"""How many people stood in each tier on a day, month by month, and who they are."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.domain.months import month_end
from app.models.loyalty import TierMove
from app.services.insights.cases import day_ends
from app.services.insights.histories import merged_cards
from app.services.loyalty import tiers

_STANDING = text("""
SELECT customer_id, to_rank FROM (
    SELECT customer_id, to_rank, row_number() OVER (PARTITION BY customer_id ORDER BY "on" DESC, id DESC) AS place
    FROM tier_moves WHERE "on" <= :day
) WHERE place = 1
""")
_KNOWN = text("""
SELECT id, created_at, merged_into,
       (SELECT min(shop_day) FROM sales s WHERE s.customer_id = c.id AND s.voided_at IS NULL)
FROM customers c
""")


@dataclass(frozen=True, slots=True)
class TierMonth:
    """People in each tier, by rank, at the end of a month or on the day looked at."""

    end: date
    counts: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def counts_by_code(session: Session, day: date, customers: int) -> dict[str, int]:
    """How many of `customers` people stood in each tier; who has never moved is in the lowest."""
    rows = tiers(session)
    found = Counter(rank for _, rank in session.execute(_STANDING, {"day": day.isoformat()}))
    counts = {row.code: found[row.rank] for row in rows}
    if rows:
        counts[rows[0].code] = customers - sum(found[row.rank] for row in rows[1:])
    return counts


def people_of_tier(session: Session, rank: int, as_of: date) -> tuple[int, ...]:
    """The ids of everyone who stood in this tier at the end of `as_of`, those who were not known yet left out."""
    standing = session.execute(_STANDING, {"day": as_of.isoformat()}).all()
    ranks: dict[int, int] = {row.customer_id: row.to_rank for row in standing}
    lowest = min((row.rank for row in tiers(session)), default=0)
    known = _known_by(session, [as_of])
    return tuple(who for who in known if ranks.get(who, lowest) == rank)


def customers_by_tier_by_month(session: Session, until: date, months: int = 12) -> list[TierMonth]:
    """The last `months` month ends, oldest first, the last one cut to `until`."""
    ends = [min(month_end(until, back), until) for back in range(1 - months, 1)]
    ranks = [row.rank for row in tiers(session)]
    steps = [Counter[int]() for _ in ends]
    for place, people in Counter(_known_by(session, ends).values()).items():
        steps[place][ranks[0]] += people
    moves = select(TierMove.on, TierMove.from_rank, TierMove.to_rank).where(TierMove.on <= until)
    for on, before, after in session.execute(moves):
        if before != after:
            _step(steps, ends, on, {before: -1, after: 1})
    return list(_added_up(ends, steps, ranks))


def _step(steps: list[Counter[int]], ends: list[date], day: date, change: dict[int, int]) -> None:
    """Count a change from the first end on that is not before `day`."""
    place = next((place for place, end in enumerate(ends) if day <= end), None)
    if place is not None:
        for rank, by in change.items():
            steps[place][rank] += by


def _added_up(ends: list[date], steps: list[Counter[int]], ranks: list[int]) -> Iterable[TierMonth]:
    so_far = Counter[int]()
    for end, step in zip(ends, steps, strict=True):
        for rank, by in step.items():
            so_far[rank] += by
        yield TierMonth(end, {rank: so_far[rank] for rank in ranks})


def _known_by(session: Session, ends: list[date]) -> dict[int, int]:
    """By customer the first of the `ends` by which they were known, from the card or a sale; later ones left out."""
    owners, days = merged_cards(session), [end.isoformat() for end in ends]
    moments = [day_ends(session, end) for end in ends]
    found: dict[int, int] = {}
    for card, created, merged_into, first_sale in session.execute(_KNOWN).all():
        place = bisect_right(moments, created)
        if first_sale is not None:
            place = min(place, bisect_left(days, first_sale))
        owner = card if merged_into is None else owners[card]
        if merged_into is None or first_sale is not None:
            found[owner] = min(place, found.get(owner, place))
    return {who: place for who, place in found.items() if place < len(ends)}
