"""Coupons: handed out, found by code, judged, used, given back, counted."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.rewards.codes import read_code, shown_code
from app.domain.rewards.kinds import Benefit
from app.domain.rewards.refusals import (
    CouponExpired,
    CouponLimit,
    CouponMistyped,
    CouponNeedsCustomer,
    CouponNotTheirs,
    CouponNotYet,
    CouponUnknown,
    CouponUsed,
    CouponWithdrawn,
    SpentSince,
)
from app.services import backup, customers, duplicates, rewards
from app.services.rewards.offers import KindDraft
from app.storage.unit_of_work import Changes
from tests.rewards.desk_drawer import Drawer, coupons_back, use_coupon

TEN_OFF = KindDraft("Ten off", amount=1000)


def kind(drawer: Drawer, draft: KindDraft = TEN_OFF) -> int:
    return drawer.work.write(rewards.add_kind, draft)[0]


def give(drawer: Drawer, number: int, someone: int) -> tuple[str, Changes]:
    return drawer.work.write(rewards.issue, number, someone, operation_id=drawer.operation(), at=drawer.now)


def row(drawer: Drawer, number: int) -> rewards.KindRow:
    return next(one for one in drawer.work.read(rewards.kinds, archived=True) if one.id == number)


def counts(drawer: Drawer, number: int) -> tuple[int, ...]:
    found = row(drawer, number)
    return found.issued, found.used, found.expired, found.withdrawn, found.open


def test_a_coupon_is_given_found_used_and_counted(drawer: Drawer) -> None:
    someone, ten = drawer.person(), kind(drawer)
    code, _ = give(drawer, ten, someone)
    assert read_code(code) == code
    found = drawer.work.read(rewards.coupon, shown_code(code).lower())
    assert (found.customer_id, found.name, found.left, found.last) == (someone, "Ten off", 1, None)
    assert [one.code for one in drawer.work.read(rewards.coupons_held, someone, drawer.day)] == [code]
    _, changes = drawer.act(use_coupon, code, someone, drawer.sale(someone))
    assert counts(drawer, ten) == (1, 1, 0, 0, 0)
    assert row(drawer, ten).taken_off == 500
    with pytest.raises(CouponUsed) as used:
        drawer.act(use_coupon, code, someone, 0)
    assert used.value.numbers == {"on": "2026-11-23"}
    drawer.back(changes)
    assert counts(drawer, ten) == (1, 0, 0, 0, 1)
    assert row(drawer, ten).worth == 1000


def used_up(drawer: Drawer) -> str:
    code, _ = give(drawer, kind(drawer), someone := drawer.person())
    drawer.act(use_coupon, code, someone, 0)
    return code


def ended(drawer: Drawer) -> str:
    code, _ = give(drawer, kind(drawer, KindDraft("Ten off", amount=1000, days=5)), drawer.person())
    drawer.now += timedelta(days=6)
    return code


def ended_and_cleared(drawer: Drawer) -> str:
    code = ended(drawer)
    drawer.work.write(rewards.open_day, drawer.day)
    return code


def taken_back(drawer: Drawer) -> str:
    code, _ = give(drawer, kind(drawer), drawer.person())
    number = drawer.work.read(rewards.coupon, code).id
    drawer.work.write(rewards.withdraw_coupon, number, "lost", operation_id="gone", at=drawer.now)
    return code


def to_come(drawer: Drawer) -> str:
    later = KindDraft("New year", amount=1000, first=date(2027, 1, 1), last=date(2027, 1, 31))
    return give(drawer, kind(drawer, later), drawer.person())[0]


def somebodys(drawer: Drawer) -> str:
    return give(drawer, kind(drawer), drawer.person("Ben"))[0]


def once_each(drawer: Drawer) -> str:
    ten = kind(drawer, KindDraft("Ten off", amount=1000, per_customer=1))
    codes, _ = drawer.work.write(rewards.issue_batch, ten, 2, operation_id="batch", at=drawer.now)
    drawer.act(use_coupon, codes[0], 1, 0)
    return codes[1]


@pytest.mark.parametrize(
    ("make", "who", "refusal", "numbers"),
    [
        (lambda _: "2222", 1, CouponMistyped, {}),
        (lambda _: "2222222223", 1, CouponMistyped, {}),
        (lambda _: "22222-22222", 1, CouponUnknown, {}),
        (used_up, 1, CouponUsed, {"on": "2026-11-23"}),
        (ended, 2, CouponExpired, {"on": "2026-11-28"}),
        (ended_and_cleared, 2, CouponExpired, {"on": "2026-11-28"}),
        (taken_back, 2, CouponWithdrawn, {}),
        (to_come, 2, CouponNotYet, {"day": "2027-01-01"}),
        (somebodys, 1, CouponNotTheirs, {}),
        (somebodys, None, CouponNeedsCustomer, {}),
        (once_each, 1, CouponLimit, {"most": 1}),
        (once_each, None, CouponNeedsCustomer, {}),
    ],
)
def test_what_cannot_be_used_says_why(
    drawer: Drawer, make: Callable[[Drawer], str], who: int | None, refusal: type[Exception], numbers: dict[str, Any]
) -> None:
    assert drawer.person("Ann") == 1
    code = make(drawer)
    with pytest.raises(refusal) as said:
        drawer.act(use_coupon, code, who, 0)
    assert said.value.numbers == numbers  # type: ignore[attr-defined]


def test_a_batch_of_codes_is_for_whoever_bears_them_and_can_be_taken_back(drawer: Drawer) -> None:
    ten = kind(drawer)
    codes, changes = drawer.work.write(rewards.issue_batch, ten, 150, operation_id="batch", at=drawer.now)
    again, _ = drawer.work.write(rewards.issue_batch, ten, 150, operation_id="batch", at=drawer.now)
    assert codes == again and len(set(codes)) == 150
    assert len(drawer.work.read(rewards.coupons_of_kind, ten, limit=200)) == 150
    _, used = drawer.act(use_coupon, codes[7], None, drawer.sale(None))
    with pytest.raises(SpentSince):
        drawer.back(changes)
    drawer.back(used)
    redo = drawer.back(changes)
    assert counts(drawer, ten) == (150, 0, 0, 150, 0)
    drawer.back(redo)
    assert counts(drawer, ten) == (150, 0, 0, 0, 150)
    for count in (0, 2001):
        with pytest.raises(rewards.BadBatch):
            drawer.work.write(rewards.issue_batch, ten, count, operation_id="wrong", at=drawer.now)


def test_a_coupon_of_several_uses_comes_back_once_everything_is_returned(drawer: Drawer) -> None:
    someone, twice = drawer.person(), kind(drawer, KindDraft("Twice", amount=1000, uses=2))
    code, _ = give(drawer, twice, someone)
    sale = drawer.sale(someone)
    drawer.act(use_coupon, code, someone, sale)
    drawer.act(use_coupon, code, someone, 0)
    assert drawer.act(coupons_back, sale)[0] == 1
    assert drawer.act(coupons_back, sale)[0] == 0
    assert drawer.work.read(rewards.coupon, code).left == 1


def test_a_coupon_of_a_merged_card_is_used_by_the_one_that_answers(drawer: Drawer) -> None:
    ann, ben = drawer.person("Ann"), drawer.person("Ben")
    code, _ = give(drawer, kind(drawer), ben)
    drawer.work.write(duplicates.merge, ann, ben, at=drawer.now)
    assert [one.code for one in drawer.work.read(rewards.coupons_held, ann, drawer.day)] == [code]


def test_a_kind_put_away_or_over_hands_out_no_more(drawer: Drawer) -> None:
    someone, ten = drawer.person(), kind(drawer)
    over = kind(drawer, KindDraft("Over", amount=1, last=date(2026, 1, 1)))
    drawer.work.write(rewards.archive_kind, ten, at=drawer.now)
    for number in (ten, over):
        with pytest.raises(rewards.CouponOver):
            give(drawer, number, someone)
    drawer.work.write(rewards.unarchive_kind, ten)
    assert give(drawer, ten, someone)[0]


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (KindDraft("  ", amount=1), "offer_without_name"),
        (KindDraft("x"), "offer_out_of_range"),
        (KindDraft("x", benefit=Benefit.PERCENT, amount=1001), "offer_out_of_range"),
        (KindDraft("x", benefit=Benefit.GIFT), "offer_without_article"),
        (KindDraft("x", amount=1, first=date(2026, 2, 1), last=date(2026, 1, 1)), "offer_ends_first"),
    ],
)
def test_a_kind_that_makes_no_sense_is_refused(drawer: Drawer, draft: KindDraft, code: str) -> None:
    with pytest.raises(rewards.BadOffer) as said:
        kind(drawer, draft)
    assert said.value.code == code


def test_the_book_of_coupons_is_sound(drawer: Drawer) -> None:
    used_up(drawer)
    ended_and_cleared(drawer)
    taken_back(drawer)
    assert drawer.work.read(backup.check, drawer.day).problems == ()
    assert drawer.work.read(customers.count) > 0
