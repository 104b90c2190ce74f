"""P14: two cards merged with snapshot, audit, figures and search, against the rows alone in one FULL transaction."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from app.bootstrap import found_shop, open_shop
from app.services import customers, duplicates, till
from app.services.customers import CustomerDraft, Labelled
from app.storage.engine import connect
from app.storage.unit_of_work import UnitOfWork
from tests.benchmarks.ratio import Row, in_turn, middle

IDS = ("P14",)
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TIMES = 40


def rows() -> list[Row]:
    """One row: the median of merging a card with a phone, a mail, a tag and ten bills into one that has ten bills."""
    with tempfile.TemporaryDirectory() as folder:
        path, bare = Path(folder) / "ours.shop", Path(folder) / "bare.shop"
        found_shop(path, name="Merging", currency="CNY", timezone="Asia/Shanghai", clock=lambda: NOW)
        shop = open_shop(path, clock=lambda: NOW)
        pairs = _pairs(shop.work)
        shop.close()
        shutil.copy(path, bare)
        shop, connection = open_shop(path, clock=lambda: NOW), connect(bare)
        ours = lambda: shop.work.write(duplicates.merge, *next(pairs), at=NOW)  # noqa: E731
        least, taken = in_turn(_merging(connection), ours, TIMES)
        connection.close()
        shop.close()
        return [Row("P14", "merge two cards", middle(taken), middle(least), by="wall")]


def _pairs(work: UnitOfWork) -> Iterator[tuple[int, int]]:
    """Pairs made beforehand: only the merges are measured."""
    made, number = [], count()
    for place in range(TIMES):
        kept, gone = (_person(work, f"1380000{place:04}", mail) for mail in ("", "joanna@example.com"))
        for _ in range(10):
            for someone in (kept, gone):
                ticket = till.Ticket(someone, (till.TicketLine(None, 1000, 680_000),))
                work.write(till.sell, ticket, operation_id=str(next(number)), at=NOW)
        made.append((kept, gone))
    return iter(made)


def _person(work: UnitOfWork, phone: str, mail: str) -> int:
    more = (Labelled("13912345678"),) if mail else ()
    draft = CustomerDraft("Joanna Shen", (Labelled(phone), *more), emails=(Labelled(mail),), tags=(mail[:3],))
    return work.write(customers.add, draft, at=NOW)[0]


def _merging(connection: Any) -> Callable[[], None]:
    """The statements a merge cannot do without: two cards changed, three rows copied, the merge with its snapshot."""
    snapshot = json.dumps({"kept": {"name": "Joanna Shen"} | {f"field {n}": "" for n in range(60)}})
    merges = "INSERT INTO customer_merges (kept_id, gone_id, at, staff_id, snapshot) VALUES (1, 2, ?, 1, ?)"
    phones = "INSERT INTO customer_phones (customer_id, label, typed, e164, digits) VALUES (1, '', ?, ?, ?)"
    fresh = count()

    def merge() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE customers SET wechat = 'x', version = version + 1 WHERE id = 1")
        connection.execute("UPDATE customers SET merged_into = 1, version = version + 1 WHERE id = 2")
        connection.execute(phones, ("13912345678", "+8613912345678", "13912345678"))
        connection.execute("INSERT INTO customer_emails (customer_id, label, address) VALUES (1, '', 'j@example.com')")
        connection.execute("INSERT INTO customer_tags (customer_id, name) VALUES (1, ?)", (f"tag {next(fresh)}",))
        connection.execute(merges, (NOW.isoformat(), snapshot))
        connection.execute("COMMIT")

    return merge
