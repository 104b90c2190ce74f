"""Writing the shop's data out to files."""

from collections.abc import Collection
from pathlib import Path

from sqlalchemy.orm import Session

from app.services.transfer.out.customers import export_customers
from app.services.transfer.out.files import ENDINGS, EndingUnfit, FileUnwritable, Progress, Written, hand_over
from app.services.transfer.out.followups import export_followups
from app.services.transfer.out.ledgers import LEDGERS, export_ledger
from app.services.transfer.out.tables import no_progress

EXPORTS = ("customers", *LEDGERS, "followups")
"""What is written as tables, vCards and calendars; the archive, which needs a moment, is apart."""


def export_table(
    session: Session,
    kind: str,
    path: Path,
    ids: Collection[int] | None = None,
    *,
    language: str = "en",
    progress: Progress = no_progress,
    reminds: bool = False,
) -> Written:
    """Write these of a kind (of `EXPORTS`), or all, into a file as its ending says.

    `reminds`: the events of a calendar come with an alarm.

    The file is complete beside its name until `hand_over` puts it in the record.
    Raises EndingUnfit, FileUnwritable, DiskFull, DiskTrouble, and what `progress` raises; nothing is left then.
    """
    if kind == "followups":
        return export_followups(session, path, ids, language=language, progress=progress, reminds=reminds)
    if kind == "customers":
        return export_customers(session, path, ids, language=language, progress=progress)
    return export_ledger(session, kind, path, ids, language, progress)


__all__ = [
    "ENDINGS",
    "EXPORTS",
    "EndingUnfit",
    "FileUnwritable",
    "Written",
    "export_table",
    "hand_over",
]
