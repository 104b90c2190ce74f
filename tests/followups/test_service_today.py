"""The day's list: its parts, its order, who is held back, and the figures beside it."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday
from app.domain.complaints import ComplaintState, Severity
from app.domain.followups import Due, FollowUpKind, FollowUpPurpose
from app.services import complaints, customers, duplicates, followups, loyalty
from app.services.followups import DecisionKind, TodayList
from app.storage.unit_of_work import UnitOfWork
from tests.followups.people import NOW, TODAY, at, book, bought, close_case, complain, days, person, tier

SELL = FollowUpKind.REORDER


def listed(work: UnitOfWork, moment: datetime = NOW) -> TodayList:
    return work.read(followups.today, TODAY, moment)


def names(work: UnitOfWork) -> list[str]:
    return [row.item.who.name if row.item.who else row.item.text for row in listed(work).rows]


def test_overdue_today_and_the_rest_of_the_week_and_no_further(work: UnitOfWork) -> None:
    for due in (-30, -1, 0, 1, 6, 7):
        book(work, None, days(due), text=f"{due}")
    done = book(work, None, TODAY, text="done")
    work.write(followups.finish, done, NOW)
    found = listed(work)
    assert [(row.item.text, row.part) for row in found.rows] == [
        ("-30", Due.OVERDUE),
        ("-1", Due.OVERDUE),
        ("0", Due.TODAY),
        ("1", Due.THIS_WEEK),
        ("6", Due.THIS_WEEK),
    ]
    assert found.left == 3 == work.read(followups.due_count, TODAY)


def test_what_matters_comes_first(work: UnitOfWork) -> None:
    """Past-target complaint, then the tier, then what they bought; overdue before all of today."""
    vip, ordinary, spender, wronged, late = (
        person(work, name) for name in ("Vip", "Plain", "Spender", "Wronged", "Late")
    )
    tier(work, vip, 2)
    for who, revenue in ((ordinary, 100), (spender, 90_000)):
        tier(work, who, 1)
        bought(work, who, at(2), revenue)
    complain(work, wronged, at(2))
    for who in (ordinary, spender, vip, wronged):
        book(work, who, TODAY)
    book(work, late, days(-1))
    assert names(work) == ["Late", "Wronged", "Vip", "Spender", "Plain"]
    assert [row.case_late for row in listed(work).rows] == [False, True, False, False, False]


def test_the_week_goes_by_its_days(work: UnitOfWork) -> None:
    vip, plain = person(work, "Vip"), person(work, "Plain")
    tier(work, vip, 2)
    book(work, vip, days(4))
    book(work, plain, days(2))
    assert names(work) == ["Plain", "Vip"]


def test_selling_is_held_back_and_counted_until_the_customer_agrees(work: UnitOfWork) -> None:
    who, other = person(work, "Joanna"), person(work, "Laura")
    for kind in (SELL, FollowUpKind.QUOTE, FollowUpKind.BIRTHDAY):
        book(work, who, TODAY, kind)
    book(work, other, TODAY, SELL)
    assert work.read(followups.due_count, TODAY) == 4
    case = complain(work, who, at(22))
    found = listed(work)
    assert sorted(row.item.kind for row in found.rows) == [FollowUpKind.BIRTHDAY, SELL]
    assert found.held == (who,)
    assert next(row for row in found.rows if row.item.kind is FollowUpKind.BIRTHDAY).item.brake
    assert work.read(followups.due_count, TODAY) == 2
    work.write(complaints.move, case, ComplaintState.RESOLVED, at(22, 12), remedy="A new lid")
    assert listed(work).held == (who,), "what we think is solved still brakes"
    work.write(complaints.move, case, ComplaintState.CLOSED, at(22, 13), satisfaction=5)
    assert listed(work).held == ()
    assert work.read(followups.due_count, TODAY) == 4


def test_the_brake_holds_for_a_card_and_those_merged_with_it(work: UnitOfWork) -> None:
    kept, gone = person(work, "Joanna Shen"), person(work, "J. Shen")
    book(work, gone, TODAY, SELL)
    complain(work, kept, at(22))
    with Session(work.engine) as session:
        session.execute(text("UPDATE customers SET merged_into = :kept WHERE id = :gone"), {"kept": kept, "gone": gone})
        session.commit()
    assert listed(work).held == (kept,)
    assert work.read(followups.due_count, TODAY) == 0


def test_a_merged_card_is_answered_for(work: UnitOfWork) -> None:
    kept, gone = person(work, "Joanna Shen"), person(work, "J. Shen")
    book(work, gone, TODAY)
    with Session(work.engine) as session:
        session.execute(text("UPDATE customers SET merged_into = :kept WHERE id = :gone"), {"kept": kept, "gone": gone})
        session.commit()
    assert names(work) == ["Joanna Shen"]


def test_archived_people_are_left_in_peace(work: UnitOfWork) -> None:
    who = person(work, "Joanna")
    book(work, who, TODAY)
    work.write(customers.archive, who, at=NOW)
    assert names(work) == []
    assert work.read(followups.due_count, TODAY) == 0


def test_tomorrow_shows_its_first_three_also_across_the_week_end(work: UnitOfWork) -> None:
    sunday = date(2026, 11, 29)
    for place in range(4):
        book(work, None, date(2026, 11, 30), text=str(place))
    found = work.read(followups.today, sunday, at(29))
    assert [row.text for row in found.tomorrow] == ["0", "1", "2"]
    assert found.rows == ()


def test_reasons_nobody_wrote_are_given_in_numbers(work: UnitOfWork) -> None:
    who = person(work, "Laura", birthday=Birthday(11, 25, 1988))
    for ago in (60, 40, 30, 10):
        bought(work, who, datetime.combine(days(-ago), time(12), UTC))
    wrote = book(work, who, TODAY, SELL, text="Her Silver Needle is finished")
    bare = {kind: book(work, who, TODAY, kind) for kind in (SELL, FollowUpKind.BIRTHDAY)}
    facts = {row.id: row.facts for row in listed(work).rows}
    assert (facts[bare[SELL]].last_on, facts[bare[SELL]].usual_days) == (days(-10), 20)
    assert (facts[bare[FollowUpKind.BIRTHDAY]].birthday_on, facts[bare[FollowUpKind.BIRTHDAY]].turns) == (days(2), 38)
    assert facts[wrote].usual_days is None


def test_a_late_congratulation_names_the_birthday_that_passed(work: UnitOfWork) -> None:
    passed = days(-3)
    who = person(work, "Olga", birthday=Birthday(passed.month, passed.day, 1988))
    late = book(work, who, days(-5), FollowUpKind.BIRTHDAY)
    (row,) = [row for row in listed(work).rows if row.id == late]
    assert (row.facts.birthday_on, row.facts.turns) == (passed, 38)


def test_a_lunar_birthday_is_found_on_its_solar_day(work: UnitOfWork) -> None:
    person(work, "Uncle Feng", birthday=Birthday(10, 18, 1960, lunar=True))
    (row,) = work.read(followups.birthdays, TODAY, days(6))
    assert (row.on, row.who.name, row.age) == (date(2026, 11, 26), "Uncle Feng", 66)


@pytest.mark.parametrize(
    ("birthday", "between", "expected"),
    [
        (Birthday(2, 29), (date(2026, 2, 23), date(2026, 3, 1)), date(2026, 2, 28)),
        (Birthday(2, 29), (date(2028, 2, 23), date(2028, 3, 1)), date(2028, 2, 29)),
        (Birthday(12, 30, lunar=True), (date(2027, 2, 1), date(2027, 2, 7)), date(2027, 2, 5)),
        (Birthday(1, 1), (date(2026, 12, 28), date(2027, 1, 3)), date(2027, 1, 1)),
    ],
)
def test_birthdays_no_such_day_has_are_kept_on_the_last_one_there_is(
    work: UnitOfWork, birthday: Birthday, between: tuple[date, date], expected: date
) -> None:
    person(work, "Feng", birthday=birthday)
    assert [row.on for row in work.read(followups.birthdays, *between)] == [expected]


def test_the_day_so_far_is_set_against_the_same_hours_of_last_week(work: UnitOfWork) -> None:
    regular, new = person(work, "Regular"), person(work, "New")
    bought(work, regular, at(16, 9, 30), 4000)
    bought(work, None, at(16, 18), 99_999)
    bought(work, regular, at(23, 9, 10), 6000)
    bought(work, new, at(23, 9, 40), 1000)
    bought(work, None, at(23, 9, 50), 500)
    for due in (-2, 0):
        book(work, None, days(due), text="Call")
    work.write(followups.finish, book(work, None, TODAY, text="done"), NOW)
    work.write(followups.finish, book(work, None, days(-1), text="yesterday"), at(22, 23, 59))
    figures = work.read(followups.day_figures, TODAY, NOW)
    assert (figures.net, figures.bills, figures.net_before, figures.returning) == (7500, 3, 4000, 1)
    assert (figures.done, figures.left) == (1, 2)


def test_late_complaints_call_backs_and_ending_tiers_wait_for_a_decision(work: UnitOfWork) -> None:
    assert work.read(followups.decisions, TODAY, NOW) == []
    late, solved, vip, safe = (person(work, name) for name in ("Jack", "Mandy", "Vip", "Safe"))
    case = complain(work, late, at(10))
    complain(work, safe, at(23, 9, 30), Severity.MINOR)
    asked = complain(work, solved, at(17))
    work.write(complaints.move, asked, ComplaintState.RESOLVED, at(18), remedy="A new lid")
    close_case(work, complain(work, safe, at(12)), at(12, 12))
    tier(work, vip, 2, date(2026, 12, 31))
    tier(work, safe, 2, date(2027, 6, 30))
    found = work.read(followups.decisions, TODAY, NOW)
    assert [(row.kind, row.count) for row in found] == [
        (DecisionKind.LATE_CASES, 1),
        (DecisionKind.CALL_BACKS, 1),
        (DecisionKind.TIER_ENDING, 1),
    ]
    assert (found[0].complaint_id, found[0].name) == (case, "Jack")
    assert found[1].complaint_id == asked
    assert (found[2].customers, found[2].first) == ((vip,), date(2026, 12, 31))


def test_cases_with_the_owner_wait_for_a_decision_once(work: UnitOfWork) -> None:
    """Handed up when the answer is late, before solving is; then late itself, and told as late alone."""
    case = complain(work, person(work, "Jack"), at(20, 15), Severity.SEVERE)
    work.write(complaints.escalate, at(20, 20))
    found = work.read(followups.decisions, days(-2), at(21, 10))
    assert [(row.kind, row.count, row.complaint_id) for row in found] == [(DecisionKind.ESCALATED, 1, case)]
    found = work.read(followups.decisions, TODAY, NOW)
    assert [(row.kind, row.count, row.complaint_id) for row in found] == [(DecisionKind.LATE_CASES, 1, case)]


def test_what_has_a_latest_good_day_is_for_today_until_that_has_passed(work: UnitOfWork) -> None:
    """A rule brings a birthday the day before and silence for two weeks: neither is overdue while it is still good."""
    person(work, "Born", birthday=Birthday(11, 23, 1990))
    quiet = person(work, "Quiet")
    for ago in (50, 40, 30):
        bought(work, quiet, datetime.combine(days(-ago), time(12), UTC))
    work.write(followups.run_rules, days(-1), at=at(22))
    rows = {row.item.who.name: row for row in listed(work).rows if row.item.who}
    assert {name: (row.part, row.item.due_on < TODAY) for name, row in rows.items()} == {
        "Born": (Due.TODAY, True),
        "Quiet": (Due.TODAY, True),
    }
    assert rows["Born"].priority.pressing.latest_in == 0
    late = {row.item.who.name: row for row in work.read(followups.today, days(1), at(24)).rows if row.item.who}
    assert (late["Born"].part, late["Born"].priority.pressing.is_over) == (Due.OVERDUE, True)
    assert (late["Quiet"].part, late["Quiet"].priority.pressing.cannot_wait) == (Due.TODAY, False)


def test_points_about_to_end_are_counted_as_the_account_counts_them(work: UnitOfWork) -> None:
    """In one statement for the whole list, and with the cards merged into theirs."""
    kept, gone, other = person(work, "Joanna"), person(work, "J."), person(work, "Laura")
    for number, (who, points, until) in enumerate(
        [(kept, 500, 30), (kept, 70, 31), (gone, 40, 30), (other, 900, 30), (other, 11, 29)]
    ):
        ends = date(2026, 12, 1) if until == 31 else date(2026, 11, until)
        named = {"expires_on": ends, "operation_id": f"lot {number}", "at": at(1)}
        work.write(loyalty.open_points, who, points, "brought along", **named)  # type: ignore[arg-type]
    work.write(duplicates.merge, kept, gone)
    for who in (kept, other):
        book(work, who, TODAY, FollowUpKind.POINTS_EXPIRING, purpose=FollowUpPurpose.CARE)
    told = {row.item.who.id: row.facts.points for row in listed(work).rows if row.item.who}
    end = date(2026, 11, 30)
    assert told == {who: work.read(loyalty.holding, who).expiring(TODAY, end) for who in (kept, other)}
    assert told == {kept: 540, other: 911}


def test_a_birthday_that_has_passed_is_said_to_have(work: UnitOfWork) -> None:
    who = person(work, "Laura", birthday=Birthday(11, 22, 1990))
    late = book(work, who, days(-2), FollowUpKind.BIRTHDAY)
    facts = next(row.facts for row in listed(work).rows if row.id == late)
    assert (facts.birthday_on, facts.turns) == (days(-1), 36)
