"""Large shops to measure on, written by bulk statements and kept between runs: N customers, ten bills each."""

# ruff: noqa: E501 (one table a line: its columns and where they come from)

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.orm import Session

from app.bootstrap import Shop, found_shop, open_shop
from app.domain import pinyin
from app.models.every import Base
from app.services.complaints import kept_clocks
from app.services.customers.figures import refresh
from app.services.search.index import rebuild

SEED, TODAY = 20_261_123, date(2026, 11, 23)
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹曾单查解仇区朴"
GIVEN = "静怡若兰建国明远小满国强一诺如玉佳颖嘉伟芳娜秀英敏丽强磊军洋勇艳杰娟涛超霞平刚桂晓雪梅志玲海燕文博子涵"
FOREIGN = ("Emily Chen", "Jack Wu", "Anna Li", "Martin Lu", "Laura Ouyang", "George Zhao", "Joanna Shen")
TAGS = ("老茶客", "送礼多", "爱单丛", "团购", "开发票", "朋友圈")
BILLS_EACH = 10
KINDS = (("call", "care"), ("reorder", "sell"), ("silence", "care"), ("birthday", "care"), ("points_expiring", "sell"))
CONTENT = "follow-ups of everybody"
"""Another word makes every shop anew: what is filled in has changed."""
CONTACTS = "customer_id, at, shop_day, staff_id, channel, direction, purpose, reached, summary"
HEAVY_BILLS = 500
"""Of the first customer, for the card."""


def clock() -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 2, tzinfo=UTC)


def shop_of(customers: int) -> Shop:
    """An open shop of so many customers."""
    return kept_shop(f"{customers}", lambda path: _fill(path, customers))


def kept_shop(name: str, fill: Callable[[Path], None]) -> Shop:
    """A shop that is filled once for each schema, and kept in the folder for temporary files.

    Two runs that fill it at the same time each write a file of their own.
    """
    folder = Path(os.environ.get("REGULARS_BENCHMARKS", tempfile.gettempdir())) / "regulars-benchmarks"
    path = folder / f"{name}-{schema()}.shop"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part.shop")
        part.unlink(missing_ok=True)
        found_shop(part, name="Benchmark", currency="CNY", timezone="Asia/Shanghai", clock=clock)
        fill(part)
        part.replace(path)
    return open_shop(path, clock=clock)


@contextmanager
def copy_of(customers: int) -> Iterator[Shop]:
    """The same shop in a file of its own, for who writes into it: the other one is shared by all benchmarks."""
    kept = shop_of(customers)
    kept.close()
    with tempfile.TemporaryDirectory() as folder:
        shop = open_shop(Path(shutil.copy(kept.path, folder)), clock=clock)
        try:
            yield shop
        finally:
            shop.close()


def long_timelines(path: Path, entries: tuple[int, ...]) -> Shop:
    """An open shop whose customers, one for each number, have so many contacts noted."""
    found_shop(path, name="Timelines", currency="CNY", timezone="Asia/Shanghai", clock=clock)
    shop = open_shop(path, clock=clock)
    people = [
        (key, f"Customer {key}", f"customer {key}", "2024-01-01T02:00:00.000Z") for key in range(1, len(entries) + 1)
    ]
    notes = [
        (key, f"{day}T03:00:00.000Z", f"{day}", 1, "call", "out", "care", 1, f"Note {number}")
        for key, many in enumerate(entries, 1)
        for number in range(many)
        for day in (TODAY - timedelta(days=number % 3000),)
    ]
    with Session(shop.work.engine) as session:
        write(session, "customers", "id, name, sort_key, created_at", people)
        write(session, "interactions", CONTACTS, notes)
        refresh(session)
        rebuild(session)
        session.commit()
    return shop


def names(rng: Random, number: int) -> Iterator[str]:
    """Mostly Han names of two or three characters, and a few in Latin letters."""
    for _ in range(number):
        if rng.random() < 0.04:
            yield rng.choice(FOREIGN)
        else:
            yield rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2, 2))))


def _fill(path: Path, number: int) -> None:
    rng, shop = Random(SEED), open_shop(path, clock=clock)
    with Session(shop.work.engine) as session:
        for table, columns, rows in _tables(rng, number):
            write(session, table, columns, rows)
        refresh(session)
        kept_clocks.refresh(session)
        rebuild(session)
        session.commit()
    with shop.work.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shop.close()


def write(session: Session, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    more = _unsaid(table, columns)
    names, rest = ", ".join([columns, *more]), tuple(more.values())
    marks = ", ".join("?" for _ in names.split(","))
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"
    session.connection().exec_driver_sql(statement, [row + rest for row in rows])


def schema() -> str:
    """A name for the tables and indexes of now: a shop of before knows nothing of those that came since."""
    tables = Base.metadata.tables.values()
    said = [f"{table.name}.{column.name}" for table in tables for column in table.columns]
    said += [f"{index.name}.{part}" for table in tables for index in table.indexes for part in index.expressions]
    return sha256("\n".join([CONTENT, *sorted(said)]).encode()).hexdigest()[:8]


def _unsaid(table: str, columns: str) -> dict[str, Any]:
    """The columns that must not be empty and are not named, with what a new row holds there, as it is stored."""
    named = {name.strip(' "') for name in columns.split(",")}
    found: dict[str, Any] = {}
    for column in Base.metadata.tables[table].columns:
        default: Any = column.default
        if column.name not in named and not column.nullable and default is not None:
            value = default.arg(None) if default.is_callable else default.arg
            store = column.type.bind_processor(dialect())
            found[column.name] = store(value) if store else value
    return found


def _tables(rng: Random, number: int) -> Iterator[tuple[str, str, Iterator[tuple[Any, ...]]]]:
    yield "customers", "id, name, sort_key, company, gender, wechat, birth_lunar, birth_leap, source, note, preferred_channel, do_not_contact, created_at, version", _customers(rng, number)  # fmt: skip
    yield "customer_phones", "customer_id, label, typed, e164, digits", _phones(rng, number)
    yield "customer_tags", "customer_id, name", _tags(rng, number)
    yield "products", "id, code, name, category, unit, price, barcode, active", _products(rng)
    yield "sales", "id, number, invoice, customer_id, at, shop_day, staff_id, origin, gross, discount, points_used, points_value, points_earned, total, payment, revenue, returned, counted_lines", _sales(rng, number)  # fmt: skip
    yield "sale_lines", "sale_id, product_id, description, quantity, unit_price, amount, discount, points_value, is_return", _lines(rng, number)  # fmt: skip
    yield "interactions", CONTACTS, _contacts(rng, number)  # fmt: skip
    yield "tier_moves", 'customer_id, "on", from_rank, to_rank, cause', _moves(number)
    yield "complaints", "number, customer_id, opened_at, shop_day, staff_id, category, severity, channel, words, wish, remedy, on_the_spot, state, version", _complaints(number)  # fmt: skip
    yield "complaint_events", "complaint_id, at, state, staff_id", _events(number)
    yield (
        "followups",
        "customer_id, due_on, kind, purpose, text, staff_id, created_at, done_at",
        _followups(rng, number),
    )

    yield "complaint_events", "complaint_id, at, state, staff_id", ((case, at, state, 1) for case, _, at, *_, state, _ in _complaints(number) for state in dict.fromkeys(("open", state)))  # fmt: skip


def _customers(rng: Random, number: int) -> Iterator[tuple[Any, ...]]:
    for key, name in enumerate(names(rng, number), 1):
        wechat = f"wx_{key:x}" if key % 3 == 0 else ""
        born = f"2024-{1 + key % 12:02}-{1 + key % 28:02}T02:00:00.000Z"
        yield key, name, pinyin.sort_key(name), "", "", wechat, 0, 0, "", "", "", 0, born, 1


def _phones(rng: Random, number: int) -> Iterator[tuple[Any, ...]]:
    for key in range(1, number + 1):
        if key % 20:
            digits = f"1{rng.choice('3578')}{rng.randrange(10**9):09}"
            yield key, "mobile", digits, f"+86{digits}", digits


def _tags(rng: Random, number: int) -> Iterator[tuple[Any, ...]]:
    return ((key, rng.choice(TAGS)) for key in range(1, number + 1, 3))


def _products(rng: Random) -> Iterator[tuple[Any, ...]]:
    for key in range(1, 501):
        name = "".join(rng.choices(GIVEN, k=3)) + rng.choice(("单丛", "普洱", "龙井", "盖碗", "茶包"))
        yield key, f"T{key:04}", name, "茶", "g", rng.randrange(10, 900) * 10_000, f"69{key:011}", 1


def _bills(number: int) -> Iterator[tuple[int, int]]:
    """(bill, customer): ten each, and five hundred of the first."""
    bill = 0
    for key in range(1, number + 1):
        for _ in range(HEAVY_BILLS if key == 1 else BILLS_EACH):
            bill += 1
            yield bill, key


def _sales(rng: Random, number: int) -> Iterator[tuple[Any, ...]]:
    for bill, key in _bills(number):
        day = TODAY - timedelta(days=rng.randrange(1, 730))
        at = f"{day}T{rng.randrange(1, 12):02}:{rng.randrange(60):02}:00.000Z"
        total = rng.randrange(1_000, 90_000)
        yield (bill, f"B{bill}", "", key, at, f"{day}", 1, "till", total, 0, 0, 0, total // 100, total, "cash",
               total, 0, 1)  # fmt: skip


def _lines(rng: Random, number: int) -> Iterator[tuple[Any, ...]]:
    for bill, _ in _bills(number):
        yield bill, rng.randrange(1, 501), "", 1_000, 1_720_000, 17_200, 0, 0, 0


def _contacts(rng: Random, number: int) -> Iterator[tuple[Any, ...]]:
    for key in range(1, number + 1):
        day = TODAY - timedelta(days=rng.randrange(1, 700))
        yield key, f"{day}T03:00:00.000Z", f"{day}", 1, "call", "out", "care", 1, "问候"


def _moves(number: int) -> Iterator[tuple[Any, ...]]:
    return ((key, "2025-06-01", 0, 2 if key % 5 == 0 else 1, "reached") for key in range(1, number + 1))


def _complaints(number: int) -> Iterator[tuple[Any, ...]]:
    for case, key in enumerate(range(1, number + 1, 500), 1):
        state = "open" if case % 10 == 0 else "closed"
        at = f"2026-10-{1 + case % 28:02}T03:00:00.000Z"
        yield case, key, at, at[:10], 1, "product", "minor", "", "茶有点潮", "", "", 0, state, 1


def _events(number: int) -> Iterator[tuple[Any, ...]]:
    for case, *said in _complaints(number):
        at, state = said[1], said[-2]
        yield case, at, "open", 1
        if state == "closed":
            yield case, at, "closed", 1


def _followups(rng: Random, number: int) -> Iterator[tuple[Any, ...]]:
    """One for each customer, of which one in fifty is still to do, from ten days ago to thirty ahead."""
    for key in range(1, number + 1):
        kind, purpose = rng.choice(KINDS)
        text = "答应回电" if key % 100 else ""
        if key % 50:
            day = TODAY - timedelta(days=rng.randrange(1, 700))
            yield key, f"{day}", kind, purpose, text, 1, f"{day}T01:00:00.000Z", f"{day}T03:00:00.000Z"
        else:
            day = TODAY + timedelta(days=rng.randrange(-10, 31))
            yield key, f"{day}", kind, purpose, text, 1, "2026-11-01T01:00:00.000Z", None
