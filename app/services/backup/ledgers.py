"""Whether the sums the shop lives by are true: points against their lots, sales against their lines."""

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

BALANCES = text("""
WITH RECURSIVE owners(card, owner) AS (
    SELECT id, id FROM customers WHERE merged_into IS NULL
    UNION ALL SELECT c.id, o.owner FROM customers c JOIN owners o ON c.merged_into = o.card
),
drawn AS (SELECT lot_id, sum(points) AS points FROM point_entries WHERE lot_id IS NOT NULL GROUP BY lot_id),
held AS (
    SELECT o.owner, sum(p.points + coalesce(d.points, 0)) AS points
    FROM point_entries p JOIN owners o ON o.card = p.customer_id LEFT JOIN drawn d ON d.lot_id = p.id
    WHERE p.opens_lot GROUP BY o.owner
),
book AS (
    SELECT o.owner, sum(p.points) AS points,
           sum(CASE WHEN p.lot_id IS NULL AND NOT p.opens_lot THEN p.points ELSE 0 END) AS loose
    FROM point_entries p JOIN owners o ON o.card = p.customer_id GROUP BY o.owner
)
SELECT book.owner FROM book LEFT JOIN held ON held.owner = book.owner
WHERE coalesce(held.points, 0) - max(0, -loose) <> book.points ORDER BY 1
""")
"""The customers, with the cards merged into them, whose lots and debt do not make their balance (semantics.md)."""

LOTS = text("""
SELECT p.id FROM point_entries p
JOIN (SELECT lot_id, sum(points) AS points FROM point_entries WHERE lot_id IS NOT NULL GROUP BY lot_id) d
  ON d.lot_id = p.id
WHERE NOT p.opens_lot OR p.points + d.points < 0 ORDER BY 1
""")

SALES = text("""
SELECT s.id FROM sales s LEFT JOIN (
    SELECT sale_id, sum(counts * (amount - discount)) AS revenue, sum(counts) AS counted,
           sum(is_return * -amount) AS back, sum(is_return * discount) AS off
    FROM (
        SELECT *, is_return = 0 AND deposit = 0 AND quantity > 0 AND unit_price > 0 AS counts FROM sale_lines
    ) GROUP BY sale_id
) l ON l.sale_id = s.id
WHERE (s.revenue, s.counted_lines) <> (coalesce(l.revenue, 0), coalesce(l.counted, 0))
   OR s.returned <> coalesce(l.back + CASE s.origin WHEN 'till' THEN l.off ELSE 0 END, 0)
   OR s.total <> (SELECT sum(amount) FROM payments p WHERE p.sale_id = s.id)
   OR s.total <> CASE s.origin WHEN 'till' THEN s.gross - s.discount - s.points_value ELSE s.revenue - s.returned END
ORDER BY 1
""")
"""A till's return gives back what the line cost after its discount; an import's line is taken as the file has it."""


SALE_POINTS = text("""
SELECT s.id FROM sales s LEFT JOIN (
    SELECT operation_id, sum(CASE WHEN kind IN ('earn', 'take_back') THEN points ELSE 0 END) AS earned,
           sum(CASE WHEN kind IN ('redeem', 'give_back') THEN points ELSE 0 END) AS used
    FROM point_entries GROUP BY operation_id
) e ON e.operation_id = s.operation_id
WHERE s.origin = 'till' AND s.voided_at IS NULL AND s.operation_id IS NOT NULL
  AND (s.points_earned <> coalesce(e.earned, 0) OR s.points_used <> -coalesce(e.used, 0))
ORDER BY 1
""")
"""What a bill of the till says it earned and was paid with, against what the ledger moved for it."""


def untrue_balances(session: Session) -> list[str]:
    """Customers whose points do not add up, by id."""
    return _ids(session, BALANCES)


def broken_lots(session: Session) -> list[str]:
    """Rows of the ledger that others draw on and should not, or more than there was."""
    return _ids(session, LOTS)


def untrue_sales(session: Session) -> list[str]:
    """Sales whose sums are not those of their lines, or whose points are not those of the ledger, by id."""
    return list(dict.fromkeys([*_ids(session, SALES), *_ids(session, SALE_POINTS)]))


def _ids(session: Session, query: TextClause) -> list[str]:
    return [str(found) for found in session.execute(query).scalars()]
