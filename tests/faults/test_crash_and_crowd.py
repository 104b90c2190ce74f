"""Nothing that was confirmed is lost, pressing again after a crash posts once, and two counters lose no sale."""

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
from app.services.till import Ticket, TicketLine, sell
from tests.faults.counter_process import AT

KILLS = 6
POINTS_A_SALE = 10


def operations(session: Session) -> set[str]:
    return {found for found in session.scalars(select(Sale.operation_id)) if found}


def points(session: Session) -> int:
    return session.scalar(select(func.coalesce(func.sum(PointEntry.points), 0))) or 0


def soundness(session: Session) -> tuple[str, int]:
    broken = len(session.execute(text("PRAGMA foreign_key_check")).all())
    return str(session.execute(text("PRAGMA integrity_check")).scalar()), broken


@pytest.fixture(autouse=True)
def own_services(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("operations", "points", "soundness"):
        monkeypatch.setitem(permissions.NEEDS, f"tests.{name}", permissions.CLERK)


@pytest.fixture
def customer(shop: Shop) -> int:
    added, _ = shop.work.write(customers.add, customers.CustomerDraft(name="Anna"), at=AT)
    shop.close()
    return added


def counter(path: Path, customer: int, prefix: str, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.faults.counter_process", str(path), str(customer), prefix, str(count)]
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
    assert again.work.read(points) == POINTS_A_SALE * len(posted) == again.work.read(loyalty.balance, customer)
    assert again.work.read(customers.card, customer, AT.date()).points == POINTS_A_SALE * len(posted)

    ticket = Ticket(customer, (TicketLine(unit_price=100_000, description="Tea"),))
    for operation in sorted(confirmed)[:3]:
        again.work.write(sell, ticket, operation_id=operation, at=AT)
    assert again.work.read(operations) == posted
    assert again.work.read(points) == POINTS_A_SALE * len(posted)
    again.close()


def test_counters_that_sell_at_once_lose_no_sale(shop_path: Path, customer: int) -> None:
    counters = [counter(shop_path, customer, name, 30) for name in ("front", "back", "market")]
    said = [process.communicate(timeout=120)[0].split() for process in counters]
    assert [process.returncode for process in counters] == [0, 0, 0]
    again = open_shop(shop_path, clock=lambda: AT)
    assert again.work.read(operations) == {line for lines in said for line in lines}
    assert again.work.read(loyalty.balance, customer) == 3 * 30 * POINTS_A_SALE
    again.close()
