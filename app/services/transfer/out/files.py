"""The file an export goes into: its ending must fit, and it is there whole or not at all."""

import contextlib
import errno
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.models.base import Base
from app.models.complaints import Complaint
from app.models.customers import Customer
from app.models.followups import FollowUp
from app.models.interactions import Interaction
from app.models.loyalty import PointEntry
from app.models.products import Product
from app.models.sales import Sale
from app.storage import journal
from app.storage.errors import DiskFull, DiskTrouble
from app.storage.manifest import settle

Progress = Callable[[int, int], None]
"""Hears how many of how many are done; it stops the export by raising."""

_TABLES = (".csv", ".xlsx")
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "customers": (*_TABLES, ".vcf"),
    "sales": _TABLES,
    "products": _TABLES,
    "interactions": _TABLES,
    "complaints": _TABLES,
    "points": _TABLES,
    "followups": (*_TABLES, ".ics"),
    "archive": (".zip",),
}
"""What can be written out, and the endings of the files it can go into."""
_KINDS: Mapping[str, type[Base]] = {
    "customers": Customer,
    "sales": Sale,
    "products": Product,
    "interactions": Interaction,
    "complaints": Complaint,
    "points": PointEntry,
    "followups": FollowUp,
    "archive": Customer,
}


class EndingUnfit(ShopError):
    """What is to be written does not go into a file of this ending; `fitting` names those it goes into."""


class FileUnwritable(ShopError):
    """The file cannot be written: another program holds it, or the folder may not be written."""


@dataclass(frozen=True, slots=True)
class Written:
    """An export that is complete beside its name, as `part`, and gets the name once it stands in the record.

    `rows`: people, lines, entries or cards; of an archive all rows. `shortened`: texts cut because a cell of a
    spreadsheet holds no more than 32,767 characters.
    """

    kind: str
    path: Path
    part: Path
    rows: int
    shortened: int = 0

    def discard(self) -> None:
        """Leave nothing of it."""
        with contextlib.suppress(OSError):
            self.part.unlink(missing_ok=True)


def fitting_ending(kind: str, path: Path) -> str:
    """The ending of a file, in lower case. Raises EndingUnfit."""
    ending = path.suffix.lower()
    if ending not in ENDINGS[kind]:
        raise EndingUnfit(ending=ending or "—", fitting=" ".join(ENDINGS[kind]))
    return ending


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """The name to write under; whatever goes wrong leaves nothing there.

    Raises FileUnwritable, DiskFull, DiskTrouble.
    """
    part = path.with_name(path.name + ".part")
    try:
        yield part
    except OSError as error:
        _forget(part)
        raise _trouble(error, path) from error
    except BaseException:
        _forget(part)
        raise


def hand_over(session: Session, written: Written) -> int:
    """Put the export in the record (who, what, how many), then give the file its name; returns the rows.

    An older file of that name is replaced. A write of its own, because the export itself may take longer than
    another counter should wait. Raises FileUnwritable, DiskFull, DiskTrouble; nothing of the export is left then.
    """
    facts = {"kind": written.kind, "rows": written.rows, "file": written.path.name}
    journal.note_act(session, _KINDS[written.kind], facts)
    with unfinished(written.path) as part:
        settle(part, written.path)
    return written.rows


def _trouble(error: OSError, path: Path) -> Exception:
    if error.errno == errno.ENOSPC:
        return DiskFull(path=str(path))
    if error.errno == errno.EIO:
        return DiskTrouble(path=str(path))
    return FileUnwritable(file=str(path))


def _forget(part: Path) -> None:
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)
