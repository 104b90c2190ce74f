"""`regulars erase`: takes a person out of the file at their wish, after saying what that means."""

from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

import click

from app.bootstrap import Shop
from app.cli.frame import Frame, frame, options
from app.cli.whom import one_customer, whom
from app.resources import privacy as words
from app.services import privacy
from app.services.privacy import ErasureForeseen
from app.services.settings import settings

NOT_SURE = 1


@click.command()
@options
@one_customer
@click.option("--yes", is_flag=True, help="Do it. Without it the command only says what would go and what stays.")
def erase(number: str, external: bool, yes: bool) -> int:
    """Erase customer NUMBER for good; sales, points and tiers stay under the number. It cannot be taken back."""
    called = frame()
    with called.open() as shop:
        seen = _foreseen(shop, whom(shop, number, external=external))
        if not yes:
            return _ask(called, seen)
        done, changes = shop.work.write(privacy.erase, seen.customer_id, at=shop.clock())
    left = list(changes.files_left)
    facts = {"customer": seen.customer_id, **asdict(done), "copies_until": seen.copies_until.isoformat()}
    facts["files_left"] = left
    lines = [
        words.text("erased", called.language, number=f"#{seen.customer_id}", removed=str(done.removed)),
        words.text("copies", called.language, day=seen.copies_until.isoformat()),
    ]
    if left:
        lines.append(words.text("files_left", called.language, files=", ".join(left)))
    called.answer(facts, lines)
    return 0


def _foreseen(shop: Shop, customer_id: int) -> ErasureForeseen:
    zone = ZoneInfo(shop.work.read(settings).timezone)
    return shop.work.read(privacy.foresee_erasure, customer_id, shop.clock().astimezone(zone).date())


def _ask(called: Frame, seen: ErasureForeseen) -> int:
    """Nothing was done: the answer tells what would be, and the exit code says that it was not."""
    facts: dict[str, Any] = {**asdict(seen), "copies_until": seen.copies_until.isoformat()}
    counts = {name: str(value) for name, value in facts.items()}
    if called.as_json:
        called.answer({"erased": False, **facts}, [])
    click.echo(words.text("would_erase", called.language, **counts), err=True)
    return NOT_SURE
