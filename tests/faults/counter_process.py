"""A till in a process of its own: sells to one customer, one posting after another, and says each once it is safe.

Called as `python -m tests.faults.counter_process SHOP CUSTOMER PREFIX COUNT [THREADS]`; COUNT is of each thread. Every
third sale is paid with points as far as there are any, so that each reads what the others have written.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app.bootstrap import Shop, open_shop
from app.domain.errors import ShopError
from app.services.till import Ticket, TicketLine, sell

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
POINTS = 100


def main(path: str, customer: str, prefix: str, count: str, threads: str = "1") -> None:
    shop = open_shop(Path(path), clock=lambda: AT)
    ticket = Ticket(int(customer), (TicketLine(unit_price=1_000_000, description="Tea"),))
    with ThreadPoolExecutor(int(threads)) as pool:
        names = [prefix if threads == "1" else f"{prefix}-{thread}" for thread in range(int(threads))]
        list(pool.map(lambda name: _sell(shop, ticket, name, int(count)), names))
    shop.close()


def _sell(shop: Shop, ticket: Ticket, name: str, count: int) -> None:
    for number in range(count):
        operation = f"{name}-{number}"
        if number % 3 or not _spend(shop, ticket, operation):
            shop.work.write(sell, ticket, operation_id=operation, at=AT)
        sys.stdout.write(operation + "\n")
        sys.stdout.flush()


def _spend(shop: Shop, ticket: Ticket, operation: str) -> bool:
    try:
        shop.work.write(sell, replace(ticket, points=POINTS), operation_id=operation, at=AT)
    except ShopError:  # another till was quicker
        return False
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
