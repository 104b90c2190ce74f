"""The words of the contact log."""

from enum import StrEnum


class Channel(StrEnum):
    CALL = "call"
    VISIT = "visit"
    WECHAT = "wechat"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"


class Direction(StrEnum):
    OUT = "out"
    IN = "in"


class Purpose(StrEnum):
    """Service comes before selling: the two are counted apart."""

    CARE = "care"
    SELL = "sell"


class Noticed(StrEnum):
    """What staff noticed in a contact, said or not."""

    COMPLIMENT = "compliment"
    DISSATISFIED = "dissatisfied"


class LandsIn(StrEnum):
    """Where an answer to a question of a script is written down, beside the contact itself."""

    NOWHERE = ""
    NEEDS = "needs"
    PREFERENCES = "preferences"
    BUYS_ELSEWHERE = "buys_elsewhere"
    FACT = "fact"
    """Pinned to the card, with its question."""
