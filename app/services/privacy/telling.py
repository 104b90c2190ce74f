"""All that the shop keeps about one person, section by section, for the person themselves."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.money import currency, price_to_decimal_string, to_decimal_string
from app.services.customers.families import answered_for, answering
from app.services.customers.photos import photo
from app.services.privacy.sections import MOMENTS, MONEY, PRICES, QUANTITIES, SECTIONS
from app.services.settings import settings

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of things that are kept. In a row: codes as the program has them, ISO dates and moments of the shop's
    own clock, amounts as decimal strings of `PersonalData.currency`."""

    code: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One person, with every card that was merged into theirs. `photo` is a JPEG."""

    customer_id: int
    shop: str
    currency: str
    made_at: datetime
    sections: tuple[Section, ...]
    photo: bytes | None


def personal_data(session: Session, customer_id: int, *, at: datetime) -> PersonalData:
    """All that is kept about a person; sections without a row are left out. Raises NoResultFound for no such card."""
    card = answering(session, customer_id)
    family, shop = json.dumps(answered_for(session, card)), settings(session)
    plain = _Plain(ZoneInfo(shop.timezone), currency(shop.currency).digits)
    found = (_section(session, code, statement, family, plain) for code, statement in SECTIONS.items())
    kept = tuple(section for section in found if section.rows)
    return PersonalData(card, shop.name, shop.currency, at.astimezone(plain.zone), kept, photo(session, card))


@dataclass(frozen=True, slots=True)
class _Plain:
    """Turns what the file stores into what a person, or another program, reads."""

    zone: ZoneInfo
    digits: int

    def value(self, name: str, stored: Any) -> Any:
        if stored is None or stored == "":
            return None
        if name in MOMENTS:
            return datetime.fromisoformat(stored).astimezone(self.zone).isoformat(timespec="minutes")
        if name in MONEY:
            return to_decimal_string(stored, self.digits)
        if name in PRICES:
            return price_to_decimal_string(stored, self.digits)
        if name in QUANTITIES:
            return to_decimal_string(stored, QUANTITIES[name])
        return stored


def _section(session: Session, code: str, statement: str, family: str, plain: _Plain) -> Section:
    found = session.connection().execute(text(statement), {"family": family})
    columns = tuple(found.keys())
    rows = [{name: plain.value(name, value) for name, value in row.items()} for row in found.mappings()]
    return Section(code, _said(columns, rows), tuple(rows))


def _said(columns: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
    """The columns in which any row says something."""
    return tuple(name for name in columns if any(row[name] is not None for row in rows))
