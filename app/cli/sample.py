"""`regulars sample`: a believable shop to look around in and to measure with."""

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from app.bootstrap import found_sample
from app.cli.frame import frame, options
from app.services.sample.make import SEED

DEFAULT_FILE = Path("sample.shop")
ZONE = ZoneInfo("Asia/Shanghai")


@click.command()
@options
@click.option("--customers", default=400, show_default=True, type=click.IntRange(1, 390_000))
@click.option("--years", default=2, show_default=True, type=click.IntRange(1, 20))
@click.option("--seed", default=SEED, show_default=True, type=int)
def sample(customers: int, years: int, seed: int) -> None:
    """Create a sample shop: the same seed and day give the same shop."""
    called = frame()
    path = called.shop or DEFAULT_FILE
    with called.progress(str(path)) as progress:
        made = found_sample(
            path,
            language=called.language,
            clock=called.clock(ZONE),
            customers=customers,
            years=years,
            seed=seed,
            progress=progress,
        )
    called.remember(path)
    facts = {"shop": str(path), "customers": made.customers, "sales": made.sales}
    called.answer(facts, (f"{name:10} {value}" for name, value in facts.items()))
