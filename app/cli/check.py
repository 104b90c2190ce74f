"""`regulars check`: the full check of file, ledgers and caches."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import click

from app.bootstrap import Shop
from app.cli.frame import frame, options
from app.resources import safety
from app.services import backup
from app.services.settings import settings


@click.command()
@options
@click.option("--mend", is_flag=True, help="Work figures, tiers and search out anew; facts are never touched.")
def check(mend: bool) -> int:
    """Prove that the shop is whole. Exits 1 when it is not."""
    called = frame()
    with called.open() as shop:
        if mend:
            shop.work.write(backup.rebuild, _today(shop))
        report = looked_over(shop)
    called.answer(facts(report), sentences(report, called.language))
    return 0 if report.ok else 1


def looked_over(shop: Shop) -> backup.Report:
    """The report on an open shop, as of its own day."""
    return shop.work.read(backup.check, _today(shop))


def facts(report: backup.Report) -> dict[str, Any]:
    """The report, for a script."""
    return {
        "ok": report.ok,
        "problems": [
            {"code": problem.code.value, "count": problem.count, "ids": list(problem.ids), "mendable": problem.mendable}
            for problem in report.problems
        ],
        "customers": report.customers,
        "sales": report.sales,
        "point_entries": report.point_entries,
    }


def sentences(report: backup.Report, language: str) -> list[str]:
    """The report, for a person."""
    if report.ok:
        counts = {"customers": report.customers, "sales": report.sales, "point_entries": report.point_entries}
        return [safety.sentence("all_well", language, **counts)]
    return [safety.fault(problem.code, problem.count, problem.ids, language) for problem in report.problems]


def _today(shop: Shop) -> date:
    return shop.clock().astimezone(ZoneInfo(shop.work.read(settings).timezone)).date()
