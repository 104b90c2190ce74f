"""`regulars search`: as Ctrl+K."""

from typing import Any

import click

from app.cli.frame import frame, options
from app.services import search as finding


@click.command()
@options
@click.argument("text")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1))
def search(text: str, limit: int) -> None:
    """Find people, goods and complaints by any part of them."""
    called = frame()
    with called.open() as shop:
        hits = shop.work.read(finding.find, text, limit)
    found = [_facts(hit) for hit in hits]
    called.answer(
        {"results": found},
        (f"{fact['kind']:10} {fact['id']:>6}  {fact['title']}  {fact['subtitle']}" for fact in found),
    )


def _facts(hit: finding.Hit) -> dict[str, Any]:
    matched = [hit.title[start:end] for start, end in hit.spans]
    for part in hit.parts:
        matched += [part.text[start:end] for start, end in part.spans]
    return {
        "kind": hit.kind.value,
        "id": hit.id,
        "title": hit.title,
        "subtitle": " · ".join(part.text for part in hit.parts if part.text),
        "matched": matched,
    }
