"""Changing the shop's tiers: the whole ladder at once, from today on or for all time."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.loyalty import PastTierRules, PastTierThreshold, RemovedTier, Tier, TierBenefit
from app.models.sales import Sale
from app.services.loyalty.tier_drafts import BadTier, LadderDraft, TierDraft, settled
from app.services.loyalty.tier_moves import Progress
from app.services.settings import change as change_settings
from app.services.settings import settings

OWN = "own-"
"""The code of a tier the shop has made, with a number that is never used again."""
PLAIN = ("name", "name_zh", "hue", "min_amount", "min_days", "member_discount", "points_multiplier", "birthday_multiplier")  # fmt: skip  # noqa: E501


def change_tiers(
    session: Session, draft: LadderDraft, *, day: date, progress: Progress = lambda done, total: None
) -> None:
    """Make the tiers what the draft says. A tier that is left out is removed, and leaves the past as well.

    From `day` on the new rules count, unless the draft wants them to have counted from the start: who reaches a higher
    tier moves up at once, who has one keeps it to its date. Everyone is looked at before the commit; `progress` hears
    of it and may raise Cancelled.
    Raises BadTier.
    """
    draft = settled(draft)
    there = {tier.code: tier for tier in session.scalars(select(Tier).order_by(Tier.rank))}
    if draft.tiers[0].code != next(iter(there)):
        raise BadTier("lowest_missing")
    if draft.from_start:
        _forget_the_past(session)
    elif _asks_anew(session, draft, there):
        _keep_for_the_past(session, there, day)
    _remove(session, there, {tier.code for tier in draft.tiers})
    _write(session, draft, there)
    shop = settings(session)
    if (shop.tier_window, shop.tier_grace_days) != (draft.window, draft.grace_days):
        change_settings(session, {"tier_window": draft.window, "tier_grace_days": draft.grace_days})
    session.info["progress"] = progress
    session.info["past_stays"] = not draft.from_start and [tier.code for tier in draft.tiers] == [*there]


def _asks_anew(session: Session, draft: LadderDraft, there: dict[str, Tier]) -> bool:
    """Whether anybody may stand elsewhere after this."""
    shop = settings(session)
    if (shop.tier_window, shop.tier_grace_days) != (draft.window, draft.grace_days):
        return True
    wanted = [(tier.code, tier.min_amount, tier.min_days) for tier in draft.tiers]
    return wanted != [(tier.code, tier.min_amount, tier.min_days) for tier in there.values()]


def _keep_for_the_past(session: Session, there: dict[str, Tier], day: date) -> None:
    """Write down what held until yesterday; what was changed this very day has held for nobody."""
    last_day = day - timedelta(days=1)
    known = session.scalar(select(func.max(PastTierRules.last_day)))
    first_sale = session.scalar(select(func.min(Sale.shop_day)))
    if first_sale is None or first_sale > last_day or (known is not None and known >= last_day):
        return
    shop = settings(session)
    rules = PastTierRules(last_day=last_day, window=shop.tier_window, grace_days=shop.tier_grace_days)
    session.add(rules)
    session.flush()
    session.add_all(
        PastTierThreshold(rules_id=rules.id, tier_id=tier.id, min_amount=tier.min_amount, min_days=tier.min_days)
        for tier in there.values()
    )
    session.flush()


def _forget_the_past(session: Session) -> None:
    for kind in (PastTierThreshold, PastTierRules):
        _delete(session, session.scalars(select(kind)).all())


def _remove(session: Session, there: dict[str, Tier], kept: set[str]) -> None:
    """Take tiers out; who stands in one stands in the tier below it that stays."""
    below = ""
    for code, tier in there.items():
        if code in kept:
            below = code
            continue
        session.add(RemovedTier(code=code, falls_to=below, name=tier.name, name_zh=tier.name_zh))
        _delete(session, session.scalars(select(PastTierThreshold).where(PastTierThreshold.tier_id == tier.id)).all())
        _delete(session, session.scalars(select(TierBenefit).where(TierBenefit.tier_id == tier.id)).all())
        _delete(session, [tier])


def _write(session: Session, draft: LadderDraft, there: dict[str, Tier]) -> None:
    """Ranks are unique at every moment, so those that change step aside first."""
    for rank, wanted in enumerate(draft.tiers):
        if wanted.code and there[wanted.code].rank != rank:
            there[wanted.code].rank = -1 - rank
    session.flush()
    fresh = _fresh_number(session)
    for rank, wanted in enumerate(draft.tiers):
        tier = there.get(wanted.code)
        if tier is None:
            tier = Tier(code=f"{OWN}{fresh}", rank=rank)
            fresh += 1
            session.add(tier)
        tier.rank = rank
        for name in PLAIN:
            setattr(tier, name, getattr(wanted, name))
        session.flush()
        _write_benefits(session, tier, wanted)


def _write_benefits(session: Session, tier: Tier, wanted: TierDraft) -> None:
    rows = session.scalars(select(TierBenefit).where(TierBenefit.tier_id == tier.id).order_by(TierBenefit.id)).all()
    if [(row.kind, row.nature, row.words) for row in rows] == [(b.kind, b.nature, b.words) for b in wanted.benefits]:
        return
    _delete(session, rows)
    for benefit in wanted.benefits:
        session.add(TierBenefit(tier_id=tier.id, kind=benefit.kind, nature=benefit.nature, words=benefit.words.strip()))
        session.flush()


def _fresh_number(session: Session) -> int:
    codes = [*session.scalars(select(Tier.code)), *session.scalars(select(RemovedTier.code))]
    return 1 + max((int(code.removeprefix(OWN)) for code in codes if code.startswith(OWN)), default=0)


def _delete(session: Session, rows: Iterable[object]) -> None:
    for row in rows:
        session.delete(row)
    session.flush()
