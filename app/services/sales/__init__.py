"""Sales and their lines, and the ways to pay."""

from app.services.sales.bills import DaySales, LineRow, SaleCard, SaleRow, day_sales, next_number, sale, sales_of
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

__all__ = [
    "DaySales",
    "LastMethod",
    "LineRow",
    "MethodNameTaken",
    "MethodNeedsAName",
    "MethodRow",
    "SaleCard",
    "SaleRow",
    "add_method",
    "archive_method",
    "day_sales",
    "found_methods",
    "methods",
    "move_method",
    "next_number",
    "rename_method",
    "sale",
    "sales_of",
    "unarchive_method",
]
