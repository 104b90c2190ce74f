"""What the entries of a timeline tell, each kind in its own words and figures."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState, Severity
from app.domain.followups import FollowUpKind
from app.domain.interactions import Channel, Direction, Noticed, Purpose
from app.domain.loyalty.kinds import PointKind

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
    goods: tuple[GoodsLine, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class AnswerTold:
    """What the person answered to a question of a script."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class ContactTold:
    """A contact, with what was answered in it."""

    channel: Channel
    direction: Direction
    purpose: Purpose
    reached: bool
    summary: str
    noticed: Noticed | None = None
    objection: str = ""
    reply: str = ""
    reply_worked: bool | None = None
    demonstrated: str = ""
    quoted: str = ""
    product: str = ""
    answers: tuple[AnswerTold, ...] = ()


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


@dataclass(frozen=True, slots=True)
class ConsentTold:
    """A yes or a no to one channel, and where it was said."""

    channel: Channel
    given: bool
    source: str


What = SaleTold | ContactTold | ComplaintTold | FollowUpTold | PointsTold | TierTold | ConsentTold | AnswerTold

SALES = """
SELECT s.id, s.at, s.shop_day AS day, s.number, s.revenue, s.returned, s.discount, s.points_used, s.points_value,
       s.points_earned, s.returns_id, w.name AS staff
FROM sales s JOIN staff w ON w.id = s.staff_id
WHERE s.customer_id {whose} AND s.voided_at IS NULL AND {below}
ORDER BY s.shop_day DESC, s.at DESC, s.id DESC LIMIT :limit
"""
CONTACTS = """
SELECT i.id, i.at, i.shop_day AS day, i.channel, i.direction, i.purpose, i.reached, i.summary, i.noticed, i.objection,
       i.reply, i.reply_worked, i.demonstrated, i.quoted, coalesce(p.name, '') AS product,
       (SELECT json_group_array(json_array(q.text, a.text) ORDER BY a.id) FROM script_answers a
        JOIN script_questions q ON q.id = a.question_id WHERE a.interaction_id = i.id) AS answers, w.name AS staff
FROM interactions i JOIN staff w ON w.id = i.staff_id LEFT JOIN products p ON p.id = i.product_id
WHERE i.customer_id {whose} AND {below} ORDER BY i.at DESC, i.id DESC LIMIT :limit
"""
COMPLAINTS = """
SELECT k.id, k.opened_at AS at, k.shop_day AS day, k.number, k.category, k.severity, k.state, k.words, k.wish,
       w.name AS staff
FROM complaints k JOIN staff w ON w.id = k.staff_id
WHERE k.customer_id {whose} AND {below} ORDER BY k.opened_at DESC, k.id DESC LIMIT :limit
"""
FOLLOWUPS = """
SELECT f.id, f.done_at AS at, f.kind, f.text, f.due_on, w.name AS staff
FROM followups f JOIN staff w ON w.id = coalesce(f.done_by, f.staff_id)
WHERE f.customer_id {whose} AND f.done_at IS NOT NULL
  AND (f.done_at < :at OR (f.done_at = :at AND f.id < :id))
ORDER BY f.done_at DESC, f.id DESC LIMIT :limit
"""
POINTS = """
SELECT min(p.id) AS id, max(p.at) AS at, max(p.shop_day) AS day, p.kind, sum(p.points) AS points,
       max(p.reason) AS reason, w.name AS staff
FROM point_entries p JOIN staff w ON w.id = p.staff_id
WHERE p.customer_id {whose} AND {shown} GROUP BY p.operation_id, p.kind HAVING {below}
ORDER BY max(p.at) DESC, min(p.id) DESC LIMIT :limit
"""
TIERS = """
SELECT m.id, NULL AS at, m."on" AS day, m.from_rank, m.to_rank, m.cause, m.valid_until, '' AS staff FROM tier_moves m
WHERE m.customer_id {whose} AND m.from_rank <> m.to_rank AND {below}
ORDER BY m."on" DESC, m.id DESC LIMIT :limit
"""
CONSENTS = """
SELECT k.id, k.at, k.shop_day AS day, k.channel, k.given, k.source, w.name AS staff
FROM consents k JOIN staff w ON w.id = k.staff_id
WHERE k.customer_id {whose} AND {below} ORDER BY k.at DESC, k.id DESC LIMIT :limit
"""
ANSWERS = """
SELECT a.id, NULL AS at, a.shop_day AS day, q.text AS question, a.text AS answer, '' AS staff
FROM script_answers a JOIN script_questions q ON q.id = a.question_id
WHERE a.customer_id {whose} AND a.interaction_id IS NULL AND {below}
ORDER BY a.shop_day DESC, a.id DESC LIMIT :limit
"""
"""An answer given in a contact is told there; here are those of which no contact is known."""
COUNTS = """
SELECT (SELECT count(*) FROM sales WHERE customer_id {whose} AND voided_at IS NULL),
       (SELECT count(*) FROM interactions WHERE customer_id {whose}),
       (SELECT count(*) FROM complaints WHERE customer_id {whose}),
       (SELECT count(*) FROM followups WHERE customer_id {whose} AND done_at IS NOT NULL),
       (SELECT count(*) FROM (
           SELECT 1 FROM point_entries p WHERE p.customer_id {whose} AND {shown} GROUP BY p.operation_id, p.kind)),
       (SELECT count(*) FROM tier_moves WHERE customer_id {whose} AND from_rank <> to_rank),
       (SELECT count(*) FROM consents WHERE customer_id {whose}),
       (SELECT count(*) FROM script_answers WHERE customer_id {whose} AND interaction_id IS NULL)
"""
_GOODS = """
SELECT l.sale_id, CASE WHEN l.description = '' THEN coalesce(p.name, '') ELSE l.description END, l.quantity,
       coalesce(p.unit, '')
FROM sale_lines l LEFT JOIN products p ON p.id = l.product_id
WHERE l.sale_id IN (SELECT value FROM json_each(?)) ORDER BY l.id
"""


def sale(row: Any, lines: Sequence[GoodsLine]) -> SaleTold:
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
        tuple(lines[:GOODS_NAMED]),
        len(lines),
    )


def contact(row: Any) -> ContactTold:
    return ContactTold(
        Channel(row.channel),
        Direction(row.direction),
        Purpose(row.purpose),
        bool(row.reached),
        row.summary,
        Noticed(row.noticed) if row.noticed else None,
        row.objection,
        row.reply,
        None if row.reply_worked is None else bool(row.reply_worked),
        row.demonstrated,
        row.quoted,
        row.product,
        tuple(AnswerTold(*said) for said in json.loads(row.answers)),
    )


def complaint(row: Any) -> ComplaintTold:
    severity, state = Severity(row.severity), ComplaintState(row.state)
    return ComplaintTold(row.number, row.category, severity, state, row.words, row.wish)


def followup(row: Any) -> FollowUpTold:
    return FollowUpTold(FollowUpKind(row.kind), row.text, date.fromisoformat(row.due_on))


def points(row: Any) -> PointsTold:
    return PointsTold(PointKind(row.kind), row.points, row.reason)


def tier_move(row: Any) -> TierTold:
    until = date.fromisoformat(row.valid_until) if row.valid_until else None
    return TierTold(row.from_rank, row.to_rank, row.cause, until)


def consent(row: Any) -> ConsentTold:
    return ConsentTold(Channel(row.channel), bool(row.given), row.source)


def answer(row: Any) -> AnswerTold:
    return AnswerTold(row.question, row.answer)


def goods_of(session: Session, bills: Sequence[int]) -> dict[int, list[GoodsLine]]:
    """The lines of these bills, in the order of the bill."""
    lines: dict[int, list[GoodsLine]] = {}
    rows = session.connection().exec_driver_sql(_GOODS, (json.dumps(list(bills)),)).all()
    for bill, name, quantity, unit in rows:
        lines.setdefault(bill, []).append(GoodsLine(name, quantity, unit))
    return lines
