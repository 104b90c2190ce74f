"""`regulars personal-data`: all that is kept about one customer, in one file for the person themselves."""

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from app.cli.frame import frame, options
from app.cli.whom import one_customer, whom
from app.resources import privacy as words
from app.services import customers, privacy
from app.services.privacy import PersonWords
from app.services.settings import settings
from app.services.transfer import EndingUnfit


@click.command("personal-data")
@options
@one_customer
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def personal_data(number: str, external: bool, file: Path) -> None:
    """Write all that is kept about customer NUMBER to FILE, a .zip: a page to read and data for a program."""
    called = frame()
    if file.suffix.lower() != ".zip":
        raise EndingUnfit(ending=file.suffix or "—", fitting=".zip")
    with called.open() as shop:
        of, kept = whom(shop, number, external=external), shop.work.read(settings)
        today = shop.clock().astimezone(ZoneInfo(kept.timezone)).date()
        card = shop.work.read(customers.card, of, today)
        title, lines = words.heads(called.language, shop=kept.name, name=card.name, day=today, currency=kept.currency)
        language = called.language
        said = PersonWords(
            language.replace("_", "-"), title, lines, lambda section, code: words.say(section, code, language)
        )
        rows, _ = shop.work.write(privacy.export_person, of, file, said, at=shop.clock())
    called.answer(
        {"customer": of, "written": rows, "file": str(file)},
        [words.text("written", called.language, rows=str(rows), file=str(file))],
    )
