"""Whether what is worked out from the rest still is what the rest says."""

from datetime import date

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.models.loyalty import TierMove
from app.models.sales import Sale
from app.services import search
from app.services.complaints import kept_clocks
from app.services.customers.families import answered_for
from app.services.customers.figures import drift
from app.services.loyalty import lots_kept
from app.services.loyalty.tier_moves import replayed

WORDS_WITHOUT_ENTRY = text("""
SELECT rowid FROM search_words EXCEPT SELECT id FROM search_entries
""")
ENTRY_WITHOUT_WORDS = text("""
SELECT id FROM search_entries EXCEPT SELECT rowid FROM search_words
""")

NOWHERE: tuple[int | None, date] = (None, date.min)


def stray_figures(session: Session) -> list[str]:
    """Customers whose stored figures are not what the sources say, by id."""
    return [str(number) for number in dict.fromkeys(found.customer_id for found in drift(session))]


def stray_lots(session: Session) -> list[str]:
    """Lots of points of which something else is left, by id."""
    return [str(number) for number in lots_kept.stray(session)]


def stray_clocks(session: Session) -> list[str]:
    """Complaints whose stored clocks are not what their events say, by id."""
    return [str(number) for number in kept_clocks.drift(session)]


def stray_words(session: Session) -> list[str]:
    """Records the search index lacks or holds too many, as kind#id."""
    records = [f"{kind}#{number}" for kind, ids in search.missing(session).items() for number in ids]
    for query in (WORDS_WITHOUT_ENTRY, ENTRY_WITHOUT_WORDS):
        records += [f"entry#{number}" for number in session.scalars(query)]
    return records


def stray_tiers(session: Session, day: date) -> list[str]:
    """Customers who stand in another tier than their purchases put them in, by id."""
    until = max(day, session.scalar(select(func.max(Sale.shop_day))) or day)
    stored = _last_moves(session)
    true = {owner: moves[-1].to_rank for owner, moves in replayed(session, None, until) if moves}
    differing = {owner for owner in stored.keys() | true.keys() if stored.get(owner, NOWHERE)[0] != true.get(owner)}
    return [str(owner) for owner in sorted(differing) if not _stood_so(session, owner, stored.get(owner, NOWHERE))]


def _last_moves(session: Session) -> dict[int, tuple[int | None, date]]:
    query = select(TierMove.customer_id, TierMove.to_rank, TierMove.on).order_by(TierMove.on, TierMove.id)
    return {owner: (rank, on) for owner, rank, on in session.execute(query)}


def _stood_so(session: Session, owner: int, last: tuple[int | None, date]) -> bool:
    """Whether this was the tier when it was last worked out, by the last purchase at the latest.

    It may have run out since, and wait for the day to open; and imported purchases of a month count on the day they
    come in, from when on the window moves.
    """
    rank, on = last
    family = answered_for(session, owner)
    bought = select(func.max(Sale.shop_day)).where(Sale.customer_id.in_(family), Sale.voided_at.is_(None))
    until = max(on, session.scalar(bought) or on)
    moves = next((moves for _, moves in replayed(session, dict.fromkeys(family, owner), until)), [])
    return bool(moves) and moves[-1].to_rank == rank
