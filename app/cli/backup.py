"""`regulars backup`: a verified copy, beside the shop or wherever it is sent."""

from pathlib import Path
from typing import Any

import click

from app.cli.frame import frame, options
from app.resources import safety
from app.storage.manifest import Copy


@click.command()
@options
@click.argument("file", type=click.Path(path_type=Path), required=False)
def backup(file: Path | None) -> None:
    """Copy the shop and check the copy; to FILE, into a folder, or among the shop's own backups."""
    called = frame()
    with called.open() as shop:
        copy = shop.work.copies.make("by-hand", file)
    called.answer(facts(copy), [safety.sentence("backed_up", called.language, file=copy.path)])


def facts(copy: Copy) -> dict[str, Any]:
    """What a copy holds, for a script."""
    manifest = copy.manifest
    return {
        "ok": True,
        "file": str(copy.path),
        "bytes": manifest.bytes,
        "sha256": manifest.sha256,
        "counts": manifest.counts,
        "points": manifest.points,
    }
