"""The squares of a month and one day in full."""

from datetime import date, time

from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday
from app.domain.followups import FollowUpKind
from app.domain.staff import Role
from app.models.staff import Staff
from app.services import followups, settings
from app.services.followups import Mark
from app.storage.unit_of_work import UnitOfWork
from tests.followups.people import NOW, TODAY, at, book, complain, days, person, tier

FIRST, LAST = date(2026, 10, 26), date(2026, 12, 6)


def test_every_day_of_the_page_is_there_with_what_it_holds(work: UnitOfWork) -> None:
    book(work, None, FIRST, text="first")
    book(work, None, LAST, text="last")
    book(work, None, date(2026, 12, 7), text="beyond")
    page = work.read(followups.days, FIRST, LAST, TODAY)
    assert [plan.day for plan in page][::41] == [FIRST, LAST]
    assert [strip.item.text for plan in page for strip in plan.strips] == ["first", "last"]


def test_marks_say_late_due_held_and_done_in_that_order(work: UnitOfWork) -> None:
    who = person(work, "Joanna")
    complain(work, who, at(22))
    done = book(work, None, TODAY, text="done", due_at=time(9))
    work.write(followups.finish, done, NOW)
    book(work, who, TODAY, FollowUpKind.REORDER)
    book(work, None, TODAY, text="at four", due_at=time(16))
    book(work, None, TODAY, text="at two", due_at=time(14))
    book(work, None, days(-1), text="late")
    late, today = work.read(followups.days, days(-1), TODAY, TODAY)
    assert [strip.mark for strip in late.strips] == [Mark.LATE]
    assert [strip.mark for strip in today.strips] == [Mark.DUE, Mark.DUE, Mark.HELD, Mark.DONE]
    assert [strip.item.text for strip in today.strips] == ["at two", "at four", "", "done"]
    assert (today.planned, today.held) == (3, 1)


def test_the_cap_is_for_each_person_who_works_here(work: UnitOfWork) -> None:
    work.write(settings.change, {"followup_daily_cap": 5})
    assert work.read(followups.day, TODAY, TODAY).capacity == 5
    with Session(work.engine) as session:
        session.add_all([Staff(name="Fiona", role=Role.CLERK), Staff(name="Gone", role=Role.CLERK, active=False)])
        session.commit()
    plan = work.read(followups.day, TODAY, TODAY)
    assert (plan.capacity, plan.people) == (10, 2)


def test_solar_and_lunar_birthdays_lie_on_their_days(work: UnitOfWork) -> None:
    person(work, "Uncle Feng", birthday=Birthday(10, 18, 1960, lunar=True))
    person(work, "Ruth", birthday=Birthday(11, 28, 1990))
    page = work.read(followups.days, FIRST, LAST, TODAY)
    born = {plan.day: [row.who.name for row in plan.birthdays] for plan in page if plan.birthdays}
    assert born == {date(2026, 11, 26): ["Uncle Feng"], date(2026, 11, 28): ["Ruth"]}


def test_a_birthday_across_the_new_year_is_found_on_both_pages(work: UnitOfWork) -> None:
    person(work, "Ann", birthday=Birthday(1, 2))
    person(work, "Moon", birthday=Birthday(11, 26, lunar=True))
    page = work.read(followups.days, date(2026, 11, 30), date(2027, 1, 10), TODAY)
    assert {row.who.name: plan.day for plan in page for row in plan.birthdays} == {
        "Ann": date(2027, 1, 2),
        "Moon": date(2027, 1, 3),
    }


def test_of_many_birthdays_a_day_shows_the_first_and_counts_all(work: UnitOfWork) -> None:
    ids = [person(work, f"Born {place}", birthday=Birthday(11, 25)) for place in range(14)]
    tier(work, ids[-1], 2)
    (plan,) = work.read(followups.days, days(2), days(2), TODAY)
    assert (plan.born, len(plan.birthdays)) == (14, 12)
    assert plan.birthdays[0].who.id == ids[-1]
    assert len(work.read(followups.birthdays, days(2), days(2))) == 14
