"""Running the rules in tests: one rule on, the day opened, what is there then."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.followups import FollowUp
from app.services import followups
from app.services.followups import Ran, RuleRow
from app.storage.unit_of_work import UnitOfWork
from tests.followups.people import SHANGHAI


def only(work: UnitOfWork, code: str, since: date, **asks: Any) -> RuleRow:
    """Switch every rule off but this one, which holds since a day and asks for what is said."""
    for row in work.read(followups.rules):
        work.write(followups.switch_rule, row.id, False, since)
    row = rule(work, code)
    if asks:
        work.write(followups.change_rule, row.id, replace(row.draft, **asks), version=row.version)
    work.write(followups.switch_rule, row.id, True, since)
    return rule(work, code)


def rule(work: UnitOfWork, code: str) -> RuleRow:
    return next(row for row in work.read(followups.rules) if row.code == code)


def opened(work: UnitOfWork, day: date) -> Ran:
    """Run the rules as the shop opens."""
    return work.write(followups.run_rules, day, at=datetime.combine(day, time(9), SHANGHAI))[0]


def brought(work: UnitOfWork) -> list[tuple[int | None, date, date | None, str | None]]:
    """What the rules brought: for whom, when, until when, by what identity."""
    query = select(FollowUp.customer_id, FollowUp.due_on, FollowUp.latest_on, FollowUp.identity)
    with Session(work.engine) as session:
        rows = session.execute(query.where(FollowUp.rule.is_not(None)).order_by(FollowUp.id))
        return [(who, due, latest, identity) for who, due, latest, identity in rows]
