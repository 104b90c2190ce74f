"""A ticket without what the shop no longer knows: undone, removed, or not there yet in a copy that was brought back."""

import json
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy.orm import Session

from app.services.till.ticket import Ticket
from app.storage import plain_sql

KNOWN = "SELECT id FROM {table} WHERE id IN (SELECT value FROM json_each(?))"


def still_known(session: Session, ticket: Ticket) -> Ticket:
    """The ticket without a customer, articles and cards that are not there; the same where all are."""
    products = _known(session, "products", (line.product_id for line in ticket.lines))
    named = [use.plan_id for use in ticket.uses] + [card.plan_id for card in ticket.cards]
    plans = _known(session, "card_plans", named)
    if _known(session, "customers", [ticket.customer_id]) != {None, ticket.customer_id}:
        ticket = replace(ticket, customer_id=None, points=0, uses=(), cards=())
    lines = tuple(line for line in ticket.lines if line.product_id in products)
    uses = tuple(use for use in ticket.uses if use.plan_id in plans)
    cards = tuple(card for card in ticket.cards if card.plan_id in plans)
    return replace(ticket, lines=lines, uses=uses, cards=cards)


def _known(session: Session, table: str, ids: Iterable[int | None]) -> set[int | None]:
    """Those of the ids that the table has; None names nothing and is always known."""
    asked = [number for number in set(ids) if number is not None]
    found = plain_sql.values(session, KNOWN.format(table=table), (json.dumps(asked),)) if asked else []
    return {None, *found}
