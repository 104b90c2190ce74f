"""Reading and changing the shop's settings."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session, object_session

from app.domain.errors import ShopError
from app.domain.shop import KEYS, ShopSettings, loaded, stored
from app.models.settings import ShopSetting
from app.storage import plain_sql

_ALL = "SELECT key, value FROM shop_settings"
_KNOWN = "settings"
"""Where a session keeps what it has read."""


class CurrencyInUse(ShopError):
    """Sales have been written in the shop's currency."""


def settings(session: Session) -> ShopSettings:
    """All settings, the defaults where the shop has said nothing; read once in a transaction."""
    known: ShopSettings | None = session.info.get(_KNOWN)
    if known is None:
        session.flush()
        rows = plain_sql.rows(session, _ALL)
        said = {key: loaded(key, json.loads(value)) for key, value in rows if key in KEYS}
        known = session.info[_KNOWN] = ShopSettings(**said)
    return known


def forget_known(session: Session) -> None:
    """Read the settings again when they are next asked for: the running transaction changes them."""
    session.info.pop(_KNOWN, None)


def change(session: Session, values: Mapping[str, Any]) -> None:
    """Set some settings.

    Raises SettingRefused for an unknown key, a value of another type or out of bounds, and CurrencyInUse when amounts
    have been written in another currency; both change nothing.
    """
    if values.get("currency", settings(session).currency) != settings(session).currency:
        _require_no_amounts(session)
    ready = {key: stored(key, value) for key, value in values.items()}
    forget_known(session)
    for key, value in ready.items():
        row = session.get(ShopSetting, key)
        if row is None:
            session.add(ShopSetting(key=key, value=value))
        else:
            row.value = value


def _require_no_amounts(session: Session) -> None:
    """An amount keeps its figures when the currency changes, and would mean something else."""
    # Here, and not above: every start reads the settings, and few change the currency.
    from app.models.rewards import StoredEntry
    from app.models.sales import Sale

    for amounts in (Sale.id, StoredEntry.id):
        if session.scalar(select(amounts).limit(1)) is not None:
            raise CurrencyInUse


@event.listens_for(ShopSetting, "after_insert")
@event.listens_for(ShopSetting, "after_update")
@event.listens_for(ShopSetting, "after_delete")
def _on_written(_mapper: Any, _connection: Any, row: ShopSetting) -> None:
    """Undo and others write the rows themselves."""
    session = object_session(row)
    if session is not None:
        forget_known(session)
