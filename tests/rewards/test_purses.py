"""Stored value, visits and stamps on their ledgers: what comes in, goes, ends, comes back, and what is refused."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from app.bootstrap import Shop
from app.domain.rewards.bonus import BonusOrder, Parts
from app.domain.rewards.kinds import Move, PlanKind
from app.domain.rewards.refusals import NotEnoughOnCard, NotEnoughStored, SpentSince
from app.services import backup, duplicates, rewards
from app.services.loyalty import NothingToMove, ReasonMissing
from app.services.privacy import erase
from app.services.rewards.purses import lots_of
from app.services.settings import change
from app.storage.engine import connect
from tests.rewards.desk_drawer import Drawer, bring_back, carry, carry_back, pay_with


def sound(drawer: Drawer) -> None:
    assert drawer.work.read(backup.check, drawer.day).problems == ()


def test_money_comes_in_with_a_bonus_and_pays_in_proportion(drawer: Drawer) -> None:
    someone = drawer.person()
    drawer.top_up(someone, 50000, 5000)
    assert drawer.stored(someone) == (50000, 5000)
    assert drawer.pay(someone, 11000) == Parts(10000, 1000)
    assert drawer.stored(someone) == (40000, 4000)
    with pytest.raises(NotEnoughStored) as short:
        drawer.pay(someone, 44001)
    assert short.value.numbers == {"short_by": "¥0.01"}
    assert drawer.stored(someone) == (40000, 4000)
    sound(drawer)


def test_the_shops_own_order_and_share_are_kept(drawer: Drawer) -> None:
    someone = drawer.person()
    drawer.top_up(someone, 50000, 5000)
    drawer.work.write(change, {"stored_bonus_order": BonusOrder.BONUS_FIRST})
    drawer.work.write(change, {"stored_bonus_share": 200})
    assert drawer.pay(someone, 10000) == Parts(8000, 2000)
    assert drawer.work.read(rewards.payable_of, someone, drawer.day) == 45000


def test_the_bonus_that_ends_first_goes_first_and_what_is_left_ends_the_day_after(drawer: Drawer) -> None:
    someone = drawer.person()
    drawer.top_up(someone, 10000, 2000, months=3)
    drawer.top_up(someone, 0, 1000, months=1)
    drawer.work.write(change, {"stored_bonus_order": BonusOrder.BONUS_FIRST})
    drawer.pay(someone, 400)
    drawer.now += timedelta(days=31)
    assert drawer.stored(someone) == (10000, 2000)
    drawer.now += timedelta(days=200)
    assert drawer.work.write(rewards.open_day, drawer.day)[0] == 2
    assert drawer.work.write(rewards.open_day, drawer.day)[0] == 0
    rows = drawer.work.read(rewards.statement, someone, rewards.BONUS)
    assert [(row.move, row.units, row.day, row.balance) for row in rows[:2]] == [
        (Move.EXPIRE, -2000, date(2027, 2, 24), 0),
        (Move.EXPIRE, -600, date(2026, 12, 24), 2000),
    ]
    sound(drawer)


def test_a_return_gives_each_part_back_what_it_paid_in_any_split(drawer: Drawer) -> None:
    someone = drawer.person()
    drawer.top_up(someone, 50000, 5000, months=12)
    sale = drawer.sale(someone)
    drawer.pay(someone, 11000, sale)
    for amount in (3, 4000, 6997):
        drawer.act(bring_back, someone, amount, sale)
    assert drawer.stored(someone) == (50000, 5000)
    ends = drawer.work.read(rewards.statement, someone, rewards.BONUS)[0].expires_on
    assert ends == date(2027, 11, 23)
    sound(drawer)


def test_a_bonus_that_ended_meanwhile_comes_back_for_thirty_days(drawer: Drawer) -> None:
    someone = drawer.person()
    drawer.top_up(someone, 0, 1000, months=1)
    sale = drawer.sale(someone)
    drawer.pay(someone, 1000, sale)
    drawer.now += timedelta(days=60)
    drawer.act(bring_back, someone, 1000, sale)
    assert drawer.work.read(rewards.held, someone, drawer.day).bonus_ends == drawer.day + timedelta(days=30)


def test_what_is_left_of_the_customers_own_money_is_paid_out(drawer: Drawer) -> None:
    someone = drawer.person()
    drawer.top_up(someone, 50000, 5000)
    drawer.pay(someone, 11000)
    paid, changes = drawer.work.write(rewards.refund_stored, someone, " moves away ", operation_id="out", at=drawer.now)
    assert (paid, drawer.stored(someone)) == (Parts(40000, 4000), (0, 0))
    again, _ = drawer.work.write(rewards.refund_stored, someone, "", operation_id="out", at=drawer.now)
    assert again == paid
    with pytest.raises(rewards.NothingToRefund):
        drawer.work.write(rewards.refund_stored, someone, "", operation_id="twice", at=drawer.now)
    redo = drawer.back(changes)
    assert drawer.stored(someone) == (40000, 4000)
    drawer.back(redo)
    assert drawer.stored(someone) == (0, 0)


def test_a_top_up_that_was_spent_is_not_taken_back_before_what_it_paid(drawer: Drawer) -> None:
    someone = drawer.person()
    loaded = drawer.top_up(someone, 1000, 100)
    _, spent = drawer.act(pay_with, someone, 550, drawer.sale(someone))
    with pytest.raises(SpentSince):
        drawer.back(loaded)
    assert drawer.stored(someone) == (500, 50)
    drawer.back(spent)
    redo = drawer.back(loaded)
    assert drawer.stored(someone) == (0, 0)
    drawer.back(redo)
    assert drawer.stored(someone) == (1000, 100)
    sound(drawer)


def test_a_posting_is_never_written_twice(drawer: Drawer) -> None:
    someone = drawer.person()
    for units in (300, 900):
        opening = rewards.Opening(rewards.PRINCIPAL, units)
        drawer.work.write(rewards.open_purse, someone, opening, operation_id="old system", at=drawer.now)
    assert drawer.stored(someone) == (300, 0)
    drawer.work.write(pay_with, someone, 10, drawer.sale(someone), "pay", drawer.now)
    raw = connect(drawer.work.path)
    columns = ", ".join(row[1] for row in raw.execute("PRAGMA table_info(stored_entries)") if row[1] != "id")
    with pytest.raises(dbapi2.IntegrityError, match="UNIQUE"):
        raw.execute(
            f"INSERT INTO stored_entries ({columns}) SELECT {columns} FROM stored_entries WHERE operation_id = 'pay'"
        )
    raw.close()


@pytest.mark.parametrize("table", ["stored_entries", "visit_entries", "stamp_entries", "coupon_entries"])
def test_the_database_itself_refuses_to_change_what_is_written(drawer: Drawer, shop: Shop, table: str) -> None:
    someone, now = drawer.person(), drawer.now
    plan, card = drawer.plan(PlanKind.VISITS, 10), drawer.plan(PlanKind.STAMPS, 8)
    kind, _ = drawer.work.write(rewards.add_kind, rewards.KindDraft("Ten off", amount=1000))
    drawer.top_up(someone, 100)
    drawer.act(carry, someone, plan, "sell", 90000)
    drawer.act(carry, someone, card, "stamp", 3)
    drawer.work.write(rewards.issue, kind, someone, operation_id="coupon", at=now)
    raw = connect(shop.path)
    for statement in (f"UPDATE {table} SET units = 9", f"DELETE FROM {table}"):
        with pytest.raises(dbapi2.IntegrityError, match="append-only"):
            raw.execute(statement)
    raw.close()


def test_visits_carry_what_they_were_paid_with_to_the_last_cent(drawer: Drawer) -> None:
    someone, plan = drawer.person(), drawer.plan(PlanKind.VISITS, 3, price=10000, months=6)
    drawer.act(carry, someone, plan, "sell", 10000)
    worths = [drawer.act(carry, someone, plan, "visit", 1)[0] for _ in range(3)]
    assert worths == [3333, 3333, 3334]
    with pytest.raises(NotEnoughOnCard) as short:
        drawer.act(carry, someone, plan, "visit", 1)
    assert short.value.numbers == {"short_by": 1}
    sound(drawer)


def test_visits_that_paid_for_what_is_brought_back_come_back_with_their_worth(drawer: Drawer) -> None:
    someone, plan = drawer.person(), drawer.plan(PlanKind.VISITS, 10, price=90000, months=6)
    drawer.act(carry, someone, plan, "sell", 90000)
    sale = drawer.sale(someone)
    drawer.act(carry_back, someone, plan, "visit", 3, sale)
    drawer.act(carry_back, someone, plan, "give", 1, sale)
    drawer.act(carry_back, someone, plan, "give", 2, sale)
    (owed,) = [one for one in drawer.work.read(rewards.cards_outstanding, drawer.day) if one.name]
    assert (owed.people, owed.units, owed.worth) == (1, 10, 90000)
    sound(drawer)


def test_stamps_make_one_free_and_a_return_may_leave_some_owed(drawer: Drawer) -> None:
    someone = drawer.person()
    sale, card = drawer.sale(someone), drawer.plan(PlanKind.STAMPS, 5)
    drawer.act(carry_back, someone, card, "stamp", 6, sale)
    (held,) = drawer.work.read(rewards.held, someone, drawer.day).cards
    assert (held.left, held.full, held.times) == (6, 5, 1)
    drawer.act(carry, someone, card, "free", 1)
    drawer.act(carry_back, someone, card, "take", 4, sale)
    (held,) = drawer.work.read(rewards.held, someone, drawer.day).cards
    assert (held.left, held.owed) == (0, 3)
    with pytest.raises(NotEnoughOnCard):
        drawer.act(carry, someone, card, "free", 1)
    drawer.act(carry, someone, card, "stamp", 5)
    (held,) = drawer.work.read(rewards.held, someone, drawer.day).cards
    assert (held.left, held.owed) == (2, 0)
    sound(drawer)


def test_what_is_put_right_by_hand_has_a_reason_and_writes_off_first(drawer: Drawer) -> None:
    someone = drawer.person()
    sale, card = drawer.sale(someone), drawer.plan(PlanKind.STAMPS, 5)
    pocket, write, now = rewards.stamps(card), drawer.work.write, drawer.now
    for wrong, refusal in (((0, "why"), NothingToMove), ((3, " "), ReasonMissing), ((-1, "lost"), NotEnoughOnCard)):
        with pytest.raises(refusal):
            write(rewards.adjust_purse, someone, pocket, *wrong, operation_id="wrong", at=now)
    drawer.act(carry_back, someone, card, "take", 2, sale)
    _, changes = write(rewards.adjust_purse, someone, pocket, 3, "card lost", operation_id="right", at=now)
    assert drawer.work.read(rewards.statement, someone, pocket)[0].balance == 1
    drawer.back(changes)
    assert drawer.work.read(rewards.statement, someone, pocket)[0].balance == -2
    sound(drawer)


def test_balances_of_an_old_system_come_along_with_their_end(drawer: Drawer) -> None:
    someone, plan = drawer.person(), drawer.plan(PlanKind.VISITS, 10)
    until = date(2027, 3, 31)
    for opening in (
        rewards.Opening(rewards.PRINCIPAL, 20000, until),
        rewards.Opening(rewards.BONUS, 3000, until),
        rewards.Opening(rewards.visits(plan), 4, until, 32000),
    ):
        drawer.work.write(rewards.open_purse, someone, opening, operation_id=drawer.operation(), at=drawer.now)
    held = drawer.work.read(rewards.held, someone, drawer.day)
    assert (held.stored, held.bonus_ends) == (Parts(20000, 3000), until)
    assert [(one.left, one.expires_on) for one in held.cards] == [(4, until)]
    drawer.now += timedelta(days=300)
    assert drawer.stored(someone) == (20000, 0)
    with pytest.raises(NothingToMove):
        nothing = rewards.Opening(rewards.BONUS, 0)
        drawer.work.write(rewards.open_purse, someone, nothing, operation_id="nothing", at=drawer.now)


def test_a_merge_reads_both_and_parting_makes_both_whole(drawer: Drawer) -> None:
    ann, ben = drawer.person("Ann"), drawer.person("Ben")
    drawer.top_up(ann, 1000)
    drawer.top_up(ben, 2000, 500)
    merge, _ = drawer.work.write(duplicates.merge, ann, ben, at=drawer.now)
    assert drawer.stored(ann) == (3000, 500)
    drawer.pay(ann, 3500)
    promised = drawer.work.read(duplicates.unmerge_brings_purses, merge.merge_id)
    undone, _ = drawer.work.write(duplicates.unmerge, merge.merge_id, at=drawer.now)
    assert undone.purses == promised
    assert [(each.customer_id, each.lot_owner, each.units) for each in undone.purses] == [
        (ann, ben, 2000),
        (ann, ben, 500),
    ]
    assert (drawer.stored(ann), drawer.stored(ben)) == ((0, 0), (2000, 500))
    assert drawer.work.read(rewards.held, ann, drawer.day).stored_owed == 2500
    drawer.top_up(ann, 2300)
    assert drawer.stored(ann) == (300, 0)
    sound(drawer)


def test_erasing_somebody_keeps_the_books_and_takes_the_words(drawer: Drawer, shop: Shop) -> None:
    someone = drawer.person()
    write = drawer.work.write
    write(
        rewards.open_purse,
        someone,
        rewards.Opening(rewards.PRINCIPAL, 700),
        "for Mrs Li",
        operation_id="o",
        at=drawer.now,
    )
    write(erase, someone, at=drawer.now)
    raw = connect(shop.path)
    assert raw.execute("SELECT units, reason FROM stored_entries").fetchall() == [(700, "")]
    raw.close()
    sound(drawer)


def test_the_check_sees_a_lot_spent_beyond_what_it_held(drawer: Drawer, shop: Shop) -> None:
    someone = drawer.person()
    drawer.top_up(someone, 1000)
    drawer.pay(someone, 900)
    raw = connect(shop.path)
    raw.execute("DROP TRIGGER stored_entries_no_update")
    raw.execute("UPDATE stored_entries SET units = 800 WHERE opens_lot")
    raw.close()
    found = {problem.code: problem.ids for problem in drawer.work.read(backup.check, drawer.day).problems}
    assert found[backup.Fault.PURSE_LOTS] == ("stored_entries#1",)


def test_what_was_made_whole_is_not_filled_again_when_cards_answer_together_once_more(drawer: Drawer) -> None:
    ann, ben = drawer.person("Ann"), drawer.person("Ben")
    drawer.top_up(ben, 0, 1000, months=6)
    drawer.now += timedelta(days=1)
    merge, _ = drawer.work.write(duplicates.merge, ann, ben, at=drawer.now)
    _, spent = drawer.act(pay_with, ann, 400, drawer.sale(ann))
    drawer.work.write(duplicates.unmerge, merge.merge_id, at=drawer.now)
    drawer.top_up(ben, 0, 500, months=2)
    drawer.work.write(duplicates.merge, ann, ben, at=drawer.now)
    assert drawer.stored(ann) == (0, 1100)
    drawer.back(spent)
    assert drawer.stored(ann) == (0, 1500)
    with Session(drawer.work.engine) as session:
        lots = lots_of(session, rewards.BONUS, [ann, ben])
    assert [(lot.expires_on, lot.remaining) for lot in lots] == [(date(2027, 1, 24), 500), (date(2027, 5, 23), 1000)]
    sound(drawer)


def test_taking_back_what_was_owed_and_paid_since_gives_it_to_spend(drawer: Drawer) -> None:
    someone = drawer.person()
    sale, plan = drawer.sale(someone), drawer.plan(PlanKind.STAMPS, 9)
    drawer.act(carry, someone, plan, "stamp", 1)
    _, taken = drawer.act(carry_back, someone, plan, "take", 3, sale)
    drawer.act(carry, someone, plan, "stamp", 4)
    (card,) = drawer.work.read(rewards.held, someone, drawer.day).cards
    assert (card.left, card.owed) == (2, 0)
    drawer.back(taken)
    (card,) = drawer.work.read(rewards.held, someone, drawer.day).cards
    assert (card.left, card.owed) == (5, 0)
    sound(drawer)
