"""The composition root: the only place that builds things and hands them out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.staff import Actor, Role
from app.services import settings
from app.services.permissions import require
from app.services.staff import OWNER_ID
from app.storage.copies import Copies
from app.storage.journal import Journal
from app.storage.last_shop import last_shop, remember_shop
from app.storage.shop_file import create_file, open_file
from app.storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from app.services import sample, transfer

__all__ = [
    "OWNER",
    "Clock",
    "Shop",
    "found_from_archive",
    "found_sample",
    "found_shop",
    "last_shop",
    "open_shop",
    "remember_shop",
    "system_clock",
    "unit_of_work",
]

Clock = Callable[[], datetime]
OWNER = Actor(OWNER_ID, Role.OWNER)


def system_clock() -> datetime:
    """The machine's moment; everything below views and cli is handed one."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Shop:
    """An open shop: its file, and the unit of work through which everything is read and written."""

    path: Path
    work: UnitOfWork
    clock: Clock

    def close(self) -> None:
        self.work.close()


def unit_of_work(path: Path, engine: Engine, clock: Clock, actor: Actor = OWNER) -> UnitOfWork:
    return UnitOfWork(path, engine, actor=actor, clock=clock, require=require, derive=(_derive,))


def _derive(session: Session, book: Journal) -> None:
    """Rebuild what follows from a write; imported at the first one, because a window begins by reading."""
    from app.services import derived

    for derive in derived.ALL:
        derive(session, book)


def found_shop(
    path: Path, *, name: str, currency: str, timezone: str, language: str = "zh_CN", clock: Clock = system_clock
) -> None:
    """Create a new shop file with the defaults of semantics.md; what it prints for customers is in `language`.

    Raises ShopExists when something lies at `path`.
    """
    ZoneInfo(timezone)
    create_file(path, lambda engine: _furnish(unit_of_work(path, engine, clock), name, currency, timezone, language))


def found_sample(
    path: Path, *, language: str = "zh_CN", clock: Clock = system_clock, **story: Any
) -> "sample.SampleShop":
    """Create a new file with the sample shop as it stands now; `story` as `sample.make_sample` takes it.

    Raises ShopExists when something lies at `path`, Cancelled when its `progress` does; no file is left then.
    """
    from app.services import sample
    from app.services.sample.words import texts

    made: list[sample.SampleShop] = []

    def furnish(engine: Engine) -> None:
        work = unit_of_work(path, engine, clock)
        _furnish(work, texts(language)["shop"], "CNY", "Asia/Shanghai", language)
        made.append(work.write(sample.make_sample, until=clock(), language=language, **story)[0])

    create_file(path, furnish)
    return made[0]


def found_from_archive(
    path: Path,
    archive: Path,
    *,
    clock: Clock = system_clock,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> "transfer.Archived":
    """Create a new file of an open archive, equal to the shop the archive was written from, and check it in full.

    Raises ShopExists when something lies at `path`, what `transfer.bring_archive` raises, and ArchiveUnsound when the
    check finds damage; no file is left then.
    """
    from app.services import backup, transfer

    made: list[transfer.Archived] = []

    def furnish(engine: Engine) -> None:
        work, today = unit_of_work(path, engine, clock), clock().date()
        made.append(work.write(transfer.bring_archive, archive, day=today, progress=progress)[0])
        report = work.read(backup.check, today)
        if not report.ok:
            raise transfer.ArchiveUnsound(problems=len(report.problems))

    create_file(path, furnish)
    return made[0]


def _furnish(work: UnitOfWork, name: str, currency: str, timezone: str, language: str) -> None:
    from app.services import complaints, followups, loyalty, sales

    said = {"name": name, "currency": currency, "timezone": timezone, "slip_language": language}
    work.write(settings.change, said)
    work.write(sales.found_methods)
    work.write(complaints.found_categories)
    work.write(complaints.found_causes)
    work.write(loyalty.found_tiers)
    work.write(followups.found_rules, work.clock().astimezone(ZoneInfo(timezone)).date())


def open_shop(path: Path, *, clock: Clock = system_clock, actor: Actor = OWNER) -> Shop:
    """Open an existing shop.

    Raises StorageError (missing, not a shop, damaged, newer); the file is then untouched.
    """
    engine = open_file(path, before_upgrade=lambda: Copies(path, clock).make("before-upgrade"))
    return Shop(path, unit_of_work(path, engine, clock, actor), clock)
