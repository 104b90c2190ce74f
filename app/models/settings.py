"""The shop's own settings: what differs from the defaults declared in `app.domain.shop`."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, JsonText


class ShopSetting(Base):
    """One setting of this shop; a key that is absent has its default."""

    __tablename__ = "shop_settings"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JsonText)
