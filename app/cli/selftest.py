"""`regulars selftest`: whether this installation works, feature by feature; installers run it."""

import importlib
import os
import pkgutil
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import click

import app
from app.bootstrap import found_sample, open_shop
from app.cli.display import require_libraries
from app.cli.frame import frame, options

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SCRIPTS = ("app.storage.migrations.env", "app.storage.migrations.versions", "app.__main__")
"""Alembic runs these; they are no modules to import."""


@click.command()
@options
def selftest() -> None:
    """Open a sample shop, read files, draw a chart, copy and restore, switch languages; say ok."""
    called = frame()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    require_libraries()
    import_everything()
    with tempfile.TemporaryDirectory() as folder:
        shop = Path(folder) / "sample.shop"
        found_sample(shop, language="en", clock=lambda: AT, customers=40, years=1)
        _read_files(shop)
        _copy_and_restore(shop)
        _open_window(shop)
    called.answer({"ok": True, "version": version("regulars")}, [f"ok {version('regulars')}"])


def import_everything() -> None:
    """Import every module of the program: what a frozen program forgot is missed here, not at the counter."""
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if not module.name.startswith(SCRIPTS):
            importlib.import_module(module.name)


def _read_files(shop: Path) -> None:
    from openpyxl import Workbook

    from app.services import transfer
    from app.services.sample.words import texts

    table = shop.with_name("people.csv")
    table.write_bytes(f"Name,Phone\n{texts('zh_CN')['shop']},13800000001\n".encode("gb18030"))
    book = Workbook()
    for row in (["Name", "Phone"], ["Anna Smith", "13800000002"]):
        book.active.append(row)
    book.save(shop.with_name("people.xlsx"))
    opened = open_shop(shop, clock=lambda: AT)
    for path in (table, shop.with_name("people.xlsx")):
        plan = transfer.inspect_file(path, transfer.Kind.CUSTOMERS)
        outcome, _ = opened.work.write(transfer.import_customers, plan, at=AT)
        if outcome.created != 1:
            raise RuntimeError(f"{path.name}: {outcome}")
    opened.close()


def _copy_and_restore(shop: Path) -> None:
    from app.services.customers import EVERYONE, count

    opened = open_shop(shop, clock=lambda: AT)
    before = opened.work.read(count, EVERYONE)
    copy = opened.work.copies.make("selftest")
    opened.work.copies.restore(copy.path)
    if opened.work.read(count, EVERYONE) != before:
        raise RuntimeError("the restored shop differs")
    opened.close()


def _open_window(shop: Path) -> None:
    """Every scene in Chinese, which needs the more; in English the places, so that a switch is seen to work."""
    from app.views.shared.look import Theme
    from app.views.shell.places import PLACES
    from app.views.shell.screenshots import Setting, draw_all

    for language, scenes in (("zh_CN", ()), ("en", [place.name for place in PLACES])):
        setting = Setting(language, Theme.LIGHT)
        drawn = draw_all(shop, shop.parent / language, [setting], clock=lambda: AT, scenes=scenes)
        if not all((shop.parent / language / picture["file"]).stat().st_size for picture in drawn):
            raise RuntimeError("a picture is empty")
