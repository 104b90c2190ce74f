"""What is written about goods: barcodes of one article alone, categories, new prices, and what is never deleted."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.repricing import PriceChange, PriceStep, changed_price
from app.formats import barcodes
from app.services import customers, products, search, till, transfer
from app.services.customers import CustomerDraft
from app.services.products import ProductDraft, Uses
from app.services.undo import put_back
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import bring, counts, written

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def add(work: UnitOfWork, name: str, **more: object) -> int:
    return work.write(products.add, ProductDraft(name=name, **more))[0]  # type: ignore[arg-type]


def sell(work: UnitOfWork, article: int, key: str = "1") -> None:
    ticket = till.Ticket(None, (till.TicketLine(article),))
    work.write(till.sell, ticket, operation_id=key, at=NOW)


def test_any_of_its_barcodes_finds_an_article_by_scanner_and_by_search(work: UnitOfWork) -> None:
    tea = add(work, "Tea", barcode="6901", other_barcodes=("6902", "6901", " ", "6903"))
    assert work.read(products.product, tea).barcodes == ("6901", "6902", "6903")
    for code in ("6901", "6902", "6903"):
        found = work.read(products.by_code_or_barcode, code)
        assert found is not None and found.id == tea
        assert [hit.id for hit in work.read(search.find, code)] == [tea]
    assert work.read(products.by_code_or_barcode, "690") is None


@pytest.mark.parametrize("taken", ["6901", "6902"])
def test_a_barcode_belongs_to_one_article(work: UnitOfWork, taken: str) -> None:
    tea = add(work, "Tea", barcode="6901", other_barcodes=("6902",))
    for draft in (ProductDraft("Cup", barcode=taken), ProductDraft("Cup", barcode="7", other_barcodes=(taken,))):
        with pytest.raises(products.BarcodeTaken) as refused:
            work.write(products.add, draft)
        assert refused.value.numbers == {"product_id": tea, "barcode": taken}
    work.write(products.edit, tea, ProductDraft("Tea", barcode="6902", other_barcodes=("6901",)))
    assert work.read(products.product, tea).barcodes == ("6902", "6901")


def test_what_was_sold_or_agreed_on_is_not_deleted(work: UnitOfWork) -> None:
    tea, cup, pot = add(work, "Tea", price=10_000), add(work, "Cup", price=10_000), add(work, "Pot", barcode="9")
    sell(work, tea)
    sell(work, tea, "2")
    ann = work.write(customers.add, CustomerDraft(name="Ann"), at=NOW)[0]
    work.write(customers.set_personal_price, ann, cup, 5_000)
    assert [work.read(products.uses, one) for one in (tea, cup, pot)] == [Uses(2, 0), Uses(0, 1), Uses(0, 0)]
    for used in (tea, cup):
        with pytest.raises(products.ProductInUse):
            work.write(products.remove, used)
    _, changes = work.write(products.remove, pot)
    assert [row.name for row in work.read(products.products)] == ["Cup", "Tea"]
    assert work.read(search.find, "Pot") == []
    work.write(put_back, changes.rows)
    assert work.read(products.product, pot).barcode == "9"
    assert [hit.id for hit in work.read(search.find, "Pot")] == [pot]


def test_a_category_is_renamed_and_two_become_one(work: UnitOfWork) -> None:
    add(work, "Oolong", category="Tea")
    add(work, "Gaiwan", category="Ware")
    work.write(products.retire, add(work, "Old cup", category="Ware"))
    _, changes = work.write(products.rename_category, "Ware", " Tea ")
    (row,) = work.read(products.category_rows)
    assert (row.name, row.on_sale, row.retired, row.goods) == ("Tea", 2, 1, 3)
    work.write(put_back, changes.rows)
    assert [(row.name, row.goods) for row in work.read(products.category_rows)] == [("Tea", 1), ("Ware", 2)]
    with pytest.raises(products.BadProduct):
        work.write(products.rename_category, "Ware", " ")


def test_prices_change_as_foreseen_and_back_in_one_act(work: UnitOfWork) -> None:
    tea, cup = add(work, "Tea", price=1_680_000, cost=1_600_000), add(work, "Cup", price=99_000)
    other = add(work, "Other", price=1)
    change = PriceChange(PriceStep.PERCENT, Decimal(-8), Decimal("0.5"))
    seen = work.read(products.foresee_prices, [tea, cup], change)
    assert [(new.name, new.before, new.after, new.below_cost) for new in seen] == [
        ("Cup", 99_000, 90_000, False),
        ("Tea", 1_680_000, 1_545_000, True),
    ]
    number, changes = work.write(products.reprice, [tea, cup], change)
    assert (number, [work.read(products.product, one).price for one in (tea, cup, other)]) == (
        2,
        [1_545_000, 90_000, 1],
    )
    work.write(put_back, changes.rows)
    assert [work.read(products.product, one).price for one in (tea, cup)] == [1_680_000, 99_000]
    with pytest.raises(products.PriceOutOfRange):
        work.write(products.reprice, [tea, cup], PriceChange(PriceStep.AMOUNT, Decimal(-10), Decimal(1)))
    assert work.read(products.product, tea).price == 1_680_000


@given(
    price=st.integers(0, 10**9),
    value=st.decimals(-99, 500, places=2),
    step=st.sampled_from(["0.01", "0.1", "0.5", "1", "10"]),
)
def test_a_new_price_is_a_whole_number_of_steps_and_never_further_off_than_half_of_one(
    price: int, value: Decimal, step: str
) -> None:
    after = changed_price(price, PriceChange(PriceStep.PERCENT, value, Decimal(step)))
    assert after is not None
    unit = int(Decimal(step) * 10_000)
    assert after % unit == 0
    assert abs(Decimal(after) - Decimal(price) * (100 + value) / 100) <= Decimal(unit) / 2


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (PriceChange(PriceStep.AMOUNT, Decimal("2.5"), Decimal("0.01")), 125_000),
        (PriceChange(PriceStep.FIXED, Decimal("9.999"), Decimal("0.01")), 100_000),
        (PriceChange(PriceStep.FIXED, Decimal("0.0125"), Decimal(0)), 125),
        (PriceChange(PriceStep.AMOUNT, Decimal(-11), Decimal(1)), None),
        (PriceChange(PriceStep.FIXED, Decimal(10**12), Decimal(1)), None),
    ],
)
def test_a_price_of_ten(change: PriceChange, after: int | None) -> None:
    assert changed_price(100_000, change) == after


def test_how_an_article_sells(work: UnitOfWork) -> None:
    tea = add(work, "Tea", price=50_000)
    assert work.read(products.selling, tea, date(2026, 1, 1)) == products.Selling(0, 0, 0, None)
    work.write(products.edit, tea, ProductDraft("Tea", price=100_000))
    work.write(till.sell, till.Ticket(None, (till.TicketLine(tea, 2_000),)), operation_id="a", at=NOW)
    done, _ = work.write(till.sell, till.Ticket(None, (till.TicketLine(tea),)), operation_id="b", at=NOW)
    assert work.read(products.selling, tea, date(2026, 1, 1)) == products.Selling(3_000, 2, 3_000, date(2026, 11, 23))
    work.write(till.void_sale, done.sale_id, operation_id="v", at=NOW)
    assert work.read(products.selling, tea, date(2026, 1, 1)) == products.Selling(2_000, 1, 2_000, date(2026, 11, 23))
    assert work.read(products.selling, tea, date(2026, 11, 24)) == products.Selling(0, 0, 0, date(2026, 11, 23))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_exported_comes_back_the_same(work: UnitOfWork, tmp_path: Path, ending: str) -> None:
    add(
        work,
        "龙井",
        code="T1",
        category="茶",
        unit="50 g",
        price=1_680_000,
        cost=900_000,
        barcode="6901",
        other_barcodes=("007",),
    )
    add(work, "=Cup", code="W1", price=125)
    work.write(products.retire, add(work, "Old", code="X9", price=5_000))
    before = work.read(products.products, retired=True)
    file = tmp_path / f"goods.{ending}"
    rows, _ = work.write(transfer.hand_over, work.read(transfer.export_table, "products", file, language="zh_CN"))
    assert rows == 3
    assert counts(bring(work, file, "products")) == (0, 0, 3, 0, 0)
    for row in before:
        work.write(products.remove, row.id)
    assert counts(bring(work, file, "products")) == (3, 0, 0, 0, 0)
    again = work.read(products.products, retired=True)
    assert [replace(row, id=0) for row in again] == [replace(row, id=0) for row in before]


def test_a_file_adds_barcodes_and_never_takes_that_of_another(work: UnitOfWork, tmp_path: Path) -> None:
    tea, cup = add(work, "Tea", code="T1", barcode="1"), add(work, "Cup", code="C1", barcode="2")
    source = written(tmp_path, "code,barcode,on sale\nT1,3 4,no\nC1,1,\nZ9,2,")
    outcome = bring(work, source, "products")
    assert counts(outcome) == (0, 1, 0, 0, 2)
    assert {(one.line, one.code) for one in outcome.rejections} == {
        (3, "barcode_of_another"),
        (4, "barcode_of_another"),
    }
    assert work.read(products.product, tea).barcodes == ("3", "4", "1")
    assert [work.read(products.product, one).active for one in (tea, cup)] == [False, True]
    work.write(transfer.undo_batch, outcome.batch)
    assert work.read(products.product, tea).barcodes == ("1",)
    assert work.read(products.product, tea).active


def ean(words: str) -> str:
    """The modules of an EAN-13 made from the tables of the standard: ISO/IEC 15420."""
    left = [
        "0001101",
        "0011001",
        "0010011",
        "0111101",
        "0100011",
        "0110001",
        "0101111",
        "0111011",
        "0110111",
        "0001011",
    ]
    turned = ["".join("10"[int(bit)] for bit in code) for code in left]
    parity = ["LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL"]
    sides = [
        left[int(digit)] if kind == "L" else turned[int(digit)][::-1]
        for digit, kind in zip(words[1:7], parity[int(words[0])], strict=True)
    ]
    return "101" + "".join(sides) + "01010" + "".join(turned[int(digit)] for digit in words[7:]) + "101"


def test_an_ean_is_drawn_as_one_and_all_else_as_code_128() -> None:
    assert barcodes.bars("6901234567892") == ean("6901234567892")
    assert barcodes.bars("6901234567890") != ean("6901234567890")  # a wrong check digit is never mended in silence
    assert barcodes.bars("T12").startswith("11010010000") and barcodes.bars("T12").endswith("1100011101011")
    assert (barcodes.bars("茶"), barcodes.bars("")) == ("", "")


@given(st.integers(0, 10**12 - 1))
def test_the_check_digit_is_that_of_gs1(number: int) -> None:
    digits = f"{number:012}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, (1, 3) * 6, strict=True))
    right = next(digit for digit in range(10) if (total + digit) % 10 == 0)
    assert [digit for digit in range(10) if barcodes.is_ean(f"{digits}{digit}")] == [right]
