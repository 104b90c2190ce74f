"""The people who work in the shop."""

from sqlalchemy.orm import Mapped, mapped_column

from app.domain.staff import Role
from app.models.base import Base, Coded, Id


class Staff(Base):
    """A member of staff. Row 1 is the owner, who acts for everyone until sign-in is switched on."""

    __tablename__ = "staff"

    id: Mapped[Id]
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(Coded(Role))
    active: Mapped[bool] = mapped_column(default=True)
