"""Sales and their lines."""

from app.services.sales.bills import DaySales, LineRow, SaleCard, SaleRow, day_sales, next_number, sale, sales_of

__all__ = ["DaySales", "LineRow", "SaleCard", "SaleRow", "day_sales", "next_number", "sale", "sales_of"]
