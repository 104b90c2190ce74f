"""The brake over every way the program promotes or sells: who has an open complaint is left out, and counted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from app.domain.birthdays import Birthday
from app.domain.complaints import ComplaintState
from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.interactions import Channel
from app.domain.rewards.kinds import Benefit, Occasion
from app.services import complaints, customers, duplicates, followups, insights, loyalty, rewards, till
from app.services.customers import CustomerDraft, Labelled, MaySell
from app.services.followups import DecisionKind, FollowUpDraft, Mark
from app.services.insights import FindingKind, Period
from app.services.rewards import KindDraft
from app.storage.unit_of_work import UnitOfWork
from tests.complaints.story import NOW, complain, move
from tests.followups.people import tier
from tests.till.counter import Counter

TODAY = date(2026, 11, 23)
BEFORE = NOW - timedelta(days=400)
SELL = FollowUpKind.REORDER


@dataclass
class Street:
    """A shop with two people alike: both are reached until one of them complains."""

    work: UnitOfWork
    counter: Counter = field(init=False)
    people: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        self.counter = Counter(self.work, NOW)
        self.people = self.person("Ann"), self.person("Ben")

    def person(self, name: str) -> int:
        phone = Labelled(f"1380013{len(name):04}")
        draft = CustomerDraft(name, phones=(phone,), birthday=Birthday(11, 23))
        return self.work.write(customers.add, draft, at=BEFORE)[0]

    def each(self, act: Callable[[int], object]) -> None:
        for who in self.people:
            act(who)

    def bought(self, *ago: int) -> None:
        for days in sorted(ago, reverse=True):
            self.counter.now = NOW - timedelta(days=days)
            self.each(lambda who: self.counter.buy(who, 100))
        self.counter.now = NOW

    def kind(self, occasion: Occasion) -> None:
        self.work.write(rewards.add_kind, KindDraft("Come again", occasion, Benefit.MONEY, 500, days=30))

    def coupons(self) -> set[int]:
        return {who for who in self.people if self.work.read(rewards.coupons_held, who, TODAY)}


Reached = tuple[set[int], set[int]]
"""To whom something is offered or said; who is counted as held back."""
Path = Callable[[Street], Callable[[], Reached]]
"""Furnishes the street, before anybody complains; what it gives back is asked afterwards."""


def ids(held: tuple[MaySell, ...]) -> set[int]:
    return {one.customer_id for one in held}


def due(street: Street) -> None:
    street.each(lambda who: street.work.write(followups.book, FollowUpDraft(TODAY, SELL, who), NOW))


def the_day(street: Street) -> Callable[[], Reached]:
    due(street)

    def ask() -> Reached:
        found = street.work.read(followups.today, TODAY, NOW)
        sold = [row.item for row in found.rows if row.item.purpose is FollowUpPurpose.SELL]
        return {item.who.id for item in sold if item.who}, set(found.held)

    return ask


def the_rail(street: Street) -> Callable[[], Reached]:
    due(street)

    def ask() -> Reached:
        left = street.work.read(followups.due_count, TODAY)
        return set(street.people[2 - left :]), set(street.people[: 2 - left])

    return ask


def the_calendar(street: Street) -> Callable[[], Reached]:
    due(street)

    def ask() -> Reached:
        plan = street.work.read(followups.day, TODAY, TODAY)
        held = {strip.item.who.id for strip in plan.strips if strip.mark is Mark.HELD and strip.item.who}
        assert plan.held == len(held)
        return {strip.item.who.id for strip in plan.strips if strip.item.who} - held, held

    return ask


def points_for_many(street: Street) -> Callable[[], Reached]:
    def ask() -> Reached:
        seen = street.work.read(loyalty.preview_bonus, street.work.read(loyalty.bonus_audience, street.people), 50)
        named = {"operation_id": "b", "at": NOW}
        street.work.write(loyalty.give_bonus, street.people, 50, "spring", **named)  # type: ignore[arg-type]
        got = {who for who in street.people if street.work.read(loyalty.balance, who)}
        assert seen.people == len(got)
        return got, ids(seen.held)

    return ask


def coupons_of_the_day(occasion: Occasion) -> Path:
    def furnish(street: Street) -> Callable[[], Reached]:
        street.kind(occasion)
        street.bought(41, 31, 21)

        def ask() -> Reached:
            done, _ = street.work.write(followups.hand_out_coupons, TODAY, operation_id="d", at=NOW)
            assert done.given == len(street.coupons())
            return street.coupons(), ids(done.held)

        return ask

    return furnish


def a_coupon_for_the_next_visit(street: Street) -> Callable[[], Reached]:
    """Nobody is told of one they do not get; at the till the brake is said."""
    street.kind(Occasion.NEXT_VISIT)

    def ask() -> Reached:
        street.bought(0)
        return street.coupons(), braked_at_the_till(street)

    return ask


def braked_at_the_till(street: Street) -> set[int]:
    """Whose ticket shows the brake in place of what the tier promises and what is suggested."""
    bills = {who: street.counter.quote(till.Ticket(who)) for who in street.people}
    return {who for who, bill in bills.items() if bill.buyer and bill.buyer.cases}


def a_nudge_at_the_till(street: Street) -> Callable[[], Reached]:
    def ask() -> Reached:
        held = braked_at_the_till(street)
        return set(street.people) - held, held

    return ask


def a_message_that_sells(street: Street) -> Callable[[], Reached]:
    """Who has an open complaint is written to about that, and nothing is offered."""
    for who in street.people:
        street.work.write(customers.record_consent, who, Channel.SMS, True, "counter", at=NOW)

    def ask() -> Reached:
        facts = {
            who: street.work.read(followups.message_facts, who, SELL, FollowUpPurpose.SELL, TODAY)
            for who in street.people
        }
        return {who for who, one in facts.items() if one.sells}, {who for who, one in facts.items() if not one.sells}

    return ask


def a_tier_that_ends(street: Street) -> Callable[[], Reached]:
    street.each(lambda who: tier(street.work, who, 2, TODAY + timedelta(days=9)))

    def ask() -> Reached:
        found = street.work.read(followups.decisions, TODAY, NOW)
        (ending,) = [one for one in found if one.kind is DecisionKind.TIER_ENDING]
        return set(ending.customers), ids(ending.held)

    return ask


def people_of_a_finding(street: Street) -> Callable[[], Reached]:
    street.bought(59, 49, 39, 29)

    def ask() -> Reached:
        found = street.work.read(insights.overview, Period.MONTH, TODAY).findings
        (silent,) = [one for one in found if one.kind is FindingKind.FELL_SILENT]
        return set(silent.people) - ids(silent.held), ids(silent.held)

    return ask


def the_question_about_news(street: Street) -> Callable[[], Reached]:
    """Who waits for an answer to a complaint is not asked for leave to send news; their card says why."""

    def ask() -> Reached:
        cards = {who: street.work.read(customers.card, who, TODAY) for who in street.people}
        asked = {who for who, card in cards.items() if card.completeness.ask == "consent"}
        return asked, {who for who, card in cards.items() if card.cases}

    return ask


PATHS: dict[str, Path] = {
    "the list of the day": the_day,
    "the count on the rail": the_rail,
    "the calendar": the_calendar,
    "points for many": points_for_many,
    "birthday coupons": coupons_of_the_day(Occasion.BIRTHDAY),
    "coupons that win back": coupons_of_the_day(Occasion.WIN_BACK),
    "coupons for the next visit": a_coupon_for_the_next_visit,
    "what the till suggests": a_nudge_at_the_till,
    "a message that sells": a_message_that_sells,
    "tiers that end": a_tier_that_ends,
    "what insights find": people_of_a_finding,
    "the question about news": the_question_about_news,
}


@pytest.mark.parametrize("path", PATHS)
def test_everybody_is_reached_while_nobody_complains(work: UnitOfWork, path: str) -> None:
    street = Street(work)
    assert PATHS[path](street)() == (set(street.people), set())


@pytest.mark.parametrize("path", PATHS)
def test_who_complains_is_left_out_and_counted(work: UnitOfWork, path: str) -> None:
    street = Street(work)
    ann, ben = street.people
    ask = PATHS[path](street)
    complain(work, NOW - timedelta(days=40), customer_id=ann)
    assert ask() == ({ben}, {ann})


def test_the_brake_holds_until_the_customer_agrees(work: UnitOfWork) -> None:
    street = Street(work)
    ann, _ = street.people
    case = complain(work, NOW, customer_id=ann)
    for state in (ComplaintState.WAITING, ComplaintState.RESOLVED):
        move(work, case, state, remedy="A new lid")
        assert not work.read(customers.may_sell, ann).allowed
    move(work, case, ComplaintState.CLOSED, satisfaction=5)
    assert work.read(customers.may_sell, ann).allowed
    assert work.read(customers.held_back) == ()


def test_a_thank_you_that_was_earned_is_given_all_the_same(work: UnitOfWork) -> None:
    """Whoever brought a first-time buyer has done something for the shop: the coupon is no promotion."""
    street = Street(work)
    ann, ben = street.people
    street.kind(Occasion.REFERRAL)
    work.write(customers.set_referrer, ben, ann)
    complain(work, NOW, customer_id=ann)
    street.counter.buy(ben, 100)
    assert street.coupons() == {ann}


def test_merged_cards_brake_each_other(work: UnitOfWork) -> None:
    street = Street(work)
    ann, ben = street.people
    case = complain(work, NOW, customer_id=ben)
    work.write(duplicates.merge, ann, ben, at=NOW)
    for card in street.people:
        answer = work.read(customers.may_sell, card, Channel.VISIT)
        assert (answer.customer_id, [one.id for one in answer.cases]) == (ann, [case])
    assert work.read(customers.braked) == {ann, ben}
    assert [one.customer_id for one in work.read(complaints.rates, TODAY).held_back] == [ann]


def at(day: int) -> datetime:
    return NOW.replace(day=day)


def test_who_has_waited_longest_stands_first(work: UnitOfWork) -> None:
    street = Street(work)
    ann, ben = street.people
    complain(work, at(20), customer_id=ann)
    complain(work, at(12), customer_id=ben)
    complain(work, at(22), customer_id=ben)
    held = work.read(customers.held_back)
    assert [(one.name, len(one.cases)) for one in held] == [("Ben", 2), ("Ann", 1)]
    work.write(customers.archive, ben, at=NOW)
    assert [one.name for one in work.read(customers.held_back)] == ["Ann"]
