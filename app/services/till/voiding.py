"""Taking a bill of the till out of every figure, with its points back where they came from."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.models.sales import Sale
from app.services.loyalty.adjusting import moment
from app.services.loyalty.expiry import expire_of
from app.services.loyalty.posting import Posting, posted
from app.services.loyalty.tier_moves import refresh
from app.services.settings import settings
from app.services.till.days import latest_day


def mark_void(session: Session, bill: Sale, operation_id: str, at: datetime | None) -> None:
    """Mark a sale or a return as taken back, and reverse its points on the same lots (semantics.md, points rule 10).

    `at` is the moment of the act if not given.
    """
    when = at or moment(session)
    bill.voided_at = when
    session.flush()
    if bill.customer_id is None or bill.operation_id is None:
        return
    shop = settings(session)
    posting = Posting(session, shop, bill.customer_id, operation_id, when, sale_id=bill.id)
    expire_of(session, posting.cards, posting.day, posting.zone)
    posting.reverse(posted(session, bill.operation_id))
    refresh(session, [bill.customer_id], latest_day(session, shop, bill.shop_day))
