"""Cards that people carry: a number on paper, plastic or a phone that says who they are."""

from app.services.member_cards.issuing import issue, issue_again, issue_many, report_lost, take_back_loss, withdraw
from app.services.member_cards.reading import (
    CardEvent,
    MemberCard,
    card_history,
    cards_of,
    cards_of_many,
    look_up,
    next_number,
)
from app.services.member_cards.refusals import BadCardNumber, CardNumberTaken, LossReasonMissing, NotAGoodCard

__all__ = [
    "BadCardNumber",
    "CardEvent",
    "CardNumberTaken",
    "LossReasonMissing",
    "MemberCard",
    "NotAGoodCard",
    "card_history",
    "cards_of",
    "cards_of_many",
    "issue",
    "issue_again",
    "issue_many",
    "look_up",
    "next_number",
    "report_lost",
    "take_back_loss",
    "withdraw",
]
