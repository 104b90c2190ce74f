"""The figures kept about each customer, rebuilt by one statement from what was sold, logged and posted."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.storage import plain_sql
from app.storage.journal import Journal

COLUMNS = (
    "customer_id, hidden, sort_key, net, last_sale_on, last_contact_on, purchase_days, points, tier_rank, "
    "open_complaints, born"
)

BORN = "c.birth_month * 100 + c.birth_day + 10000 * c.birth_lunar + 20000 * c.birth_leap"
"""`app.domain.birthdays.code` in SQL; nothing for a customer without a birthday."""

KIN = """
WITH kin(card, owner) AS (
    SELECT id, merged_into FROM customers WHERE merged_into IS NOT NULL {some_kin}
    UNION SELECT merged_into, merged_into FROM customers WHERE merged_into IS NOT NULL {some_kin}
)
"""
"""Cards merged away and the ones that answer for them: few, so everyone else is read by the plain statement."""

ALONE = """
SELECT c.id,
       c.archived_at IS NOT NULL OR c.merged_into IS NOT NULL,
       c.sort_key,
       coalesce(s.net, 0), s.last_on,
       (SELECT max(i.shop_day) FROM interactions i WHERE i.customer_id = c.id AND i.reached = 1),
       coalesce(s.days, 0),
       coalesce((SELECT sum(p.points) FROM point_entries p WHERE p.customer_id = c.id), 0),
       coalesce((SELECT m.to_rank FROM tier_moves m WHERE m.customer_id = c.id
                 ORDER BY m."on" DESC, m.id DESC LIMIT 1), 0),
       (SELECT count(*) FROM complaints k WHERE k.customer_id = c.id AND k.state <> 'closed'),
       {born}
FROM customers c
LEFT JOIN (
    SELECT customer_id, sum(revenue - returned) AS net,
           max(CASE WHEN revenue > 0 THEN shop_day END) AS last_on,
           count(DISTINCT CASE WHEN revenue > 0 THEN shop_day END) AS days
    FROM sales WHERE voided_at IS NULL AND customer_id IS NOT NULL {some_sales} GROUP BY customer_id
) s ON s.customer_id = c.id
WHERE c.id NOT IN (SELECT card FROM kin) {some_customers}
"""

TOGETHER = """
SELECT c.id,
       c.archived_at IS NOT NULL OR c.merged_into IS NOT NULL,
       c.sort_key,
       coalesce(s.net, 0), s.last_on,
       (SELECT max(i.shop_day) FROM interactions i JOIN kin ON kin.card = i.customer_id
        WHERE kin.owner = c.id AND i.reached = 1),
       coalesce(s.days, 0),
       coalesce((SELECT sum(p.points) FROM point_entries p JOIN kin ON kin.card = p.customer_id
                 WHERE kin.owner = c.id), 0),
       coalesce((SELECT m.to_rank FROM tier_moves m WHERE m.customer_id = c.id
                 ORDER BY m."on" DESC, m.id DESC LIMIT 1), 0),
       (SELECT count(*) FROM complaints k JOIN kin ON kin.card = k.customer_id
        WHERE kin.owner = c.id AND k.state <> 'closed'),
       {born}
FROM customers c
LEFT JOIN (
    SELECT kin.owner, sum(revenue - returned) AS net,
           max(CASE WHEN revenue > 0 THEN shop_day END) AS last_on,
           count(DISTINCT CASE WHEN revenue > 0 THEN shop_day END) AS days
    FROM kin CROSS JOIN sales ON sales.customer_id = kin.card WHERE voided_at IS NULL GROUP BY kin.owner
) s ON s.owner = c.id
WHERE c.id IN (SELECT card FROM kin) {some_customers}
"""
"""The same for who answers for others: their rows count as one person's; a card merged away has none of its own."""


def truth(some: bool) -> str:
    """One row a customer straight from the sources, what `customer_figures` must always equal.

    For all customers, or for those of the JSON list bound to `ids`, in which whoever answers stands with their cards.
    """
    wanted = "IN (SELECT value FROM json_each(:ids))"
    return f"{KIN} {ALONE} UNION ALL {TOGETHER}".format(
        some_kin=f"AND merged_into {wanted}" if some else "",
        some_sales=f"AND customer_id {wanted}" if some else "",
        some_customers=f"AND c.id {wanted}" if some else "",
        born=BORN,
    )


_WITH_KIN = text("""
SELECT value FROM json_each(:ids) UNION
SELECT merged_into FROM customers
WHERE id IN (SELECT value FROM json_each(:ids)) AND merged_into IS NOT NULL
""")


def refresh(session: Session, customer_ids: Collection[int] | None = None) -> None:
    """Rebuild the figures of these customers and of whoever answers for them, or of everyone."""
    some, bound = customer_ids is not None, dict[str, str]()
    if customer_ids is not None:
        found = session.connection().execute(_WITH_KIN, {"ids": str(sorted(customer_ids))})
        bound = {"ids": str(sorted(found.scalars()))}
    statement = f"INSERT OR REPLACE INTO customer_figures ({COLUMNS}) {truth(some)}"
    session.connection().execute(text(statement), bound)


@dataclass(frozen=True, slots=True)
class Drift:
    """A stored figure that is not what the sources say."""

    customer_id: int
    figure: str
    stored: Any
    true: Any


def drift(session: Session) -> list[Drift]:
    """Where the cache differs from its sources, by customer: what `check` reports and `refresh` mends."""
    names = [name.strip() for name in COLUMNS.split(",")]
    connection = session.connection()
    held = connection.execute(text("SELECT * FROM customer_figures")).mappings()
    stored = {row["customer_id"]: tuple(row[name] for name in names) for row in held}
    true = {row[0]: tuple(row) for row in connection.execute(text(truth(some=False)))}
    nothing: tuple[Any, ...] = (None,) * len(names)
    return [
        Drift(key, name, was, now)
        for key in sorted(stored.keys() | true.keys())
        for name, was, now in zip(names, stored.get(key, nothing), true.get(key, nothing), strict=True)
        if was != now
    ]


def refresh_touched(session: Session, journal: Journal) -> None:
    """Rebuild what the running write touched; where it only sold something, what that adds is added."""
    if journal.all_customers:
        refresh(session)
        return
    added = _added(journal)
    stale = journal.customers | journal.figures
    rest = {number for number in stale if number not in added or not _add(session, added[number])}
    if rest:
        refresh(session, rest)


ADD = """
UPDATE customer_figures AS f
SET net = net + :net, points = points + :points, last_sale_on = max(coalesce(last_sale_on, ''), :day),
    purchase_days = purchase_days + NOT EXISTS (
        SELECT 1 FROM sales
        WHERE customer_id = :customer AND shop_day = :day AND revenue > 0 AND voided_at IS NULL AND id <> :sale),
    tier_rank = coalesce((SELECT to_rank FROM tier_moves m WHERE m.customer_id = :customer
                          ORDER BY m."on" DESC, m.id DESC LIMIT 1), 0)
WHERE customer_id = :customer
  AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.merged_into = :customer)
  AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = :customer AND c.merged_into IS NOT NULL)
"""
"""Nothing of what was bought before is read, so a sale to somebody with a thousand bills costs what the first did."""
SELLING = frozenset({"sales", "sale_lines", "payments", "point_entries"})


def _added(journal: Journal) -> dict[int, dict[str, Any]]:
    """What the running write adds to whom, where it wrote nothing but one new bill for them with points and payments.

    A bill without goods has no day to add, a return takes from another bill: those are worked out whole.
    """
    if journal.bulk or any(row.before is not None or row.kind.__tablename__ not in SELLING for row in journal.rows):
        return {}
    bills = [row.after for row in journal.rows if row.kind.__tablename__ == "sales" and row.after is not None]
    if len(bills) != 1 or bills[0]["revenue"] <= 0 or bills[0]["returned"] or bills[0]["voided_at"] is not None:
        return {}
    bill = bills[0]
    moved = [row.after for row in journal.rows if row.kind.__tablename__ == "point_entries" and row.after is not None]
    if any(entry["customer_id"] != bill["customer_id"] for entry in moved):
        return {}
    return {
        bill["customer_id"]: {
            "customer": bill["customer_id"],
            "sale": bill["id"],
            "day": bill["shop_day"].isoformat(),
            "net": bill["revenue"],
            "points": sum(entry["points"] for entry in moved),
        }
    }


def _add(session: Session, bound: dict[str, Any]) -> bool:
    """Whether it could be added: not to figures that are not there, or of somebody with more than one card."""
    done: bool = plain_sql.run(session, ADD, bound).rowcount == 1
    return done
