"""Closing the day: what the bills say must be there, by method, against what is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.payments import NEW_MONEY, MethodKind
from app.models.sales import Sale, SaleOrigin
from app.models.staff import Staff
from app.models.till import DayClose, DayCloseLine
from app.services.loyalty.adjusting import moment
from app.services.sales.methods import methods
from app.services.settings import settings
from app.services.till.days import day_of
from app.storage import journal
from app.storage.unit_of_work import acting_staff


class NothingToClose(ShopError):
    """No bill has been posted since the last close, and nothing lies in the drawer."""


class CountTheDrawer(ShopError):
    """Cash has to be counted before the day is closed."""


class DifferenceNeedsAReason(ShopError):
    """What is there is not what should be: say why. Numbers: difference (minor units)."""


class FloatTooLarge(ShopError):
    """More would stay in the drawer than was counted. Numbers: most (minor units)."""


class LaterClose(ShopError):
    """The day was closed again since; the later close is to be taken back first."""


class CloseUndone(ShopError):
    """This close was taken back before."""


@dataclass(frozen=True, slots=True)
class MethodSums:
    """What one method took, in minor units."""

    method: str
    kind: MethodKind
    name: str
    """The shop's own word; empty: the shipped one for the code."""
    bills: int = 0
    sales: int = 0
    refunds: int = 0
    """What went back, above 0."""
    float_before: int = 0
    counted: int | None = None
    float_after: int = 0

    @property
    def expected(self) -> int:
        return self.float_before + self.sales - self.refunds

    @property
    def difference(self) -> int:
        """Counted less expected: below 0 something is missing; 0 where nobody counted."""
        return 0 if self.counted is None else self.counted - self.expected


@dataclass(frozen=True, slots=True)
class CloseDraft:
    """What was found: by method what was counted, and what stays in the drawer; minor units."""

    counted: Mapping[str, int]
    floats: Mapping[str, int]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ToClose:
    """What a close now would cover: bills from one moment to the next."""

    since: datetime | None
    """When it was last closed; None: never."""
    bills: int
    lines: tuple[MethodSums, ...]
    after_id: int | None
    first_sale: int
    last_sale: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A bill of a closed day that was taken back since; money in minor units, as the bill had it."""

    number: str
    total: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CloseRow:
    """One close in a list."""

    id: int
    shop_day: date
    at: datetime
    staff: str
    taken: int
    """What came in, money that went back taken off, in minor units: stored value and visits were paid in before."""
    difference: int
    undone: bool


@dataclass(frozen=True, slots=True)
class CloseCard:
    """One close with all that is in it."""

    row: CloseRow
    since: datetime | None
    reason: str
    bills: int
    lines: tuple[MethodSums, ...]
    changed: tuple[Changed, ...]
    """Bills it counted that were taken back later; the next close has them."""


_SUMS = text("""
SELECT coalesce(p.method, s.payment) AS method, count(DISTINCT s.id) AS bills,
       coalesce(sum(max(coalesce(p.amount, s.total), 0)), 0) AS sales,
       coalesce(-sum(min(coalesce(p.amount, s.total), 0)), 0) AS refunds
FROM sales s LEFT JOIN payments p ON p.sale_id = s.id
WHERE s.origin = 'till' AND s.id BETWEEN :first AND :last AND s.voided_at IS NULL GROUP BY 1
""")
_TAKEN_BACK = text("""
SELECT coalesce(p.method, s.payment) AS method, sum(coalesce(p.amount, s.total)) AS amount
FROM sales s LEFT JOIN payments p ON p.sale_id = s.id
WHERE s.origin = 'till' AND s.id < :first AND s.voided_after_id >= :before GROUP BY 1
""")
"""Bills of days closed before that were taken back since: their money left the drawer, or came into it."""


def to_close(session: Session, day: date) -> ToClose:
    """What a close on this shop day would cover; the first one ever begins with the last day that has a bill."""
    before = _last(session)
    first = before.last_sale + 1 if before else _first_of(session, day)
    newest = select(Sale.id).where(Sale.origin == SaleOrigin.TILL).order_by(Sale.id.desc()).limit(1)
    last = session.scalar(newest) or 0
    floats = {line.method: line.float_after for line in before.lines} if before else {}
    sums = {row.method: row for row in session.execute(_SUMS, {"first": first, "last": last})}
    corrections: dict[str, int] = {}
    if before:
        bound = {"first": first, "before": before.id}
        corrections = {row.method: row.amount for row in session.execute(_TAKEN_BACK, bound)}
    lines = []
    for known in methods(session, away=True):
        row, back = sums.get(known.code), corrections.get(known.code, 0)
        line = MethodSums(
            known.code,
            known.kind,
            known.name,
            row.bills if row else 0,
            (row.sales if row else 0) + max(0, -back),
            (row.refunds if row else 0) + max(0, back),
            floats.get(known.code, 0),
        )
        if known.active or line.expected or line.bills or line.sales:
            lines.append(line)
    covered = session.scalar(
        select(func.count()).where(
            Sale.origin == SaleOrigin.TILL, Sale.id.between(first, last), Sale.voided_at.is_(None)
        )
    )
    return ToClose(
        before.at if before else None, covered or 0, tuple(lines), before.id if before else None, first, last
    )


def close_day(session: Session, draft: CloseDraft, *, at: datetime | None = None) -> int:
    """Keep what was counted against what the bills say, and what stays in the drawer; returns the close's id.

    It covers every bill since the close before, whatever its day. Cash is always counted, other methods may be. `at` is
    the moment of the act if not given.
    Raises NothingToClose, CountTheDrawer, DifferenceNeedsAReason, FloatTooLarge.
    """
    when = at or moment(session)
    day = day_of(settings(session), when)
    found = to_close(session, day)
    lines = [
        replace(line, counted=draft.counted.get(line.method), float_after=draft.floats.get(line.method, 0))
        for line in found.lines
    ]
    _check(found, lines, draft.reason)
    close = DayClose(
        shop_day=day,
        at=when,
        staff_id=acting_staff(session),
        after_id=found.after_id,
        first_sale=found.first_sale,
        last_sale=found.last_sale,
        reason=draft.reason.strip(),
        lines=[_kept(line) for line in lines],
    )
    session.add(close)
    session.flush()
    journal.taken_back_by(session, undo_close, close.id)
    return close.id


def undo_close(session: Session, close_id: int) -> None:
    """Take the last close back: its bills wait for the next one. It stays in the list, marked.

    Raises CloseUndone, LaterClose.
    """
    close = session.get_one(DayClose, close_id)
    if close.voided_at is not None:
        raise CloseUndone
    last = _last(session)
    if last is None or last.id != close.id:
        raise LaterClose
    close.voided_at = moment(session)
    counted = {line.method: line.counted for line in close.lines if line.counted is not None}
    floats = {line.method: line.float_after for line in close.lines if line.float_after}
    journal.taken_back_by(session, close_day, CloseDraft(counted, floats, close.reason))


def closes(session: Session, *, limit: int = 100) -> list[CloseRow]:
    """The closes of this shop, the newest first; those taken back stay in the list."""
    query = select(DayClose, Staff.name).join(Staff, Staff.id == DayClose.staff_id)
    rows = session.execute(query.order_by(DayClose.id.desc()).limit(limit)).all()
    kinds = {row.code: (row.kind, row.name) for row in methods(session, away=True)}
    return [_row(close, staff, _lines(close, kinds)) for close, staff in rows]


def close(session: Session, close_id: int) -> CloseCard:
    """One close, with what has changed in it since."""
    kept = session.get_one(DayClose, close_id)
    staff = session.scalars(select(Staff.name).where(Staff.id == kept.staff_id)).one()
    kinds = {row.code: (row.kind, row.name) for row in methods(session, away=True)}
    lines = _lines(kept, kinds)
    before = session.get(DayClose, kept.after_id) if kept.after_id is not None else None
    changed = select(Sale.number, Sale.total, Sale.voided_at).where(
        Sale.origin == SaleOrigin.TILL,
        Sale.id.between(kept.first_sale, kept.last_sale),
        Sale.voided_after_id >= kept.id,
    )
    return CloseCard(
        _row(kept, staff, lines),
        before.at if before else None,
        kept.reason,
        _covered(session, kept),
        lines,
        tuple(Changed(number, total, at) for number, total, at in session.execute(changed.order_by(Sale.id)) if at),
    )


def _covered(session: Session, kept: DayClose) -> int:
    """How many bills it counted: those that stood when it was made."""
    stood = Sale.voided_at.is_(None) | (Sale.voided_after_id >= kept.id)
    query = select(func.count()).where(
        Sale.origin == SaleOrigin.TILL, Sale.id.between(kept.first_sale, kept.last_sale), stood
    )
    return session.scalar(query) or 0


def _first_of(session: Session, day: date) -> int:
    """The first bill of the day, or of the last day before it that has one: the till may be closed after midnight."""
    of_till = Sale.origin == SaleOrigin.TILL
    latest = select(func.max(Sale.shop_day)).where(of_till, Sale.shop_day <= day).scalar_subquery()
    query = select(func.min(Sale.id)).where(of_till, Sale.shop_day >= func.coalesce(latest, day))
    return session.scalar(query) or 1


def _last(session: Session) -> DayClose | None:
    """The last close that stands: by their order, which a clock that is set back does not change."""
    query = select(DayClose).where(DayClose.voided_at.is_(None)).order_by(DayClose.id.desc())
    return session.scalars(query.limit(1)).one_or_none()


def _check(found: ToClose, lines: Sequence[MethodSums], reason: str) -> None:
    if not found.bills and not any(line.expected or line.counted for line in lines):
        raise NothingToClose
    for line in lines:
        if line.kind is MethodKind.CASH and line.counted is None and (line.expected or line.bills):
            raise CountTheDrawer
        if line.float_after < 0 or line.float_after > (line.counted or 0):
            raise FloatTooLarge(most=line.counted or 0)
    difference = sum(abs(line.difference) for line in lines)
    if difference and not reason.strip():
        raise DifferenceNeedsAReason(difference=difference)


def _kept(line: MethodSums) -> DayCloseLine:
    return DayCloseLine(
        method=line.method,
        bills=line.bills,
        sales=line.sales,
        refunds=line.refunds,
        float_before=line.float_before,
        counted=line.counted,
        float_after=line.float_after,
    )


def _lines(close: DayClose, kinds: Mapping[str, tuple[MethodKind, str]]) -> tuple[MethodSums, ...]:
    return tuple(
        MethodSums(
            line.method,
            *kinds[line.method],
            line.bills,
            line.sales,
            line.refunds,
            line.float_before,
            line.counted,
            line.float_after,
        )
        for line in close.lines
    )


def _row(close: DayClose, staff: str, lines: Sequence[MethodSums]) -> CloseRow:
    taken = sum(line.sales - line.refunds for line in lines if line.kind in NEW_MONEY)
    difference = sum(line.difference for line in lines)
    return CloseRow(close.id, close.shop_day, close.at, staff, taken, difference, close.voided_at is not None)
