"""Looks at the ledger of a shop row by row: what must hold on every day of it."""

from collections import defaultdict
from datetime import date
from typing import Any

from app.services import backup
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import asked

TODAY = date(2026, 11, 23)


def balances(work: UnitOfWork) -> dict[str, int]:
    """Number of the old system → points, of everyone who has or had any."""
    found = asked(
        work,
        "SELECT c.external_id, sum(p.points) FROM point_entries p JOIN customers c ON c.id = p.customer_id GROUP BY 1",
    )
    return dict(found)


def rows_of(work: UnitOfWork, customer: str = "M1") -> list[tuple[Any, ...]]:
    """Day, kind, points, the sale's number: the movements of one customer in the order of the ledger."""
    return list(
        asked(
            work,
            "SELECT p.shop_day, p.kind, p.points, s.number FROM point_entries p "
            "JOIN customers c ON c.id = p.customer_id "
            f"LEFT JOIN sales s ON s.id = p.sale_id WHERE c.external_id = '{customer}' ORDER BY p.at, p.id",
        )
    )


def require_sound(work: UnitOfWork, today: date = TODAY) -> None:
    """On every day: no lot short, lots less debt are the balance; figures, sums and tiers as the check wants them."""
    by_customer: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows = asked(work, "SELECT customer_id, id, points, opens_lot, lot_id, at FROM point_entries ORDER BY at, id")
    for customer, *row in rows:
        by_customer[customer].append(tuple(row))
    for mine in by_customer.values():
        lots: defaultdict[int, int] = defaultdict(int)
        loose = 0
        for number, points, opens_lot, lot, _at in mine:
            if opens_lot or lot is not None:
                lots[number if opens_lot else lot] += points
                assert min(lots.values()) >= 0, mine
            else:
                loose += points
            assert sum(lots.values()) - max(0, -loose) == sum(lots.values()) + loose, mine
    report = work.read(backup.check, today)
    assert report.problems == ()
