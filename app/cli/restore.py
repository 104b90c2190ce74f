"""`regulars restore`: a verified return, with a copy of what was there made first and a full check after."""

from pathlib import Path

import click

from app.cli import check
from app.cli.frame import Frame, frame, options
from app.resources import safety
from app.storage.copies import Copies
from app.storage.errors import NotAShop, ShopDamaged, ShopMissing


@click.command()
@options
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def restore(file: Path) -> int:
    """Bring the copy FILE back into the shop. Exits 1 when the check after it finds anything."""
    called = frame()
    kept = _bring_back(called, file)
    with called.open() as shop:
        report = check.looked_over(shop)
    done = safety.sentence("restored" if kept else "restored_anew", called.language, file=kept)
    facts = {**check.facts(report), "safety": str(kept) if kept else None}
    called.answer(facts, [done, *check.sentences(report, called.language)])
    return 0 if report.ok else 1


def _bring_back(called: Frame, file: Path) -> Path | None:
    """Where what was there before is kept; a shop that cannot even be opened is replaced, and set aside."""
    try:
        with called.open() as shop:
            return shop.work.copies.restore(file).path
    except (ShopMissing, ShopDamaged):
        return Copies(called.path(), called.clock()).replace_lost(file)
    except NotAShop:
        if called.path().suffix != ".shop":
            raise
        return Copies(called.path(), called.clock()).replace_lost(file)
