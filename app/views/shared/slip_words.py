"""Says things on paper in a language of its own, whatever language the window speaks."""

from datetime import datetime

from app.domain.money import format_money
from app.resources.slips import say
from app.services.settings import ShopSettings
from app.views.shared.desk import Desk


class Wording:
    """In the language of the shop's slips, unless another is asked for."""

    def __init__(self, desk: Desk, language: str = "") -> None:
        self._desk = desk
        self.shop: ShopSettings = desk.settings
        self.language = language or self.shop.slip_language

    def say(self, code: str, **facts: object) -> str:
        return say(code, self.language, **facts)

    def money(self, minor: int) -> str:
        return format_money(minor, self.shop.currency, self.language)

    def moment(self, at: datetime) -> str:
        return f"{at.astimezone(self._desk.zone):%Y-%m-%d %H:%M}"
