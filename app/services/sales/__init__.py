"""Sales and their lines, and the ways to pay."""

from typing import TYPE_CHECKING

from app.facade import facade

if TYPE_CHECKING:
    from app.services.sales.bills import DaySales, LineRow, SaleCard, SaleRow, day_sales, next_number, sale, sales_of
    from app.services.sales.finding import FoundSale, last_sales, sales_by_number, sales_to_people, slip_code
    from app.services.sales.methods import (
        LastMethod,
        MethodNameTaken,
        MethodNeedsAName,
        MethodRow,
        add_method,
        archive_method,
        found_methods,
        methods,
        move_method,
        rename_method,
        unarchive_method,
    )
else:
    facade(
        __name__,
        finding="FoundSale last_sales sales_by_number sales_to_people slip_code",
        bills="DaySales LineRow SaleCard SaleRow day_sales next_number sale sales_of",
        methods=(
            "LastMethod MethodNameTaken MethodNeedsAName MethodRow add_method archive_method found_methods "
            "methods move_method rename_method unarchive_method"
        ),
    )
