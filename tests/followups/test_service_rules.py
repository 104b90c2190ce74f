"""What each rule brings, on which day, once; who gets none; what a person took away stays away."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.birthdays import Birthday
from app.domain.complaints import ComplaintState
from app.domain.followup_rules import RuleDraft, RuleKind, RuleNeedsAGroup, RuleRefused, Scope
from app.domain.followups import FollowUpKind
from app.domain.interactions import Channel
from app.services import complaints, customers, duplicates, followups, interactions, undo
from app.services.followups.facts import Interest
from app.services.interactions import ContactDraft
from app.storage.unit_of_work import UnitOfWork
from app.views.shared.gateway import way_back
from tests.followups.people import TODAY, at, book, bought, complain, days, person, remove, tier
from tests.followups.rules_at_work import brought, only, opened, rule

SINCE = days(-200)


def on_days(work: UnitOfWork) -> list[tuple[int | None, int]]:
    """For whom, and so many days from today."""
    return [(who, (due - TODAY).days) for who, due, _, _ in brought(work)]


def test_a_purchase_of_enough_is_thanked_for_on_the_third_day(work: UnitOfWork) -> None:
    only(work, "thanks", SINCE, least=5_000)
    much, little, parts = (person(work, name) for name in ("Much", "Little", "Parts"))
    bought(work, much, at(20), 5_000)
    bought(work, little, at(20), 4_999)
    for hour in (9, 15):
        bought(work, parts, at(20, hour), 2_500)
    assert opened(work, days(-1)).created == 0
    assert opened(work, TODAY).created == 2
    assert brought(work) == [(who, TODAY, days(4), f"auto:thanks:{who}:2026-11-20") for who in sorted([much, parts])]
    assert [opened(work, day).created for day in (TODAY, days(1), days(2))] == [0, 0, 0]


def test_closed_for_three_weeks_the_same_comes_dated(work: UnitOfWork) -> None:
    only(work, "birthday", days(-22), days=1)
    people = [person(work, f"{day}", birthday=Birthday(11, day)) for day in range(1, 25)]
    opened(work, days(-22))
    assert opened(work, days(-1)).created == 21
    assert on_days(work) == [(who, -23 + n) for n, who in enumerate(people[:23])]


def test_birthdays_by_sun_and_moon(work: UnitOfWork) -> None:
    only(work, "birthday", SINCE, days=3)
    solar = person(work, "Solar", birthday=Birthday(11, 26))
    lunar = person(work, "Lunar", birthday=Birthday(10, 18, lunar=True))  # 26 November 2026
    leap = person(work, "Leap", birthday=Birthday(10, 18, lunar=True, leap=True))
    opened(work, TODAY)
    assert brought(work) == [(who, TODAY, days(3), f"auto:birthday:{who}:2026") for who in (solar, lunar, leap)]


def test_the_29th_of_february_is_kept_on_the_28th(work: UnitOfWork) -> None:
    only(work, "birthday", SINCE, days=0)
    who = person(work, "Leap day", birthday=Birthday(2, 29, 1992))
    opened(work, date(2027, 2, 28))
    assert brought(work) == [(who, date(2027, 2, 28), date(2027, 2, 28), f"auto:birthday:{who}:2027")]


def test_silence_is_longer_than_twice_the_own_rhythm(work: UnitOfWork) -> None:
    only(work, "silence", SINCE, least=3)
    monthly, new = person(work, "Monthly"), person(work, "New")
    for month in (8, 9):
        bought(work, monthly, at(23, month=month))
    bought(work, monthly, at(24, month=10))  # gaps of 31 each: silent on the 63rd day
    bought(work, new, at(1))
    opened(work, date(2026, 12, 25))
    assert brought(work) == []
    opened(work, date(2026, 12, 26))
    day = date(2026, 12, 26)
    assert brought(work) == [(monthly, day, day + timedelta(14), f"auto:silence:{monthly}:2026-10-24")]


def test_a_rhythm_brings_a_reminder_unless_they_came(work: UnitOfWork) -> None:
    only(work, "reorder", SINCE)
    due, came = person(work, "Due"), person(work, "Came")
    for who in (due, came):
        for day, month in ((24, 9), (14, 10), (3, 11)):
            bought(work, who, at(day, month=month))
    bought(work, came, at(22))
    opened(work, TODAY)
    assert brought(work) == [(due, TODAY, days(5), f"auto:reorder:{due}:2026-11-03")]


def test_a_resolved_case_is_called_back_and_again_after_it_was_reopened(work: UnitOfWork) -> None:
    only(work, "call_back", SINCE)
    who = person(work, "Joanna")
    case = complain(work, who, at(2))
    work.write(complaints.move, case, ComplaintState.RESOLVED, at(4), remedy="A new lid")
    opened(work, days(-15))
    work.write(complaints.move, case, ComplaintState.OPEN, at(9))
    work.write(complaints.move, case, ComplaintState.RESOLVED, at(20), remedy="Another lid")
    opened(work, TODAY)
    assert [(due, identity) for _, due, _, identity in brought(work)] == [
        (days(-16), f"auto:call_back:{who}:{case}@2026-11-04"),
        (TODAY, f"auto:call_back:{who}:{case}@2026-11-20"),
    ]


@pytest.mark.parametrize(
    ("spoken", "known"),
    [
        (ContactDraft(Channel.VISIT, demonstrated="A gaiwan"), ("", "A gaiwan", "")),
        (ContactDraft(quoted="Two tins, 180"), ("Two tins, 180", "", "")),
        (ContactDraft(objection="Too dear"), ("", "", "Too dear")),
    ],
)
def test_who_saw_goods_or_was_told_a_price_and_bought_nothing_is_asked(
    work: UnitOfWork, spoken: ContactDraft, known: tuple[str, str, str]
) -> None:
    only(work, "hesitating", SINCE)
    looked, took = person(work, "Looked"), person(work, "Took")
    for who in (looked, took):
        work.write(interactions.log_contact, who, spoken, at=at(18))
    bought(work, took, at(21))
    opened(work, TODAY)
    assert on_days(work) == [(looked, 0)]
    (row,) = (row for row in work.read(followups.today, TODAY, at(23)).rows if row.item.rule == "hesitating")
    assert row.facts.interest == Interest(days(-5), *known)


def test_a_new_card_is_welcomed_and_one_of_a_list_is_not(work: UnitOfWork) -> None:
    only(work, "welcome", SINCE)
    who = work.write(customers.add, customers.CustomerDraft(name="New"), at=at(21))[0]
    opened(work, TODAY)
    assert on_days(work) == [(who, 0)]


@pytest.mark.parametrize("how", ["archived", "against it", "merged"])
def test_who_is_not_to_be_contacted_gets_none(work: UnitOfWork, how: str) -> None:
    only(work, "birthday", SINCE, days=0)
    who, kept = person(work, "Ann", birthday=Birthday(11, 23)), person(work, "Anna")
    if how == "archived":
        work.write(customers.archive, who, at=at(1))
    elif how == "against it":
        work.write(customers.set_field, who, "do_not_contact", True, version=1)
    else:
        work.write(duplicates.merge, kept, who, at=at(1))
    opened(work, TODAY)
    assert on_days(work) == ([(kept, 0)] if how == "merged" else [])


def test_what_came_before_a_merge_does_not_come_to_who_answers(work: UnitOfWork) -> None:
    only(work, "thanks", SINCE, least=0)
    gone, kept = person(work, "Ann"), person(work, "Anna")
    bought(work, gone, at(20))
    opened(work, TODAY)
    work.write(duplicates.merge, kept, gone, at=at(24))
    opened(work, days(1))
    assert on_days(work) == [(gone, 0)]


def test_what_a_person_booked_already_is_not_booked_beside_it(work: UnitOfWork) -> None:
    only(work, "birthday", SINCE, days=0)
    who = person(work, "Ann", birthday=Birthday(11, 23))
    book(work, who, days(-2), FollowUpKind.BIRTHDAY)
    assert opened(work, TODAY).created == 0


def test_removed_by_a_person_it_never_comes_again_unless_that_is_undone(work: UnitOfWork) -> None:
    only(work, "birthday", SINCE, days=0)
    person(work, "Ann", birthday=Birthday(11, 23))
    opened(work, TODAY)
    (item,) = work.read(followups.today, TODAY, at(23)).rows
    changes = remove(work, item.item.id)
    assert [opened(work, days(n)).created for n in (1, 2)] == [0, 0]
    work.write(undo.put_back, changes.rows)
    assert len(brought(work)) == 1
    assert opened(work, days(3)).created == 0


def test_a_run_is_taken_back_as_one_act_and_does_not_come_again(work: UnitOfWork) -> None:
    only(work, "birthday", SINCE, days=0)
    for name in ("Ann", "Ben", "Cid"):
        person(work, name, birthday=Birthday(11, 23))
    _, changes = work.write(followups.run_rules, TODAY, at=at(23))
    before = brought(work)
    work.write(followups.finish, work.read(followups.today, TODAY, at(23)).rows[0].item.id, at(23, 11))
    way = way_back(changes)
    assert way is not None
    _, undone = work.write(way.service, *way.args, **way.named)
    assert len(brought(work)) == 1, "what somebody has done stays"
    assert opened(work, days(1)).created == 0
    again = way_back(undone)
    assert again is not None
    work.write(again.service, *again.args, **again.named)
    assert sorted(brought(work)) == sorted(before)


def test_a_rule_switched_on_takes_the_last_three_days_and_no_more(work: UnitOfWork) -> None:
    only(work, "thanks", TODAY, least=0)
    for day in range(1, 23):
        bought(work, person(work, f"{day}"), at(day))
    assert work.read(followups.preview_rule, rule(work, "thanks").draft, TODAY).today == 4
    assert opened(work, TODAY).created == 4
    assert [due for _, due in on_days(work)] == [-3, -2, -1, 0]


def test_a_rule_may_mean_one_tier_one_tag_or_one_stage(work: UnitOfWork) -> None:
    vip, tagged, plain = (person(work, name, birthday=Birthday(11, 23)) for name in ("Vip", "Tagged", "Plain"))
    tier(work, vip, 2)
    work.write(customers.set_field, tagged, "tags", ("老茶客",), version=1)
    bought(work, plain, at(20))
    for number, (scope, match, who) in enumerate(
        ((Scope.TIER, "vip", vip), (Scope.TAG, "老茶客", tagged), (Scope.STAGE, "3", plain))
    ):
        draft = RuleDraft(RuleKind.BIRTHDAY, 0, scope=scope, match=match)
        found = work.read(followups.preview_rule, draft, TODAY)
        assert (number, found.today, [name for name, _ in found.first]) == (
            number, 1, [work.read(customers.card, who, TODAY).name],
        )  # fmt: skip


def test_a_rule_out_of_bounds_is_refused(work: UnitOfWork) -> None:
    row = rule(work, "thanks")
    with pytest.raises(RuleRefused) as refused:
        work.write(followups.change_rule, row.id, RuleDraft(RuleKind.THANKS, 0), version=row.version)
    assert refused.value.numbers == {"what": "days", "least": 1, "most": 60}
    with pytest.raises(RuleNeedsAGroup):
        work.write(followups.add_cadence, RuleDraft(RuleKind.CADENCE, 30, scope=Scope.TAG), TODAY)


def test_nobody_is_asked_before_the_shop_knew_them(work: UnitOfWork) -> None:
    only(work, "birthday", SINCE, days=10)
    draft = customers.CustomerDraft(name="New", birthday=Birthday(11, 25))
    who = work.write(customers.add, draft, at=datetime(2026, 11, 22, 3, tzinfo=UTC))[0]
    opened(work, TODAY)
    assert brought(work) == [(who, days(-1), days(2), f"auto:birthday:{who}:2026")]
