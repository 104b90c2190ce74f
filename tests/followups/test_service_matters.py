"""What the day asks for though nobody booked it, each matter once, and acts on many rows that are one act."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday
from app.domain.complaints import ComplaintState
from app.domain.followups import PURPOSE_OF, Due, FollowUpKind
from app.domain.interactions import Channel
from app.domain.staff import Role
from app.models.staff import Staff
from app.services import complaints, customers, followups, interactions, loyalty, undo
from app.services.customers import CustomerDraft, Labelled
from app.services.followups import FollowUpGone, Later, Matters, MayWrite, TodayList
from app.services.interactions import ContactDraft
from app.services.settings import change
from app.storage.unit_of_work import UnitOfWork
from tests.followups.people import NOW, SHANGHAI, TODAY, at, book, bought, complain, days, person

BIRTHDAY, POINTS, SILENCE = FollowUpKind.BIRTHDAY, FollowUpKind.POINTS_EXPIRING, FollowUpKind.SILENCE


def listed(work: UnitOfWork, day: date = TODAY, moment: datetime = NOW) -> TodayList:
    return work.read(followups.today, day, moment, matters=work.read(followups.matters, day).rows)


def said(found: TodayList) -> list[tuple[str, FollowUpKind, Due]]:
    return [(row.item.who.name if row.item.who else "", row.item.kind, row.part) for row in found.rows]


def give_points(work: UnitOfWork, who: int, points: int, until: date) -> None:
    named = {"expires_on": until, "operation_id": f"points {who}", "at": at(1)}
    work.write(loyalty.open_points, who, points, "brought along", **named)  # type: ignore[arg-type]


def of_every_kind(work: UnitOfWork) -> dict[str, int]:
    """A birthday today and one on Thursday, points that end in a week, and somebody whose silence began on Friday."""
    who = {
        "Born": person(work, "Born", birthday=Birthday(11, 23, 1990)),
        "Later": person(work, "Later", birthday=Birthday(11, 26, 1990)),
        "Silent": person(work, "Silent"),
        "Old": person(work, "Long silent"),
    }
    for ago in (43, 33, 23):
        bought(work, who["Silent"], datetime.combine(days(-ago), time(12), SHANGHAI))
        bought(work, who["Old"], datetime.combine(days(-ago - 60), time(12), SHANGHAI))
    return who


def test_what_nobody_booked_stands_on_its_day(work: UnitOfWork) -> None:
    of_every_kind(work)
    assert said(listed(work)) == [
        ("Born", BIRTHDAY, Due.TODAY),
        ("Silent", SILENCE, Due.TODAY),
        ("Later", BIRTHDAY, Due.THIS_WEEK),
    ]
    facts = {row.item.who.name: row.facts for row in listed(work).rows if row.item.who}
    assert (facts["Born"].turns, facts["Silent"].usual_days, facts["Silent"].last_on) == (36, 10, days(-23))


def test_a_silence_is_told_while_its_rule_holds_it_good(work: UnitOfWork) -> None:
    """Every ten days: silent from the 21st day on, good for 14 days more; in the week before its day it is foreseen."""
    who, last = of_every_kind(work)["Silent"], days(-23)
    told = {}
    for day in (last + timedelta(days=n) for n in range(10, 45)):
        for matter in work.read(followups.matters, day).rows:
            if matter.customer_id == who and matter.kind is SILENCE:
                told[day] = matter.due_on
    begins = last + timedelta(days=21)
    foreseen = [begins - timedelta(days=n) for n in range(begins.weekday(), 0, -1)]
    good = [begins + timedelta(days=n) for n in range(15)]
    assert told == {day: max(day, begins) for day in [*foreseen, *good]}


def test_points_about_to_end_are_told_with_their_number(work: UnitOfWork) -> None:
    """The rule asks for 1,000 points and looks two weeks ahead."""
    for name, points, ends in (("Some", 1860, 14), ("Few", 999, 14), ("Far", 5000, 21)):
        give_points(work, person(work, name), points, days(ends))
    (matter,) = work.read(followups.matters, TODAY).rows
    assert (matter.kind, matter.facts.points, matter.facts.points_by) == (POINTS, 1860, days(14))


def test_each_matter_is_shown_once(work: UnitOfWork) -> None:
    who = of_every_kind(work)
    book(work, who["Born"], TODAY, BIRTHDAY, text="Sweets")
    book(work, who["Silent"], days(9), SILENCE)
    work.write(followups.finish, book(work, who["Later"], days(-1), BIRTHDAY), at(22))
    assert said(listed(work)) == [("Born", BIRTHDAY, Due.TODAY)]
    assert listed(work).rows[0].item.text == "Sweets"


def test_what_is_taken_up_is_what_the_rule_would_have_brought(work: UnitOfWork) -> None:
    of_every_kind(work)
    for row in listed(work).rows:
        assert row.matter is not None
        work.write(followups.take_up, row.matter, NOW)
    before = said(listed(work))
    assert work.write(followups.run_rules, TODAY, at=NOW)[0].created == 0
    assert said(listed(work)) == before
    assert {(row.item.rule, row.matter) for row in listed(work).rows} == {("birthday", None), ("silence", None)}


def test_what_the_rules_brought_is_no_matter_and_taken_back_it_does_not_come_again(work: UnitOfWork) -> None:
    of_every_kind(work)
    ran, _ = work.write(followups.run_rules, TODAY, at=NOW)
    assert all(row.matter is None for row in listed(work).rows if row.part is not Due.THIS_WEEK)
    assert ran.run_id is not None
    work.write(followups.undo_run, ran.run_id, at=NOW)
    assert said(listed(work)) == [("Later", BIRTHDAY, Due.THIS_WEEK)]


def test_a_rule_that_is_off_brings_no_rows_and_says_whom_it_would_be_about(work: UnitOfWork) -> None:
    who = of_every_kind(work)
    for rule in work.read(followups.rules):
        work.write(followups.switch_rule, rule.id, False, TODAY)
    found = work.read(followups.matters, TODAY)
    assert found.rows == ()
    assert dict(found.aside) == {BIRTHDAY: (who["Born"],), SILENCE: (who["Silent"],)}


def test_who_is_not_to_be_contacted_is_left_in_peace(work: UnitOfWork) -> None:
    draft = CustomerDraft(name="Shy", birthday=Birthday(11, 23), do_not_contact=True)
    work.write(customers.add, draft, at=at(1))
    assert work.read(followups.matters, TODAY) == Matters()


def test_a_late_complaint_stands_first_until_it_is_solved(work: UnitOfWork) -> None:
    who = person(work, "Jack")
    book(work, person(work, "Overdue"), days(-3))
    case = complain(work, who, at(10))
    anonymous = complain(work, None, at(11))
    found = listed(work)
    assert [(name, kind) for name, kind, _ in said(found)][:2] == [
        ("Jack", FollowUpKind.COMPLAINT_CALLBACK),
        ("", FollowUpKind.COMPLAINT_CALLBACK),
    ]
    assert {row.part for row in found.rows} == {Due.OVERDUE}
    assert found.rows[0].facts.case_due is not None
    for row in found.rows[:2]:
        assert row.matter is not None
        work.write(followups.finish_many, [row.matter], NOW)
    assert [name for name, _, _ in said(listed(work))] == ["Overdue"]
    tomorrow = listed(work, days(1), at(24))
    assert [row.item.complaint_id for row in tomorrow.rows][:2] == [case, anonymous]
    work.write(complaints.move, case, ComplaintState.RESOLVED, at(24), remedy="A new lid")
    assert case not in [row.item.complaint_id for row in listed(work, days(1), at(24)).rows]


def test_a_late_complaint_put_off_stays_so_until_its_day(work: UnitOfWork) -> None:
    complain(work, person(work, "Jack"), at(10))
    matter = listed(work).rows[0].matter
    assert matter is not None
    work.write(followups.snooze_many, [matter], Later.THREE_DAYS, TODAY, NOW)
    for day, shown in ((0, Due.THIS_WEEK), (2, Due.THIS_WEEK), (3, Due.TODAY), (4, Due.OVERDUE)):
        assert [row.part for row in listed(work, days(day), at(23 + day)).rows] == [shown]


def test_who_is_to_be_spoken_to_hears_of_the_complaint_then(work: UnitOfWork) -> None:
    who = person(work, "Jack")
    complain(work, who, at(10))
    book(work, who, TODAY)
    (row,) = listed(work).rows
    assert (row.item.kind, row.case_late, row.facts.case) == (FollowUpKind.CALL, True, 1)


def test_a_matter_taken_up_is_that_follow_up_and_undo_gives_it_back(work: UnitOfWork) -> None:
    of_every_kind(work)
    born = listed(work).rows[0].matter
    assert born is not None
    _, changes = work.write(followups.finish_many, [born], NOW)
    assert work.write(followups.take_up, born, NOW)[0] == 1, "the same matter is never booked twice"
    assert "Born" not in [name for name, _, _ in said(listed(work))]
    assert work.read(followups.day_figures, TODAY, NOW).done == 1
    work.write(undo.put_back, changes.rows)
    assert said(listed(work))[0][0] == "Born"


def test_many_are_put_off_as_one_act_or_not_at_all(work: UnitOfWork) -> None:
    of_every_kind(work)
    born = listed(work).rows[0].matter
    assert born is not None
    booked = [book(work, None, days(-place), text=str(place)) for place in range(3)]
    with pytest.raises(FollowUpGone):
        work.write(followups.snooze_many, [*booked, 999], Later.ONE_DAY, TODAY, NOW)
    assert [work.read(followups.followup, key).due_on for key in booked] == [days(0), days(-1), days(-2)]
    _, changes = work.write(followups.move_many, [born, *booked], followups.Spot(days(2)), NOW)
    assert {row.item.due_on for row in listed(work).rows if row.item.id} == {days(2)}
    work.write(undo.put_back, changes.rows)
    assert [work.read(followups.followup, key).due_on for key in booked] == [days(0), days(-1), days(-2)]
    _, removed = work.write(followups.remove_many, booked)
    assert len(listed(work).rows) == 3
    work.write(undo.put_back, removed.rows)
    assert len(listed(work).rows) == 6


def test_a_call_is_logged_with_what_became_of_it(work: UnitOfWork) -> None:
    who = person(work, "Jack")
    done, again = book(work, who, TODAY), book(work, who, days(-4))
    work.write(followups.log_and_finish, done, ContactDraft(), at=NOW)
    _, changes = work.write(followups.log_and_put_off, again, ContactDraft(reached=False), Later.ONE_DAY, TODAY, at=NOW)
    assert [row.reached for row in work.read(interactions.contacts, who)] == [False, True]
    assert work.read(followups.followup, done).done_at is not None
    assert work.read(followups.followup, again).due_on == days(1)
    work.write(undo.put_back, changes.rows)
    assert [row.reached for row in work.read(interactions.contacts, who)] == [True]
    assert work.read(followups.followup, again).due_on == days(-4)


def test_a_full_day_folds_what_can_wait(work: UnitOfWork) -> None:
    work.write(change, {"followup_daily_cap": 2})
    for place in range(4):
        book(work, None, days(-place), text=str(place))
    for place in (2, 3, 4):
        book(work, None, days(place), text=f"later {place}")
    complain(work, person(work, "Jack"), at(10))
    waits = {row.item.text or "case": row.waits for row in listed(work).rows}
    assert waits == {
        "case": False, "3": False, "2": True, "1": True, "0": True,
        "later 2": False, "later 3": False, "later 4": True,
    }  # fmt: skip


def test_a_second_pair_of_hands_makes_a_longer_day_and_mine_is_shorter(work: UnitOfWork) -> None:
    with Session(work.engine) as session:
        helper = Staff(name="Li Fang", role=Role.CLERK)
        session.add(helper)
        session.commit()
        theirs_id = helper.id
    mine, theirs = book(work, None, TODAY, text="mine"), book(work, None, TODAY, text="theirs", staff_id=theirs_id)
    both = work.read(followups.today, TODAY, NOW)
    assert ([row.id for row in both.rows], both.cap, both.people) == ([mine, theirs], 24, 2)
    alone = work.read(followups.today, TODAY, NOW, staff_id=1)
    assert ([row.id for row in alone.rows], alone.cap) == ([mine], 12)


def test_what_matters_more_is_worth_times_urgency(work: UnitOfWork) -> None:
    """A regular of 8,000 a year outweighs a stranger, until the stranger has waited long enough."""
    regular, stranger = person(work, "Regular"), person(work, "Stranger")
    bought(work, regular, at(2), 800_000)
    book(work, regular, days(-1), FollowUpKind.SILENCE)
    book(work, stranger, days(-2), FollowUpKind.CALL)
    first, second = listed(work).rows
    assert [first.item.who and first.item.who.name, second.item.who and second.item.who.name] == ["Regular", "Stranger"]
    assert first.priority.standing.spent == 800_000
    assert first.priority.score == 328 * 220 and second.priority.score == 100 * 340


def test_last_year_counts_and_what_lies_before_does_not(work: UnitOfWork) -> None:
    who = person(work, "Regular")
    bought(work, who, datetime(2025, 11, 23, 12, tzinfo=SHANGHAI), 100)
    bought(work, who, datetime(2025, 11, 24, 12, tzinfo=SHANGHAI), 7)
    book(work, who, TODAY)
    assert listed(work).rows[0].priority.standing.spent == 7


def facts_of(work: UnitOfWork, who: int, kind: FollowUpKind) -> followups.MessageFacts:
    return work.read(followups.message_facts, who, kind, PURPOSE_OF[kind], TODAY)


def test_a_message_that_sells_needs_leave_and_a_braked_person_is_sold_nothing(work: UnitOfWork) -> None:
    who = person(work, "Joanna", "138 0013 6628")
    assert facts_of(work, who, BIRTHDAY).may is MayWrite.YES
    assert facts_of(work, who, FollowUpKind.QUOTE).may is MayWrite.YES, "what they asked for is no advertisement"
    assert facts_of(work, who, FollowUpKind.REORDER).may is MayWrite.NO_CONSENT
    work.write(customers.record_consent, who, Channel.SMS, True, "counter", at=at(2))
    allowed = facts_of(work, who, FollowUpKind.REORDER)
    assert (allowed.may, allowed.sells) == (MayWrite.YES, True)
    complain(work, who, at(22))
    for kind in (FollowUpKind.REORDER, FollowUpKind.QUOTE, BIRTHDAY):
        assert (facts_of(work, who, kind).may, facts_of(work, who, kind).sells) == (MayWrite.CARE, False)


def test_who_is_not_to_be_contacted_is_answered_about_a_complaint_only(work: UnitOfWork) -> None:
    draft = CustomerDraft(name="Shy", phones=(Labelled("138 0013 6628"),), do_not_contact=True)
    who = work.write(customers.add, draft, at=at(1))[0]
    assert facts_of(work, who, BIRTHDAY).may is MayWrite.BARRED
    assert facts_of(work, who, FollowUpKind.COMPLAINT_CALLBACK).may is MayWrite.CARE
