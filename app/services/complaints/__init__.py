"""The complaint log."""

from app.services.complaints.board import CLOSED_DAYS, CLOSED_SHOWN, Board, Lane, board, unsettled
from app.services.complaints.cards import CaseCard, Who
from app.services.complaints.case import Case, CaseEvent, SaleOfCase, case
from app.services.complaints.clocks import CaseClock
from app.services.complaints.drafts import (
    ANSWERS,
    CATEGORIES,
    CaseChanged,
    ComplaintDraft,
    NoCategory,
    NoSuchAnswer,
    NothingSaid,
)
from app.services.complaints.entry import edit, log, next_number
from app.services.complaints.moving import move
from app.services.complaints.rates import PerSales, Rates, rates

__all__ = [
    "ANSWERS",
    "CATEGORIES",
    "CLOSED_DAYS",
    "CLOSED_SHOWN",
    "Board",
    "Case",
    "CaseCard",
    "CaseChanged",
    "CaseClock",
    "CaseEvent",
    "ComplaintDraft",
    "Lane",
    "NoCategory",
    "NoSuchAnswer",
    "NothingSaid",
    "PerSales",
    "Rates",
    "SaleOfCase",
    "Who",
    "board",
    "case",
    "edit",
    "log",
    "move",
    "next_number",
    "rates",
    "unsettled",
]
