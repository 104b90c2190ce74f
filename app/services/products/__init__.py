"""What the shop sells."""

from app.services.products.catalogue import (
    ProductRow,
    by_code_or_barcode,
    categories,
    often_sold,
    product,
    products,
)
from app.services.products.category_names import CategoryRow, category_rows, rename_category
from app.services.products.editing import (
    BadProduct,
    BarcodeTaken,
    CodeTaken,
    ProductDraft,
    ProductInUse,
    add,
    edit,
    remove,
    retire,
)
from app.services.products.repricing import NewPrice, PriceOutOfRange, foresee_prices, reprice
from app.services.products.selling import Selling, selling
from app.services.products.uses import Uses, uses

__all__ = [
    "BadProduct",
    "BarcodeTaken",
    "CategoryRow",
    "CodeTaken",
    "NewPrice",
    "PriceOutOfRange",
    "ProductDraft",
    "ProductInUse",
    "ProductRow",
    "Selling",
    "Uses",
    "add",
    "by_code_or_barcode",
    "categories",
    "category_rows",
    "edit",
    "foresee_prices",
    "often_sold",
    "product",
    "products",
    "remove",
    "rename_category",
    "reprice",
    "retire",
    "selling",
    "uses",
]
