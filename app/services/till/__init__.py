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
from app.services.till.return_done import ReturnDone
from app.services.till.returning import take_return, void_return
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
from app.services.till.unlinked import (
    LooseLine,
    UnlinkedBill,
    UnlinkedDraft,
    quote_unlinked_return,
    take_unlinked_return,
    void_unlinked_return,
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
    "LooseLine",
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
    "UnlinkedBill",
    "UnlinkedDraft",
    "quote",
    "quote_return",
    "quote_unlinked_return",
    "sell",
    "sold",
    "take_return",
    "take_unlinked_return",
    "void_return",
    "void_sale",
    "void_unlinked_return",
]
