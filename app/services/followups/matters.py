"""What the day asks for though nobody booked it: birthdays, points about to end, people gone silent, late complaints.

A matter is no row of the table. Whoever does it or puts it off takes it up (`taking_up`), which books it under its
`identity`; from then on it is that follow-up. Where there is a follow-up for it already, whoever or whatever booked
it, the matter is not shown beside it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.birthdays import age_on
from app.domain.complaints import ComplaintState
from app.domain.followups import PURPOSE_OF, FollowUpKind, week_end
from app.domain.months import month_end
from app.domain.selling import Barrier
from app.models.customers import Customer, CustomerFigures
from app.models.followups import FollowUp
from app.services import complaints
from app.services.complaints import CaseCard
from app.services.customers import CustomerRow, audience
from app.services.customers.rhythm import gone_silent
from app.services.followups.birthdays import kept_between
from app.services.followups.facts import Facts, usual_days
from app.services.followups.rows import FollowUpRow, people
from app.services.settings import settings

PREFIX = "today"
WEEK = timedelta(days=7)
DONE_SINCE = timedelta(days=45)
"""Who was called for the same reason within so many days is not called again for it."""
MOST_OF_A_KIND = 200
"""Of those with the highest tier and purchases: more could not be done, and a list is not a table of everybody."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One of them: about whom, for which day, and what is known of the reason."""

    identity: str
    """By it the same matter is known when it was taken up; it ends with what makes it once: a year, a last purchase."""
    kind: FollowUpKind
    due_on: date
    customer_id: int | None
    facts: Facts
    complaint_id: int | None = None


def matters(session: Session, day: date) -> tuple[Matter, ...]:
    """Birthdays of the week, points that end within seven days, people who went silent within seven days.

    Nobody who is not to be contacted. Reads every sale and the ledger of points: ask for it later.
    """
    found = [*_birthdays(session, day), *_points(session, day), *_silences(session, day)]
    spared = _spared(session, [matter.customer_id for matter in found if matter.customer_id is not None])
    done = _known(session, day)
    return tuple(
        matter for matter in found if matter.customer_id not in spared and (matter.customer_id, matter.kind) not in done
    )


def late_cases(session: Session, day: date, at: datetime) -> tuple[Matter, ...]:
    """Complaints past their target, what was due first at the top. They come back each day until they are solved."""
    cards = complaints.board(session, at, closed_shown=0).lane(ComplaintState.OPEN).cards
    zone = ZoneInfo(settings(session).timezone)
    late = ((card, card.clock.due_at) for card in cards if card.clock.late)
    return tuple(_late(card, due.astimezone(zone), day) for card, due in late if due is not None)


def _late(card: CaseCard, due: datetime, day: date) -> Matter:
    who = card.who.id if card.who else None
    known = Facts(case=card.number, case_due=due)
    identity = f"{PREFIX}:case:{card.id}:{day}"
    return Matter(identity, FollowUpKind.COMPLAINT_CALLBACK, due.date(), who, known, card.id)


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
    purpose = PURPOSE_OF[matter.kind]
    due = matter.facts.case_due
    hour = due.time() if due else None
    return FollowUpRow(
        0, matter.due_on, hour, matter.kind, purpose, "", matter.complaint_id, 0, "", None, 0, person, barriers
    )


def _stem(matter: Matter) -> str:
    """A complaint that was put off stays so until its day, though it is another matter each day."""
    return f"{PREFIX}:case:{matter.complaint_id}" if matter.complaint_id is not None else matter.identity


def _taken_up(session: Session, found: Sequence[Matter]) -> frozenset[str]:
    """The matters, by stem, that were taken up and are done for now or booked for a day."""
    exact = [matter.identity for matter in found]
    query = select(FollowUp.identity).where(FollowUp.identity.in_(exact))
    known = {identity for identity in session.scalars(query) if identity}
    taken = {_stem(matter) for matter in found if matter.identity in known}
    cases = [matter.complaint_id for matter in found if matter.complaint_id is not None]
    put_off = select(FollowUp.complaint_id).where(
        FollowUp.complaint_id.in_(cases), FollowUp.done_at.is_(None), FollowUp.identity.startswith(f"{PREFIX}:case:")
    )
    return frozenset(taken | {f"{PREFIX}:case:{case}" for case in session.scalars(put_off)})


def _birthdays(session: Session, day: date) -> Iterator[Matter]:
    kept = kept_between(session, day, week_end(day))[:MOST_OF_A_KIND]
    for one in kept:
        identity = f"{PREFIX}:birthday:{one.customer_id}:{one.on.year}"
        facts = Facts(birthday_on=one.on, turns=age_on(one.birthday, one.on))
        yield Matter(identity, FollowUpKind.BIRTHDAY, one.on, one.customer_id, facts)


def _points(session: Session, day: date) -> Iterator[Matter]:
    """Of points that pay at least once: fewer are not worth a call."""
    from app.services.loyalty import expiring  # here: a start should not wait for all that points are made of

    least = settings(session).points_step
    ending = [one for one in expiring(session, day, day + WEEK) if one.points >= least]
    for one in sorted(ending, key=lambda one: (-one.points, one.customer_id))[:MOST_OF_A_KIND]:
        identity = f"{PREFIX}:points:{one.customer_id}:{month_end(one.first):%Y-%m}"
        facts = Facts(points=one.points, points_by=one.first)
        yield Matter(identity, FollowUpKind.POINTS_EXPIRING, day, one.customer_id, facts)


def _silences(session: Session, day: date) -> Iterator[Matter]:
    new = gone_silent(session, day - WEEK + timedelta(days=1), day)
    query = (
        select(CustomerFigures.customer_id, CustomerFigures.last_sale_on)
        .where(CustomerFigures.customer_id.in_(new))
        .order_by(CustomerFigures.tier_rank.desc(), CustomerFigures.net.desc(), CustomerFigures.customer_id)
        .limit(MOST_OF_A_KIND)
    )
    last = {who: on for who, on in session.execute(query)}  # noqa: C416
    usual = usual_days(session, last)
    for who, on in last.items():
        identity = f"{PREFIX}:silence:{who}:{on}"
        yield Matter(identity, FollowUpKind.SILENCE, day, who, Facts(on, usual.get(who)))


def _spared(session: Session, ids: Collection[int]) -> frozenset[int]:
    """Who is left in peace also by those who care: an open complaint alone keeps nobody from being greeted."""
    held = audience(session, ids).held
    return frozenset(one.customer_id for one in held if set(one.barriers) - {Barrier.COMPLAINT})


def _known(session: Session, day: date) -> frozenset[tuple[int | None, FollowUpKind]]:
    """Who has a follow-up for the same reason that is open, or was done not long ago; of merged cards who answers."""
    since = datetime.combine(day - DONE_SINCE, time.min, UTC)
    kinds = (FollowUpKind.BIRTHDAY, FollowUpKind.POINTS_EXPIRING, FollowUpKind.SILENCE)
    query = select(FollowUp.customer_id, FollowUp.kind).where(
        FollowUp.kind.in_(kinds), or_(FollowUp.done_at.is_(None), FollowUp.done_at >= since)
    )
    rows = session.execute(query).all()
    merged = select(Customer.id, Customer.merged_into).where(Customer.merged_into.is_not(None))
    answering = {who: kept for who, kept in session.execute(merged)}  # noqa: C416
    return frozenset((answering.get(who) or who, kind) for who, kind in rows if who is not None)
