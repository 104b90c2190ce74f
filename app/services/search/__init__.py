"""Finding anything by any part of it."""

from app.services.search.find import complaint_ids, customer_ids, find
from app.services.search.hits import Case, Goods, Hit, HitKind, Part, Person
from app.services.search.index import index_complaints, index_customers, index_products, missing, rebuild

__all__ = [
    "Case",
    "Goods",
    "Hit",
    "HitKind",
    "Part",
    "Person",
    "complaint_ids",
    "customer_ids",
    "find",
    "index_complaints",
    "index_customers",
    "index_products",
    "missing",
    "rebuild",
]
