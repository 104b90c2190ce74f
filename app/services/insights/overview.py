"""Everything the insight screen needs from the customers' histories, worked out in one go."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.services.insights.concentration import Pareto, pareto
from app.services.insights.findings import Finding, findings
from app.services.insights.histories import histories
from app.services.insights.periods import Period
from app.services.insights.tiles import Tiles, tiles_of


@dataclass(frozen=True, slots=True)
class Overview:
    """The five figures, the Pareto curve, and what to say."""

    tiles: Tiles
    pareto: Pareto
    findings: tuple[Finding, ...]


def overview(session: Session, period: Period, as_of: date) -> Overview:
    """As of a day, over the period that holds it."""
    known = histories(session, as_of)
    found = tiles_of(session, known, period, as_of)
    return Overview(found, pareto(known, as_of), tuple(findings(session, known, found.span)))
