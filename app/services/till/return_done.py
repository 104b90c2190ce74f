"""What is said of a return that was posted."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.models.sales import Sale
from app.services.loyalty.holdings import balance


@dataclass(frozen=True, slots=True)
class ReturnDone:
    """What was posted, all above 0: money in minor units, and points."""

    return_id: int
    number: str
    sale_id: int | None
    customer_id: int | None
    money: int
    taken: int
    given: int
    balance: int
    """Points after this return; 0 when anonymous."""


def return_done(session: Session, back: Sale) -> ReturnDone:
    """The answer to whoever took the return, now or by asking again."""
    return ReturnDone(
        back.id,
        back.number,
        back.returns_id,
        back.customer_id,
        -back.total,
        -back.points_earned,
        -back.points_used,
        balance(session, back.customer_id) if back.customer_id is not None else 0,
    )
