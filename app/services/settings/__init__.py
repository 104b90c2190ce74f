"""The shop's settings."""

from app.domain.shop import ShopSettings
from app.services.settings.values import CurrencyInUse, change, settings

__all__ = ["CurrencyInUse", "ShopSettings", "change", "settings"]
