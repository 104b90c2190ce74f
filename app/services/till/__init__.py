"""A sale with its points: the use case above both."""

from app.services.till.bill import Bill, BillLine, LotUse, PointChoices
from app.services.till.buyer import Buyer
from app.services.till.pricing import PricedBy
from app.services.till.quoting import quote
from app.services.till.refusals import (
    AlreadyVoided,
    HasReturns,
    ImportedSale,
    LaterReturn,
    NothingToReturn,
    TooMuchReturned,
)
from app.services.till.return_bill import ReturnBill, ReturnDraft, ReturnedLine, ReturnLine, quote_return
from app.services.till.returning import ReturnDone, take_return, void_return
from app.services.till.selling import SaleDone, sell, void_sale
from app.services.till.sold import NotASale, SoldLine, SoldSale, sold
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
    "LaterReturn",
    "LotUse",
    "NotASale",
    "NothingToReturn",
    "PointChoices",
    "PointsNeedACustomer",
    "PricedBy",
    "ReturnBill",
    "ReturnDone",
    "ReturnDraft",
    "ReturnLine",
    "ReturnedLine",
    "SaleDone",
    "SoldLine",
    "SoldSale",
    "Ticket",
    "TicketLine",
    "TooMuchReturned",
    "quote",
    "quote_return",
    "sell",
    "sold",
    "take_return",
    "void_return",
    "void_sale",
]
