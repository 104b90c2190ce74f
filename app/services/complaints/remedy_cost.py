"""What a remedy costs the shop, as far as the program can tell; a person may say otherwise."""

from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from app.domain.loyalty.spending import points_value
from app.domain.money import QUANTITY_UNITS, currency, line_amount
from app.domain.remedies import RemedyKind
from app.domain.rewards.kinds import Benefit, Move
from app.domain.shop_rules import spending_rule
from app.models.complaints import ComplaintRemedy
from app.models.products import Product
from app.models.rewards import CouponEntry, CouponKind
from app.models.sales import Sale
from app.services.settings import settings

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class RemedyDraft:
    """A remedy as it was filled in; money in minor units. No cost: it is worked out."""

    kind: RemedyKind
    note: str = ""
    cost: int | None = None
    points: int = 0
    coupon_kind_id: int | None = None
    amount: int = 0
    """Of stored value: how much is put on the card, as bonus."""
    return_id: int | None = None
    product_id: int | None = None


def remedy_cost(session: Session, draft: RemedyDraft) -> int:
    """What points would pay, what a coupon takes off at most, what was refunded, what the article cost, in minor units.

    0 where only a person can tell: a percentage, a discount, an article without a known cost.
    """
    match draft.kind:
        case RemedyKind.POINTS:
            return points_value(draft.points, spending_rule(settings(session)))
        case RemedyKind.COUPON:
            return _coupon_cost(session, draft.coupon_kind_id)
        case RemedyKind.STORED:
            return draft.amount
        case RemedyKind.REFUND:
            back = None if draft.return_id is None else session.get(Sale, draft.return_id)
            return 0 if back is None else max(0, -back.total)
        case RemedyKind.REPLACEMENT:
            return _article_cost(session, draft.product_id)
        case _:
            return 0


def _coupon_cost(session: Session, kind_id: int | None) -> int:
    kind = None if kind_id is None else session.get(CouponKind, kind_id)
    if kind is None or kind.benefit is Benefit.PERCENT:
        return 0
    once = kind.amount if kind.benefit is Benefit.MONEY else _article_cost(session, kind.product_id)
    return once * kind.uses


def _article_cost(session: Session, product_id: int | None) -> int:
    cost = session.scalar(select(Product.cost).where(Product.id == product_id))
    if cost is None:
        return 0
    return line_amount(QUANTITY_UNITS, cost, currency(settings(session).currency).digits)


def coupon_kept() -> ColumnElement[int]:
    """How many uses of its coupon were not withdrawn since a remedy issued it, under which name ever; else NULL."""
    issue, move = aliased(CouponEntry), aliased(CouponEntry)
    withdrawn = (
        select(func.coalesce(func.sum(move.units), 0))
        .where(move.lot_id == issue.id, move.move == Move.WITHDRAW)
        .correlate(issue)
        .scalar_subquery()
    )
    kept = select(issue.units + withdrawn).where(issue.id == ComplaintRemedy.coupon_id).correlate(ComplaintRemedy)
    return kept.scalar_subquery()


def kept_cost() -> ColumnElement[int]:
    """What a remedy costs: that of a coupon shrinks as far as the coupon was withdrawn unused."""
    issued = select(CouponEntry.units).where(CouponEntry.id == ComplaintRemedy.coupon_id).scalar_subquery()
    return ComplaintRemedy.cost * func.coalesce(coupon_kept(), 1) // func.coalesce(issued, 1)


def counted(query: Select[*Columns]) -> Select[*Columns]:
    """Of a query over remedies those that cost: a refund whose return the till took back since did not."""
    return query.outerjoin(Sale, Sale.id == ComplaintRemedy.return_id).where(Sale.voided_at.is_(None))
