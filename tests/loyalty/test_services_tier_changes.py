"""The whole ladder changed at once: counted from a day on or for all time, told before, and taken back."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import Cancelled
from app.domain.shop import TierWindow
from app.domain.tiers.benefits import BenefitKind, BenefitNature
from app.domain.tiers.history import MoveCause
from app.models.loyalty import PastTierRules, PastTierThreshold, RemovedTier, Tier, TierBenefit
from app.services import loyalty, permissions
from app.services.backup import check
from app.services.loyalty import BadTier, Benefit, TierChange, TierDraft
from app.services.loyalty.tier_moves import Laws
from app.services.settings import settings
from app.storage.unit_of_work import UnitOfWork
from tests.loyalty.ladders import TODAY, change, drafted, undo
from tests.till.counter import Counter

SILVER = TierDraft(name="Silver", name_zh="银卡", hue="blue", min_amount=300_000)
GIFTS = (
    Benefit(BenefitKind.GIFT, BenefitNature.PRICE, "A tin at New Year"),
    Benefit(BenefitKind.OWN_CLERK, BenefitNature.SOCIAL),
)


@pytest.fixture(autouse=True)
def own_services(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("table", "rules_of"):
        monkeypatch.setitem(permissions.NEEDS, f"{__name__.partition('.')[0]}.{name}", permissions.CLERK)


@pytest.fixture
def counter(work: UnitOfWork) -> Counter:
    """Yesterday Ann bought for 7,000, Ben for 4,000, Cem for 10; Dan never did."""
    made = Counter(work)
    made.now -= timedelta(days=1)
    for name, units in (("Ann", 7000), ("Ben", 4000), ("Cem", 10), ("Dan", 0)):
        someone = made.person(name)
        if units:
            made.buy(someone, units)
    made.now += timedelta(days=1)
    return made


def ranks(work: UnitOfWork, day: date = TODAY) -> list[int]:
    """Of Ann, Ben, Cem and Dan."""
    return [work.read(loyalty.standing, who, day).tier.rank for who in (1, 2, 3, 4)]


def listed(work: UnitOfWork) -> list[list[str]]:
    """The names in each tier, the lowest first, as the members page lists them."""
    return [[row.name for row in work.read(loyalty.members, tier.rank)] for tier in work.read(loyalty.tiers)]


def table(session: Session) -> list[list[dict[str, Any]]]:
    kinds = (Tier, TierBenefit, PastTierRules, PastTierThreshold, RemovedTier)
    return [
        [{c.key: getattr(row, c.key) for c in kind.__table__.columns} for row in session.scalars(select(kind))]
        for kind in kinds
    ]


def rules_of(session: Session) -> list[Any]:
    return list(Laws(session, TODAY).schemes)


def test_a_new_tier_between_two_others(counter: Counter, work: UnitOfWork) -> None:
    before = work.read(table)
    changes = change(work, drafted(work, SILVER))
    assert [(t.code, t.rank, t.name, t.name_zh) for t in work.read(loyalty.tiers)][1:3] == [
        ("ordinary", 1, "", ""),
        ("own-1", 2, "Silver", "银卡"),
    ]
    assert ranks(work) == [3, 2, 1, 0]
    assert listed(work) == [["Dan"], ["Cem"], ["Ben"], ["Ann"]]
    (move, _) = work.read(loyalty.tier_history, 2)
    assert (move.day, move.from_rank, move.to_rank, move.cause) == (TODAY, 1, 2, MoveCause.RULES_CHANGED)
    back = undo(work, changes)
    assert work.read(table) == before
    assert ranks(work) == [2, 1, 1, 0]
    undo(work, back)
    assert ranks(work) == [3, 2, 1, 0]
    assert work.read(check, TODAY).problems == ()


def test_a_removed_tier_leaves_its_members_in_the_one_below(counter: Counter, work: UnitOfWork) -> None:
    change(work, drafted(work, SILVER))
    before = work.read(table)
    later = TODAY + timedelta(days=10)
    changes = change(work, drafted(work, without="own-1"), later)
    assert ranks(work, later) == [2, 1, 1, 0]
    assert [row.code for row in work.read(loyalty.tiers)] == ["potential", "ordinary", "vip"]
    undo(work, changes)
    assert work.read(table) == before
    assert ranks(work) == [3, 2, 1, 0]


def test_more_asked_for_takes_a_tier_only_at_its_date(counter: Counter, work: UnitOfWork) -> None:
    change(work, drafted(work, vip={"min_amount": 900_000}))
    assert ranks(work) == [2, 1, 1, 0]
    out = date(2027, 11, 30) + timedelta(days=30)
    work.write(loyalty.open_day, out - timedelta(days=1))
    assert listed(work)[2] == ["Ann"]
    work.write(loyalty.open_day, out)
    assert listed(work) == [["Ann", "Ben", "Cem", "Dan"], [], []]


def test_laid_over_the_past_it_is_as_if_it_had_always_been_so(counter: Counter, work: UnitOfWork) -> None:
    change(work, drafted(work, vip={"min_amount": 900_000}))
    changes = change(work, replace(drafted(work), from_start=True))
    assert ranks(work) == [1, 1, 1, 0]
    undo(work, changes)
    assert ranks(work) == [2, 1, 1, 0]


def test_what_a_change_would_do_is_told_and_is_what_it_does(counter: Counter, work: UnitOfWork) -> None:
    ladder = drafted(work, SILVER, vip={"min_amount": 900_000})
    told = work.read(loyalty.preview, ladder, TODAY)
    assert told.removed == {}
    assert told.tiers == (
        TierChange("potential", 1, 1, 0, 0, 0),
        TierChange("ordinary", 2, 1, 0, 0, 0),
        TierChange("", 0, 1, 1, 0, 0),
        TierChange("vip", 1, 1, 0, 0, 1),
    )
    change(work, ladder)
    assert [len(names) for names in listed(work)] == [tier.then for tier in told.tiers]
    removed = work.read(loyalty.preview, drafted(work, without="own-1"), TODAY)
    assert removed.removed == {"own-1": 1}
    assert removed.tiers[1] == TierChange("ordinary", 1, 2, 0, 1, 0)
    always = work.read(loyalty.preview, replace(drafted(work), from_start=True), TODAY)
    assert [tier.then for tier in always.tiers] == [1, 1, 2, 0]
    assert (always.tiers[2].downs, always.tiers[3].now) == (1, 1)


def test_a_preview_can_be_stopped(counter: Counter, work: UnitOfWork) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    for act in (work.read, work.write):
        with pytest.raises(Cancelled):
            if act is work.read:
                work.read(loyalty.preview, drafted(work, SILVER), TODAY, progress=stop)
            else:
                work.write(loyalty.change_tiers, drafted(work, SILVER), day=TODAY, progress=stop)
    assert len(work.read(loyalty.tiers)) == 3


def test_words_colours_and_benefits_move_nobody(counter: Counter, work: UnitOfWork) -> None:
    moves = work.read(loyalty.shop_tier_history, TODAY)
    half_more = Decimal("1.5")
    change(
        work, drafted(work, vip={"name": " Gold ", "hue": "plum", "benefits": GIFTS, "points_multiplier": half_more})
    )
    vip = work.read(loyalty.tiers)[-1]
    assert (vip.name, vip.hue, vip.benefits, vip.points_multiplier) == ("Gold", "plum", GIFTS, half_more)
    assert work.read(loyalty.shop_tier_history, TODAY) == moves
    assert work.read(table)[2] == []
    change(work, drafted(work, vip={"benefits": GIFTS[1:]}))
    assert work.read(loyalty.tiers)[-1].benefits == GIFTS[1:]


def test_a_window_and_a_grace_of_ones_own(counter: Counter, work: UnitOfWork) -> None:
    changes = change(work, replace(drafted(work), window=TierWindow.CALENDAR, grace_days=0))
    shop = work.read(settings)
    assert (shop.tier_window, shop.tier_grace_days) == (TierWindow.CALENDAR, 0)
    rules = work.read(rules_of)
    assert [(scheme.window, scheme.grace_days, scheme.first_day) for scheme in rules] == [
        (TierWindow.ROLLING, 30, date.min),
        (TierWindow.CALENDAR, 0, TODAY),
    ]
    undo(work, changes)
    assert work.read(settings).tier_grace_days == 30


def test_two_changes_of_one_day_are_one(counter: Counter, work: UnitOfWork) -> None:
    change(work, drafted(work, vip={"min_amount": 1}))
    change(work, drafted(work, vip={"min_amount": 900_000}))
    assert [row["last_day"] for row in work.read(table)[2]] == [TODAY - timedelta(days=1)]
    assert ranks(work) == [2, 1, 1, 0]


def test_a_shop_without_sales_has_no_past_to_keep(work: UnitOfWork) -> None:
    change(work, drafted(work, vip={"min_amount": 1}))
    assert work.read(table)[2] == []


@pytest.mark.parametrize(
    ("more", "changed", "code"),
    [
        ((), {"vip": {"min_amount": -1}}, "threshold_below_zero"),
        ((), {"vip": {"min_days": -1}}, "threshold_below_zero"),
        ((), {"vip": {"member_discount": 1001}}, "discount_out_of_range"),
        ((), {"vip": {"member_discount": -1}}, "discount_out_of_range"),
        ((), {"vip": {"points_multiplier": Decimal("0.5")}}, "multiplier_out_of_range"),
        ((), {"vip": {"birthday_multiplier": Decimal(101)}}, "multiplier_out_of_range"),
        ((), {"vip": {"hue": "pink"}}, "unknown_hue"),
        ((), {"vip": {"min_amount": 0, "min_days": 1}}, "same_thresholds"),
        ((), {"potential": {"min_days": 5}}, "lowest_missing"),
        ((TierDraft(min_amount=5),), {}, "nameless"),
        (tuple(TierDraft(name=str(n), min_amount=n) for n in range(1, 11)), {}, "too_many"),
    ],
)
def test_a_ladder_that_makes_no_sense_is_refused(
    work: UnitOfWork, more: tuple[TierDraft, ...], changed: dict[str, Any], code: str
) -> None:
    with pytest.raises(BadTier) as refused:
        change(work, drafted(work, *more, **changed))
    assert refused.value.code == code


@pytest.mark.parametrize("grace", [-1, 367])
def test_a_grace_out_of_range_is_refused(work: UnitOfWork, grace: int) -> None:
    with pytest.raises(BadTier):
        change(work, replace(drafted(work), grace_days=grace))


def test_the_lowest_tier_stays(work: UnitOfWork) -> None:
    ladder = drafted(work, TierDraft(name="Guests"), without="potential")
    with pytest.raises(BadTier):
        change(work, ladder)
