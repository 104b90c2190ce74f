"""The rules of past sales, one small file each (semantics.md, "Files")."""

from pathlib import Path

import pytest

from app.services.transfer import ColumnsMissing, DateOrderUnknown, Rehearsed, inspect_file
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import asked, bring, counts, written

HEAD = "单号,商品编码,品名,数量,日期,单价,会员号"


def sold(folder: Path, *lines: str, head: str = HEAD, name: str = "sales.csv") -> Path:
    return written(folder, "\n".join([head, *lines]), name)


def test_a_cancelled_invoice_and_a_negative_quantity_are_returns(work: UnitOfWork, tmp_path: Path) -> None:
    source = sold(
        tmp_path,
        "1001,T1,龙井,3,2026-10-01 10:00,20,M1",
        "C1001,T1,龙井,1,2026-10-02 10:00,20,M1",
        "1002,T1,龙井,-1,2026-10-03 10:00,20,M1",
    )
    outcome = bring(work, source, "sales")
    assert outcome.sales is not None
    assert (outcome.sales.return_lines, outcome.sales.net_total) == (2, 2_000)
    assert asked(work, "SELECT revenue, returned, total FROM sales ORDER BY shop_day") == [
        (6_000, 0, 6_000),
        (0, 2_000, -2_000),
        (0, 2_000, -2_000),
    ]
    assert asked(work, "SELECT net, purchase_days, last_sale_on FROM customer_figures") == [(2_000, 1, "2026-10-01")]


def test_a_line_without_price_is_kept_and_counts_for_nothing(work: UnitOfWork, tmp_path: Path) -> None:
    source = sold(tmp_path, "1001,T1,赠品,1,2026-10-01 10:00,,M1", "1001,T2,龙井,1,2026-10-01 10:00,0,M1")
    assert counts(bring(work, source, "sales")) == (2, 0, 0, 0, 0)
    assert asked(work, "SELECT revenue, returned, counted_lines FROM sales") == [(0, 0, 0)]


def test_ids_lose_what_a_spreadsheet_added(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, sold(tmp_path, "1001,T1,龙井,1,2026-10-01,20,17850.0", "1002,T1,龙井,1,2026-10-01,20,001"), "sales")
    assert asked(work, "SELECT external_id, name FROM customers ORDER BY id") == [("17850", "17850"), ("001", "001")]


def test_anonymous_lines_belong_to_no_one(work: UnitOfWork, tmp_path: Path) -> None:
    outcome = bring(work, sold(tmp_path, "1001,T1,龙井,1,2026-10-01,20,", "1002,T1,龙井,1,2026-10-01,20,M1"), "sales")
    assert outcome.sales is not None
    assert outcome.sales.anonymous_lines == 1
    assert asked(work, "SELECT count(*) FROM sales WHERE customer_id IS NULL") == [(1,)]


def test_equal_lines_of_one_invoice_stay_and_come_in_once(work: UnitOfWork, tmp_path: Path) -> None:
    line = "1001,T1,龙井,1,2026-10-01 10:00,20,M1"
    assert counts(bring(work, sold(tmp_path, line, line), "sales")) == (2, 0, 0, 0, 0)
    assert counts(bring(work, sold(tmp_path, line, line), "sales")) == (0, 0, 2, 0, 0)
    assert counts(bring(work, sold(tmp_path, line, line, line), "sales")) == (1, 0, 2, 0, 0)
    assert asked(work, "SELECT revenue, counted_lines FROM sales") == [(6_000, 3)]


def test_a_sale_that_goes_on_in_a_longer_export_has_its_sums_renewed(work: UnitOfWork, tmp_path: Path) -> None:
    first = "1001,T1,龙井,1,2026-10-01 10:00,20,M1"
    bring(work, sold(tmp_path, first), "sales")
    outcome = bring(work, sold(tmp_path, first, "1001,T2,红茶,2,2026-10-01 10:00,5.5,M1"), "sales")
    assert counts(outcome) == (1, 0, 1, 0, 0)
    assert outcome.sales is not None
    assert outcome.sales.sales == 0
    assert asked(work, "SELECT gross, revenue, total, counted_lines FROM sales") == [(3_100, 3_100, 3_100, 2)]
    assert asked(work, "SELECT net FROM customer_figures") == [(3_100,)]


def test_an_export_saved_again_without_seconds_adds_nothing(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, sold(tmp_path, "1001,T1,龙井,1,2026-10-01 10:00:31,20.00,M1"), "sales")
    again = sold(tmp_path, "1001,T1,龙井,1.0,2026/10/1 10:00,20,M1")
    assert counts(bring(work, again, "sales")) == (0, 0, 1, 0, 0)


def test_without_invoices_a_customer_and_a_moment_make_one_sale(work: UnitOfWork, tmp_path: Path) -> None:
    head = "会员号,日期,品名,数量,单价"
    source = sold(
        tmp_path,
        "M1,2026-10-01 10:00,龙井,1,20",
        "M1,2026-10-01 10:00,红茶,1,10",
        "M1,2026-10-01 18:00,龙井,1,20",
        "M2,2026-10-01 10:00,龙井,1,20",
        head=head,
    )
    outcome = bring(work, source, "sales")
    assert outcome.sales is not None
    assert outcome.sales.sales == 3
    assert counts(bring(work, source, "sales")) == (0, 0, 4, 0, 0)
    numbers = [number for (number,) in asked(work, "SELECT number FROM sales")]
    assert len(set(numbers)) == 3
    assert all(number.startswith("1001-") for number in numbers)


def test_days_alone_make_one_sale_a_customer_and_day(work: UnitOfWork, tmp_path: Path) -> None:
    source = sold(
        tmp_path,
        "M1,2026-10-01,20",
        "M1,2026-10-01,10",
        "M1,2026-10-02,10",
        head="会员号,日期,金额",
    )
    bring(work, source, "sales")
    assert asked(work, "SELECT shop_day, revenue FROM sales ORDER BY 1") == [
        ("2026-10-01", 3_000),
        ("2026-10-02", 1_000),
    ]


def test_a_moment_is_the_shops_own_and_its_day_too(work: UnitOfWork, tmp_path: Path) -> None:
    source = sold(
        tmp_path,
        "1001,T1,龙井,1,2026-10-02 00:30,20,M1",
        "1002,T1,龙井,1,2026-10-01T20:00:00+00:00,20,M1",
    )
    bring(work, source, "sales")
    assert asked(work, "SELECT at, shop_day FROM sales ORDER BY number") == [
        ("2026-10-01T16:30:00.000Z", "2026-10-02"),
        ("2026-10-01T20:00:00.000Z", "2026-10-02"),
    ]


def test_a_date_and_a_time_of_their_own(work: UnitOfWork, tmp_path: Path) -> None:
    source = sold(tmp_path, "1001,2026-10-01,下午3:05,20,M1", head="单号,日期,时间,金额,会员号")
    bring(work, source, "sales")
    assert asked(work, "SELECT at FROM sales") == [("2026-10-01T07:05:00.000Z",)]


def test_a_smaller_amount_beside_the_price_is_a_discount(work: UnitOfWork, tmp_path: Path) -> None:
    source = sold(
        tmp_path,
        "1001,T1,龙井,2,2026-10-01,100,180,M1",
        "1002,T1,龙井,2,2026-10-01,100,500,M1",
        head="单号,商品编码,品名,数量,日期,单价,实收金额,会员号",
    )
    bring(work, source, "sales")
    assert asked(work, "SELECT gross, discount, revenue FROM sales ORDER BY number") == [
        (20_000, 2_000, 18_000),
        (20_000, 0, 20_000),
    ]


def test_a_paid_back_amount_is_a_return(work: UnitOfWork, tmp_path: Path) -> None:
    source = sold(tmp_path, "1001,T1,1,2026-10-01,-35.5,M1", head="单号,商品编码,数量,日期,金额,会员号")
    bring(work, source, "sales")
    assert asked(work, "SELECT revenue, returned FROM sales") == [(0, 3_550)]
    assert asked(work, "SELECT is_return, quantity, amount FROM sale_lines") == [(1, -1_000, -3_550)]


def test_a_price_of_four_decimals_is_rounded_once(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, sold(tmp_path, "1001,T1,龙井,0.333,2026-10-01,12.3456,M1"), "sales")
    assert asked(work, "SELECT quantity, unit_price, amount FROM sale_lines") == [(333, 123_456, 411)]


def test_two_buyers_under_one_number_are_two_sales(work: UnitOfWork, tmp_path: Path) -> None:
    source = sold(tmp_path, "1001,T1,龙井,1,2026-10-01,20,M1", "1001,T1,龙井,2,2026-10-01,20,M2")
    bring(work, source, "sales")
    assert asked(
        work,
        "SELECT c.external_id, s.revenue FROM sales s JOIN customers c ON c.id = s.customer_id ORDER BY 1",
    ) == [("M1", 2_000), ("M2", 4_000)]
    assert counts(bring(work, source, "sales")) == (0, 0, 2, 0, 0)


def test_a_number_that_begins_anew_each_day_is_another_sale(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, sold(tmp_path, "0001,T1,龙井,1,2026-10-01,20,M1", "0001,T1,龙井,1,2026-10-02,20,M1"), "sales")
    assert asked(work, "SELECT count(*) FROM sales") == [(2,)]


def test_a_buyer_said_later_is_given_the_sale(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, sold(tmp_path, "1001,T1,龙井,1,2026-10-01,20,"), "sales")
    outcome = bring(work, sold(tmp_path, "1001,T1,龙井,1,2026-10-01,20,M1"), "sales")
    assert counts(outcome) == (0, 1, 0, 0, 0)
    assert asked(work, "SELECT c.external_id FROM sales s JOIN customers c ON c.id = s.customer_id") == [("M1",)]
    assert asked(work, "SELECT net FROM customer_figures") == [(2_000,)]


def test_a_known_customer_is_found_by_name_and_phone_and_never_by_one_alone(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, "姓名,手机\n王伟,13800138000", "people.csv"), "customers")
    source = sold(
        tmp_path,
        "1001,2026-10-01,20,王伟,138 0013 8000",
        "1002,2026-10-01,20,王伟,",
        "1003,2026-10-01,20,,13800138000",
        head="单号,日期,金额,姓名,手机",
    )
    outcome = bring(work, source, "sales")
    assert outcome.sales is not None
    assert outcome.sales.customers_created == 2
    assert asked(
        work,
        "SELECT c.name, count(*) FROM sales s JOIN customers c ON c.id = s.customer_id GROUP BY c.id ORDER BY c.id",
    ) == [("王伟", 1), ("王伟", 1), ("13800138000", 1)]
    assert counts(bring(work, source, "sales")) == (0, 0, 3, 0, 0)
    assert asked(work, "SELECT count(*) FROM customers") == [(3,)]


def test_a_product_takes_its_commonest_name_and_its_last_price(work: UnitOfWork, tmp_path: Path) -> None:
    source = sold(
        tmp_path,
        "1001,T1,样品,1,2026-10-01 10:00,18,M1",
        "1003,T1,龙井,1,2026-10-03 10:00,22,M1",
        "1002,T1,龙井,1,2026-10-02 10:00,20,M1",
    )
    bring(work, source, "sales")
    assert asked(work, "SELECT code, name, price FROM products") == [("T1", "龙井", 220_000)]
    assert asked(work, "SELECT description FROM sale_lines ORDER BY id") == [("样品",), ("",), ("",)]


def test_what_came_in_can_be_found(work: UnitOfWork, tmp_path: Path) -> None:
    from app.services.search import find

    bring(work, sold(tmp_path, "1001,T1,龙井茶,1,2026-10-01,20,M8817"), "sales")
    assert [hit.title for hit in work.read(find, "8817")] == ["M8817"]
    assert [hit.title for hit in work.read(find, "longjing")] == ["龙井茶"]


def test_tiers_follow_the_history(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, sold(tmp_path, "1001,T1,龙井,1,2026-10-01,7000,M1", "1002,T1,龙井,1,2026-10-01,20,M2"), "sales")
    assert asked(work, "SELECT tier_rank FROM customer_figures ORDER BY customer_id") == [(2,), (1,)]


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("1001,T1,龙井,1,没有日期,20,M1", "not_a_date", "日期"),
        ("1001,T1,龙井,1,2026-02-30,20,M1", "no_such_date", "日期"),
        ("1001,T1,龙井,1,,20,M1", "no_date", "日期"),
        ("1001,T1,龙井,1,0026-10-01,20,M1", "out_of_range", "日期"),
        ("1001,T1,龙井,一,2026-10-01,20,M1", "not_a_number", "数量"),
        ("1001,T1,龙井,1,2026-10-01,2o,M1", "not_a_number", "单价"),
        ("1001,T1,龙井,1,2026-10-01,20,1.38E+10", "scientific", "会员号"),
        ("1001,T1,龙井,1,2026-10-01,20,M1,多一格", "too_many_cells", ""),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_with_its_reason(
    work: UnitOfWork, tmp_path: Path, line: str, code: str, column: str
) -> None:
    outcome = bring(work, sold(tmp_path, "1000,T1,龙井,1,2026-10-01,20,M0", line), "sales")
    assert counts(outcome) == (1, 0, 0, 0, 1)
    (rejection,) = outcome.rejections
    assert (rejection.line, rejection.code, rejection.column) == (3, code, column)


def test_day_first_is_decided_for_the_column(work: UnitOfWork, tmp_path: Path) -> None:
    source = sold(tmp_path, "1,T1,a,1,03/04/2026,20,M1", "2,T1,a,1,25/04/2026,20,M1")
    bring(work, source, "sales")
    assert asked(work, "SELECT shop_day FROM sales ORDER BY 1") == [("2026-04-03",), ("2026-04-25",)]


def test_an_order_nothing_decides_is_asked_for(work: UnitOfWork, tmp_path: Path) -> None:
    source = sold(tmp_path, "1,T1,a,1,03/04/2026,20,M1")
    with pytest.raises(DateOrderUnknown) as refusal:
        bring(work, source, "sales")
    assert refusal.value.numbers == {"column": "日期"}
    assert counts(bring(work, source, "sales", date_order="mdy"))[0] == 1
    assert asked(work, "SELECT shop_day FROM sales") == [("2026-03-04",)]


def test_a_missing_column_is_named(work: UnitOfWork, tmp_path: Path) -> None:
    source = sold(tmp_path, "1001,20", head="单号,备用")
    assert inspect_file(source, "sales").missing == ("moment", "product_code|description|amount|unit_price")
    with pytest.raises(ColumnsMissing):
        bring(work, source, "sales")


def test_a_dry_run_tells_and_changes_nothing(work: UnitOfWork, tmp_path: Path) -> None:
    source = sold(tmp_path, "1001,T1,龙井,1,2026-10-01,20,M1", "1002,T1,龙井,1,wann,20,M1")
    with pytest.raises(Rehearsed) as told:
        bring(work, source, "sales", rehearse=True)
    assert counts(told.value.outcome) == (1, 0, 0, 0, 1)  # type: ignore[arg-type]
    for table in ("sales", "customers", "products", "import_batches", "search_entries"):
        assert asked(work, f"SELECT count(*) FROM {table}") == [(0,)]


def test_one_row_in_the_trail_stands_for_the_batch(work: UnitOfWork, tmp_path: Path) -> None:
    before = asked(work, "SELECT count(*) FROM audit_entries")[0][0]
    bring(work, sold(tmp_path, *(f"{n},T{n},茶,1,2026-10-01,20,M{n}" for n in range(50))), "sales")
    assert asked(work, "SELECT count(*) FROM audit_entries")[0][0] == before + 1
