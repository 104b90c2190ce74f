"""A till in a process of its own that charges one ticket, and says whether it was posted or why it was refused.

Called as `python -m tests.rewards.spending_process SHOP TICKET OPERATION`; the ticket as it is kept, in JSON.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from app.bootstrap import open_shop
from app.domain.errors import ShopError
from app.services.till import read_ticket, sell

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def main(path: str, ticket: str, operation: str) -> None:
    shop = open_shop(Path(path), clock=lambda: AT)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    try:
        shop.work.write(sell, read_ticket(json.loads(ticket)), operation_id=operation, at=AT)
        sys.stdout.write("posted\n")
    except ShopError as refusal:
        sys.stdout.write(f"{refusal.code}\n")
    shop.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
