"""A sale with its points: the use case above both."""

from app.services.till.bill import Bill, BillLine, LotUse, PointChoices
from app.services.till.buyer import Buyer
from app.services.till.pricing import PricedBy
from app.services.till.quoting import quote
from app.services.till.selling import AlreadyVoided, HasReturns, ImportedSale, SaleDone, sell, void_sale
from app.services.till.ticket import (
    BadLine,
    DiscountTooLarge,
    EmptyTicket,
    PointsNeedACustomer,
    Ticket,
    TicketLine,
)

__all__ = [
    "AlreadyVoided",
    "BadLine",
    "Bill",
    "BillLine",
    "Buyer",
    "DiscountTooLarge",
    "EmptyTicket",
    "HasReturns",
    "ImportedSale",
    "LotUse",
    "PointChoices",
    "PointsNeedACustomer",
    "PricedBy",
    "SaleDone",
    "Ticket",
    "TicketLine",
    "quote",
    "sell",
    "void_sale",
]
