"""The shop days a bill of the till belongs to."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.shop import ShopSettings
from app.services.loyalty.adjusting import moment


def day_of(shop: ShopSettings, at: datetime) -> date:
    """The shop day of a moment."""
    return at.astimezone(ZoneInfo(shop.timezone)).date()


def latest_day(session: Session, shop: ShopSettings, day: date) -> date:
    """As of which day the tier is looked at: a bill entered late must not hide what came after it."""
    return max(day, day_of(shop, moment(session)))
