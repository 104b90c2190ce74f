"""What the day asks for though nobody booked it: birthdays, points about to end, people gone silent, late complaints.

A matter is no row of the table. Whoever does it or puts it off takes it up (`taking_up`), which books it under its
`identity`; from then on it is that follow-up. What a rule would bring is a matter under the very identity the rule
would give it, so neither makes it a second time. Where there is a follow-up for it already, whoever or whatever booked
it, the matter is not shown beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.selling import Barrier
from app.models.followup_rules import RemovedOccasion
from app.models.followups import FollowUp
from app.services.complaints import OverdueCase, overdue
from app.services.customers import CustomerRow, audience
from app.services.customers.families import answering_each
from app.services.followups.facts import Facts
from app.services.followups.rows import FollowUpRow, people
from app.services.settings import settings

CASE = "today:case"


@dataclass(frozen=True, slots=True)
class Matter:
    """One of them: about whom, for which day, and what is known of the reason."""

    identity: str
    """By it the same matter is known when it was taken up: of a complaint with the day, of the others as the rule
    gives it."""
    kind: FollowUpKind
    purpose: FollowUpPurpose
    due_on: date
    customer_id: int | None
    facts: Facts
    complaint_id: int | None = None
    latest_on: date | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Matters:
    """Those of the rules that are on, to stand in the list; and whom those that are off are about."""

    rows: tuple[Matter, ...] = ()
    aside: tuple[tuple[FollowUpKind, tuple[int, ...]], ...] = ()
    """By kind. The shop does not want them as rows: they are counted beside the list."""


def late_cases(session: Session, day: date, at: datetime) -> tuple[Matter, ...]:
    """Complaints past their target, what was due first at the top. They come back each day until they are solved."""
    found = overdue(session, at)
    who = answering_each(session, {case.card for case in found if case.card is not None})
    zone = ZoneInfo(settings(session).timezone)
    return tuple(
        _late(case, who[case.card].id if case.card in who else None, case.due_at.astimezone(zone), day)
        for case in found
    )


def uncovered(
    session: Session, found: Sequence[Matter], rows: Sequence[FollowUpRow], day: date
) -> list[tuple[Matter, FollowUpRow]]:
    """The matters for which nothing was booked, as rows of the list; `rows` are the follow-ups of the list.

    Whoever is to be spoken to by today hears of their late complaint then.
    """
    taken = _taken_up(session, found)
    booked = {(row.who.id, row.kind) for row in rows if row.who and row.complaint_id is None}
    cases = {row.complaint_id for row in rows if row.complaint_id is not None}
    spoken_to = {row.who.id for row in rows if row.who and row.due_on <= day and not row.held}

    def is_booked(matter: Matter) -> bool:
        if matter.complaint_id is not None:
            return matter.complaint_id in cases or matter.customer_id in spoken_to
        return matter.customer_id is not None and (matter.customer_id, matter.kind) in booked

    left = [matter for matter in found if _stem(matter) not in taken and not is_booked(matter)]
    who = people(session, {matter.customer_id for matter in left if matter.customer_id is not None})
    held = {one.customer_id: one.barriers for one in audience(session, {person.id for person in who.values()}).held}
    made = ((matter, who.get(matter.customer_id or 0)) for matter in left)
    return [
        (matter, _row(matter, person, held.get(person.id, ()) if person else ()))
        for matter, person in made
        if _may_be_shown(matter, person)
    ]


def _may_be_shown(matter: Matter, person: CustomerRow | None) -> bool:
    return matter.complaint_id is not None if person is None else not person.archived


def _row(matter: Matter, person: CustomerRow | None, barriers: tuple[Barrier, ...]) -> FollowUpRow:
    """As if it had been booked for its day."""
    due = matter.facts.case_due
    return FollowUpRow(
        id=0,
        due_on=matter.due_on,
        due_at=due.time() if due else None,
        kind=matter.kind,
        purpose=matter.purpose,
        text="",
        complaint_id=matter.complaint_id,
        staff_id=0,
        staff="",
        done_at=None,
        version=0,
        who=person,
        barriers=barriers,
        rule=matter.rule,
        latest_on=matter.latest_on,
    )


def _stem(matter: Matter) -> str:
    """A complaint that was put off stays so until its day, though it is another matter each day."""
    return f"{CASE}:{matter.complaint_id}" if matter.complaint_id is not None else matter.identity


def _taken_up(session: Session, found: Sequence[Matter]) -> frozenset[str]:
    """The matters, by stem, that were taken up and are done for now or booked for a day, or taken away."""
    exact = [matter.identity for matter in found]
    here, gone = FollowUp.identity, RemovedOccasion.identity
    known = {
        *session.scalars(select(here).where(here.in_(exact))),
        *session.scalars(select(gone).where(gone.in_(exact))),
    }
    taken = {_stem(matter) for matter in found if matter.identity in known}
    cases = [matter.complaint_id for matter in found if matter.complaint_id is not None]
    put_off = select(FollowUp.complaint_id).where(
        FollowUp.complaint_id.in_(cases), FollowUp.done_at.is_(None), FollowUp.identity.startswith(f"{CASE}:")
    )
    return frozenset(taken | {f"{CASE}:{case}" for case in session.scalars(put_off)})


def _late(case: OverdueCase, who: int | None, due: datetime, day: date) -> Matter:
    kind, purpose = FollowUpKind.COMPLAINT_CALLBACK, FollowUpPurpose.COMPLAINT
    known = Facts(case=case.number, case_due=due)
    return Matter(f"{CASE}:{case.id}:{day}", kind, purpose, due.date(), who, known, case.id)
