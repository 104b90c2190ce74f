"""Bringing files in, taking an import back, and writing files out."""

from collections.abc import Callable, Mapping

from app.services.transfer.archive_in import ArchiveNeedsNewShop, ArchiveUnsound, bring_archive
from app.services.transfer.archive_manifest import (
    Archived,
    ArchiveDamaged,
    ArchiveOtherVersion,
    ArchiveUnsafe,
    NotAnArchive,
    is_archive,
    verify_archive,
)
from app.services.transfer.archive_out import export_archive
from app.services.transfer.balances_in import import_points
from app.services.transfer.batches import BatchRow, batches
from app.services.transfer.columns import DATES, FIELDS, Kind, is_repeatable
from app.services.transfer.complaints_in import import_complaints
from app.services.transfer.customers_in import import_customers
from app.services.transfer.followups_in import import_followups
from app.services.transfer.interactions_in import import_interactions
from app.services.transfer.known_by import KnownBy
from app.services.transfer.out import (
    ENDINGS,
    EXPORTS,
    EndingUnfit,
    FileUnwritable,
    Written,
    export_table,
    hand_over,
)
from app.services.transfer.outcome import (
    BatchUndone,
    BatchUnknown,
    ColumnsMissing,
    DateOrderUnknown,
    FileUnreadable,
    NoSuchColumn,
    NotAMapping,
    Outcome,
    Rehearsed,
    Rejection,
    SalesFigures,
)
from app.services.transfer.plan import Plan
from app.services.transfer.products_in import import_products
from app.services.transfer.reading import examine, guess_kind, inspect_file
from app.services.transfer.rejected import rejected_rows, write_rejected
from app.services.transfer.remembered import forget_mapping
from app.services.transfer.repairs import repaired
from app.services.transfer.sales_in import import_sales
from app.services.transfer.taking_back import Kept, TakenBack, undo_batch

IMPORTS: Mapping[Kind, Callable[..., Outcome]] = {
    Kind.CUSTOMERS: import_customers,
    Kind.SALES: import_sales,
    Kind.PRODUCTS: import_products,
    Kind.INTERACTIONS: import_interactions,
    Kind.COMPLAINTS: import_complaints,
    Kind.FOLLOWUPS: import_followups,
    Kind.POINTS: import_points,
}
"""What brings each kind of file in."""

__all__ = [
    "DATES",
    "ENDINGS",
    "EXPORTS",
    "FIELDS",
    "IMPORTS",
    "ArchiveDamaged",
    "ArchiveNeedsNewShop",
    "ArchiveOtherVersion",
    "ArchiveUnsafe",
    "ArchiveUnsound",
    "Archived",
    "BatchRow",
    "BatchUndone",
    "BatchUnknown",
    "ColumnsMissing",
    "DateOrderUnknown",
    "EndingUnfit",
    "FileUnreadable",
    "FileUnwritable",
    "Kept",
    "Kind",
    "KnownBy",
    "NoSuchColumn",
    "NotAMapping",
    "NotAnArchive",
    "Outcome",
    "Plan",
    "Rehearsed",
    "Rejection",
    "SalesFigures",
    "TakenBack",
    "Written",
    "batches",
    "bring_archive",
    "examine",
    "export_archive",
    "export_table",
    "forget_mapping",
    "guess_kind",
    "hand_over",
    "import_complaints",
    "import_customers",
    "import_followups",
    "import_interactions",
    "import_points",
    "import_products",
    "import_sales",
    "inspect_file",
    "is_archive",
    "is_repeatable",
    "rejected_rows",
    "repaired",
    "undo_batch",
    "verify_archive",
    "write_rejected",
]
