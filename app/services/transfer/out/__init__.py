"""Writing the shop's data out to files."""

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

__all__ = [
    "ENDINGS",
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
