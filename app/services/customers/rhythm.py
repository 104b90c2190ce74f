"""How often people come, and who has stayed away for longer than they usually do (semantics.md, RFM, Pareto, rates)."""

from datetime import date

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.domain.segments import silence
from app.models.customers import CustomerFigures

_GAPS = """
WITH days AS (
    SELECT DISTINCT customer_id, shop_day FROM sales
    WHERE customer_id IS NOT NULL AND revenue > 0 AND voided_at IS NULL
), gaps AS (
    SELECT customer_id, CAST(julianday(shop_day)
           - julianday(lag(shop_day) OVER (PARTITION BY customer_id ORDER BY shop_day)) AS INTEGER) AS gap FROM days
)
"""
_OWN = text(
    _GAPS  # noqa: S608 (constants)
    + """, ranked AS (
    SELECT customer_id, gap, row_number() OVER (PARTITION BY customer_id ORDER BY gap) AS place,
           count(*) OVER (PARTITION BY customer_id) AS many
    FROM gaps WHERE gap IS NOT NULL
) SELECT customer_id, avg(gap) FROM ranked
WHERE many >= :fewest AND place IN ((many + 1) / 2, (many + 2) / 2) GROUP BY customer_id
"""
)
_SHOP = text(
    _GAPS  # noqa: S608 (constants)
    + """, ranked AS (
    SELECT gap, row_number() OVER (ORDER BY gap) AS place, count(*) OVER () AS many FROM gaps WHERE gap IS NOT NULL
) SELECT avg(gap) FROM ranked WHERE many >= :fewest AND place IN ((many + 1) / 2, (many + 2) / 2)
"""
)


def silent(session: Session, today: date) -> tuple[int, ...]:
    """Who has been away for longer than max(14, 2 × their median gap) days, the last seen first.

    Reads every sale: ask for it later, not while a person waits.
    """
    own = {row[0]: row[1] for row in session.execute(_OWN, {"fewest": silence.FEWEST_OWN_GAPS})}
    shop = session.scalar(_SHOP, {"fewest": silence.FEWEST_SHOP_GAPS})
    query = (
        select(CustomerFigures.customer_id, CustomerFigures.last_sale_on)
        .where(CustomerFigures.hidden.is_(False), CustomerFigures.last_sale_on < today)
        .order_by(CustomerFigures.last_sale_on.desc(), CustomerFigures.customer_id.desc())
    )
    return tuple(key for key, last in session.execute(query) if last and _is_silent(today, last, own.get(key), shop))


def _is_silent(today: date, last: date, own: float | None, shop: float | None) -> bool:
    usual = shop if own is None else own
    longest = silence.UNKNOWN_DAYS if usual is None else max(silence.LEAST_DAYS, silence.FACTOR * usual)
    return (today - last).days > longest
