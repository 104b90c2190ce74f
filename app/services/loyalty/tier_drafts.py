"""What a person wants the tiers to be: a draft of the whole ladder, put in order and checked before it counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from app.domain.errors import ShopError
from app.domain.shop import TierWindow
from app.domain.shop_limits import LIMITS
from app.domain.tiers.rules import Scheme, TierRule
from app.services.loyalty.tiers import Benefit, TierRow

HUES = ("accent", "gold", "red", "blue", "plum")
PLAIN_HUES = ("outline", "neutral")
"""What is shipped for who has not bought yet, and for everyday customers."""
MOST_TIERS = 12


class BadTier(ShopError):
    """What is wrong, as a code; `number` is the place of the tier, the lowest being 1."""


@dataclass(frozen=True, slots=True)
class TierDraft:
    """One tier as a person wants it; units as in `TierRow`. Without a code it is new."""

    code: str = ""
    name: str = ""
    name_zh: str = ""
    hue: str = "accent"
    min_amount: int | None = None
    min_days: int | None = None
    member_discount: int = 0
    points_multiplier: Decimal = Decimal(1)
    birthday_multiplier: Decimal = Decimal(1)
    benefits: tuple[Benefit, ...] = ()


@dataclass(frozen=True, slots=True)
class LadderDraft:
    """All tiers, the window they are counted over, and since when all this is to count."""

    tiers: tuple[TierDraft, ...]
    window: TierWindow
    grace_days: int
    from_start: bool = False
    """Laid over every purchase there ever was; else it counts from today, and who has a tier keeps it to its date."""


def draft_of(rows: Sequence[TierRow], window: TierWindow, grace_days: int) -> LadderDraft:
    """The tiers as they are, ready to be changed."""
    return LadderDraft(tuple(_draft(row) for row in rows), window, grace_days)


def _draft(row: TierRow) -> TierDraft:
    return TierDraft(
        row.code,
        row.name,
        row.name_zh,
        row.hue,
        row.min_amount,
        row.min_days,
        row.member_discount,
        row.points_multiplier,
        row.birthday_multiplier,
        row.benefits,
    )


def settled(draft: LadderDraft) -> LadderDraft:
    """The draft with its tiers in the order of their thresholds, the lowest first, and its words trimmed.

    Raises BadTier where it makes no sense.
    """
    tidy = [_tidied(tier) for tier in draft.tiers]
    ordered = sorted(tidy, key=_asks)
    for number, tier in enumerate(ordered, 1):
        _check(tier, number)
    if not ordered or any(_asks(ordered[0])):
        raise BadTier("lowest_missing")
    for number, (below, above) in enumerate(pairwise(ordered), 2):
        if _asks(below) == _asks(above):
            raise BadTier("same_thresholds", number=number)
    low, high = LIMITS["tier_grace_days"]
    if not low <= draft.grace_days <= high:
        raise BadTier("grace_out_of_range", most=high)
    if len(ordered) > MOST_TIERS:
        raise BadTier("too_many", most=MOST_TIERS)
    return replace(draft, tiers=tuple(ordered))


def scheme_of(draft: LadderDraft, first_day: date) -> Scheme:
    """The rules a settled draft makes; ranks are places in it."""
    rules = [TierRule(tier.code, rank, tier.min_amount, tier.min_days) for rank, tier in enumerate(draft.tiers)]
    return Scheme(rules, draft.window, draft.grace_days, first_day)


def _tidied(tier: TierDraft) -> TierDraft:
    """A threshold of nothing is none."""
    return replace(
        tier,
        name=tier.name.strip(),
        name_zh=tier.name_zh.strip(),
        min_amount=tier.min_amount or None,
        min_days=tier.min_days or None,
    )


def _asks(tier: TierDraft) -> tuple[int, int]:
    return tier.min_amount or 0, tier.min_days or 0


def _check(tier: TierDraft, number: int) -> None:
    if min(_asks(tier)) < 0:
        raise BadTier("threshold_below_zero", number=number)
    if not 0 <= tier.member_discount <= 1000:
        raise BadTier("discount_out_of_range", number=number)
    if not all(1 <= times <= 100 for times in (tier.points_multiplier, tier.birthday_multiplier)):
        raise BadTier("multiplier_out_of_range", number=number)
    if tier.hue not in (*HUES, *PLAIN_HUES):
        raise BadTier("unknown_hue", number=number)
    if not (tier.code or tier.name):
        raise BadTier("nameless", number=number)
