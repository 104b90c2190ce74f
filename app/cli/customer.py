"""`regulars customer`: the whole card."""

import dataclasses
import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from app.cli.frame import frame, options
from app.cli.whom import one_customer, whom
from app.services import customers
from app.services.settings import settings


@click.command()
@options
@one_customer
def customer(number: str, external: bool) -> None:
    """Show everything on the card of one customer."""
    called = frame()
    with called.open() as shop:
        customer_id = whom(shop, number, external=external)
        zone = shop.work.read(settings).timezone
        card = shop.work.read(customers.card, customer_id, _today(shop.clock(), zone))
    facts = plain(card)
    called.answer(facts, json.dumps(facts, ensure_ascii=False, indent=2).splitlines())


def plain(value: Any) -> Any:
    """A frozen record as JSON has it: names to values, days and moments as text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, list | tuple | frozenset):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def _today(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()
