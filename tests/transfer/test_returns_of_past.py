"""Goods of an imported sale that come back at the till, and goods that come back without their sale."""

from pathlib import Path

import pytest

from app.services import till
from app.services.transfer import undo_batch
from app.services.transfer.batches import batches
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import NOW, asked, bring, written
from tests.transfer.ledgers import balances, require_sound, rows_of
from tests.transfer.paper import HEAD

SOLD = ("1,T1,茶,3,2026-05-01 10:00,10,M1", "1,T2,壶,1,2026-05-01 10:00,50,M1", "2,T1,茶,2,2026-06-01 10:00,20,M1")


def brought(work: UnitOfWork, folder: Path, *lines: str, earn: bool = True) -> None:
    bring(work, written(folder, "\n".join((HEAD, *lines))), "sales", earn=earn)


def number(work: UnitOfWork, sale: str) -> int:
    return int(asked(work, f"SELECT id FROM sales WHERE number = '{sale}'")[0][0])


def back(work: UnitOfWork, sale: str, *quantities: int, operation: str = "back") -> till.ReturnDone:
    found = work.read(till.sold, number(work, sale))
    lines = [till.ReturnLine(line.id, n) for line, n in zip(found.lines, quantities, strict=False) if n]
    draft = till.ReturnDraft(found.id, tuple(lines) if quantities else None)
    return work.write(till.take_return, draft, operation_id=operation, at=NOW)[0]


def left(work: UnitOfWork, sale: str) -> list[int]:
    return [line.left for line in work.read(till.sold, number(work, sale)).lines]


def test_what_came_back_in_the_file_cannot_come_back_again(work: UnitOfWork, tmp_path: Path) -> None:
    brought(work, tmp_path, *SOLD, "C3,T1,茶,-3,2026-06-02 10:00,20,M1")
    assert (left(work, "1"), left(work, "2")) == ([2000, 1000], [0])
    assert balances(work) == {"M1": 80 + 40 - 40 - 10}
    with pytest.raises(till.TooMuchReturned):
        back(work, "1", 3000)
    done = back(work, "1")
    assert (done.money, done.taken, balances(work)) == (7000, 70, {"M1": 0})
    require_sound(work)


def test_what_came_back_at_the_till_is_not_found_by_a_later_file(work: UnitOfWork, tmp_path: Path) -> None:
    brought(work, tmp_path, *SOLD)
    assert back(work, "2").taken == 40
    brought(work, tmp_path, "C3,T1,茶,-1,2026-06-02 10:00,20,M1")
    assert ("2026-06-02", "take_back", -10, "1") in rows_of(work)
    assert left(work, "1") == [2000, 1000]
    assert back(work, "1", operation="rest").taken == 70
    assert balances(work) == {"M1": 0}
    require_sound(work)


def test_past_sales_without_points_give_their_money_back(work: UnitOfWork, tmp_path: Path) -> None:
    brought(work, tmp_path, *SOLD, earn=False)
    done = back(work, "1", 1000)
    assert (done.money, done.taken, done.given) == (1000, 0, 0)
    assert asked(work, "SELECT net FROM customer_figures") == [(3000 + 5000 + 4000 - 1000,)]
    require_sound(work)


def test_undoing_the_import_keeps_what_came_back_at_the_till(work: UnitOfWork, tmp_path: Path) -> None:
    brought(work, tmp_path, *SOLD)
    back(work, "2", 1000)
    taken, _ = work.write(undo_batch, work.read(batches)[0].id, at=NOW)
    assert [kept.title for kept in taken.kept if kept.kind == "sale"] == ["2"]
    assert asked(work, "SELECT number FROM sales WHERE origin = 'import' AND voided_at IS NULL") == [("2",)]
    require_sound(work)


def test_without_its_sale_the_newest_that_hold_the_goods_lose_their_points(work: UnitOfWork, tmp_path: Path) -> None:
    brought(work, tmp_path, *SOLD)
    customer, tea = asked(work, "SELECT customer_id, product_id FROM sales s JOIN sale_lines l ON l.sale_id = s.id")[0]
    lines = (till.LooseLine(tea, 4000, 3333), till.LooseLine(None, 1000, 500, "Tin"))
    draft = till.UnlinkedDraft(customer, lines)
    said = work.read(till.quote_unlinked_return, draft, at=NOW)
    assert [(sale.number, taken.points) for sale, taken in said.taken] == [("2", 40), ("1", 20)]
    done, changes = work.write(till.take_unlinked_return, draft, operation_id="loose", at=NOW)
    assert (done.money, done.taken, done.sale_id, done.balance) == (3833, 60, None, 60)
    assert said.balance_after == done.balance
    assert (left(work, "1"), left(work, "2")) == ([1000, 1000], [0])
    assert asked(work, "SELECT quantity, amount FROM sale_lines WHERE is_return ORDER BY id") == [
        (-2000, -1667),
        (-2000, -1666),
        (-1000, -500),
    ]
    again, nothing = work.write(till.take_unlinked_return, draft, operation_id="loose", at=NOW)
    assert again == done and not nothing.anything
    require_sound(work)
    way = changes.taken_back_by
    assert way is not None
    _, undone = work.write(way.service, *way.args, **way.named)
    assert (left(work, "1"), left(work, "2"), balances(work)) == ([3000, 1000], [2000], {"M1": 120})
    forth = undone.taken_back_by
    assert forth is not None
    redone, _ = work.write(forth.service, *forth.args, **forth.named)
    assert (redone.money, redone.taken, balances(work)) == (3833, 60, {"M1": 60})
    require_sound(work)


def test_a_later_return_of_the_same_sale_is_taken_back_before_an_unlinked_one(work: UnitOfWork, tmp_path: Path) -> None:
    brought(work, tmp_path, *SOLD)
    customer, tea = asked(work, "SELECT customer_id, product_id FROM sales s JOIN sale_lines l ON l.sale_id = s.id")[0]
    draft = till.UnlinkedDraft(customer, (till.LooseLine(tea, 1000, 100),))
    done, _ = work.write(till.take_unlinked_return, draft, operation_id="loose", at=NOW)
    back(work, "2", operation="linked")
    with pytest.raises(till.LaterReturn):
        work.write(till.void_unlinked_return, done.return_id, operation_id="void")


def test_goods_that_nobody_bought_here_move_money_alone(work: UnitOfWork) -> None:
    draft = till.UnlinkedDraft(None, (till.LooseLine(None, 1000, 1250, "Cup"),))
    done, _ = work.write(till.take_unlinked_return, draft, operation_id="loose", at=NOW)
    assert (done.money, done.taken, done.balance) == (1250, 0, 0)
    with pytest.raises(till.NothingToReturn):
        work.write(till.take_unlinked_return, till.UnlinkedDraft(), operation_id="none", at=NOW)
    require_sound(work)
