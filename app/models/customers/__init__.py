"""The people who buy, and all that is kept about them."""

from app.models.customers.card import Customer, CustomerAddress, CustomerEmail, CustomerPhone, CustomerTag
from app.models.customers.consents import Consent
from app.models.customers.duplicates import CustomerMerge, NotSame
from app.models.customers.figures import FIGURES, CustomerFigures
from app.models.customers.knowledge import (
    CustomerDate,
    CustomerPhoto,
    CustomField,
    CustomValue,
    FieldCheck,
    PersonalPrice,
    PinnedFact,
)
from app.models.customers.relations import CustomerRelation, Household

__all__ = [
    "FIGURES",
    "Consent",
    "CustomField",
    "CustomValue",
    "Customer",
    "CustomerAddress",
    "CustomerDate",
    "CustomerEmail",
    "CustomerFigures",
    "CustomerMerge",
    "CustomerPhone",
    "CustomerPhoto",
    "CustomerRelation",
    "CustomerTag",
    "FieldCheck",
    "Household",
    "NotSame",
    "PersonalPrice",
    "PinnedFact",
]
