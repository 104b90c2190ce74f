"""`regulars import`: a file of customers, sales, goods or logs after a verified copy of the shop, or a whole shop."""

import json
from pathlib import Path
from typing import Any

import click

from app.bootstrap import Shop, found_from_archive
from app.cli.frame import Frame, frame, options
from app.cli.stopping import stoppable
from app.domain.money import currency, to_decimal_string
from app.resources import transfer as words
from app.services import transfer
from app.services.settings import settings
from app.services.transfer import ColumnsMissing, Kind, KnownBy, NotAMapping, Outcome, Plan, Rehearsed

ARCHIVE = "archive"


@click.command("import")
@options
@click.argument("kind", type=click.Choice([*(kind.value for kind in Kind), ARCHIVE]))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--mapping", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="JSON: field to column.")
@click.option("--encoding", help="How the text is written: utf-8, gb18030, big5 …")
@click.option("--sheet", help="Which sheet of a spreadsheet; * for all that have the same headers.")
@click.option("--date-order", type=click.Choice(["ymd", "dmy", "mdy"]), help="Where the column does not tell itself.")
@click.option(
    "--update-by",
    type=click.Choice([way.value for way in KnownBy]),
    default=KnownBy.AUTO.value,
    help="How known customers are found: by number, else name and phone together (auto); by one; or never (new).",
)
@click.option("--earn", is_flag=True, help="Past sales earn points.")
@click.option("--dry-run", is_flag=True, help="Only say what would come of it.")
def bring_in(
    kind: str,
    file: Path,
    mapping: Path | None,
    encoding: str | None,
    sheet: str | None,
    date_order: str | None,
    update_by: str,
    earn: bool,
    dry_run: bool,
) -> None:
    """Bring in FILE (CSV, XLSX, vCard for customers, ICS for follow-ups) of KIND, whole or not at all.

    An archive becomes a new shop, named by --shop.
    """
    called = frame()
    if kind == ARCHIVE:
        _found(called, file, dry_run=dry_run)
        return
    with called.open() as shop:
        plan = transfer.inspect_file(file, kind, encoding, sheet, _mapping(mapping), date_order)
        if plan.missing:
            raise ColumnsMissing(columns=words.missing(plan.missing, called.language))
        outcome = _run(called, shop, plan, dry_run=dry_run, earn=earn, known_by=update_by)
        digits = currency(shop.work.read(settings).currency).digits
    rejects = None if dry_run or not outcome.rejected else _write_rejects(called, shop.path, plan, outcome)
    facts = _facts(called, plan, outcome, digits, rejects)
    if dry_run:
        facts["batch"] = None
    called.answer(facts, _lines(called, plan, outcome, facts))


def _found(called: Frame, file: Path, *, dry_run: bool) -> None:
    """A shop of its own; without --shop it lies beside the archive, under its name."""
    path = called.shop or file.with_suffix(".shop")
    if dry_run:
        archived = transfer.verify_archive(file)
    else:
        with called.progress(words.answer("bringing", called.language)) as bar, stoppable(bar) as progress:
            archived = found_from_archive(path, file, clock=called.clock(), progress=progress)
        called.remember(path)
    facts = dict.fromkeys(("updated", "unchanged", "skipped", "rejected"), 0)
    facts |= {"read": archived.total, "created": archived.total}
    last = "dry_run" if dry_run else "archive_in"
    line = words.answer(last, called.language, rows=archived.total, shop=path)
    called.answer({"batch": None, **facts, "shop": None if dry_run else str(path)}, [line])


def _run(called: Frame, shop: Shop, plan: Plan, *, dry_run: bool, earn: bool, known_by: str) -> Outcome:
    if not dry_run:
        shop.work.copies.make("before-import")
    more: dict[Kind, dict[str, Any]] = {Kind.SALES: {"earn": earn}, Kind.CUSTOMERS: {"known_by": known_by}}
    with called.progress(words.answer("bringing", called.language)) as bar, stoppable(bar) as progress:
        try:
            how = more.get(plan.kind, {})
            act = transfer.IMPORTS[plan.kind]
            outcome, _ = shop.work.write(act, plan, at=shop.clock(), rehearse=dry_run, progress=progress, **how)
        except Rehearsed as told:
            assert isinstance(told.outcome, Outcome)
            return told.outcome
    return outcome


def _mapping(file: Path | None) -> dict[str, str | int | None] | None:
    if file is None:
        return None
    try:
        said = json.loads(file.read_text(encoding="utf-8-sig"))
    except ValueError:
        raise NotAMapping from None
    if not isinstance(said, dict) or not all(
        place is None or (isinstance(place, str | int) and not isinstance(place, bool)) for place in said.values()
    ):
        raise NotAMapping
    return said


def _write_rejects(called: Frame, shop: Path, plan: Plan, outcome: Outcome) -> Path:
    """Beside the file that was brought in, or beside the shop where that folder cannot be written."""
    titles = (words.answer("line", called.language), words.answer("why", called.language))

    def write(folder: Path) -> Path:
        target = _free(folder, f"{plan.path.stem}-rejected", ".vcf" if plan.contacts else ".csv")
        transfer.write_rejected(
            target, plan, outcome.rejections, titles, lambda one: words.reason(one.code, called.language)
        )
        return target

    try:
        return write(plan.path.parent)
    except OSError:
        return write(shop.parent)


def _free(folder: Path, stem: str, ending: str) -> Path:
    number, target = 1, folder / f"{stem}{ending}"
    while target.exists():
        number += 1
        target = folder / f"{stem}-{number}{ending}"
    return target


def _facts(called: Frame, plan: Plan, outcome: Outcome, digits: int, rejects: Path | None) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "batch": outcome.batch,
        "read": outcome.read,
        "created": outcome.created,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "skipped": outcome.skipped,
        "rejected": outcome.rejected,
        "rejects_file": None if rejects is None else str(rejects),
        "encoding": plan.encoding,
        "mapping": {field: plan.header(column) for field, column in plan.columns.items()},
        "warnings": [words.warning(code, count, called.language) for code, count in outcome.warnings.items()],
    }
    if outcome.sales is not None:
        facts |= {
            "sales": outcome.sales.sales,
            "customers_created": outcome.sales.customers_created,
            "anonymous_lines": outcome.sales.anonymous_lines,
            "return_lines": outcome.sales.return_lines,
            "net_total": to_decimal_string(outcome.sales.net_total, digits),
        }
        if outcome.sales.points_earned is not None:
            facts["points_earned"] = outcome.sales.points_earned
    return facts


def _lines(called: Frame, plan: Plan, outcome: Outcome, facts: dict[str, Any]) -> list[str]:
    language = called.language
    lines = [words.answer("counts", language, **facts)]
    if outcome.sales is not None:
        lines.append(words.answer("sales", language, **facts))
        if outcome.sales.points_earned is not None:
            lines.append(words.answer("points_earned", language, **facts))
    lines += facts["warnings"]
    lines += [
        words.rejection(plan.place(one.line), one.code, one.column, one.value, language)
        for one in outcome.rejections[:10]
    ]
    if facts["rejects_file"]:
        lines.append(words.answer("rejects_file", language, file=facts["rejects_file"]))
    last = "dry_run" if facts["batch"] is None else "batch"
    return [*lines, words.answer(last, language, batch=facts["batch"])]
