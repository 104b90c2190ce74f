"""The shelf: what stands on it, what is usual, what a scanner finds."""

from datetime import UTC, date, datetime

import pytest

from app.services import products, till
from app.services.products import ProductDraft
from app.services.undo import put_back
from app.storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def add(work: UnitOfWork, name: str, **more: object) -> int:
    return work.write(products.add, ProductDraft(name=name, **more))[0]  # type: ignore[arg-type]


def test_goods_get_the_next_free_code(work: UnitOfWork) -> None:
    add(work, "Tea", code="0002")
    add(work, "Cup")
    assert [row.code for row in work.read(products.products)] == ["0003", "0002"]


def test_a_code_belongs_to_one_article(work: UnitOfWork) -> None:
    tea, cup = add(work, "Tea", code="A1"), add(work, "Cup", code="B1")
    with pytest.raises(products.CodeTaken):
        work.write(products.edit, cup, ProductDraft("Cup", code="A1"))
    work.write(products.edit, tea, ProductDraft("Green tea", code="A1"))
    assert [row.name for row in work.read(products.products)] == ["Cup", "Green tea"]


@pytest.mark.parametrize("draft", [ProductDraft("  "), ProductDraft("Tea", price=-1), ProductDraft("Tea", cost=-1)])
def test_an_article_needs_a_name_and_no_price_below_zero(work: UnitOfWork, draft: ProductDraft) -> None:
    with pytest.raises(products.BadProduct):
        work.write(products.add, draft)


def test_a_scanner_finds_the_barcode_first_then_the_code(work: UnitOfWork) -> None:
    by_code, by_barcode = add(work, "Tea", code="690"), add(work, "Cup", barcode="690")
    found = work.read(products.by_code_or_barcode, "690")
    assert found is not None and found.id == by_barcode
    work.write(products.retire, by_barcode)
    found = work.read(products.by_code_or_barcode, "690")
    assert found is not None and found.id == by_code
    assert work.read(products.by_code_or_barcode, "") is None


def test_a_retired_article_leaves_the_shelf_and_comes_back_by_undo(work: UnitOfWork) -> None:
    tea = add(work, "Tea", category="Drinks")
    _, changes = work.write(products.retire, tea)
    assert (work.read(products.products), work.read(products.categories)) == ([], [])
    work.write(put_back, changes.rows)
    assert work.read(products.categories) == ["Drinks"]


def test_the_usual_goods_come_first_and_the_rest_of_the_shelf_after(work: UnitOfWork) -> None:
    names = ["Ant", "Bee", "Cat"]
    ids = [add(work, name, price=10_000) for name in names]
    for number, article in enumerate([ids[2], ids[2], ids[1]]):
        ticket = till.Ticket(None, (till.TicketLine(article),))
        work.write(till.sell, ticket, operation_id=str(number), at=NOW)
    usual = work.read(products.often_sold, date(2026, 8, 1))
    assert [row.name for row in usual] == ["Cat", "Bee", "Ant"]
    later = work.read(products.often_sold, date(2026, 12, 1), limit=2)
    assert [row.name for row in later] == ["Ant", "Bee"]
    assert [row.name for row in work.read(products.products, "nothing here")] == []
