"""`regulars stats`: the figures of the insight screens."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from app.cli.frame import frame, options
from app.domain.money import currency, to_decimal_string
from app.services import insights
from app.services.settings import settings

DAY = click.DateTime(["%Y-%m-%d"])
PLACES = 4
"""Decimals of a share."""


@click.command()
@options
@click.option("--as-of", type=DAY, help="The day the groups are looked at; default today.")
@click.option("--from", "first", type=DAY, help="First day of the sales; default the very first.")
@click.option("--to", "last", type=DAY, help="Last day of the sales; default --as-of.")
def stats(as_of: datetime | None, first: datetime | None, last: datetime | None) -> None:
    """Print what the shop sold, to whom, and into which groups its customers fall."""
    called = frame()
    with called.open() as shop:
        rules = shop.work.read(settings)
        today = shop.clock().astimezone(ZoneInfo(rules.timezone)).date()
        found = shop.work.read(insights.figures, _day(as_of) or today, _day(first), _day(last))
    facts = _facts(found, currency(rules.currency).digits)
    called.answer(facts, _lines(facts))


def _day(given: datetime | None) -> date | None:
    return None if given is None else given.date()


def _facts(found: insights.Figures, digits: int) -> dict[str, Any]:
    """As cli.md has it: money as decimal strings, shares with four decimals (null where there is nobody to count)."""

    def money(minor: int) -> str:
        return to_decimal_string(minor, digits)

    repeat = found.repeat.value
    return {
        "customers": found.customers,
        "buyers": found.buyers,
        "sales": found.sales,
        "lines": found.lines,
        "revenue": money(found.revenue),
        "returns": money(found.returns),
        "net": money(found.net),
        "average_sale": money(found.average_sale),
        "repeat_rate": None if repeat is None else round(repeat, PLACES),
        "top": [
            {"id": one.id, "external_id": one.external_id, "name": one.name, "revenue": money(one.revenue)}
            for one in found.top
        ],
        "top20_share": round(found.top20.revenue_share, PLACES) if found.buyers else None,
        "abc": found.abc,
        "tiers": found.tiers,
        "rfm": found.rfm,
        "phases": found.phases,
        "stages": found.stages,
        "months": [{"month": one.month, "revenue": money(one.revenue), "sales": one.sales} for one in found.months],
        "complaints": found.complaints,
    }


def _lines(facts: dict[str, Any]) -> Iterator[str]:
    for name, value in facts.items():
        if isinstance(value, dict):
            yield f"{name:13} {'  '.join(f'{code} {count}' for code, count in value.items())}"
        elif isinstance(value, list):
            yield name
            for row in value:
                yield "  " + "  ".join(str(cell) for cell in row.values() if cell is not None)
        else:
            yield f"{name:13} {'' if value is None else value}"
