"""Columns are recognised by the words the trade uses, and a person can overrule every one."""

import pytest

from app.formats.header_words import KINDS, REPEATED, REQUIRED
from app.formats.headers import find_header, guess, normalise
from app.formats.tables import Cell


def test_a_member_list_from_a_till() -> None:
    found = guess(
        ["会员卡号", "会员姓名", "手机号码（必填）", "性别", "出生日期", "标签", "备注", "剩余积分", "内部码"],
        "customers",
    )
    assert found.columns == {
        "external_id": 0,
        "name": 1,
        "phone": 2,
        "gender": 3,
        "birthday": 4,
        "tags": 5,
        "note": 6,
        "points": 7,
    }
    assert (found.unmapped, found.missing_required) == ((8,), ())


@pytest.mark.parametrize(
    "headers",
    [
        ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"],
        ["Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID", "Country"],
        ["订单号", "商品编码", "品名", "数量", "日期", "单价", "会员号", "国家"],
        ["\ufeff小票号", "货号", "商品名称", "销售数量", "交易时间", "售价", "会员卡号", "x"],
        ["ＩＮＶＯＩＣＥ　ＮＯ", "sku", " item name ", "QTY", "sale_date", "unit-price", "Customer No.", "?"],
        ["單號", "貨號", "商品名稱", "數量", "日期", "單價", "會員編號", "店"],
    ],
)
def test_a_sales_list_in_many_tongues(headers: list[str]) -> None:
    names = ["invoice", "product_code", "description", "quantity", "moment", "unit_price", "customer_id"]
    found = guess(headers, "sales")
    assert found.columns == {name: column for column, name in enumerate(names)}
    assert found.unmapped == (7,)


def test_date_and_time_in_two_columns() -> None:
    assert guess(["日期", "时间", "金额"], "sales").columns == {"moment": 0, "time": 1, "amount": 2}


def test_several_phones_are_numbered_in_order() -> None:
    found = guess(["Name", "Mobile Phone", "Home Phone", "Work Phone", "Phone 1 - Type"], "customers")
    assert found.repeated("phone") == [1, 2, 3]
    assert found.unmapped == (4,)


def test_the_better_word_wins_over_the_earlier_column() -> None:
    found = guess(["客户经理姓名", "姓名"], "customers")
    assert found.columns["name"] == 1


def test_the_more_particular_word_wins_over_the_earlier_column() -> None:
    assert guess(["日期", "金额", "交易日期"], "sales").columns["moment"] == 2


def test_three_columns_of_a_birthday() -> None:
    found = guess(["Name", "Birth Year", "Birth Month", "Birth Day"], "customers")
    assert [found.columns[name] for name in ("birth_year", "birth_month", "birth_day")] == [1, 2, 3]


def test_what_is_missing_is_said() -> None:
    assert guess(["foo", "bar"], "sales").missing_required == (
        "moment",
        "product_code|description|amount|unit_price",
    )
    assert guess(["电话"], "customers").missing_required == ()


def test_a_person_overrules() -> None:
    headers = ["姓名", "电话", "备注"]
    found = guess(headers, "customers", {"name": "备注", "note": None, "wechat": 1})
    assert found.columns == {"name": 2, "wechat": 1}
    assert found.unmapped == (0,)
    for wrong in ({"name": "没有"}, {"name": 3}, {"name": -1}):
        with pytest.raises(ValueError, match="no "):
            guess(headers, "customers", wrong)


def test_no_word_belongs_to_two_fields_of_a_kind() -> None:
    for kind, fields in KINDS.items():
        owner: dict[str, str] = {}
        for field, words in fields.items():
            for word in words.split("|"):
                assert owner.setdefault(normalise(word), field) == field, (kind, word)
        assert all(name in fields for need in REQUIRED[kind] for name in need.split("|"))
    assert all(any(name in fields for fields in KINDS.values()) for name in REPEATED)


def test_every_field_is_found_by_its_own_name() -> None:
    for kind, fields in KINDS.items():
        for field in fields:
            assert field in guess([field.replace("_", " ").title()], kind).columns or field == "birthday", field


def test_the_header_row_is_found_below_titles_and_absent_in_bare_data() -> None:
    assert find_header([(1, ["2024 年报表"]), (3, ["姓名", "电话"]), (4, ["王姐", "138"])]) == (3, ["姓名", "电话"])
    assert find_header([(1, ["王姐", "13800138000"]), (2, ["李总", "13900139000"])]) == (0, ["", ""])
    assert find_header([(1, ["foo", "bar"]), (2, ["1", "2"])]) == (1, ["foo", "bar"])
    assert find_header([(1, ["a", "b"]), (2, ["1", "2"])], given=2) == (2, ["1", "2"])
    assert find_header([(1, ["a", "b"]), (2, ["1", "2"])], given=0) == (0, ["", ""])


def test_a_row_called_total_is_no_header() -> None:
    rows: list[tuple[int, list[Cell]]] = [(1, ["foo", "bar"]), (2, [8, 9]), (3, [None, "TOTAL"])]
    assert find_header(rows)[0] == 1
