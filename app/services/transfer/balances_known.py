"""Who needs a second look when balances come along or go: cards that answer together, and whoever holds or owes."""

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.models.base import Base

_KIN = text("SELECT id FROM customers WHERE merged_into IS NOT NULL UNION SELECT merged_into FROM customers")


def kin(session: Session) -> set[int]:
    """Cards merged away, and those that answer for them."""
    return {card for card in session.connection().scalars(_KIN) if card is not None}


def holding_already(session: Session, ledger: type[Base]) -> set[int]:
    """Cards of which a ledger has any row."""
    return set(session.connection().scalars(select(ledger.__table__.c.customer_id).distinct()))


def owing(session: Session, ledger: type[Base]) -> set[int]:
    """Cards of which a ledger has rows without a lot: they may owe."""
    entry = ledger.__table__.c
    loose = select(entry.customer_id).distinct().where(entry.lot_id.is_(None), entry.opens_lot.is_(False))
    return set(session.connection().scalars(loose))
