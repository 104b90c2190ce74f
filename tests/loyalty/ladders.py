"""Changing a shop's tiers in a test: drafts of the whole ladder, written and taken back."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.services import loyalty
from app.services.loyalty import LadderDraft
from app.services.settings import settings
from app.storage.unit_of_work import Changes, UnitOfWork
from app.views.shared.gateway import way_back

TODAY = date(2026, 11, 23)


def drafted(work: UnitOfWork, *more: loyalty.TierDraft, without: str = "", **changed: dict[str, Any]) -> LadderDraft:
    """The tiers there are, some of them changed by code, one left out, new ones added."""
    shop = work.read(settings)
    ladder = loyalty.draft_of(work.read(loyalty.tiers), shop.tier_window, shop.tier_grace_days)
    tiers = [replace(tier, **changed.get(tier.code, {})) for tier in ladder.tiers if tier.code != without]
    return replace(ladder, tiers=(*tiers, *more))


def change(work: UnitOfWork, ladder: LadderDraft, day: date = TODAY) -> Changes:
    return work.write(loyalty.change_tiers, ladder, day=day)[1]


def undo(work: UnitOfWork, changes: Changes) -> Changes:
    way = way_back(changes)
    assert way is not None
    return work.write(way.service, *way.args, **way.named)[1]
