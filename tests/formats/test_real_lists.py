"""Real lists, from bytes to numbers: opened, mapped, parsed, and the sums that must come out."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from app.domain.money import line_amount, to_decimal_string
from app.formats.csv_in import open_csv
from app.formats.dates import DateOrder, decide_date_order, parse_moment
from app.formats.headers import guess
from app.formats.values import clean_id, parse_price, parse_quantity, text_of

pytestmark = pytest.mark.real_data


def test_a_december_of_sales(shared_data: Path) -> None:
    file = open_csv(shared_data / "retail_uci_online_retail" / "online_retail_2010-12.csv")
    columns = guess(file.headers, "sales").columns
    spent: Counter[str] = Counter()
    lines, invoices, returned = 0, set(), 0
    for row in file.rows():
        invoice, customer = clean_id(row.cells[columns["invoice"]]), clean_id(row.cells[columns["customer_id"]])
        quantity, price = parse_quantity(row.cells[columns["quantity"]]), parse_price(row.cells[columns["unit_price"]])
        moment = parse_moment(row.cells[columns["moment"]])
        assert isinstance(moment, datetime) and moment.month == 12
        assert quantity is not None and price is not None
        if not customer:
            continue
        amount = line_amount(quantity, price)
        if quantity < 0 or invoice.startswith("C"):
            returned -= amount
        elif quantity and price:
            lines += 1
            invoices.add(invoice)
            spent[customer] += amount
    assert (lines, len(spent), len(invoices)) == (26_157, 885, 1_400)
    assert to_decimal_string(sum(spent.values())) == "572713.89"
    assert to_decimal_string(returned) == "18109.87"
    assert [(who, to_decimal_string(much)) for who, much in spent.most_common(2)] == [
        ("18102", "27834.61"),
        ("15061", "19950.66"),
    ]


def test_a_week_of_complaints(shared_data: Path) -> None:
    file = open_csv(shared_data / "complaints" / "cfpb_2016-09_sample.csv")
    found = guess(file.headers, "complaints")
    assert found.missing_required == ()
    rows = [row.cells for row in file.rows()]
    order = decide_date_order(cells[found.columns["moment"]] for cells in rows)
    days = [parse_moment(cells[found.columns["moment"]], order) for cells in rows]
    assert order is not DateOrder.AMBIGUOUS
    assert (len(rows), min(map(str, days)), max(map(str, days))) == (349, "2016-09-12", "2016-09-17")
    assert all(type(day) is date for day in days)
    states = Counter(text_of(cells[found.columns["state"]]) for cells in rows)
    assert sorted(states.values()) == [5, 6, 30, 69, 239]


def test_contacts_of_two_mail_programs(shared_data: Path) -> None:
    for name, title in (("roundcube/gmail.csv", "name"), ("roundcube/tb_plain.csv", "name")):
        file = open_csv(shared_data / "contacts_csv" / name)
        found = guess(file.headers, "customers")
        row = next(file.rows()).cells
        assert text_of(row[found.columns[title]])
        assert found.repeated("phone") and found.repeated("email")
        assert all("@" in text_of(row[i]) for i in found.repeated("email") if row[i])
    semicolons = open_csv(shared_data / "contacts_csv" / "thunderbird" / "csv_semicolon.csv")
    assert guess(semicolons.headers, "customers").columns == {"name": 0, "given_name": 1, "family_name": 2, "email": 3}
    assert [row.cells[0] for row in semicolons.rows()] == ["John Doe", "Jane Doe"]
