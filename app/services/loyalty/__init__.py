"""Points and tiers."""

from app.services.loyalty.founding import found_tiers

__all__ = ["found_tiers"]
