"""The rules of a new shop (semantics.md, defaults), and the codes that every shop file keeps."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest

from app.domain.loyalty.account import GRACE, DatedLot
from app.domain.loyalty.kinds import OPENS_LOT, PointKind
from app.domain.loyalty.returns import EarnedFor
from app.domain.loyalty.rules import NO_TIER, EarningRules, Goods, GoodsRate, TierTimes, TimesCause
from app.domain.loyalty.spans import BirthdaySpan
from app.domain.loyalty.spending import SpendingRule
from app.domain.shop import TierWindow
from app.domain.tiers.benefits import USUAL_NATURE, BenefitKind, BenefitNature
from app.domain.tiers.floors import Given
from app.domain.tiers.history import MoveCause, Standing
from app.domain.tiers.rules import GRACE_DAYS, Scheme, TierRule
from tests.loyalty.dated import lot


def test_a_new_shop_gives_a_point_for_each_unit_of_currency_and_nothing_else() -> None:
    one = Decimal(1)
    assert EarningRules() == EarningRules(one, 0, (), one, BirthdaySpan.MONTH, (), False)
    assert NO_TIER == TierTimes() == TierTimes(one, one)
    assert EarnedFor(one) == EarnedFor(one, (), 2, 0, {})
    assert (Goods(), GoodsRate(one)) == (Goods(None, ""), GoodsRate(one, None, ""))


def test_a_new_shops_points_pay_a_hundredth_each_up_to_thirty_percent_for_twelve_months() -> None:
    assert SpendingRule() == SpendingRule(
        minor_digits=2,
        worth=100,
        step=100,
        cap=Decimal("0.3"),
        expiry_months=12,
        pending_days=0,
        give_back_days=30,
    )
    assert GRACE.days == 30
    assert DatedLot(lot(1, "01-01", 5)) == DatedLot(lot(1, "01-01", 5), [], 0, 0)


def test_a_new_shops_tiers_have_thirty_days_of_grace_and_rules_from_the_beginning() -> None:
    assert Scheme([], TierWindow.ROLLING) == Scheme([], TierWindow.ROLLING, 30, date.min)
    assert GRACE_DAYS == 30
    assert TierRule("plain", 1) == TierRule("plain", 1, None, None)
    assert Standing(1) == Standing(1, None)
    assert Given(date(2026, 1, 1), 2) == Given(date(2026, 1, 1), 2, None)


@pytest.mark.parametrize(
    ("codes", "kept"),
    [
        (PointKind, "earn bonus redeem expire take_back give_back adjust repay correct"),
        (TimesCause, "tier birthday day"),
        (BirthdaySpan, "month day"),
        (MoveCause, "reached renewed ran_out by_hand hand_ended rules_changed"),
        (BenefitKind, "gift own_clerk priority words"),
        (BenefitNature, "price social structural"),
    ],
)
def test_a_shop_file_is_read_by_the_codes_it_was_written_with(codes: type[StrEnum], kept: str) -> None:
    assert [code.value for code in codes] == kept.split()


def test_what_is_earned_given_and_given_back_opens_a_lot() -> None:
    assert sorted(OPENS_LOT) == ["bonus", "earn", "give_back"]


def test_a_benefit_binds_by_price_by_company_or_by_the_way_things_are_done() -> None:
    natures = {kind.value: nature.value for kind, nature in USUAL_NATURE.items()}
    assert natures == {"gift": "price", "own_clerk": "social", "priority": "structural", "words": "social"}
