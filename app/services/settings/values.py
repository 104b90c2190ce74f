"""Reading and changing the shop's settings."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.shop import KEYS, ShopSettings, loaded, stored
from app.models.rewards import StoredEntry
from app.models.sales import Sale
from app.models.settings import ShopSetting


class CurrencyInUse(ShopError):
    """Sales have been written in the shop's currency."""


def settings(session: Session) -> ShopSettings:
    """All settings, the defaults where the shop has said nothing."""
    rows = session.execute(select(ShopSetting.key, ShopSetting.value))
    return ShopSettings(**{key: loaded(key, value) for key, value in rows if key in KEYS})


def change(session: Session, values: Mapping[str, Any]) -> None:
    """Set some settings.

    Raises SettingRefused for an unknown key, a value of another type or out of bounds, and CurrencyInUse when amounts
    have been written in another currency; both change nothing.
    """
    if values.get("currency", settings(session).currency) != settings(session).currency:
        _require_no_amounts(session)
    ready = {key: stored(key, value) for key, value in values.items()}
    for key, value in ready.items():
        row = session.get(ShopSetting, key)
        if row is None:
            session.add(ShopSetting(key=key, value=value))
        else:
            row.value = value


def _require_no_amounts(session: Session) -> None:
    """An amount keeps its figures when the currency changes, and would mean something else."""
    for amounts in (Sale.id, StoredEntry.id):
        if session.scalar(select(amounts).limit(1)) is not None:
            raise CurrencyInUse
