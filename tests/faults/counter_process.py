"""A till in a process of its own: sells to one customer, one posting after another, and says each once it is safe.

Called as `python -m tests.faults.counter_process SHOP CUSTOMER PREFIX COUNT`.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from app.bootstrap import open_shop
from app.services.till import Ticket, TicketLine, sell

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def main(path: str, customer: str, prefix: str, count: str) -> None:
    shop = open_shop(Path(path), clock=lambda: AT)
    ticket = Ticket(int(customer), (TicketLine(unit_price=100_000, description="Tea"),))
    for number in range(int(count)):
        operation = f"{prefix}-{number}"
        shop.work.write(sell, ticket, operation_id=operation, at=AT)
        sys.stdout.write(operation + "\n")
        sys.stdout.flush()
    shop.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
