"""Reading and changing the shop's settings."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.shop import KEYS, ShopSettings, loaded, stored
from app.models.settings import ShopSetting


def settings(session: Session) -> ShopSettings:
    """All settings, the defaults where the shop has said nothing."""
    rows = session.execute(select(ShopSetting.key, ShopSetting.value))
    return ShopSettings(**{key: loaded(key, value) for key, value in rows if key in KEYS})


def change(session: Session, values: Mapping[str, Any]) -> None:
    """Set some settings.

    Raises SettingRefused for an unknown key or a value of another type, and changes nothing.
    """
    ready = {key: stored(key, value) for key, value in values.items()}
    for key, value in ready.items():
        row = session.get(ShopSetting, key)
        if row is None:
            session.add(ShopSetting(key=key, value=value))
        else:
            row.value = value
