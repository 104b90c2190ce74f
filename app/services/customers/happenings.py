"""What the entries of a timeline tell, each kind in its own words and figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState, Severity
from app.domain.followups import FollowUpKind
from app.domain.interactions import Channel, Direction, Purpose
from app.domain.loyalty.kinds import PointKind
from app.models.complaints import Complaint
from app.models.followups import FollowUp
from app.models.interactions import Interaction
from app.models.loyalty import PointEntry, TierMove
from app.models.products import Product
from app.models.sales import Sale, SaleLine

GOODS_NAMED = 3


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """One line of a bill: quantity in thousandths of `unit`."""

    name: str
    quantity: int
    unit: str


@dataclass(frozen=True, slots=True)
class SaleTold:
    """A bill. Money in minor units; `net` is revenue less what it brought back; the first goods, and how many lines."""

    number: str
    net: int
    discount: int
    points_used: int
    points_value: int
    points_earned: int
    is_return: bool
    goods: tuple[GoodsLine, ...] = ()
    lines: int = 0


@dataclass(frozen=True, slots=True)
class ContactTold:
    channel: Channel
    direction: Direction
    purpose: Purpose
    reached: bool
    summary: str


@dataclass(frozen=True, slots=True)
class ComplaintTold:
    number: int
    category: str
    severity: Severity
    state: ComplaintState
    words: str
    wish: str


@dataclass(frozen=True, slots=True)
class FollowUpTold:
    kind: FollowUpKind
    text: str
    due_on: date


@dataclass(frozen=True, slots=True)
class PointsTold:
    kind: PointKind
    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class TierTold:
    """Ranks before and after; the cause is a code of `app.domain.tiers.history.MoveCause`."""

    from_rank: int
    to_rank: int
    cause: str
    valid_until: date | None


What = SaleTold | ContactTold | ComplaintTold | FollowUpTold | PointsTold | TierTold

SALE_COLUMNS = (
    Sale.at,
    Sale.number,
    Sale.revenue,
    Sale.returned,
    Sale.discount,
    Sale.points_used,
    Sale.points_value,
    Sale.points_earned,
    Sale.returns_id,
)
CONTACT_COLUMNS = (
    Interaction.at,
    Interaction.channel,
    Interaction.direction,
    Interaction.purpose,
    Interaction.reached,
    Interaction.summary,
)
COMPLAINT_COLUMNS = (
    Complaint.opened_at.label("at"),
    Complaint.number,
    Complaint.category,
    Complaint.severity,
    Complaint.state,
    Complaint.words,
    Complaint.wish,
)
FOLLOWUP_COLUMNS = (FollowUp.done_at.label("at"), FollowUp.kind, FollowUp.text, FollowUp.due_on)
POINTS_COLUMNS = (
    func.max(PointEntry.at, type_=PointEntry.at.type).label("at"),
    PointEntry.kind,
    func.sum(PointEntry.points).label("points"),
    func.max(PointEntry.reason).label("reason"),
)
TIER_COLUMNS = (TierMove.on, TierMove.from_rank, TierMove.to_rank, TierMove.cause, TierMove.valid_until)


def sale(row: Any) -> SaleTold:
    """A bill, or a return: one that brings back another, or that only brings back."""
    is_return = row.returns_id is not None or (row.revenue == 0 and row.returned > 0)
    return SaleTold(
        row.number,
        row.revenue - row.returned,
        row.discount,
        row.points_used,
        row.points_value,
        row.points_earned,
        is_return,
    )


def contact(row: Any) -> ContactTold:
    return ContactTold(row.channel, row.direction, row.purpose, row.reached, row.summary)


def complaint(row: Any) -> ComplaintTold:
    return ComplaintTold(row.number, row.category, row.severity, row.state, row.words, row.wish)


def followup(row: Any) -> FollowUpTold:
    return FollowUpTold(row.kind, row.text, row.due_on)


def points(row: Any) -> PointsTold:
    return PointsTold(row.kind, row.points, row.reason)


def tier_move(row: Any) -> TierTold:
    return TierTold(row.from_rank, row.to_rank, row.cause, row.valid_until)


def goods_of(session: Session, bills: Sequence[int]) -> dict[int, list[GoodsLine]]:
    """The lines of these bills, in the order of the bill."""
    query = (
        select(SaleLine.sale_id, SaleLine.description, Product.name, SaleLine.quantity, Product.unit)
        .outerjoin(Product, Product.id == SaleLine.product_id)
        .where(SaleLine.sale_id.in_(bills))
        .order_by(SaleLine.id)
    )
    lines: dict[int, list[GoodsLine]] = {}
    for bill, description, name, quantity, unit in session.execute(query):
        lines.setdefault(bill, []).append(GoodsLine(description or name or "", quantity, unit or ""))
    return lines


def with_goods(told: SaleTold, lines: Sequence[GoodsLine]) -> SaleTold:
    """The same bill, with its first goods and the number of its lines."""
    return replace(told, goods=tuple(lines[:GOODS_NAMED]), lines=len(lines))
