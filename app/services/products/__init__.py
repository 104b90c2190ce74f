"""What the shop sells."""

from app.services.products.catalogue import (
    ProductRow,
    by_code_or_barcode,
    categories,
    often_sold,
    product,
    products,
)
from app.services.products.editing import BadProduct, CodeTaken, ProductDraft, add, edit, retire

__all__ = [
    "BadProduct",
    "CodeTaken",
    "ProductDraft",
    "ProductRow",
    "add",
    "by_code_or_barcode",
    "categories",
    "edit",
    "often_sold",
    "product",
    "products",
    "retire",
]
