"""How complete the cards of the whole shop are: by field, by source, by who made them, and whose they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.completeness import NO_NAME, WEIGHTS, fresh_since
from app.services.settings import settings

NOBODY = 0
"""Stands for cards of which nobody noted who made them."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Cards of one source, one member of staff, or all: how many, how complete (percent, rounded down), and how many
    have each field filled, valid and fresh."""

    cards: int
    share: int
    held: dict[str, int]


@dataclass(frozen=True, slots=True)
class BaseCompleteness:
    """All cards that are neither put away nor merged: together, by source ("" where none is said), by staff id."""

    everyone: Gathered
    by_source: dict[str, Gathered]
    by_staff: dict[int, Gathered]
    staff: dict[int, str]


_VALID = {
    "phone": "EXISTS (SELECT 1 FROM customer_phones p WHERE p.customer_id = c.id AND p.e164 IS NOT NULL)",
    "name": "trim(c.name, :no_name) <> ''",
    "birthday": (
        "c.birth_month BETWEEN 1 AND 12 AND c.birth_leap <= c.birth_lunar AND c.birth_day BETWEEN 1 AND CASE "
        "WHEN c.birth_lunar THEN 30 WHEN c.birth_month IN (4, 6, 9, 11) THEN 30 WHEN c.birth_month <> 2 THEN 31 "
        "WHEN c.birth_year % 4 = 0 AND (c.birth_year % 100 <> 0 OR c.birth_year % 400 = 0) OR c.birth_year IS NULL "
        "THEN 29 ELSE 28 END"
    ),
    "preference": "c.preferences <> '' OR c.values_ranked <> '[]'",
    "source": "c.source <> ''",
    "wechat": "c.wechat <> ''",
    "address": "EXISTS (SELECT 1 FROM customer_addresses a WHERE a.customer_id = c.id)",
}
_FRESH = "coalesce(k.{field} >= :since, c.created_at >= :since_at)"
_CONSENT = (
    "c.do_not_contact OR coalesce(s.said_on >= :since, 0) OR s.said_on IS NOT NULL AND coalesce(k.consent >= :since, 0)"
)
_HELD = {field: f"({valid}) AND {_FRESH.format(field=field)}" for field, valid in _VALID.items()}
_HELD["consent"] = _CONSENT
_CHECKED = ", ".join(f"max(CASE field WHEN '{field}' THEN checked_on END) AS {field}" for field in WEIGHTS)
_FROM = """
FROM customers c
LEFT JOIN (SELECT customer_id, {checked} FROM field_checks GROUP BY customer_id) k ON k.customer_id = c.id
LEFT JOIN (
    SELECT coalesce(m.merged_into, m.id) AS customer_id, max(d.shop_day) AS said_on
    FROM consents d JOIN customers m ON m.id = d.customer_id GROUP BY 1
) s ON s.customer_id = c.id
WHERE c.archived_at IS NULL AND c.merged_into IS NULL AND c.erased_at IS NULL
""".replace("{checked}", _CHECKED)
_GROUPS = (
    f"SELECT c.source, coalesce(c.created_by, {NOBODY}), count(*), "
    + ", ".join(f"sum(coalesce({_HELD[field]}, 0))" for field in WEIGHTS)
    + f"{_FROM} GROUP BY 1, 2"
)


def base_completeness(session: Session, today: date) -> BaseCompleteness:
    """How complete the shop's cards are; reads every card once, in one statement."""
    rows = session.connection().exec_driver_sql(_GROUPS, _bound(session, today)).all()
    sources, staff = dict.fromkeys(row[0] for row in rows), dict.fromkeys(row[1] for row in rows)
    names = session.connection().exec_driver_sql("SELECT id, name FROM staff").all()
    return BaseCompleteness(
        _gathered(rows),
        {source: _gathered(row for row in rows if row[0] == source) for source in sorted(sources)},
        {key: _gathered(row for row in rows if row[1] == key) for key in sorted(staff)},
        {key: name for key, name in names if key in staff},
    )


def lacking(
    session: Session, today: date, field: str | None, *, source: str | None = None, made_by: int | None = None
) -> tuple[int, ...]:
    """Whose card lacks a field (missing, not valid, or old; None: any), the last who came first.

    `source` and `made_by` (NOBODY where none is noted) keep to those cards. Raises KeyError for no such field.
    """
    wanted = WEIGHTS if field is None else (field,)
    gaps = " OR ".join(f"NOT coalesce({_HELD[name]}, 0)" for name in wanted)
    statement = (
        f"SELECT c.id {_FROM} AND ({gaps}) AND (:source IS NULL OR c.source = :source) "
        f"AND (:made_by IS NULL OR coalesce(c.created_by, {NOBODY}) = :made_by) ORDER BY c.created_at DESC, c.id DESC"
    )
    bound = {**_bound(session, today), "source": source, "made_by": made_by}
    return tuple(session.connection().exec_driver_sql(statement, bound).scalars())


def _bound(session: Session, today: date) -> dict[str, Any]:
    """Fresh since: a day where one was noted, else the moment that day began in the shop."""
    shop = settings(session)
    since = fresh_since(today, shop.field_fresh_months)
    begins = datetime.combine(since, time(), ZoneInfo(shop.timezone)).astimezone(ZoneInfo("UTC"))
    return {"since": since.isoformat(), "since_at": f"{begins:%Y-%m-%dT%H:%M:%S.000Z}", "no_name": NO_NAME}


def _gathered(rows: Iterable[Any]) -> Gathered:
    cards, held = 0, dict.fromkeys(WEIGHTS, 0)
    for _, _, number, *sums in rows:
        cards += number
        for field, count in zip(WEIGHTS, sums, strict=True):
            held[field] += count
    whole = cards * sum(WEIGHTS.values())
    points = sum(WEIGHTS[field] * count for field, count in held.items())
    return Gathered(cards, 100 * points // whole if whole else 0, held)
