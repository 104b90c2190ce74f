"""What happens when the shop day opens, or turns while the program is open."""

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from app.services.loyalty.expiry import Expired, expire
from app.services.loyalty.tier_moves import run_out
from app.storage import journal

Progress = Callable[[int, int], None]


def open_day(session: Session, day: date, *, progress: Progress = lambda done, total: None) -> Expired:
    """Let points end and tiers run out whose time has come by `day`. Does nothing the second time.

    `progress` is told before each of the two and may raise Cancelled; then neither is done.
    """
    progress(0, 2)
    gone = expire(session, day)
    progress(1, 2)
    run_out(session, day)
    progress(2, 2)
    journal.not_taken_back(session)
    return gone
