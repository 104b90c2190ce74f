"""The threshold that a shop's own sales propose for its highest tier, once, after the first import (semantics.md)."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.domain.money import currency
from app.domain.tiers.rules import proposed_threshold, rounded_down, window_start
from app.models.loyalty import PastTierRules
from app.models.sales import Sale, SaleOrigin
from app.models.settings import ShopSetting
from app.services.loyalty.founding import vip_threshold
from app.services.loyalty.tier_drafts import LadderDraft, draft_of
from app.services.loyalty.tiers import tiers
from app.services.settings import settings

ANSWERED = "tier_proposal_answered"
"""Kept beside the settings, and no setting: the question is put once."""
FEWEST_BUYERS = 20
"""A percentile of fewer says nothing."""

NETS = text("""
SELECT sum(s.revenue - s.returned) FROM sales s JOIN customers c ON c.id = s.customer_id
WHERE s.voided_at IS NULL AND s.shop_day BETWEEN :first AND :last
GROUP BY coalesce(c.merged_into, c.id)
""")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Money in minor units."""

    amount: int
    """The threshold proposed: what a fifth of the buyers reach, rounded down to two figures."""
    now: int
    """The threshold there is."""
    buyers: int
    """Customers with a purchase in the window."""
    reach: int
    """How many of them reach the proposed threshold."""
    reach_now: int
    draft: LadderDraft
    """The tiers with the proposed threshold, as if it had always been so."""


def proposal(session: Session, day: date) -> Proposal | None:
    """What the shop's sales propose for its highest tier; None where nothing is to be asked.

    Asked after sales were imported, while the highest tier asks for what it was shipped with and nobody has answered.
    The window ends with the last sale when that lies back.
    """
    shop, rows = settings(session), tiers(session)
    if not _may_ask(session) or not rows or rows[-1].code != "vip" or rows[-1].min_days:
        return None
    now = vip_threshold(shop.currency)
    if rows[-1].min_amount != now:
        return None
    last = session.scalar(select(func.max(Sale.shop_day)).where(Sale.voided_at.is_(None), Sale.shop_day <= day))
    if last is None:
        return None
    first = window_start(shop.tier_window, last)
    nets = [net for net in session.scalars(NETS, {"first": first.isoformat(), "last": last.isoformat()}) if net > 0]
    exact = proposed_threshold(nets)
    if exact is None or len(nets) < FEWEST_BUYERS:
        return None
    amount = rounded_down(exact, 10 ** currency(shop.currency).digits)
    if amount in (0, now):
        return None
    draft = draft_of(rows, shop.tier_window, shop.tier_grace_days)
    *others, top = draft.tiers
    wanted = replace(draft, tiers=(*others, replace(top, min_amount=amount)), from_start=True)
    reach, reach_now = (sum(1 for net in nets if net >= bar) for bar in (amount, now))
    return Proposal(amount, now, len(nets), reach, reach_now, wanted)


def dismiss_proposal(session: Session) -> None:
    """Keep the threshold there is, and ask no more."""
    if session.get(ShopSetting, ANSWERED) is None:
        session.add(ShopSetting(key=ANSWERED, value=True))


def _may_ask(session: Session) -> bool:
    imported = select(Sale.id).where(Sale.origin == SaleOrigin.IMPORT).limit(1)
    changed = select(PastTierRules.id).limit(1)
    answered = session.get(ShopSetting, ANSWERED)
    return answered is None and session.scalar(imported) is not None and session.scalar(changed) is None
