"""What happens when the shop day opens, or turns while the program is open."""

from datetime import date

from sqlalchemy.orm import Session

from app.services.loyalty.expiry import Expired, expire
from app.services.loyalty.tier_moves import run_out
from app.storage import journal


def open_day(session: Session, day: date) -> Expired:
    """Let points end and tiers run out whose time has come by `day`. Does nothing the second time."""
    gone = expire(session, day)
    run_out(session, day)
    journal.not_taken_back(session)
    return gone
