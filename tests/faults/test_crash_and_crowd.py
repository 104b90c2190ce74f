"""Nothing that was confirmed is lost, pressing again after a crash posts once, and two counters lose no sale."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.bootstrap import Shop, open_shop
from app.models.loyalty import PointEntry
from app.models.sales import Sale
from app.services import customers, loyalty, permissions
from app.services.backup import check
from app.services.till import Ticket, TicketLine, sell
from tests.faults.counter_process import AT

KILLS = 6


def operations(session: Session) -> set[str]:
    return {found for found in session.scalars(select(Sale.operation_id)) if found}


def points(session: Session) -> int:
    return session.scalar(select(func.coalesce(func.sum(PointEntry.points), 0))) or 0


def expected(session: Session) -> int:
    """A point for each whole unit that was paid, less what paid."""
    return sum(total // 100 - used for total, used in session.execute(select(Sale.total, Sale.points_used)))


def overdrawn(session: Session) -> int:
    """Lots of which more was taken than they had."""
    drawn = "SELECT coalesce(sum(e.points), 0) FROM point_entries e WHERE e.lot_id = l.id"
    query = f"SELECT count(*) FROM point_entries l WHERE l.opens_lot AND l.points + ({drawn}) < 0"
    return int(session.execute(text(query)).scalar_one())


def soundness(session: Session) -> tuple[str, int]:
    broken = len(session.execute(text("PRAGMA foreign_key_check")).all())
    return str(session.execute(text("PRAGMA integrity_check")).scalar()), broken


@pytest.fixture(autouse=True)
def own_services(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("operations", "points", "expected", "overdrawn", "soundness"):
        monkeypatch.setitem(permissions.NEEDS, f"tests.{name}", permissions.CLERK)


@pytest.fixture
def customer(shop: Shop) -> int:
    added, _ = shop.work.write(customers.add, customers.CustomerDraft(name="Anna"), at=AT)
    shop.close()
    return added


def counter(path: Path, customer: int, prefix: str, count: int, threads: int = 1) -> "subprocess.Popen[str]":
    words = (str(path), str(customer), prefix, str(count), str(threads))
    command = [sys.executable, "-m", "tests.faults.counter_process", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def test_a_killed_till_loses_nothing_it_confirmed(shop_path: Path, customer: int) -> None:
    random = Random(20261123)
    confirmed: set[str] = set()
    for round_ in range(KILLS):
        process = counter(shop_path, customer, f"round-{round_}", 10_000)
        assert process.stdout is not None
        for _ in range(random.randint(1, 12)):
            confirmed.add(process.stdout.readline().strip())
        process.kill()
        rest, _ = process.communicate()
        confirmed |= {line for line in rest.splitlines(keepends=False) if line.startswith("round-")}

    again = open_shop(shop_path, clock=lambda: AT)
    posted = again.work.read(operations)
    assert again.work.read(soundness) == ("ok", 0)
    assert confirmed <= posted
    held = again.work.read(expected)
    assert again.work.read(points) == held == again.work.read(loyalty.balance, customer)
    assert again.work.read(customers.card, customer, AT.date()).points == held

    ticket = Ticket(customer, (TicketLine(unit_price=1_000_000, description="Tea"),))
    for operation in sorted(confirmed)[:3]:
        again.work.write(sell, ticket, operation_id=operation, at=AT)
    assert again.work.read(operations) == posted
    assert again.work.read(points) == held
    again.close()


def test_counters_that_sell_at_once_lose_no_sale(shop_path: Path, customer: int) -> None:
    """Two processes of four threads; `REGULARS_CROWD` asks for more than a run can wait for."""
    each = max(1, int(os.environ.get("REGULARS_CROWD", "160")) // 8)
    counters = [counter(shop_path, customer, name, each, threads=4) for name in ("front", "back")]
    said = [process.communicate()[0].split() for process in counters]
    assert [process.returncode for process in counters] == [0, 0]
    again = open_shop(shop_path, clock=lambda: AT)
    sold = again.work.read(operations)
    assert len(sold) == 8 * each
    assert sold == {line for lines in said for line in lines}
    assert again.work.read(points) == again.work.read(expected) == again.work.read(loyalty.balance, customer)
    assert again.work.read(overdrawn) == 0
    assert not again.work.read(check, AT.date()).problems
    again.close()
