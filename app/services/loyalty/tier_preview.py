"""What a change of the tiers would do to the customers, and the threshold the shop's own sales propose."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.tiers.history import Purchases
from app.domain.tiers.rules import Scheme, TierRule
from app.models.customers import CustomerFigures
from app.services.loyalty.schemes import schemes
from app.services.loyalty.tier_drafts import LadderDraft, scheme_of, settled
from app.services.loyalty.tier_moves import History, Laws, Progress
from app.services.loyalty.tiers import TierRow, tiers


@dataclass(frozen=True, slots=True)
class TierChange:
    """What would become of one tier, by place in the settled draft; numbers of customers, archived ones left out."""

    code: str
    """Empty: a new tier."""
    now: int
    then: int
    ups: int
    """Who move up into it."""
    downs: int
    """Who fall into it at once: their tier is removed, or the new rules are to have counted from the start."""
    at_their_date: int
    """Who stay in it now, and lose it at their date because it asks for more."""


@dataclass(frozen=True, slots=True)
class LadderPreview:
    """Every tier of the settled draft, the lowest first; and how many stand in tiers that would be removed."""

    tiers: tuple[TierChange, ...]
    removed: dict[str, int]


def preview(
    session: Session, draft: LadderDraft, day: date, *, progress: Progress = lambda done, total: None
) -> LadderPreview:
    """What `change_tiers` with this draft would do. Changes nothing; may take seconds in a large shop.

    Raises BadTier.
    """
    draft, rows = settled(draft), tiers(session)
    return _Count(session, draft, rows, day).look(progress)


class _Count:
    def __init__(self, session: Session, draft: LadderDraft, rows: Sequence[TierRow], day: date) -> None:
        self._session, self._draft, self._rows, self._day = session, draft, rows, day
        self._places = _places(draft, rows)
        rules = schemes(session)
        self._before = _renumbered(rules[-1], self._places, rows)
        self._laws = Laws(session, day, _drafted(draft, rules, self._places, rows, day))
        size = len(draft.tiers)
        self._now, self._then = [0] * size, [0] * size
        self._ups, self._downs, self._later = [0] * size, [0] * size, [0] * size
        self._gone = Counter[str]()

    def look(self, progress: Progress) -> LadderPreview:
        codes = {row.rank: row.code for row in self._rows}
        shown = select(CustomerFigures.customer_id, CustomerFigures.tier_rank).where(CustomerFigures.hidden.is_(False))
        stands: dict[int, int] = {row[0]: row[1] for row in self._session.execute(shown)}
        for owner, history, floors in self._laws.histories(None, progress):
            if owner in stands:
                held = [replace(floor, rank=self._places[codes[floor.rank]]) for floor in floors]
                moves = self._laws.moves(history, held)
                self._count(codes[stands.pop(owner)], moves[-1].to_rank if moves else 0, history)
        for rank in stands.values():
            self._count(codes[rank], 0, History())
        changes = tuple(
            TierChange(tier.code, now, then, ups, downs, later)
            for tier, now, then, ups, downs, later in zip(
                self._draft.tiers, self._now, self._then, self._ups, self._downs, self._later, strict=True
            )
        )
        return LadderPreview(changes, dict(self._gone))

    def _count(self, code: str, then: int, history: History) -> None:
        now = self._places[code]
        kept = any(tier.code == code for tier in self._draft.tiers)
        if kept:
            self._now[now] += 1
        else:
            self._gone[code] += 1
        self._then[then] += 1
        if then > now:
            self._ups[then] += 1
        elif then < now or not kept:
            self._downs[then] += 1
        elif then and self._falls_later(then, history):
            self._later[then] += 1

    def _falls_later(self, rank: int, history: History) -> bool:
        """Whether the purchases give this tier under the rules of today, and less under the drafted ones."""
        past, after = Purchases(sale for sale in history.sales if sale[0] <= self._day), self._laws.schemes[-1]
        fits = (past.fit(scheme.tiers, scheme.window, self._day).rank for scheme in (self._before, after))
        return next(fits) >= rank > next(fits)


def _places(draft: LadderDraft, rows: Sequence[TierRow]) -> dict[str, int]:
    """By code of each tier there is, its place in the draft; one that is left out has that of the tier below it."""
    kept = {tier.code: place for place, tier in enumerate(draft.tiers) if tier.code}
    places: dict[str, int] = {}
    below = 0
    for row in rows:
        below = places[row.code] = kept.get(row.code, below)
    return places


def _drafted(
    draft: LadderDraft, rules: Sequence[Scheme], places: dict[str, int], rows: Sequence[TierRow], day: date
) -> list[Scheme]:
    """The rules as they would follow one another."""
    if draft.from_start:
        return [scheme_of(draft, date.min)]
    kept = {tier.code for tier in draft.tiers}
    past = [scheme for scheme in rules if scheme.first_day < day]
    staying = [row for row in rows if row.code in kept]
    return [*(_renumbered(scheme, places, staying) for scheme in past), scheme_of(draft, day)]


def _renumbered(scheme: Scheme, places: dict[str, int], rows: Sequence[TierRow]) -> Scheme:
    """Rules of before with the ranks of the draft, those tiers left out that are not among `rows`."""
    known = {row.code for row in rows}
    asked = [
        TierRule(tier.code, places[tier.code], tier.min_amount, tier.min_days)
        for tier in scheme.tiers
        if tier.code in known
    ]
    return replace(scheme, tiers=asked)
