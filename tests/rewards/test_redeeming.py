"""Rewards for points: points go, stock goes down, both come back; what is refused says why."""

from datetime import date

import pytest

from app.domain.loyalty.refusals import NotEnoughPoints
from app.domain.rewards.kinds import RewardKind
from app.domain.rewards.refusals import RewardGone, RewardLimit, RewardNotNow, RewardPutAway, SpentSince
from app.resources.refusals import sentence
from app.services import backup, loyalty, rewards
from app.services.rewards.offers import RewardDraft
from app.storage.unit_of_work import Changes
from tests.rewards.desk_drawer import Drawer, use_coupon

CUP = RewardDraft("Cup", RewardKind.GIFT, 300)


def offer(drawer: Drawer, draft: RewardDraft = CUP, stock: int = 2) -> int:
    number, _ = drawer.work.write(rewards.add_reward, draft)
    if stock:
        drawer.work.write(rewards.stock_reward, number, stock, operation_id=drawer.operation(), at=drawer.now)
    return number


def rich(drawer: Drawer, points: int = 1000) -> int:
    someone = drawer.person()
    drawer.work.write(loyalty.adjust, someone, points, "gift", operation_id=drawer.operation(), at=drawer.now)
    return someone


def redeem(drawer: Drawer, someone: int, reward: int) -> tuple[rewards.Redemption, Changes]:
    return drawer.work.write(rewards.redeem, someone, reward, operation_id=drawer.operation(), at=drawer.now)


def stock(drawer: Drawer) -> int | None:
    return drawer.work.read(rewards.rewards)[0].stock


def test_an_exchange_takes_points_and_stock_and_gives_both_back(drawer: Drawer) -> None:
    someone, cup = rich(drawer), offer(drawer)
    done, changes = redeem(drawer, someone, cup)
    assert (done.points, done.balance, done.code, stock(drawer)) == (300, 700, "", 1)
    again, _ = drawer.work.write(rewards.redeem, someone, cup, operation_id=done.operation_id, at=drawer.now)
    assert (again, stock(drawer)) == (done, 1)
    movement = drawer.work.read(loyalty.ledger, someone)[0]
    assert (movement.kind.value, movement.points, movement.reason) == ("redeem", -300, "Cup")
    assert [one.reward for one in drawer.work.read(rewards.redemptions, someone)] == ["Cup"]
    redo = drawer.back(changes)
    assert (drawer.work.read(loyalty.balance, someone), stock(drawer)) == (1000, 2)
    assert drawer.work.read(rewards.redemptions, someone) == []
    drawer.back(redo)
    assert (drawer.work.read(loyalty.balance, someone), stock(drawer)) == (700, 1)
    assert drawer.work.read(backup.check, drawer.day).problems == ()


def test_money_off_is_handed_over_as_a_coupon(drawer: Drawer) -> None:
    someone = rich(drawer)
    voucher = offer(drawer, RewardDraft("Five off", RewardKind.MONEY, 500, amount=500, days=30, counted=False), 0)
    done, changes = redeem(drawer, someone, voucher)
    (coupon,) = drawer.work.read(rewards.coupons_held, someone, drawer.day)
    assert (coupon.code, coupon.terms.amount, coupon.last) == (done.code, 500, date(2026, 12, 23))
    _, used = drawer.act(use_coupon, done.code, someone, drawer.sale(someone))
    with pytest.raises(SpentSince):
        drawer.back(changes)
    drawer.back(used)
    drawer.back(changes)
    assert drawer.work.read(rewards.coupons_held, someone, drawer.day) == []
    assert drawer.work.read(loyalty.balance, someone) == 1000 + 100


@pytest.mark.parametrize(
    ("draft", "stock", "refusal"),
    [
        (RewardDraft("Cup", RewardKind.GIFT, 1001), 1, NotEnoughPoints),
        (CUP, 0, RewardGone),
        (RewardDraft("Cup", RewardKind.GIFT, 1, first=date(2026, 12, 1)), 1, RewardNotNow),
        (RewardDraft("Cup", RewardKind.GIFT, 1, last=date(2026, 11, 22)), 1, RewardNotNow),
    ],
)
def test_what_cannot_be_exchanged_is_refused(
    drawer: Drawer, draft: RewardDraft, stock: int, refusal: type[Exception]
) -> None:
    someone, cup = rich(drawer), offer(drawer, draft, stock)
    with pytest.raises(refusal):
        redeem(drawer, someone, cup)
    assert drawer.work.read(loyalty.balance, someone) == 1000


def test_a_reward_put_away_is_refused_in_plain_words(drawer: Drawer) -> None:
    someone, cup = rich(drawer), offer(drawer)
    drawer.work.write(rewards.archive_reward, cup, at=drawer.now)
    with pytest.raises(RewardPutAway) as refused:
        redeem(drawer, someone, cup)
    assert sentence(refused.value, "en").startswith("This reward is no longer offered")
    assert drawer.work.read(loyalty.balance, someone) == 1000


def test_a_limit_counts_what_stands(drawer: Drawer) -> None:
    someone, cup = rich(drawer), offer(drawer, RewardDraft("Cup", RewardKind.GIFT, 10, per_customer=1), 5)
    _, changes = redeem(drawer, someone, cup)
    with pytest.raises(RewardLimit):
        redeem(drawer, someone, cup)
    drawer.back(changes)
    redeem(drawer, someone, cup)


def test_no_more_is_taken_out_of_stock_than_is_there(drawer: Drawer) -> None:
    cup = offer(drawer)
    write, now = drawer.work.write, drawer.now
    with pytest.raises(RewardGone):
        write(rewards.stock_reward, cup, -3, "broken", operation_id="broken", at=now)
    _, changes = write(rewards.stock_reward, cup, -2, "broken", operation_id="broken", at=now)
    assert stock(drawer) == 0
    drawer.back(changes)
    assert stock(drawer) == 2
