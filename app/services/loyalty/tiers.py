"""The shop's tiers, and changing what one asks for and brings."""

from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.tiers.rules import TierRule
from app.models.loyalty import Tier
from app.services.loyalty.tier_moves import refresh
from app.storage import journal


class BadTier(ShopError):
    """Code "threshold_below_zero", "discount_out_of_range" or "multiplier_below_one"."""


@dataclass(frozen=True, slots=True)
class TierRow:
    """One tier: thresholds in minor units and purchase days, the member price in thousandths off."""

    rank: int
    code: str
    name: str
    """The shop's own word; empty: the shipped word for `code`."""
    hue: str
    min_amount: int | None
    min_days: int | None
    member_discount: int
    birthday_multiplier: int

    @property
    def rule(self) -> TierRule:
        return TierRule(self.code, self.rank, self.min_amount, self.min_days)


@dataclass(frozen=True, slots=True)
class TierDraft:
    """What a person may change of a tier; units as in `TierRow`."""

    name: str = ""
    min_amount: int | None = None
    min_days: int | None = None
    member_discount: int = 0
    birthday_multiplier: int = 1


def tiers(session: Session) -> list[TierRow]:
    """Every tier, the lowest first."""
    query = select(
        Tier.rank,
        Tier.code,
        Tier.name,
        Tier.hue,
        Tier.min_amount,
        Tier.min_days,
        Tier.member_discount,
        Tier.birthday_multiplier,
    ).order_by(Tier.rank)
    return [TierRow(*row) for row in session.execute(query)]


def edit_tier(session: Session, rank: int, draft: TierDraft, *, day: date) -> None:
    """Change a tier. New thresholds are laid over everyone's purchases at once, those of the past included.

    Raises BadTier.
    """
    _check(draft)
    row = session.scalars(select(Tier).where(Tier.rank == rank)).one()
    before = TierDraft(row.name, row.min_amount, row.min_days, row.member_discount, row.birthday_multiplier)
    draft = replace(draft, name=draft.name.strip())
    for name, value in asdict(draft).items():
        setattr(row, name, value)
    session.flush()
    if (before.min_amount, before.min_days) != (draft.min_amount, draft.min_days):
        refresh(session, None, day)
    journal.taken_back_by(session, edit_tier, rank, before, day=day)


def _check(draft: TierDraft) -> None:
    if (draft.min_amount or 0) < 0 or (draft.min_days or 0) < 0:
        raise BadTier("threshold_below_zero")
    if not 0 <= draft.member_discount <= 1000:
        raise BadTier("discount_out_of_range")
    if draft.birthday_multiplier < 1:
        raise BadTier("multiplier_below_one")
