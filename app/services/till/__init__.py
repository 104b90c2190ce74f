"""A sale with its points: the use case above both."""

from app.services.till.bill import Bill, BillLine, LotUse, PointChoices
from app.services.till.buyer import Buyer
from app.services.till.closing import (
    CloseCard,
    CloseDraft,
    CloseRow,
    CloseUndone,
    CountTheDrawer,
    DifferenceNeedsAReason,
    FloatTooLarge,
    LaterClose,
    MethodSums,
    NothingToClose,
    ToClose,
    close,
    close_day,
    closes,
    to_close,
    undo_close,
)
from app.services.till.couponed import CouponUsed
from app.services.till.deposits import BadTopUp, Deposit
from app.services.till.known import still_known
from app.services.till.margin import Margin, margin_of_customer, margin_of_days, margin_of_product, margin_of_sale
from app.services.till.offering import CardOffer, CouponOffer, Offers, offers
from app.services.till.parking import ParkedRow, TicketTakenUp, charged, kept_ticket, park, parked, read_ticket, take_up
from app.services.till.paying import MethodNeedsACustomer, PaymentRow, UnknownMethod, payments_of
from app.services.till.paying_out import OtherToPayOut, pay_out, undo_pay_out
from app.services.till.pricing import PricedBy
from app.services.till.purses import register
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
from app.services.till.slip import Member, Slip, last_bill, slip
from app.services.till.sold import NotASale, SoldLine, SoldSale, sold
from app.services.till.ticket import (
    BadLine,
    CardSale,
    CardUse,
    DiscountNotAllowed,
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

register()

__all__ = [
    "AlreadyVoided",
    "BadLine",
    "BadTopUp",
    "Bill",
    "BillLine",
    "Buyer",
    "CardOffer",
    "CardSale",
    "CardUse",
    "CloseCard",
    "CloseDraft",
    "CloseRow",
    "CloseUndone",
    "CountTheDrawer",
    "CouponOffer",
    "CouponUsed",
    "Deposit",
    "DifferenceNeedsAReason",
    "DiscountNotAllowed",
    "DiscountTooLarge",
    "EmptyTicket",
    "FloatTooLarge",
    "HasReturns",
    "ImportedSale",
    "LaterClose",
    "LaterReturn",
    "LooseLine",
    "LotUse",
    "Margin",
    "Member",
    "MethodNeedsACustomer",
    "MethodSums",
    "NotASale",
    "NothingToClose",
    "NothingToReturn",
    "Offers",
    "OtherToPayOut",
    "ParkedRow",
    "PaymentRow",
    "PointChoices",
    "PointsNeedACustomer",
    "PricedBy",
    "ReturnBill",
    "ReturnDone",
    "ReturnDraft",
    "ReturnLine",
    "ReturnedLine",
    "SaleDone",
    "Slip",
    "SoldLine",
    "SoldSale",
    "Ticket",
    "TicketLine",
    "TicketTakenUp",
    "ToClose",
    "TooMuchReturned",
    "UnknownMethod",
    "UnlinkedBill",
    "UnlinkedDraft",
    "charged",
    "close",
    "close_day",
    "closes",
    "kept_ticket",
    "last_bill",
    "margin_of_customer",
    "margin_of_days",
    "margin_of_product",
    "margin_of_sale",
    "offers",
    "park",
    "parked",
    "pay_out",
    "payments_of",
    "quote",
    "quote_return",
    "quote_unlinked_return",
    "read_ticket",
    "sell",
    "slip",
    "sold",
    "still_known",
    "take_return",
    "take_unlinked_return",
    "take_up",
    "to_close",
    "undo_close",
    "undo_pay_out",
    "void_return",
    "void_sale",
    "void_unlinked_return",
]
