"""Makes the sums of imported sales anew from their lines."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

_SUMS = """
UPDATE sales SET (gross, discount, revenue, returned, counted_lines) = (
    SELECT coalesce(sum(counts * amount), 0), coalesce(sum(counts * discount), 0),
           coalesce(sum(counts * (amount - discount)), 0), coalesce(sum(is_return * -amount), 0),
           coalesce(sum(counts), 0)
    FROM (SELECT amount, discount, is_return, is_return = 0 AND quantity > 0 AND unit_price > 0 AS counts
          FROM sale_lines WHERE sale_id = sales.id)
) WHERE id = ?
"""
_TOTAL = "UPDATE sales SET total = revenue - returned WHERE id = ?"


def renew_sums(session: Session, sale_ids: Iterable[int]) -> None:
    """Lines that are no return count with quantity and price above 0; returned lines count as returned."""
    ids = [(number,) for number in sorted(sale_ids)]
    if ids:
        session.connection().exec_driver_sql(_SUMS, ids)
        session.connection().exec_driver_sql(_TOTAL, ids)
