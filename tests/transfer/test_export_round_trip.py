"""Difficult people go out and come in again, by every kind of file, and are the same.

A quarter of the ten thousand on ordinary runs, which holds every kind of trouble many times over; REGULARS_WHOLE=1 asks
for all of them.
"""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import Shop, open_shop
from app.domain.text import clean
from app.formats.code_words import is_chinese
from app.services.transfer import Plan, export_table, hand_over, import_customers, inspect_file, undo_batch
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import NOW, asked, bring, counts

PEOPLE = 10_000 if os.environ.get("REGULARS_WHOLE") else 2_500
NASTY = (
    "=1+1", "+8613800138000", "@SUM(A1)", "-2+3", "＝1", "'quoted'", "''", 'a "b" c', "a,b;c", "two\nlines", "tab\tin",
    "😀👩‍👩‍👧", "𠮷野家", "𪚥𪚥", "nul\x00in", "bell\x07", "0123", "1e5", "TRUE", "#N/A", "\\N", "_x0041_", "e\u0301",
    "<b>x</b>", "ｆｕｌｌ", "\ufeffbom", " =lead",
)  # fmt: skip
SAID = (
    "external_id, name, sort_key, company, gender, wechat, birth_lunar, birth_year, birth_month, birth_day, "
    "birth_leap, source, note, preferred_channel, do_not_contact, needs, preferences, buys_elsewhere, values_ranked, "
    "credit_note, credit_limit, personal_discount"
)
PARTS = (
    "SELECT c.external_id, p.typed, p.e164, p.digits, p.label FROM customer_phones p "
    "JOIN customers c ON c.id = p.customer_id",
    "SELECT c.external_id, p.address, p.label FROM customer_emails p JOIN customers c ON c.id = p.customer_id",
    "SELECT c.external_id, p.text, p.label FROM customer_addresses p JOIN customers c ON c.id = p.customer_id",
    "SELECT c.external_id, p.name FROM customer_tags p JOIN customers c ON c.id = p.customer_id",
    "SELECT c.external_id, p.label, p.lunar, p.year, p.month, p.day, p.leap FROM customer_dates p "
    "JOIN customers c ON c.id = p.customer_id",
)
HANGING = (
    "SELECT c.external_id, p.channel, p.given, p.shop_day, p.source FROM consents p "
    "JOIN customers c ON c.id = p.customer_id",
    "SELECT c.external_id, f.label, p.value FROM custom_values p JOIN customers c ON c.id = p.customer_id "
    "JOIN custom_fields f ON f.id = p.field_id",
)
TIES = (
    "SELECT c.external_id, r.external_id, h.name FROM customers c "
    "LEFT JOIN customers r ON r.id = c.referrer_id LEFT JOIN households h ON h.id = c.household_id",
)
FIELDS = (
    "INSERT INTO custom_fields (id, label, kind, choices, position) VALUES "
    "(1, '鞋码', 'number', '[]', 0), (2, 'Tea: kind', 'choice', '[\"green\", \"black\"]', 1), "
    "(3, '生日', 'text', '[]', 2), "
    "(4, 'Card', 'yes_no', '[]', 3), (5, 'Since', 'date', '[]', 4)"
)


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def filled(work: UnitOfWork) -> None:
    """Fill the tables as the door would have: cleaned, names and mails on one line."""
    from app.domain.names import display
    from app.domain.phones import normalise
    from app.domain.pinyin import sort_key

    rng = random.Random(7)
    rows: dict[str, list[tuple[Any, ...]]] = {
        name: [] for name in ("people", "phones", "emails", "places", "tags", "days", "yes", "own", "ties")
    }

    def text(chance: float = 1.0) -> str:
        parts = [rng.choice((*NASTY, "王伟", "龙井 50g", "李", "Anna")) for _ in range(rng.randrange(1, 4))]
        return clean("".join(parts)).strip() if rng.random() < chance else ""

    for number in range(1, PEOPLE + 1):
        name = display(text()) or f"Nobody {number}"
        lunar = rng.random() < 0.3
        born = rng.random() < 0.7
        born_at = (
            int(lunar),
            rng.choice((None, 1958, 1985, 2001)),
            rng.randrange(1, 13),
            rng.randrange(1, 29),
            int(lunar and rng.random() < 0.2),
        )
        birthday = born_at if born else (0, None, None, None, 0)
        plain = (
            one_line(text(0.3)),
            rng.choice(("", "female", "male")),
            one_line(text(0.2)),
            *birthday,
            one_line(text(0.2)),
            text(0.5),
        )
        more = (
            rng.choice(("", "call", "wechat")),
            int(rng.random() < 0.1),
            text(0.2),
            text(0.2),
            text(0.1),
            '["price", "茶香"]' if rng.random() < 0.3 else "[]",
            text(0.1),
        )
        money = (rng.choice((None, 0, 123456)), rng.choice((None, 0, 55, 1000)))
        rows["people"].append((number, f"{number:05}", name, sort_key(name), *plain, *more, *money))
        for typed in {
            rng.choice(("+86 1", "1", "00861")) + f"3{rng.randrange(10**9):09}" for _ in range(rng.randrange(0, 4))
        }:
            phone = normalise(typed)
            rows["phones"].append(
                (number, rng.choice(("", "mobile", "home", "妈妈")), phone.typed, phone.e164, phone.digits)
            )
        for place in range(rng.randrange(0, 3)):
            rows["emails"].append((number, rng.choice(("", "work")), f"a{number}+{place}@example.org"))
            rows["places"].append((number, rng.choice(("", "home", "仓库")), f"{one_line(text())} {place}号"))
        for tag in {one_line(text()) for _ in range(rng.randrange(0, 3))} - {""}:
            rows["tags"].append((number, tag))
        if rng.random() < 0.2:
            rows["days"].append((number, rng.choice(("结婚", "a, b")), int(lunar), rng.choice((None, 1999)), 8, 15, 0))
        if rng.random() < 0.2:
            rows["ties"].append(
                (rng.choice((None, rng.randrange(1, number + 1) % number or None)), number % 50 + 1, number)
            )
        if rng.random() < 0.3:
            rows["yes"].append(
                (
                    number,
                    rng.choice(("wechat", "sms")),
                    rng.randrange(2),
                    "2026-05-01T04:00:00.000Z",
                    "2026-05-01",
                    "paper form",
                    1,
                )
            )
        if rng.random() < 0.3:
            rows["own"] += [
                (number, 1, "38.5"),
                (number, 2, "green"),
                (number, 3, one_line(text()) or "x"),
                (number, 4, "no"),
                (number, 5, "2020-02-29"),
            ]
    marks = ", ".join("?" * len(rows["people"][0]))
    statements = {
        "people": f"INSERT INTO customers (id, {SAID}, created_at, version) "
        f"VALUES ({marks}, '2026-01-05T04:00:00.000Z', 1)",
        "phones": "INSERT INTO customer_phones (customer_id, label, typed, e164, digits) VALUES (?, ?, ?, ?, ?)",
        "emails": "INSERT INTO customer_emails (customer_id, label, address) VALUES (?, ?, ?)",
        "places": "INSERT INTO customer_addresses (customer_id, label, text) VALUES (?, ?, ?)",
        "tags": "INSERT INTO customer_tags (customer_id, name) VALUES (?, ?)",
        "days": "INSERT INTO customer_dates (customer_id, label, lunar, year, month, day, leap) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        "yes": "INSERT INTO consents (customer_id, channel, given, at, shop_day, source, staff_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        "own": "INSERT INTO custom_values (customer_id, field_id, value) VALUES (?, ?, ?)",
        "ties": "UPDATE customers SET referrer_id = ?, household_id = ? WHERE id = ?",
    }
    with work.engine.begin() as connection:
        connection.exec_driver_sql(FIELDS)
        homes = [(number, f"Home, {number}") for number in range(1, 51)]
        connection.exec_driver_sql("INSERT INTO households (id, name) VALUES (?, ?)", homes)
        for name, statement in statements.items():
            connection.exec_driver_sql(statement, rows[name])


@pytest.fixture(scope="module")
def full(empty_shop_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    shop = open_shop(
        Path(shutil.copy(empty_shop_file, tmp_path_factory.mktemp("full") / "full.shop")), clock=lambda: NOW
    )
    filled(shop.work)
    yield shop
    shop.close()


def same(full: Shop, work: UnitOfWork, *statements: str) -> None:
    for statement in statements:
        wanted, found = (sorted(asked(one, statement), key=repr) for one in (full.work, work))
        differing = [(was, now) for was, now in zip(wanted, found, strict=False) if was != now]
        assert not differing, differing[:3]
        assert len(wanted) == len(found), statement


@pytest.mark.parametrize(("ending", "language"), [(".csv", "zh_CN"), (".csv", "en"), (".xlsx", "zh_CN")])
def test_by_table(full: Shop, work: UnitOfWork, tmp_path: Path, ending: str, language: str) -> None:
    path = tmp_path / f"people{ending}"
    full.work.write(hand_over, full.work.read(export_table, "customers", path, language=language))
    assert inspect_file(path, "customers").missing == ()
    with work.engine.begin() as connection:
        connection.exec_driver_sql(FIELDS)
    outcome = bring(work, path, "customers")
    assert outcome.rejections == ()
    assert counts(outcome) == (PEOPLE, 0, 0, 0, 0)
    same(full, work, f"SELECT {SAID}, substr(created_at, 1, 10) FROM customers", *PARTS, *HANGING, *TIES)
    if is_chinese(language) and ending == ".csv":
        assert counts(bring(work, path, "customers")) == (0, 0, PEOPLE, 0, 0)
        answer, _ = work.write(undo_batch, outcome.batch)
        assert answer.kept == ()
        for table in ("customers", "customer_phones", "customer_dates", "consents", "custom_values", "households"):
            assert asked(work, f"SELECT count(*) FROM {table}") == [(0,)]


def test_by_vcard(full: Shop, work: UnitOfWork, tmp_path: Path) -> None:
    path = tmp_path / "people.vcf"
    full.work.write(hand_over, full.work.read(export_table, "customers", path))
    plan: Plan = inspect_file(path, "customers")
    with work.engine.begin() as connection:
        connection.exec_driver_sql(FIELDS)
    outcome, _ = work.write(import_customers, plan, at=NOW)
    assert counts(outcome) == (PEOPLE, 0, 0, 0, 0)
    same(full, work, f"SELECT {SAID}, substr(created_at, 1, 10) FROM customers", *PARTS, *HANGING, *TIES)
    assert counts(bring(work, path, "customers")) == (0, 0, PEOPLE, 0, 0)
