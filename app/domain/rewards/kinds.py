"""The codes of rewards, coupons and cards: what they are, and what moves them."""

from enum import StrEnum


class PlanKind(StrEnum):
    """What a card of the shop is."""

    STORED = "stored"
    """Stored value: money paid in ahead, with a bonus on top."""
    VISITS = "visits"
    """Count card: so many visits, paid ahead."""
    STAMPS = "stamps"
    """Punch card: buy so many of a category, get one."""


class Part(StrEnum):
    """Stored value is two purses: what the customer paid, and what the shop put on top."""

    PRINCIPAL = "principal"
    BONUS = "bonus"


class Move(StrEnum):
    """What moves a purse: the codes of the ledgers' rows."""

    LOAD = "load"
    """Paid in, or a card sold; opens a lot."""
    GIFT = "gift"
    """The bonus on a top-up; opens a lot."""
    STAMP = "stamp"
    """Stamps for goods bought; opens a lot."""
    OPENING = "opening"
    """Brought along from an old system; opens a lot."""
    ISSUE = "issue"
    """A coupon handed out; opens a lot of so many uses."""
    SPEND = "spend"
    """Used: one row for each lot touched."""
    EXPIRE = "expire"
    """What was left of a lot on the day after its last usable day."""
    TAKE_BACK = "take_back"
    """What a return took away again."""
    GIVE_BACK = "give_back"
    """What a return brought back; opens a lot, but for a coupon, which is its own."""
    REFUND = "refund"
    """Money paid out to the customer."""
    FORFEIT = "forfeit"
    """The bonus that ends with a refund."""
    WITHDRAW = "withdraw"
    """A coupon taken back by the shop."""
    ADJUST = "adjust"
    """By hand, with a reason."""
    REPAY = "repay"
    """A pair of rows, −n from a lot and +n without lot, by which what is owed is paid."""
    CORRECT = "correct"
    """Makes two customers whole again when a merge is taken back."""


class Benefit(StrEnum):
    """What a coupon takes off."""

    MONEY = "money"
    PERCENT = "percent"
    GIFT = "gift"
    """One of an article."""


class Occasion(StrEnum):
    """Why a coupon is handed out."""

    HAND = "hand"
    """By a person, to one customer or in a batch of codes."""
    BIRTHDAY = "birthday"
    NEXT_VISIT = "next_visit"
    """With a sale, for the next one."""
    WIN_BACK = "win_back"
    REFERRAL = "referral"
    """To whoever brought somebody who then bought for the first time."""
    REWARD = "reward"
    """Bought with points."""


class RewardKind(StrEnum):
    """What points are exchanged for."""

    MONEY = "money"
    """A coupon that takes money off a bill."""
    GIFT = "gift"
    SERVICE = "service"


class StockMove(StrEnum):
    """What moves the stock of a reward."""

    STOCK = "stock"
    """Put there, or counted anew, by hand."""
    REDEEM = "redeem"
    GIVE_BACK = "give_back"
    """An exchange that was taken back."""
