"""`regulars undo`: takes an import back, and says what stays because it was used since."""

import click

from app.cli.frame import frame, options
from app.resources import transfer as words
from app.services.transfer import Rehearsed, TakenBack, undo_batch


@click.command("undo")
@options
@click.argument("batch", type=click.IntRange(min=1))
@click.option("--dry-run", is_flag=True, help="Only say what would go and what would stay.")
def take_back(batch: int, dry_run: bool) -> None:
    """Take the import BATCH back; what was used since stays and is listed."""
    called = frame()
    with called.open() as shop:
        try:
            found, _ = shop.work.write(undo_batch, batch, at=shop.clock(), rehearse=dry_run)
        except Rehearsed as told:
            assert isinstance(told.outcome, TakenBack)
            found = told.outcome
    kept = [{"kind": one.kind, "id": one.id, "title": one.title} for one in found.kept]
    done = words.answer(
        "would_remove" if dry_run else "removed", called.language, removed=found.removed, kept=len(kept)
    )
    shown = [f"  {words.answer(one.kind, called.language)} {one.id}  {one.title}" for one in found.kept]
    facts = {"removed": found.removed, "kept": kept}
    if found.archived:
        facts["archived"] = found.archived
        shown.append(words.answer("would_archive" if dry_run else "archived", called.language, archived=found.archived))
    called.answer(facts, [done, *shown])
