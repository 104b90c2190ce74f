"""What is kept of how much is left of each lot, held against the ledger and made anew (see `PointLot`)."""

from sqlalchemy.orm import Session

TRUTH = """
SELECT p.id, p.customer_id, p.at, coalesce(p.available_from, p.shop_day), coalesce(p.expires_on, '9999-12-31'),
       p.points + coalesce((SELECT sum(d.points) FROM point_entries d WHERE d.lot_id = p.id), 0)
FROM point_entries p WHERE p.opens_lot
"""
KEPT = "SELECT lot_id, customer_id, at, usable_from, last_day, remaining FROM point_lots"


MADE = "INSERT INTO point_lots (lot_id, customer_id, at, usable_from, last_day, remaining) " + TRUTH


def stray(session: Session) -> list[int]:
    """The lots that are kept otherwise than the ledger says, or not at all."""
    read = session.connection().exec_driver_sql
    kept, true = ({tuple(row) for row in read(query)} for query in (KEPT, TRUTH))
    return sorted({row[0] for row in kept ^ true})


def rebuild(session: Session) -> None:
    """Work all of them out anew from the ledger."""
    session.connection().exec_driver_sql("DELETE FROM point_lots")
    session.connection().exec_driver_sql(MADE)
