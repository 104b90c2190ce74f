"""Writing the shop's data out to files."""

from collections.abc import Callable, Mapping

from app.services.transfer.out.customers import export_customers
from app.services.transfer.out.files import ENDINGS, EndingUnfit, FileUnwritable, Written, hand_over
from app.services.transfer.out.followups import export_followups
from app.services.transfer.out.ledgers import (
    export_complaints,
    export_interactions,
    export_points,
    export_products,
    export_sales,
)

EXPORTS: Mapping[str, Callable[..., Written]] = {
    "customers": export_customers,
    "sales": export_sales,
    "products": export_products,
    "interactions": export_interactions,
    "complaints": export_complaints,
    "points": export_points,
    "followups": export_followups,
}
"""What writes each kind of table, vCards and calendars; the archive, which needs a moment, is apart."""

__all__ = [
    "ENDINGS",
    "EXPORTS",
    "EndingUnfit",
    "FileUnwritable",
    "Written",
    "export_complaints",
    "export_customers",
    "export_followups",
    "export_interactions",
    "export_points",
    "export_products",
    "export_sales",
    "hand_over",
]
