"""The shop's settings."""

from app.domain.shop import ShopSettings
from app.services.settings.values import change, settings

__all__ = ["ShopSettings", "change", "settings"]
