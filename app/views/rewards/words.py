"""What the page of cards and coupons says of its rows."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.rewards.coupons import CouponTerms
from app.domain.rewards.kinds import PlanKind, RewardKind
from app.services.rewards import KindRow, RewardRow
from app.views.shared import reward_words
from app.views.shared.day_words import short_day
from app.views.shared.desk import Desk


def reward_kind(kind: RewardKind) -> str:
    return {
        RewardKind.MONEY: QCoreApplication.translate("Rewards", "Money off"),
        RewardKind.GIFT: QCoreApplication.translate("Rewards", "Gift"),
        RewardKind.SERVICE: QCoreApplication.translate("Rewards", "Service"),
    }[kind]


def terms(row: KindRow) -> CouponTerms:
    """What coupons of a kind give."""
    draft = row.draft
    return CouponTerms(draft.benefit, draft.amount, draft.product_id, draft.min_bill, draft.categories)


def gives(row: KindRow, desk: Desk) -> str:
    """What a kind gives and for what, in one line."""
    given = terms(row)
    parts = (reward_words.benefit(given, row.article, desk), reward_words.conditions(given, desk))
    return " · ".join(filter(None, parts))


def lasts(row: KindRow, today: date) -> str:
    """How long coupons of a kind can be used."""
    draft, parts = row.draft, []
    days = draft.days
    if days:
        parts.append(QCoreApplication.translate("Rewards", "%n day(s)", "", days))
    if draft.first:
        said = QCoreApplication.translate("Rewards", "from {day}")
        parts.append(said.replace("{day}", short_day(draft.first, today)))
    if draft.last:
        parts.append(reward_words.until(draft.last, today))
    return " · ".join(parts) or QCoreApplication.translate("Rewards", "without end")


def stock(row: RewardRow) -> str:
    return "–" if row.stock is None else f"{row.stock:,}"


def offered(row: RewardRow, today: date) -> str:
    """Within which days a reward is offered."""
    parts = []
    if row.draft.first and row.draft.first > today:
        said = QCoreApplication.translate("Rewards", "from {day}")
        parts.append(said.replace("{day}", short_day(row.draft.first, today)))
    if row.draft.last:
        parts.append(reward_words.until(row.draft.last, today))
    return " · ".join(parts) or "–"


def owed_units(kind: PlanKind, units: int, desk: Desk) -> str:
    """How much of a purse is out, in its own units."""
    if kind is PlanKind.STORED:
        return desk.money(units, drop_zeros=True)
    if kind is PlanKind.VISITS:
        return QCoreApplication.translate("Rewards", "%n visit(s)", "", units)
    return QCoreApplication.translate("Rewards", "%n stamp(s)", "", units)
