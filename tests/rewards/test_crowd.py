"""Two tills spend the last of it at once: one wins, the other is refused in words, and the books hold."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.bootstrap import Shop, open_shop
from app.domain.rewards.kinds import PlanKind
from app.services import backup, rewards, till
from app.services.till import kept_ticket
from tests.rewards.spending_process import AT
from tests.rewards.test_at_the_till import Shelf
from tests.till.counter import Counter


def charge_at_once(path: Path, ticket: till.Ticket) -> list[str]:
    """What two processes say that charge the same at the same moment."""
    kept = json.dumps(kept_ticket(ticket))
    command = [sys.executable, "-m", "tests.rewards.spending_process", str(path), kept]
    tills = [
        subprocess.Popen([*command, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        for name in ("front", "back")
    ]
    for process in tills:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in tills:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return sorted(process.communicate(timeout=60)[0].strip() for process in tills)


@pytest.mark.parametrize(
    ("what", "refusal"),
    [("coupon", "coupon_used"), ("stored", "not_enough_stored"), ("stamps", "not_enough_on_card")],
)
def test_the_last_of_it_is_spent_once(shop: Shop, what: str, refusal: str) -> None:
    shelf = Shelf(Counter(shop.work))
    if what == "coupon":
        code = shelf.coupon(rewards.KindDraft("Ten off", amount=1000))
        ticket = shelf.ticket((shelf.tea, 1), coupons=(code,))
    elif what == "stored":
        shelf.sell(till.Ticket(shelf.ann, cards=(till.CardSale(amount=3000),)))
        ticket = shelf.ticket((shelf.tea, 1), payment="stored")
    else:
        plan = shelf.plan(PlanKind.STAMPS, units=4, category="Tea")
        shelf.sell(shelf.ticket((shelf.tea, 4)))
        ticket = shelf.ticket((shelf.tea, 1), uses=(till.CardUse(plan),))
    path = shop.path
    shop.close()
    assert charge_at_once(path, ticket) == sorted([refusal, "posted"])
    again = open_shop(path, clock=lambda: AT)
    assert again.work.read(backup.check, AT.date()).problems == ()
    again.close()
