"""What the figures say this period: who fell silent, who rose to or fell from the top, which newcomers stayed away."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.months import month_end
from app.domain.segments.silence import FEWEST_OWN_GAPS, gaps
from app.models.loyalty import TierMove
from app.services.customers import MaySell, audience
from app.services.insights.groups import silent_customers
from app.services.insights.histories import Histories
from app.services.insights.periods import Span
from app.services.loyalty import tiers


class FindingKind(StrEnum):
    FELL_SILENT = "fell_silent"
    """Had a rhythm of their own and broke it in this period."""
    ROSE = "rose"
    """Reached the top tier in this period."""
    FELL = "fell"
    """Left the top tier in this period."""
    STAYED_AWAY = "stayed_away"
    """First bought in the month before last and have not come again."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know, and the people it is about, the most pressing first."""

    kind: FindingKind
    people: tuple[int, ...]
    of: int = 0
    """Of how many, where that says something."""
    usual_days: int = 0
    """The median of the rhythms that were broken."""
    month: date | None = None
    held: tuple[MaySell, ...] = ()
    """Those of the people to whom nothing may be sold now."""


def findings(session: Session, known: Histories, span: Span) -> list[Finding]:
    """What is worth saying; nothing is said of nobody."""
    said = [_fell_silent(known, span), *_top_moves(session, span), _stayed_away(known, span.last)]
    return [replace(one, held=audience(session, one.people).held) for one in said if one.people]


def _fell_silent(known: Histories, span: Span) -> Finding:
    """Silent at the end of the span and not at its beginning, of those with enough gaps to know their rhythm."""
    steady = {who: h for who, h in known.items() if len(h.up_to(span.last)) > FEWEST_OWN_GAPS}
    lately = silent_customers(steady, span.last) - silent_customers(steady, span.first)
    usual = {who: median(gaps(steady[who].up_to(span.last))) for who in lately}
    people = sorted(lately, key=lambda who: (-sum(known[who].revenue), who))
    return Finding(FindingKind.FELL_SILENT, tuple(people), usual_days=round(median(usual.values())) if usual else 0)


def _top_moves(session: Session, span: Span) -> list[Finding]:
    top = max((row.rank for row in tiers(session)), default=0)
    moves = (
        select(TierMove.customer_id, TierMove.from_rank, TierMove.to_rank)
        .where(TierMove.on.between(span.first, span.last), TierMove.from_rank != TierMove.to_rank)
        .order_by(TierMove.on.desc(), TierMove.id.desc())
    )
    rows = session.execute(moves).all()
    return [
        Finding(FindingKind.ROSE, tuple(who for who, _, after in rows if after == top)),
        Finding(FindingKind.FELL, tuple(who for who, before, _ in rows if before == top)),
    ]


def _stayed_away(known: Histories, day: date) -> Finding:
    """Newcomers of the last whole month but one have had a month to come again."""
    last = month_end(day, -2)
    first = last.replace(day=1)
    came = {who: h.up_to(day) for who, h in known.items() if h.bought and first <= h.bought[0] <= last}
    once = [who for who, days in came.items() if len(days) == 1]
    people = sorted(once, key=lambda who: (-sum(known[who].revenue), who))
    return Finding(FindingKind.STAYED_AWAY, tuple(people), of=len(came), month=first)
