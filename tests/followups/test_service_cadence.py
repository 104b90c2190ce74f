"""How often to be in touch: from the last real contact or purchase, under a cap, moved on a restart, never doubled."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.followup_rules import RuleDraft, RuleKind, Scope
from app.domain.followups import FollowUpPurpose
from app.domain.interactions import Channel
from app.models.followups import FollowUp
from app.services import customers, followups, interactions, settings
from app.services.interactions import ContactDraft
from app.storage.unit_of_work import UnitOfWork
from tests.followups.people import TODAY, at, book, bought, complain, days, move, person, tier
from tests.followups.rules_at_work import brought, only, opened, rule

SINCE = days(-100)


def every(work: UnitOfWork, ideal: int = 10, latest: int = 15, **asks: object) -> None:
    only(work, "cadence-1", SINCE, days=ideal, good_for=latest - ideal, **{"scope": Scope.EVERYONE, **asks})


def planned(work: UnitOfWork) -> list[tuple[int | None, int, int]]:
    """For whom, the day and the latest one, so many days from today; in the order of the days."""
    found = ((due, latest, who) for who, due, latest, _ in brought(work))
    return [(who, (due - TODAY).days, (latest - TODAY).days) for due, latest, who in sorted(found) if latest]


def open_ids(work: UnitOfWork) -> list[int]:
    with Session(work.engine) as session:
        return list(session.scalars(select(FollowUp.id).where(FollowUp.rule.is_not(None), FollowUp.done_at.is_(None))))


def test_counted_from_the_last_purchase_or_real_contact(work: UnitOfWork) -> None:
    every(work)
    buyer, met, missed = (person(work, name) for name in ("Buyer", "Met", "Missed"))
    for who in (buyer, met, missed):
        bought(work, who, at(14))
    work.write(interactions.log_contact, met, ContactDraft(Channel.CALL), at=at(20))
    work.write(interactions.log_contact, missed, ContactDraft(Channel.CALL, reached=False), at=at(20))
    opened(work, TODAY)
    assert planned(work) == [(buyer, 1, 6), (missed, 1, 6), (met, 7, 12)]


def test_a_card_knows_when_the_next_contact_is_to_be(work: UnitOfWork) -> None:
    buyer, gone = person(work, "Buyer"), person(work, "Gone")
    bought(work, buyer, at(14))
    assert work.read(followups.next_contact, buyer, TODAY) is None, "no rule is on"
    every(work)
    assert work.read(followups.next_contact, buyer, TODAY) == followups.NextContact(days(1), days(6))
    work.write(interactions.log_contact, buyer, ContactDraft(Channel.CALL), at=at(20))
    assert work.read(followups.next_contact, buyer, TODAY) == followups.NextContact(days(7), days(12))
    opened(work, days(1))
    booked = {who: (due, latest) for who, due, latest, _ in brought(work)}
    assert booked[buyer] == (days(7), days(12)), "and the rule books it by the same days"
    work.write(customers.archive, gone, at=at(20))
    assert work.read(followups.next_contact, gone, TODAY) is None


def test_a_card_counts_by_the_rhythm_of_its_own(work: UnitOfWork) -> None:
    every(work, ideal=30, latest=35, own_rhythm=True)
    who = person(work, "Ann")
    for day in (2, 9, 16):
        bought(work, who, at(day))
    assert work.read(followups.next_contact, who, TODAY) == followups.NextContact(days(0), days(5)), "every 7 days"
    opened(work, TODAY)
    assert [(due, latest) for _, due, latest, _ in brought(work)] == [(days(0), days(5))]


def test_a_contact_moves_what_is_open_and_makes_no_second(work: UnitOfWork) -> None:
    every(work)
    who = person(work, "Ann")
    bought(work, who, at(14))
    opened(work, TODAY)
    bought(work, who, at(23))
    assert [opened(work, days(n)).created for n in (1, 2, 3)] == [0, 0, 0]
    assert brought(work) == [(who, days(10), days(15), f"auto:cadence:{who}:2026-11-23")]


def test_what_a_person_moved_is_left(work: UnitOfWork) -> None:
    every(work)
    who = person(work, "Ann")
    bought(work, who, at(14))
    opened(work, TODAY)
    (one,) = open_ids(work)
    move(work, one, days(4))
    bought(work, who, at(23))
    opened(work, days(1))
    assert planned(work) == [(who, 4, 6)]


def test_done_without_a_contact_it_waits_from_that_day(work: UnitOfWork) -> None:
    every(work)
    who = person(work, "Ann")
    bought(work, who, at(14))
    opened(work, TODAY)
    work.write(followups.finish, open_ids(work)[0], at(24))
    assert [opened(work, days(n)).created for n in range(1, 5)] == [0, 0, 0, 1]
    assert planned(work)[1:] == [(who, 11, 16)]


def test_the_cap_puts_the_less_valued_on_the_next_free_day(work: UnitOfWork) -> None:
    every(work, 10, 11)
    work.write(settings.change, {"followup_daily_cap": 2})
    people = [person(work, f"{n}") for n in range(6)]
    for who in people:
        bought(work, who, at(13), 1_000 * (who + 1))
    best = list(reversed(people))
    book(work, None, TODAY, text="Stocktaking")
    ran = opened(work, TODAY)
    assert sorted(planned(work), key=lambda one: (one[1], best.index(one[0] or 0))) == [
        (best[0], 0, 1), (best[1], 1, 1), (best[2], 1, 1),
    ]  # fmt: skip
    assert ran.created == 3
    row = rule(work, "cadence-1")
    assert work.read(followups.preview_rule, row.draft, TODAY, rule_id=row.id).waiting == 3
    assert opened(work, days(1)).created == 0, "both days are full"
    assert opened(work, days(2)).created == 3, "who is late takes any free day of the week"


def test_of_two_rules_each_counts_those_alone_who_wait_by_it(work: UnitOfWork) -> None:
    every(work, 10, 11)
    every_week = work.write(
        followups.add_cadence, RuleDraft(RuleKind.CADENCE, 7, 1, scope=Scope.TIER, match="vip"), SINCE
    )[0]
    work.write(followups.move_rule, every_week, 0)
    work.write(settings.change, {"followup_daily_cap": 1})
    for n in range(6):
        who = person(work, f"{n}")
        bought(work, who, at(13), 1_000 * n)
        if n < 2:
            tier(work, who, 2)
    seen = work.read(followups.preview_rules, TODAY)
    weekly, other = seen[every_week], seen[rule(work, "cadence-1").id]
    assert (other.people, other.today, other.waiting) == (4, 2, 2)
    assert (weekly.people, weekly.today, weekly.waiting) == (2, 2, 0), "who is late takes any free day of the week"


def test_of_two_that_begin_anew_the_more_valued_has_the_first_choice(work: UnitOfWork) -> None:
    every(work)
    less = person(work, "Less")
    bought(work, less, at(14))
    opened(work, TODAY)
    more = person(work, "More")
    bought(work, more, at(14), 9_000)
    opened(work, days(1))
    work.write(settings.change, {"followup_daily_cap": 1})
    for who in (less, more):
        bought(work, who, at(24))
    assert opened(work, days(2)).moved == 2
    assert planned(work) == [(more, 11, 16), (less, 12, 16)]


def test_the_first_rule_that_fits_decides(work: UnitOfWork) -> None:
    every(work, 20, 25, scope=Scope.TIER, match="vip")
    work.write(followups.add_cadence, RuleDraft(RuleKind.CADENCE, 10, 5), SINCE)
    vip, plain = person(work, "Vip"), person(work, "Plain")
    tier(work, vip, 2)
    for who in (vip, plain):
        bought(work, who, at(6))
    opened(work, TODAY)
    assert planned(work) == [(plain, -7, -2), (vip, 3, 8)]
    first, second = (row for row in work.read(followups.rules) if row.kind is RuleKind.CADENCE and row.on_since)
    work.write(followups.move_rule, second.id, 0)
    assert [row.id for row in work.read(followups.rules) if row.on_since] == [second.id, first.id]
    opened(work, days(1))
    assert planned(work) == [(plain, -7, -2), (vip, 1, -2)]


def test_the_own_rhythm_where_one_is_known(work: UnitOfWork) -> None:
    every(work, 30, 40, own_rhythm=True)
    often, once = person(work, "Often"), person(work, "Once")
    for day in (3, 10, 17):
        bought(work, often, at(day))
    bought(work, once, at(17))
    opened(work, TODAY)
    assert planned(work) == [(often, 1, 11)]
    row = rule(work, "cadence-1")
    seen = work.read(followups.preview_rule, row.draft, TODAY, rule_id=row.id)
    assert (seen.people, seen.usual_days) == (2, 7)


def test_nothing_is_put_beside_what_a_person_booked(work: UnitOfWork) -> None:
    every(work)
    who = person(work, "Ann")
    bought(work, who, at(1))
    book(work, who, days(40))
    assert opened(work, TODAY).created == 0


def test_the_brake_holds_a_call_that_would_sell(work: UnitOfWork) -> None:
    every(work, purpose=FollowUpPurpose.SELL)
    who = person(work, "Ann")
    bought(work, who, at(13))
    complain(work, who, at(22))
    opened(work, TODAY)
    assert [row.item.kind for row in work.read(followups.today, TODAY, at(23)).rows if row.item.id] == []
    assert work.read(followups.today, TODAY, at(23)).held == (who,)


def test_closed_for_three_weeks_it_is_planned_as_if_open(work: UnitOfWork) -> None:
    every(work)
    work.write(settings.change, {"followup_daily_cap": 1})
    for n in range(8):
        bought(work, person(work, f"{n}"), at(10 + n), 1_000)
    opened(work, TODAY - timedelta(days=5))
    opened(work, TODAY + timedelta(days=16))
    assert [due for _, due, _ in planned(work)] == [-3 + n for n in range(8)]
