"""Rules that begin today, laid over everyone at once: only who moves by them, or has to be looked at, is looked at."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.domain.tiers.history import Move, Standing, after_new_rules
from app.domain.tiers.keeping import runs_out_on
from app.domain.tiers.rules import Scheme, base_tier, rank_of, window_start
from app.services.loyalty.tier_moves import INSERT, Progress, refresh, row_of, tell
from app.storage import plain_sql

UNSETTLED = """
SELECT customer_id FROM tier_moves WHERE "on" >= :day OR due_on <= :day OR (valid_until <= :ended AND due_on NOT NULL)
UNION ALL SELECT customer_id FROM sales WHERE shop_day >= :day AND customer_id NOT NULL
UNION ALL SELECT customer_id FROM sales
WHERE batch_id IN (SELECT id FROM import_batches WHERE at >= :eve) AND customer_id NOT NULL
UNION ALL SELECT customer_id FROM tier_floors
UNION ALL SELECT id FROM customers WHERE merged_into NOT NULL
"""
"""Whose moves do not follow from the last one alone: something is looked at from the first day of the rules on (an
imported purchase by the day of its import), a tier runs out, was given by hand, or belongs to several cards. Made one
by whoever asks: to do so here SQLite would read every sale in the order of customers."""

RISING = """
WITH bought AS (
    SELECT customer_id, max(0, sum(net)) AS net, count(DISTINCT CASE WHEN net > 0 THEN shop_day END) AS days FROM (
        SELECT s.customer_id, s.shop_day,
               s.revenue - CASE WHEN s.returns_id IS NULL THEN s.returned ELSE 0 END - coalesce(back.returned, 0) AS net
        FROM sales s LEFT JOIN (
            SELECT returns_id, sum(returned) AS returned FROM sales
            WHERE returns_id IS NOT NULL AND voided_at IS NULL GROUP BY returns_id
        ) back ON back.returns_id = s.id
        WHERE s.voided_at IS NULL AND s.customer_id IS NOT NULL AND s.shop_day BETWEEN :start AND :day
    ) GROUP BY customer_id
), fitting AS (SELECT customer_id, CASE {fits} ELSE :base END AS fit FROM bought)
SELECT fitting.customer_id, m.id, coalesce(m.to_rank, :base), m.valid_until, fit
FROM fitting JOIN customer_figures f ON f.customer_id = fitting.customer_id AND f.tier_rank < fit
LEFT JOIN tier_moves m ON m.id = (
    SELECT id FROM tier_moves WHERE customer_id = fitting.customer_id ORDER BY "on" DESC, id DESC LIMIT 1
)
"""
"""Everyone whom a higher tier fits in the window that ends with `:day`, and where they stand."""

ENDS = "UPDATE tier_moves SET due_on = ? WHERE valid_until = ? AND due_on = ?"
SUPERSEDED = "UPDATE tier_moves SET due_on = NULL WHERE id = ?"
"""As the driver takes them."""


class _Stands(NamedTuple):
    owner: int
    move_id: int | None
    rank: int
    valid_until: str | None
    fit: int

    def move(self, rules: Scheme) -> Move | None:
        until = None if self.valid_until is None else date.fromisoformat(self.valid_until)
        base = base_tier(rules.tiers).rank
        return after_new_rules(Standing(self.rank, until), self.fit, base, rules.window, rules.first_day)


def lay_new_rules(session: Session, rules: Scheme, *, progress: Progress = lambda done, total: None) -> None:
    """Move everyone as these rules do: the shop's last, which begin today and count over the window of those before.

    Whom no higher tier fits keeps what there is, so whatever was before stays as it is written down.
    `progress` may raise Cancelled; then nothing is changed.
    """
    progress(0, 1)
    session.flush()
    unsettled = set(plain_sql.values(session, UNSETTLED, _bound(rules)))
    rising = [
        _Stands(*row) for row in plain_sql.rows(session, RISING.format(fits=" ".join(_fits(rules))), _bound(rules))
    ]
    _let_run_out(session, rules)
    _raise(session, rising, rules)
    if unsettled:
        refresh(session, unsettled, rules.first_day, progress=progress)
    progress(1, 1)


def _let_run_out(session: Session, rules: Scheme) -> None:
    """Let tiers end by these rules' grace; they end together, on the last days of months or years."""
    held = plain_sql.rows(session, "SELECT DISTINCT valid_until, due_on FROM tier_moves WHERE due_on NOT NULL")
    ends = [(runs_out_on(date.fromisoformat(until), rules).isoformat(), until, due) for until, due in held if until]
    plain_sql.run_each(session, ENDS, [end for end in ends if end[0] != end[2]])


def _raise(session: Session, rising: Sequence[_Stands], rules: Scheme) -> None:
    moved = [(at, move) for at in rising if (move := at.move(rules)) is not None]
    plain_sql.run_each(session, SUPERSEDED, [(at.move_id,) for at, _ in moved if at.move_id is not None])
    plain_sql.run_each(session, INSERT, [_row(at.owner, move, rules) for at, move in moved])
    tell(session, [at.owner for at, _ in moved])


def _row(owner: int, move: Move, rules: Scheme) -> tuple[Any, ...]:
    return row_of(owner, move, None if move.valid_until is None else runs_out_on(move.valid_until, rules))


def _fits(rules: Scheme) -> Iterator[str]:
    """`best_tier` as the arms of a CASE, the highest first."""
    for tier in sorted(rules.tiers, key=rank_of, reverse=True):
        enough = "" if tier.min_amount is None else f" AND net >= {int(tier.min_amount)}"
        yield f"WHEN days >= {int(tier.min_days or 0)}{enough} THEN {int(tier.rank)}"


def _bound(rules: Scheme) -> dict[str, Any]:
    day = rules.first_day
    return {
        "day": day.isoformat(),
        "eve": (day - timedelta(days=1)).isoformat(),
        "start": window_start(rules.window, day).isoformat(),
        "ended": (day - timedelta(days=rules.grace_days)).isoformat(),
        "base": base_tier(rules.tiers).rank,
    }
