"""The day's list: what is overdue, due today and due this week, in the order in which it matters."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.followup_priority import Pressing, Priority, kept_in_view
from app.domain.followups import Due, FollowUpPurpose, due_bucket, week_end
from app.models.followups import FollowUp
from app.models.staff import Staff
from app.services.followups.facts import Facts, facts
from app.services.followups.rows import FollowUpRow, held_cards, is_held, load, of_people_on_the_list
from app.services.followups.standings import Standings
from app.services.followups.unbooked import Matter, late_cases, uncovered
from app.services.settings import settings

TOMORROW_SHOWN = 3
NOTHING = Facts()
_PARTS = list(Due)


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One thing to do, with the part of the list it stands in and what is known about its reason."""

    item: FollowUpRow
    """Of a matter nobody booked its `id` is 0."""
    part: Due
    facts: Facts
    """Of what waits and was not asked for: nothing."""
    case_late: bool
    """A complaint of this customer is past its target."""
    priority: Priority
    matter: Matter | None = None
    """What it is where no follow-up was booked for it."""
    waits: bool = False
    """The day is full without it."""

    @property
    def id(self) -> Hashable:
        return self.matter.identity if self.matter else self.item.id


@dataclass(frozen=True, slots=True)
class TodayList:
    """The list, and what it leaves out."""

    rows: tuple[TodayRow, ...] = ()
    held: tuple[int, ...] = ()
    """Customers to whom nothing is sold now (see `customers.may_sell`), though a follow-up up to the end of the week
    would."""
    tomorrow: tuple[FollowUpRow, ...] = ()
    """The first three of tomorrow."""
    cap: int = 0
    """So many are done in a day by those whose list it is."""
    people: int = 1
    """How many work in the shop."""

    @property
    def left(self) -> int:
        """How many are overdue or due today."""
        return sum(row.part in (Due.OVERDUE, Due.TODAY) for row in self.rows)


def due_count(session: Session, today: date) -> int:
    """How many follow-ups are overdue or due today and may be done: the count on the rail."""
    due = FollowUp.done_at.is_(None), FollowUp.due_on <= today, of_people_on_the_list()
    return session.scalars(select(func.count()).where(*due, ~is_held(held_cards(session, *due)))).one()


def today(
    session: Session,
    day: date,
    at: datetime,
    *,
    matters: Sequence[Matter] = (),
    staff_id: int | None = None,
    whole: bool = False,
) -> TodayList:
    """Everything still to do up to the end of the week of `day`; `at` is the moment the clocks of complaints are read.

    Overdue first, then today, then the week by its days. In each part customers with a complaint past its target come
    first, then what has the highest worth × urgency (domain/followup_priority). Selling to whom nothing
    may be sold is held back. `matters` are what nobody booked (`followups.matters`); complaints past their target are
    always among them. With `staff_id` only what this person shall do, and what nobody was asked to.
    The facts of what waits are read when the `whole` list is asked for: a start shows none of it.
    """
    last, tomorrow = week_end(day), day + timedelta(days=1)
    mine = () if staff_id is None else (FollowUp.staff_id == staff_id,)
    open_rows = load(
        session, FollowUp.done_at.is_(None), FollowUp.due_on <= max(last, tomorrow), of_people_on_the_list(), *mine
    )
    cases = late_cases(session, day, at)
    unbooked = uncovered(session, [*cases, *matters], open_rows, day)
    found = [*open_rows, *(item for _, item in unbooked)]
    offered = [row for row in found if not row.held]
    late = {case.customer_id: case.facts for case in reversed(cases) if case.customer_id is not None}
    shop = settings(session)
    ranked = _ranked(session, offered, unbooked, late, day, at.astimezone(ZoneInfo(shop.timezone)))
    people = session.scalars(select(func.count()).where(Staff.active)).one()
    cap = shop.followup_daily_cap * (1 if staff_id is not None else max(1, people))
    return TodayList(
        _told(session, [row for row in ranked if row.item.due_on <= last], cap, late, day, whole=whole),
        tuple({row.who.id: None for row in found if row.held and row.who and row.due_on <= last}),
        tuple([row.item for row in ranked if row.item.due_on == tomorrow][:TOMORROW_SHOWN]),
        cap,
        people,
    )


def _ranked(
    session: Session,
    offered: Sequence[FollowUpRow],
    unbooked: Sequence[tuple[Matter, FollowUpRow]],
    late: Mapping[int, Facts],
    day: date,
    local: datetime,
) -> list[TodayRow]:
    matters = {id(item): matter for matter, item in unbooked}
    standings = Standings(session, {row.who.id: row.who for row in offered if row.who}.values(), day)
    rows = []
    for item in offered:
        matter = matters.get(id(item))
        case = late.get(item.who.id) if item.who else None
        is_case = matter is not None and matter.complaint_id is not None
        past_target = is_case or (case is not None and item.purpose is FollowUpPurpose.COMPLAINT)
        row = TodayRow(
            item,
            Due.OVERDUE if is_case else _part(item, day),
            matter.facts if matter else NOTHING,
            case is not None or is_case,
            Priority(standings.of(item.who), pressing(item, day, local, past_target=past_target)),
            matter,
        )
        rows.append(row)
    return sorted(rows, key=_what_matters)


def _with_case(known: Facts, case: Facts | None) -> Facts:
    """Whoever is spoken to hears of their late complaint first."""
    if case is None or known.case not in (None, case.case):
        return known
    return replace(known, case=case.case, case_due=case.case_due)


def _part(item: FollowUpRow, day: date) -> Due:
    """What has a latest good day is for today until that has passed."""
    good = item.latest_on is not None and item.due_on < day <= item.latest_on
    return Due.TODAY if good else due_bucket(item.due_on, day)


def pressing(item: FollowUpRow, day: date, local: datetime, *, past_target: bool) -> Pressing:
    """What makes a follow-up urgent on a day; `local` is the moment in the shop's own time."""
    hour_come = item.due_at is not None and item.due_on == day and item.due_at <= local.time()
    latest_in = None if item.latest_on is None else (item.latest_on - day).days
    return Pressing(item.kind, (day - item.due_on).days, latest_in, hour_come, past_target)


def _what_matters(row: TodayRow) -> tuple[object, ...]:
    item = row.item
    day = item.due_on if row.part not in (Due.OVERDUE, Due.TODAY) else date.min
    past_target = row.priority.pressing.past_target
    hour = (item.due_at is not None, str(item.due_at))
    order = (_PARTS.index(row.part), day, not row.case_late, not past_target, -row.priority.score)
    return (*order, item.due_on, *hour, item.id, str(row.id))


def _told(
    session: Session, rows: Sequence[TodayRow], cap: int, late: Mapping[int, Facts], day: date, *, whole: bool
) -> tuple[TodayRow, ...]:
    """The rows with what waits marked, and with the facts of those that are shown."""
    waits = _waits(rows, cap)
    shown = [row.item for row, wait in zip(rows, waits, strict=True) if row.matter is None and (whole or not wait)]
    known = facts(session, shown, day)

    def facts_of(row: TodayRow) -> Facts:
        found = known.get(row.item.id)
        return row.facts if found is None else _with_case(found, late.get(row.item.who.id) if row.item.who else None)

    # Made anew rather than by `replace`, which of a long list takes as long as reading it.
    return tuple(
        TodayRow(row.item, row.part, facts_of(row), row.case_late, row.priority, row.matter, wait)
        for row, wait in zip(rows, waits, strict=True)
    )


def _waits(rows: Sequence[TodayRow], cap: int) -> list[bool]:
    """What is overdue and due today shares one day's cap; the rest of the week is kept as short."""
    now = [row.priority.pressing.cannot_wait for row in rows if row.part in (Due.OVERDUE, Due.TODAY)]
    then = [row.priority.pressing.cannot_wait for row in rows if row.part not in (Due.OVERDUE, Due.TODAY)]
    return [not kept for half in (now, then) for kept in kept_in_view(half, cap)]
