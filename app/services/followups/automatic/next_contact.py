"""When somebody is to be contacted next by the shop's own rules, as their card says it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.domain.followup_rules import RuleKind
from app.services.followups.automatic.cadence import Cadence
from app.services.followups.automatic.known import Known
from app.services.followups.automatic.staffing import Staffing
from app.services.followups.automatic.stored import rules
from app.services.settings import settings


@dataclass(frozen=True, slots=True)
class NextContact:
    """Ideally on one day, else by another: counted from the last real contact or purchase."""

    ideal: date
    latest: date


def next_contact(session: Session, customer_id: int, day: date) -> NextContact | None:
    """The next contact of a customer under the cadence rules of a day.

    None where no rule is on that means them, or where they may not be contacted. A rule for a stage of the lifecycle
    reads every sale: ask for it later.
    """
    cadences = [rule for rule in rules(session) if rule.kind is RuleKind.CADENCE and rule.on_since is not None]
    if not cadences:
        return None
    known = Known(session, [customer_id])
    work = Cadence(known, cadences, Staffing(known), settings(session).followup_daily_cap, day)
    return next((NextContact(due.ideal, due.latest) for due in work.due(day)), None)
