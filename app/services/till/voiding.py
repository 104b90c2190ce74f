"""Taking a bill of the till out of every figure, with its points back where they came from."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.models.sales import Sale, SaleLine, SaleOrigin
from app.models.till import DayClose
from app.services.loyalty.adjusting import moment
from app.services.loyalty.expiry import expire_of
from app.services.loyalty.posting import Posting, posted
from app.services.loyalty.tier_moves import refresh
from app.services.settings import settings
from app.services.till import card_moves, paying
from app.services.till.days import latest_day
from app.services.till.refusals import AlreadyVoided, ImportedSale, LaterReturn


def mark_void(session: Session, bill: Sale, operation_id: str, at: datetime | None) -> None:
    """Mark a sale or a return as taken back, and reverse its points on the same lots (semantics.md, points rule 10).

    `at` is the moment of the act if not given.
    """
    when = at or moment(session)
    bill.voided_at = when
    bill.voided_after_id = session.scalar(select(func.max(DayClose.id)))
    session.flush()
    paying.reverse(session, bill, operation_id, when)
    card_moves.reverse(session, bill, operation_id, when)
    if bill.customer_id is None or bill.operation_id is None:
        return
    shop = settings(session)
    posting = Posting(session, shop, bill.customer_id, operation_id, when, sale_id=bill.id)
    expire_of(session, posting.cards, posting.day, posting.zone)
    posting.reverse(posted(session, bill.operation_id))
    refresh(session, [bill.customer_id], latest_day(session, shop, bill.shop_day))


def check_return(session: Session, back: Sale) -> None:
    """Refuse what cannot be taken back: a return after which more of the same sale came back stays until that is gone.

    Raises AlreadyVoided, ImportedSale, LaterReturn.
    """
    if back.voided_at is not None:
        raise AlreadyVoided
    if back.origin is SaleOrigin.IMPORT:
        raise ImportedSale
    sold, of_sale, other = aliased(SaleLine), aliased(SaleLine), aliased(SaleLine)
    later = (
        select(other.id)
        .join(Sale, Sale.id == other.sale_id)
        .join(of_sale, of_sale.id == other.returns_line_id)
        .join(sold, sold.sale_id == of_sale.sale_id)
        .join(SaleLine, SaleLine.returns_line_id == sold.id)
        .where(SaleLine.sale_id == back.id, Sale.id > back.id, Sale.voided_at.is_(None))
    )
    if session.scalar(later.limit(1)):
        raise LaterReturn
