"""Writes customers out: a table with all that the cards say, or vCards for phones."""

from collections.abc import Collection
from pathlib import Path

from sqlalchemy.orm import Session

from app.formats.code_words import word
from app.services.customers.tier_marks import tier_marks
from app.services.transfer.out.customer_columns import columns
from app.services.transfer.out.files import Progress, Written, fitting_ending, unfinished
from app.services.transfer.out.people import base_of, people, photo_of
from app.services.transfer.out.tables import no_progress, write_table

KIND = "customers"


def export_customers(
    session: Session,
    path: Path,
    ids: Collection[int] | None = None,
    *,
    language: str = "en",
    progress: Progress = no_progress,
) -> Written:
    """Write these customers, or everybody who is not in the archive, to a .csv, .xlsx or .vcf file.

    The file is complete beside its name until `hand_over` puts it in the record.
    Raises EndingUnfit, FileUnwritable, DiskFull, DiskTrouble, and what `progress` raises; nothing is left then.
    """
    base, connection = base_of(session), session.connection()
    found = people(connection, base.zone, ids, progress)
    if fitting_ending(KIND, path) == ".vcf":
        from app.formats.vcard_out import write_vcards
        from app.services.transfer.out.vcards import card_of

        with unfinished(path) as part:
            cards = (card_of(person, base, photo_of(connection, person.id)) for person in found)
            return Written(KIND, path, part, write_vcards(part, cards))
    tiers = {
        rank: mark.own_name(language) or word("tier", mark.code, language) for rank, mark in tier_marks(session).items()
    }
    wanted = columns(base, tiers, language)
    rows = ([column.say(person) for column in wanted] for person in found)
    return write_table(KIND, path, word("kind", KIND, language), [column.title for column in wanted], rows)
