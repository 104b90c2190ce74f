"""A list of products: known by code, else by barcode, else by name."""

from pathlib import Path

from app.services.transfer import undo_batch
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import asked, bring, counts, written

LIST = "商品编码,品名,售价,成本,类别,单位,条码\nT1,龙井,128.5,60,茶叶,盒,6901234567892\nT2,红茶,88,,茶叶,盒,"


def test_goods_are_made_and_known_again(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, LIST)
    assert counts(bring(work, source, "products")) == (2, 0, 0, 0, 0)
    assert asked(work, "SELECT code, name, price, cost, category, unit, barcode, active FROM products") == [
        ("T1", "龙井", 1_285_000, 600_000, "茶叶", "盒", "6901234567892", 1),
        ("T2", "红茶", 880_000, None, "茶叶", "盒", "", 1),
    ]
    assert counts(bring(work, source, "products")) == (0, 0, 2, 0, 0)


def test_a_new_price_is_taken_over_and_back(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, LIST), "products")
    outcome = bring(work, written(tmp_path, "条码,售价\n6901234567892,140", "prices.csv"), "products")
    assert counts(outcome) == (0, 1, 0, 0, 0)
    assert asked(work, "SELECT price, cost FROM products WHERE code = 'T1'") == [(1_400_000, 600_000)]
    work.write(undo_batch, outcome.batch)
    assert asked(work, "SELECT price FROM products WHERE code = 'T1'") == [(1_285_000,)]


def test_a_price_nobody_can_charge_is_rejected(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, "品名,售价\n龙井,-5\n红茶,八十八\n白茶,66")
    outcome = bring(work, source, "products")
    assert counts(outcome) == (1, 0, 0, 0, 2)
    assert [(one.line, one.code) for one in outcome.rejections] == [(2, "out_of_range"), (3, "not_a_number")]
    assert asked(work, "SELECT code, name FROM products") == [("白茶", "白茶")]
