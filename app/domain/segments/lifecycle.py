"""The phase of a relationship and what really holds it: price, people or structure (semantics.md, lifecycle)."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Phase(StrEnum):
    ESTABLISH = "establish"
    STRENGTHEN = "strengthen"
    MAINTAIN = "maintain"
    RECOVER = "recover"
    ENDED = "ended"


class LossReason(StrEnum):
    """Why a customer was lost; each asks for another play."""

    OUR_FAULT = "our_fault"
    COMPETITOR = "competitor"
    OWN_REASONS = "own_reasons"


MAINTAIN_DAYS, STRENGTHEN_DAYS = 4, 2


@dataclass(frozen=True, slots=True)
class PhaseEvidence:
    purchase_days: int
    silent: bool = False
    open_severe_complaint: bool = False
    let_go: bool = False
    """A person decided, with a reason, to look after this customer no longer."""


def phase(evidence: PhaseEvidence) -> Phase:
    """The first that holds: ended, recover, maintain, strengthen, establish."""
    if evidence.let_go:
        return Phase.ENDED
    if evidence.open_severe_complaint or (evidence.silent and evidence.purchase_days > 0):
        return Phase.RECOVER
    if evidence.purchase_days >= MAINTAIN_DAYS:
        return Phase.MAINTAIN
    return Phase.STRENGTHEN if evidence.purchase_days >= STRENGTHEN_DAYS else Phase.ESTABLISH


class Level(IntEnum):
    """What the customer was really given; each level is harder to copy than the one before."""

    NONE = 0
    PRICE = 1
    SOCIAL = 2
    STRUCTURAL = 3


SOCIAL_CONTACTS = 2


@dataclass(frozen=True, slots=True)
class GivenToCustomer:
    """What a customer got in the last 12 months."""

    price: bool = False
    """Discounts, points or coupons."""
    greeting_or_event: bool = False
    own_clerk: bool = False
    care_contacts: int = 0
    structure: bool = False
    """A subscription, standing order, stored value or household plan."""


def level(given: GivenToCustomer) -> Level:
    """The highest level with something given."""
    if given.structure:
        return Level.STRUCTURAL
    if given.greeting_or_event or given.own_clerk or given.care_contacts >= SOCIAL_CONTACTS:
        return Level.SOCIAL
    return Level.PRICE if given.price else Level.NONE
