"""P5, P6: half a million sale lines and a hundred thousand customers, against the rows alone.

The floor reads the same file with `csv` and writes the very rows the import wrote, in one transaction; for customers it
also makes their pinyin and writes the same words into the full-text index.
"""

import csv
import random
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from pypinyin import Style, lazy_pinyin
from sqlalchemy.orm import Session

from app.bootstrap import found_shop, open_shop
from app.services.search import documents
from app.services.transfer import import_customers, import_sales, inspect_file
from app.storage.engine import connect
from tests.benchmarks.ratio import Row, Spent, spent

Tables = dict[str, list[tuple[Any, ...]]]
IDS = ("P5", "P6")
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LINES, PEOPLE = 500_000, 100_000
SALES = ("import_batches", "customers", "products", "sales", "sale_lines")
CUSTOMERS = ("import_batches", "customers", "customer_phones", "customer_tags")
FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹曾彭萧蔡潘田董袁于余叶蒋杜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰春梅建国志远思源子涵欣怡梓萱浩然雨桐"


def rows() -> list[Row]:
    """One row each."""
    with tempfile.TemporaryDirectory() as folder:
        return [_sales(Path(folder)), _window(Path(folder)), _customers(Path(folder))]


def _sales(folder: Path) -> Row:
    source = folder / "sales.csv"
    _write(source, ("单号", "商品编码", "品名", "数量", "日期", "单价", "会员号"), _sold())
    empty, imported = _shops(folder, "sales")
    ours = _timed(imported, source, "sales", import_sales)
    floor = _floor(empty, _rows_of(imported, SALES), source)
    return Row("P5", f"import {LINES:,} sale lines", ours, floor, target=4.0, by="wall")


def _window(folder: Path) -> Row:
    """The longest while in which the event loop of a window stood still during the same import."""
    from PySide6.QtCore import QCoreApplication, QTimer

    from app.views.shared.gateway import Gateway

    loop = QCoreApplication.instance() or QCoreApplication([])
    _, path = _shops(folder, "window")
    shop = open_shop(path, clock=lambda: NOW)
    gateway, gaps, last = Gateway(shop.work), [0.0], perf_counter()

    def tick() -> None:
        nonlocal last
        gaps.append(perf_counter() - last)
        last = perf_counter()

    timer = QTimer(interval=5)
    timer.timeout.connect(tick)
    timer.start()
    task = gateway.write_later(import_sales, inspect_file(folder / "sales.csv", "sales"), at=NOW)
    task.ended.connect(loop.quit)
    last = perf_counter()
    loop.exec()
    gateway.close()
    shop.close()
    return Row("P5", "the longest gap of the event loop meanwhile", Spent(max(gaps), max(gaps)), limit=0.1, by="wall")


def _customers(folder: Path) -> Row:
    source = folder / "people.csv"
    _write(source, ("会员号", "姓名", "手机", "标签"), _people())
    empty, imported = _shops(folder, "people")
    ours = _timed(imported, source, "customers", import_customers)
    floor = _floor(empty, _rows_of(imported, CUSTOMERS), source, _words_of(imported))
    return Row("P6", f"import {PEOPLE:,} customers, findable at once", ours, floor, target=2.0, by="wall")


def _timed(shop_path: Path, source: Path, kind: str, act: Any) -> Spent:
    shop = open_shop(shop_path, clock=lambda: NOW)
    plan = inspect_file(source, kind)
    (taken,) = spent(lambda: shop.work.write(act, plan, at=NOW))
    shop.close()
    return taken


def _floor(shop_path: Path, tables: Tables, source: Path, words: Sequence[tuple[int, str, str]] | None = None) -> Spent:
    connection = connect(shop_path)
    (taken,) = spent(lambda: _bare(connection, tables, source, words))
    connection.close()
    return taken


def _bare(connection: Any, tables: Tables, source: Path, words: Sequence[tuple[int, str, str]] | None) -> None:
    with source.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if words is not None:
                lazy_pinyin(row[1], style=Style.NORMAL)
    connection.execute("BEGIN IMMEDIATE")
    for table, content in tables.items():
        if content:
            marks = ", ".join("?" * len(content[0]))
            connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', content)
    if words is not None:
        connection.executemany('INSERT INTO search_words (rowid, whole, "inner") VALUES (?, ?, ?)', words)
    connection.execute("COMMIT")


def _words_of(shop_path: Path) -> list[tuple[int, str, str]]:
    """The very words the import wrote into the index: to make them is our cost, to write them everybody's."""
    shop = open_shop(shop_path, clock=lambda: NOW)
    with Session(shop.work.engine) as session:
        found = [(entry.ref, entry.whole, entry.inner) for entry in documents.customers(session)]
    shop.close()
    return found


def _rows_of(shop_path: Path, tables: Sequence[str]) -> Tables:
    connection = connect(shop_path)
    found = {table: connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall() for table in tables}
    connection.close()
    return found


def _shops(folder: Path, name: str) -> tuple[Path, Path]:
    empty, imported = folder / f"{name}-floor.shop", folder / f"{name}-ours.shop"
    found_shop(empty, name="Floor", currency="CNY", timezone="Asia/Shanghai", clock=lambda: NOW)
    return empty, Path(shutil.copy(empty, imported))


def _sold() -> Iterable[Sequence[object]]:
    """Five lines a sale on average, two thousand goods, three thousand buyers, a third of the bills anonymous."""
    rng, moment, invoice, written = random.Random(1), datetime(2022, 1, 1, 9), 100_000, 0
    goods = [(f"P{i:05}", f"商品{i}号 茶叶", rng.randrange(100, 20_000) / 100) for i in range(2_000)]
    while written < LINES:
        invoice += 1
        moment += timedelta(seconds=rng.randrange(30, 1_200))
        buyer = str(rng.randrange(10_000, 13_000)) if rng.random() < 0.7 else ""
        for _ in range(min(rng.randrange(1, 10), LINES - written)):
            code, name, price = rng.choice(goods)
            yield invoice, code, name, rng.choice((1, 1, 1, 2, 3)), f"{moment:%Y-%m-%d %H:%M:%S}", price, buyer
            written += 1


def _people() -> Iterable[Sequence[object]]:
    rng = random.Random(2)
    for number in range(PEOPLE):
        name = rng.choice(FAMILY) + "".join(rng.choice(GIVEN) for _ in range(rng.randrange(1, 3)))
        yield f"M{number:06}", name, f"13{rng.randrange(10**9):09}", rng.choice(("", "老客", "团购"))


def _write(target: Path, headers: Sequence[str], content: Iterable[Sequence[object]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headers)
        writer.writerows(content)
