"""Putting a case right: each remedy posts once, into the ledger it belongs to, and goes back whole."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.bootstrap import unit_of_work
from app.domain.remedies import RemedyKind
from app.domain.rewards.kinds import Benefit
from app.domain.rewards.refusals import SpentSince
from app.domain.staff import Actor, Role
from app.services import backup, complaints, duplicates, loyalty, rewards, sales, till
from app.services.complaints import Days, NobodyToGive, NothingGivenYet, RemedyDraft, ReturnNotThere
from app.services.loyalty import NothingToMove
from app.services.permissions import NotAllowed
from app.storage.journal import TakenBackBy
from app.storage.unit_of_work import UnitOfWork
from tests.complaints.story import NOW, complain, person

POINTS, COUPON, STORED, REFUND = RemedyKind.POINTS, RemedyKind.COUPON, RemedyKind.STORED, RemedyKind.REFUND


def give(work: UnitOfWork, key: int, kind: RemedyKind, operation: str = "op", **draft: Any) -> TakenBackBy:
    _, changes = work.write(complaints.give_remedy, key, RemedyDraft(kind, **draft), operation_id=operation, at=NOW)
    assert changes.taken_back_by is not None
    return changes.taken_back_by


def walk(work: UnitOfWork, way: TakenBackBy) -> TakenBackBy:
    _, changes = work.write(way.service, *way.args, **way.named)
    assert changes.taken_back_by is not None
    return changes.taken_back_by


def told(work: UnitOfWork, key: int) -> complaints.Case:
    return work.read(complaints.case, key, NOW)


def coupon_kind(work: UnitOfWork, **draft: Any) -> int:
    return work.write(rewards.add_kind, rewards.KindDraft("Ten off", **{"amount": 1000, "days": 30, **draft}))[0]


def test_points_go_into_the_ledger_and_come_back(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    key = complain(work, customer_id=shen)
    way = give(work, key, POINTS, points=300, note="for the wait")
    case = told(work, key)
    assert (case.cost, [(row.kind, row.points, row.cost) for row in case.remedies]) == (300, [(POINTS, 300, 300)])
    (row,) = work.read(loyalty.ledger, shen)
    assert (row.points, row.reason) == (300, "C-0001 for the wait")
    way = walk(work, way)
    assert (work.read(loyalty.balance, shen), told(work, key).cost) == (0, 0)
    assert [row.taken_back for row in told(work, key).remedies] == [True]
    way = walk(work, way)
    assert (work.read(loyalty.balance, shen), told(work, key).cost) == (300, 300)
    walk(work, way)
    assert (work.read(loyalty.balance, shen), told(work, key).cost) == (0, 0)
    assert work.read(backup.check, NOW.date()).ok


def test_pressing_twice_posts_once(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    key = complain(work, customer_id=shen)
    give(work, key, POINTS, points=300)
    again, changes = work.write(complaints.give_remedy, key, RemedyDraft(POINTS, points=300), operation_id="op", at=NOW)
    assert not changes.anything
    assert [row.id for row in told(work, key).remedies] == [again]
    assert work.read(loyalty.balance, shen) == 300


def test_a_coupon_is_issued_and_only_an_unused_one_comes_back(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    key = complain(work, customer_id=shen)
    way = give(work, key, COUPON, coupon_kind_id=coupon_kind(work, uses=2))
    (row,) = told(work, key).remedies
    (held,) = work.read(rewards.coupons_held, shen, NOW.date())
    assert (row.coupon, row.cost) == (held.code, 2000)
    ticket = till.Ticket(shen, (till.TicketLine(None, 1000, 500_000),), coupons=(held.code,))
    work.write(till.sell, ticket, operation_id="sale", at=NOW)
    with pytest.raises(SpentSince):
        work.write(way.service, *way.args, **way.named)
    assert told(work, key).cost == 2000


def test_a_percentage_has_no_worth_of_its_own_and_a_person_says_what_it_cost(work: UnitOfWork) -> None:
    key = complain(work, customer_id=person(work, "沈静怡"))
    kind = coupon_kind(work, benefit=Benefit.PERCENT, amount=100)
    assert work.read(complaints.remedy_cost, RemedyDraft(COUPON, coupon_kind_id=kind)) == 0
    give(work, key, COUPON, coupon_kind_id=kind, cost=750)
    assert told(work, key).cost == 750


def test_stored_value_is_put_on_the_card(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    key = complain(work, customer_id=shen)
    way = give(work, key, STORED, amount=2500)
    assert (work.read(rewards.stored, shen, NOW.date()).bonus, told(work, key).cost) == (2500, 2500)
    way = walk(work, way)
    assert (work.read(rewards.stored, shen, NOW.date()).total, told(work, key).cost) == (0, 0)
    walk(work, way)
    assert work.read(rewards.stored, shen, NOW.date()).bonus == 2500


def returned(work: UnitOfWork, customer_id: int) -> int:
    """A sale whose goods came back; the id of the return."""
    ticket = till.Ticket(customer_id, (till.TicketLine(None, 1000, 500_000),))
    sold = work.write(till.sell, ticket, operation_id="sale", at=NOW)[0]
    return work.write(till.take_return, till.ReturnDraft(sold.sale_id), operation_id="return", at=NOW)[0].return_id


def test_a_refund_is_a_return_of_the_till_told_once(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    key, other, back = complain(work, customer_id=shen), complain(work, customer_id=shen), returned(work, shen)
    way = give(work, key, REFUND, return_id=back)
    case = told(work, key)
    assert (case.cost, case.remedies[0].return_number) == (5000, work.read(sales.sale, back).row.number)
    with pytest.raises(ReturnNotThere):
        give(work, other, REFUND, "second", return_id=back)
    walk(work, way)
    give(work, other, REFUND, "third", return_id=back)
    assert [told(work, one).cost for one in (key, other)] == [0, 5000]


def test_a_return_that_the_till_takes_back_cost_nothing(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    key, back = complain(work, customer_id=shen), returned(work, shen)
    give(work, key, REFUND, return_id=back)
    work.write(till.void_return, back, operation_id="void", at=NOW)
    case = told(work, key)
    assert (case.cost, case.remedies[0].return_taken_back) == (0, True)


@pytest.mark.parametrize("kind", [POINTS, COUPON, STORED, REFUND])
def test_a_remedy_says_what_it_gives(work: UnitOfWork, kind: RemedyKind) -> None:
    key = complain(work, customer_id=person(work, "沈静怡"))
    with pytest.raises(NothingGivenYet):
        give(work, key, kind)
    assert told(work, key).remedies == ()


@pytest.mark.parametrize("draft", [{"kind": POINTS, "points": 5}, {"kind": STORED, "amount": 5}])
def test_nobody_can_be_given_what_is_nobodys(work: UnitOfWork, draft: dict[str, Any]) -> None:
    key = complain(work)
    with pytest.raises(NobodyToGive):
        work.write(complaints.give_remedy, key, RemedyDraft(**draft), operation_id="op", at=NOW)
    give(work, key, RemedyKind.APOLOGY, note="said sorry")
    assert [row.note for row in told(work, key).remedies] == ["said sorry"]


def test_a_clerk_says_sorry_and_gives_no_value_away(work: UnitOfWork) -> None:
    key = complain(work, customer_id=person(work, "沈静怡"))
    clerk = unit_of_work(work.path, work.engine, work.clock, Actor(1, Role.CLERK))
    with pytest.raises(NotAllowed):
        give(clerk, key, POINTS, points=5)
    give(clerk, key, RemedyKind.APOLOGY)
    way = give(work, key, POINTS, "owner", points=5)
    with pytest.raises(NotAllowed):
        walk(clerk, way)
    assert told(work, key).cost == 5


def test_a_merged_card_is_answered_for(work: UnitOfWork) -> None:
    shen, twin = person(work, "沈静怡"), person(work, "沈静宜")
    key = complain(work, customer_id=twin)
    work.write(duplicates.merge, shen, twin, at=NOW)
    give(work, key, POINTS, points=40)
    assert work.read(loyalty.balance, shen) == 40


def test_one_taken_back_is_not_taken_back_again(work: UnitOfWork) -> None:
    key = complain(work, customer_id=person(work, "沈静怡"))
    give(work, key, RemedyKind.DISCOUNT, cost=900)
    (row,) = told(work, key).remedies
    work.write(complaints.take_back_remedy, row.id, operation_id="back", at=NOW)
    with pytest.raises(NothingToMove):
        work.write(complaints.take_back_remedy, row.id, operation_id="back again", at=NOW)
    assert told(work, key).cost == 0


@pytest.mark.parametrize("attempt", ["UPDATE complaint_remedies SET cost = 1", "DELETE FROM complaint_remedies"])
def test_the_file_itself_keeps_them(work: UnitOfWork, attempt: str) -> None:
    give(work, complain(work), RemedyKind.APOLOGY)
    with Session(work.engine) as session, pytest.raises(IntegrityError, match="append-only"):
        session.execute(text(attempt))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(["points", "stored", "discount", "undo", "redo"]), max_size=9))
def test_whatever_was_done_and_undone_the_sums_are_those_of_what_stands(work: UnitOfWork, acts: list[str]) -> None:
    who = person(work, "Ann")
    key = complain(work, customer_id=who)
    made: list[tuple[str, TakenBackBy]] = []
    gone: list[tuple[str, TakenBackBy]] = []
    for step, act in enumerate(acts):
        if act == "undo" and made:
            kind, way = made.pop()
            gone.append((kind, walk(work, way)))
        elif act == "redo" and gone:
            kind, way = gone.pop()
            made.append((kind, walk(work, way)))
        elif act not in ("undo", "redo"):
            said = {"points": {"points": 100}, "stored": {"amount": 100}, "discount": {"cost": 100}}[act]
            made.append((act, give(work, key, RemedyKind(act), f"{key}:{step}", **said)))
            gone.clear()
    standing = [kind for kind, _ in made]
    assert told(work, key).cost == 100 * len(standing)
    assert work.read(loyalty.balance, who) == 100 * standing.count("points")
    assert work.read(rewards.stored, who, NOW.date()).bonus == 100 * standing.count("stored")


def test_a_refund_given_again_is_told_once_all_the_same(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    key, other, back = complain(work, customer_id=shen), complain(work, customer_id=shen), returned(work, shen)
    way = walk(work, give(work, key, REFUND, return_id=back))
    give(work, other, REFUND, "second", return_id=back)
    with pytest.raises(ReturnNotThere):
        work.write(way.service, *way.args, **way.named)
    assert [told(work, one).cost for one in (key, other)] == [0, 5000]


def test_a_refund_whose_return_is_gone_is_not_given_again(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    key, back = complain(work, customer_id=shen), returned(work, shen)
    way = walk(work, give(work, key, REFUND, return_id=back))
    work.write(till.void_return, back, operation_id="void", at=NOW)
    with pytest.raises(ReturnNotThere):
        work.write(way.service, *way.args, **way.named)


@pytest.mark.parametrize("draft", [{"kind": POINTS, "points": 50}, {"kind": RemedyKind.DISCOUNT, "cost": 50}])
def test_what_was_taken_back_stands_again_once(work: UnitOfWork, draft: dict[str, Any]) -> None:
    shen = person(work, "沈静怡")
    key = complain(work, customer_id=shen)
    walk(work, give(work, key, **draft))
    done = "op~1"
    work.write(complaints.undo_remedy, done, operation_id="again", at=NOW)
    with pytest.raises(NothingToMove):
        work.write(complaints.undo_remedy, done, operation_id="and again", at=NOW)
    assert told(work, key).cost == 50
    assert work.read(loyalty.balance, shen) == draft.get("points", 0)


def withdraw(work: UnitOfWork, coupon: str) -> TakenBackBy:
    with Session(work.engine) as session:
        number = session.execute(
            text("SELECT id FROM coupon_entries WHERE code = :code"), {"code": coupon}
        ).scalar_one()
    _, changes = work.write(rewards.withdraw_coupon, number, "a slip", operation_id="withdrawn", at=NOW)
    assert changes.taken_back_by is not None
    return changes.taken_back_by


def learned_cost(work: UnitOfWork) -> int:
    """What remedies of the last month cost, as the page of what complaints teach says."""
    today = NOW.date()
    return work.read(complaints.learned, Days(today - timedelta(days=30), today), at=NOW).cost


def test_a_coupon_withdrawn_among_the_rewards_cost_nothing(work: UnitOfWork) -> None:
    key = complain(work, customer_id=person(work, "沈静怡"))
    way = give(work, key, COUPON, coupon_kind_id=coupon_kind(work, uses=2))
    back = withdraw(work, told(work, key).remedies[0].coupon)
    case = told(work, key)
    assert (case.cost, case.remedies[0].withdrawn) == (0, True)
    assert learned_cost(work) == 0
    walk(work, back)
    case = told(work, key)
    assert (case.cost, case.remedies[0].withdrawn) == (2000, False)
    assert learned_cost(work) == 2000
    walk(work, walk(work, way))
    assert told(work, key).cost == 2000


def test_a_remedy_whose_coupon_was_withdrawn_goes_and_stands_again(work: UnitOfWork) -> None:
    key = complain(work, customer_id=person(work, "沈静怡"))
    way = give(work, key, COUPON, coupon_kind_id=coupon_kind(work))
    withdraw(work, told(work, key).remedies[0].coupon)
    way = walk(work, way)
    assert [row.taken_back for row in told(work, key).remedies] == [True]
    walk(work, way)
    case = told(work, key)
    assert (case.cost, [(row.taken_back, row.withdrawn) for row in case.remedies]) == (0, [(True, True), (False, True)])
    assert work.read(backup.check, NOW.date()).ok


def test_of_a_coupon_used_once_and_then_withdrawn_the_used_part_cost(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    key = complain(work, customer_id=shen)
    give(work, key, COUPON, coupon_kind_id=coupon_kind(work, uses=2))
    code = told(work, key).remedies[0].coupon
    ticket = till.Ticket(shen, (till.TicketLine(None, 1000, 500_000),), coupons=(code,))
    work.write(till.sell, ticket, operation_id="sale", at=NOW)
    withdraw(work, code)
    assert (told(work, key).cost, told(work, key).remedies[0].withdrawn) == (1000, False)
