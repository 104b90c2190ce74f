"""The people who buy, and all that is kept about them."""

from typing import TYPE_CHECKING

from app.facade import facade

if TYPE_CHECKING:
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
else:
    facade(
        __name__,
        card="Customer CustomerAddress CustomerEmail CustomerPhone CustomerTag",
        consents="Consent",
        duplicates="CustomerMerge NotSame",
        figures="FIGURES CustomerFigures",
        knowledge="CustomerDate CustomerPhoto CustomField CustomValue FieldCheck PersonalPrice PinnedFact",
        relations="CustomerRelation Household",
    )
