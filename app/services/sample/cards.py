"""What the sample shop offers beside points, and what some people hold of it: cards, coupons, rewards."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from app.domain.rewards.codes import new_code
from app.domain.rewards.kinds import Benefit, Move, Occasion, Part, PlanKind, RewardKind, StockMove
from app.models.rewards import (
    CardPlan,
    CouponEntry,
    CouponKind,
    Reward,
    RewardEntry,
    StampEntry,
    StoredEntry,
    VisitEntry,
)
from app.services.sample import words
from app.services.sample.bills import Account
from app.services.sample.calendar import Days
from app.services.sample.goods import Shelf
from app.services.sample.rows import Rows

OWNER = 1
STORED, VISITS, STAMPS = 1, 2, 3
HOLDERS = 36
"""How many people hold something; in a smaller shop, fewer."""
VISIT_WORTH, NEEDED = 6800, 8
BIRTHDAY, NEXT_VISIT, REFERRAL, LEAFLET, MONEY_OFF = 1, 2, 3, 4, 5


def write_cards(rows: Rows, days: Days, shelf: Shelf, language: str, accounts: Sequence[Account], seed: int) -> None:
    """Three cards, five kinds of coupons, three rewards; balances brought along a while ago, coupons given since."""
    said, rng = words.texts(language), Random(seed)
    names, categories = said["cards"], said["categories"]
    _offers(rows, names, categories)
    _rewards(rows, names, days, shelf)
    regulars = sorted(accounts, key=lambda account: -len(account.person.visits))[: min(HOLDERS, len(accounts) // 4)]
    for place, account in enumerate(regulars):
        _hold(rows, days, rng, place, account.person.id)


def _offers(rows: Rows, names: Any, categories: dict[str, str]) -> None:
    plan: dict[str, Any] = {"price": 0, "bonus": 0, "units": 0, "category": "", "months": None}
    for number, kind, more in (
        (STORED, PlanKind.STORED, {"price": 50000, "bonus": 5000, "months": 12}),
        (VISITS, PlanKind.VISITS, {"price": 68000, "units": 10, "category": categories["service"], "months": 12}),
        (STAMPS, PlanKind.STAMPS, {"units": NEEDED, "category": categories["sweets"], "months": 6}),
    ):
        rows.add(CardPlan, id=number, kind=kind, name=names["plans"][kind], **plan | more)
    coupons, money = names["coupons"], Benefit.MONEY
    _kind(rows, BIRTHDAY, coupons["birthday"], Occasion.BIRTHDAY, Benefit.PERCENT, 120, days=30)
    _kind(rows, NEXT_VISIT, coupons["next_visit"], Occasion.NEXT_VISIT, money, 1000, days=30, from_amount=20000)
    _kind(rows, REFERRAL, coupons["referral"], Occasion.REFERRAL, money, 3000, days=90, min_bill=10000)
    _kind(rows, LEAFLET, coupons["hand"], Occasion.HAND, money, 1500, days=60, min_bill=9900)
    _kind(rows, MONEY_OFF, names["rewards"]["money"], Occasion.REWARD, money, 2000, days=90)


def _kind(
    rows: Rows, number: int, name: str, occasion: Occasion, benefit: Benefit, amount: int, days: int, **more: int
) -> None:
    row = {"min_bill": 0, "from_amount": 0, "categories": [], "uses": 1, **more}
    rows.add(CouponKind, id=number, name=name, occasion=occasion, benefit=benefit, amount=amount, days=days, **row)


def _rewards(rows: Rows, names: Any, days: Days, shelf: Shelf) -> None:
    at = days.at(days.first, 10)
    for number, kind, cost, more in (
        (1, RewardKind.MONEY, 2000, {"amount": 2000, "days": 90, "counted": False, "coupon_kind_id": MONEY_OFF}),
        (2, RewardKind.GIFT, 800, {"product_id": shelf.goods[-1].id}),
        (3, RewardKind.SERVICE, 3000, {"counted": False, "per_customer": 1}),
    ):
        row = {"amount": 0, "days": None, "counted": True, "coupon_kind_id": None, "product_id": None}
        row |= {"per_customer": None, **more}
        rows.add(Reward, id=number, kind=kind, name=names["rewards"][kind], cost=cost, **row)
    rows.add(
        RewardEntry,
        reward_id=2,
        at=at,
        shop_day=days.first,
        kind=StockMove.STOCK,
        units=24,
        points=0,
        staff_id=OWNER,
        reason="",
        operation_id="sample:stock",
        ordinal=0,
    )


def _hold(rows: Rows, days: Days, rng: Random, place: int, customer: int) -> None:
    """By turns: stored value with its bonus, visits, stamps; every third also a coupon."""
    day = days.last - timedelta(days=rng.randint(5, 90))
    row = {"customer_id": customer, "shop_day": day, "at": days.at(day, 12), "opens_lot": True, "staff_id": OWNER}
    row |= {"move": Move.OPENING, "reason": "", "operation_id": f"sample:{place}", "lot_id": None}
    until = day + timedelta(days=365)
    if place % 3 == 0:
        paid = 10000 * rng.randint(1, 5)
        for ordinal, (part, units) in enumerate(((Part.PRINCIPAL, paid), (Part.BONUS, paid // 10))):
            ends = until if part is Part.BONUS else None
            rows.add(StoredEntry, **row, part=part, plan_id=STORED, units=units, expires_on=ends, ordinal=ordinal)
    elif place % 3 == 1:
        left = rng.randint(2, 10)
        worth = left * VISIT_WORTH
        rows.add(VisitEntry, **row, plan_id=VISITS, units=left, worth=worth, expires_on=until, ordinal=0)
    else:
        rows.add(StampEntry, **row, plan_id=STAMPS, units=rng.randint(1, 11), expires_on=until, ordinal=0)
    if place % 3 == 0 or place < 5:
        kind = NEXT_VISIT if place % 2 else LEAFLET
        ends = days.last + timedelta(days=rng.randint(4, 25))
        coupon = row | {"move": Move.ISSUE, "operation_id": f"sample:coupon:{place}", "ordinal": 0}
        rows.add(CouponEntry, **coupon, kind_id=kind, code=new_code(rng.choice), units=1, worth=0, expires_on=ends)
