"""How every complaint stood at the end of a day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.complaints import ON_THE_RAIL, ComplaintState, Severity
from app.services.complaints.standing import STANDS
from app.services.insights.histories import merged_cards
from app.services.settings import settings

_STANDING = text(f"""
SELECT k.customer_id, k.severity, (
    SELECT e.state FROM complaint_events e WHERE e.complaint_id = k.id AND e.at < :ends AND {STANDS}
    ORDER BY e.at DESC, e.id DESC LIMIT 1
) AS stood
FROM complaints k WHERE stood IS NOT NULL
""")  # noqa: S608


@dataclass(frozen=True, slots=True)
class CaseStanding:
    customer_id: int | None
    severity: Severity
    state: ComplaintState

    @property
    def unresolved(self) -> bool:
        return self.state in ON_THE_RAIL

    @property
    def brings_recovery(self) -> bool:
        """An open severe complaint puts a customer into the phase of recovery, until they agree it is settled."""
        return self.severity is Severity.SEVERE and self.state is not ComplaintState.CLOSED


def cases(session: Session, as_of: date) -> list[CaseStanding]:
    """Every complaint that was known at the end of the shop day `as_of`."""
    owners = merged_cards(session)
    rows = session.execute(_STANDING, {"ends": day_ends(session, as_of)})
    return [
        CaseStanding(owners.get(who, who), Severity(how_bad), ComplaintState(state)) for who, how_bad, state in rows
    ]


def day_ends(session: Session, day: date) -> str:
    """The moment at which a shop day ends, as the file stores moments."""
    zone = ZoneInfo(settings(session).timezone)
    midnight = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    return midnight.strftime("%Y-%m-%dT%H:%M:%S.000Z")
