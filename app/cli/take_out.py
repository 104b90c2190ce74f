"""`regulars export`: customers, sales, goods and the rest in a file, or the whole shop in one open archive."""

from pathlib import Path

import click

from app.bootstrap import Shop
from app.cli.frame import Frame, frame, options
from app.cli.stopping import stoppable
from app.resources import transfer as words
from app.services import transfer
from app.services.transfer import Written


@click.command("export")
@options
@click.argument("kind", type=click.Choice(list(transfer.ENDINGS)))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def take_out(kind: str, file: Path) -> None:
    """Write all of KIND to FILE, as its ending says: .csv .xlsx .vcf .ics .zip; an older FILE is replaced."""
    called = frame()
    with called.open() as shop:
        written = _written(called, shop, kind, file)
        try:
            shop.work.write(transfer.hand_over, written)
        except BaseException:
            written.discard()
            raise
    lines = [words.answer("written", called.language, written=written.rows, file=file)]
    if written.shortened:
        lines.append(words.answer("shortened", called.language, shortened=written.shortened))
    called.answer({"written": written.rows}, lines)


def _written(called: Frame, shop: Shop, kind: str, file: Path) -> Written:
    with called.progress(words.answer("writing", called.language)) as bar, stoppable(bar) as progress:
        if kind == "archive":
            return shop.work.read(transfer.export_archive, file, at=shop.clock(), progress=progress)
        written = shop.work.read(transfer.export_table, kind, file, language=called.language, progress=progress)
    assert isinstance(written, Written)
    return written
