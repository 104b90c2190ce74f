"""What coupons and cards are called: by what they give, for which occasion, what is left of them."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.rewards.coupons import CouponTerms
from app.domain.rewards.kinds import Benefit, Move, Occasion, Part, PlanKind
from app.services.rewards import CardHeld, Coupon, PlanDraft
from app.views.shared.day_words import short_day
from app.views.shared.desk import Desk


def benefit(terms: CouponTerms, article: str, desk: Desk) -> str:
    """What a coupon gives: "¥10 off", "10% off", "one Tea"."""
    if terms.benefit is Benefit.MONEY:
        said = QCoreApplication.translate("Rewards", "{money} off")
        return said.replace("{money}", desk.money(terms.amount, drop_zeros=True))
    if terms.benefit is Benefit.PERCENT:
        return QCoreApplication.translate("Rewards", "{percent}% off").replace("{percent}", f"{terms.amount / 10:g}")
    return QCoreApplication.translate("Rewards", "one {article}").replace("{article}", article)


def conditions(terms: CouponTerms, desk: Desk) -> str:
    """What it is for: "from ¥100 · Tea, Cups"; empty where it is for everything."""
    parts = []
    if terms.min_bill:
        said = QCoreApplication.translate("Rewards", "from {money}")
        parts.append(said.replace("{money}", desk.money(terms.min_bill, drop_zeros=True)))
    if terms.categories:
        parts.append(QCoreApplication.translate("Rewards", ", ").join(terms.categories))
    return " · ".join(parts)


def occasion(code: Occasion) -> str:
    """Why a coupon is handed out."""
    return {
        Occasion.HAND: QCoreApplication.translate("Rewards", "by hand"),
        Occasion.BIRTHDAY: QCoreApplication.translate("Rewards", "birthday"),
        Occasion.NEXT_VISIT: QCoreApplication.translate("Rewards", "next visit"),
        Occasion.WIN_BACK: QCoreApplication.translate("Rewards", "win back"),
        Occasion.REFERRAL: QCoreApplication.translate("Rewards", "referral"),
        Occasion.REWARD: QCoreApplication.translate("Rewards", "for points"),
    }[code]


def plan_kind(kind: PlanKind) -> str:
    """What kind of card it is."""
    return {
        PlanKind.STORED: QCoreApplication.translate("Rewards", "Stored value"),
        PlanKind.VISITS: QCoreApplication.translate("Rewards", "Count card"),
        PlanKind.STAMPS: QCoreApplication.translate("Rewards", "Punch card"),
    }[kind]


def part(code: Part | None) -> str:
    """The two parts of stored value."""
    if code is Part.BONUS:
        return QCoreApplication.translate("Rewards", "Bonus on stored value")
    return QCoreApplication.translate("Rewards", "Stored value, paid in")


def brings(draft: PlanDraft, article: str, desk: Desk) -> str:
    """What a card brings: "¥50 on top", "10 visits · Tea", "8 stamps, one free"."""
    if draft.kind is PlanKind.STORED:
        if not draft.bonus:
            return QCoreApplication.translate("Rewards", "no bonus")
        said = QCoreApplication.translate("Rewards", "{money} on top")
        return said.replace("{money}", desk.money(draft.bonus, drop_zeros=True))
    units = draft.units
    if draft.kind is PlanKind.VISITS:
        said = QCoreApplication.translate("Rewards", "%n visit(s)", "", units)
    else:
        said = QCoreApplication.translate("Rewards", "buy %n, get one", "", units)
    return " · ".join(filter(None, (said, article or draft.category)))


def card_left(card: CardHeld) -> str:
    """What is left on a card: "8 visits", "5 of 8 stamps"; what is owed where goods came back."""
    owed, left = card.owed, card.left
    if owed:
        return QCoreApplication.translate("Rewards", "%n owed", "", owed)
    if card.kind is PlanKind.VISITS:
        return QCoreApplication.translate("Rewards", "%n visit(s) left", "", left)
    said = QCoreApplication.translate("Rewards", "{have} of {full} stamps")
    if card.left >= card.full:
        said = QCoreApplication.translate("Rewards", "full, one free ({have} of {full} stamps)")
    return said.replace("{have}", str(card.left)).replace("{full}", str(card.full))


def coupon_state(coupon: Coupon, today: date) -> str:
    """How a coupon stands."""
    if coupon.withdrawn and coupon.left <= 0:
        return QCoreApplication.translate("Rewards", "taken back")
    if coupon.last is not None and coupon.last < today:
        return QCoreApplication.translate("Rewards", "expired")
    if coupon.left <= 0 and coupon.used_on is not None:
        said = QCoreApplication.translate("Rewards", "used {day}")
        return said.replace("{day}", short_day(coupon.used_on, today))
    return until(coupon.last, today)


def until(day: date | None, today: date) -> str:
    """Up to when something can be used."""
    if day is None:
        return QCoreApplication.translate("Rewards", "without end")
    return QCoreApplication.translate("Rewards", "until {day}").replace("{day}", short_day(day, today))


def movement(move: Move) -> str:
    """What moved a purse."""
    return {
        Move.LOAD: QCoreApplication.translate("Rewards", "Paid in"),
        Move.GIFT: QCoreApplication.translate("Rewards", "Bonus"),
        Move.STAMP: QCoreApplication.translate("Rewards", "Stamped"),
        Move.OPENING: QCoreApplication.translate("Rewards", "Brought along"),
        Move.ISSUE: QCoreApplication.translate("Rewards", "Handed out"),
        Move.SPEND: QCoreApplication.translate("Rewards", "Used"),
        Move.EXPIRE: QCoreApplication.translate("Rewards", "Expired"),
        Move.TAKE_BACK: QCoreApplication.translate("Rewards", "Taken back with a return"),
        Move.GIVE_BACK: QCoreApplication.translate("Rewards", "Given back with a return"),
        Move.REFUND: QCoreApplication.translate("Rewards", "Paid out"),
        Move.FORFEIT: QCoreApplication.translate("Rewards", "Bonus ended with the pay-out"),
        Move.WITHDRAW: QCoreApplication.translate("Rewards", "Taken back by the shop"),
        Move.ADJUST: QCoreApplication.translate("Rewards", "By hand"),
        Move.REPAY: QCoreApplication.translate("Rewards", "Paid what was owed"),
        Move.CORRECT: QCoreApplication.translate("Rewards", "Corrected"),
    }[move]
