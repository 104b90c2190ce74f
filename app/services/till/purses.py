"""Stored value as a way to pay: its ledger moves along with the payment."""

from sqlalchemy.orm import Session

from app.domain.payments import MethodKind
from app.services.rewards.posting import Posting
from app.services.rewards.posting import posted as rows_of
from app.services.rewards.stored import give_back_to, pay
from app.services.settings import settings
from app.services.till.paying import PURSES, Occasion


class StoredPurse:
    """Pays in the shop's order out of the customer's money and the bonus, and gives each its part back."""

    def pay(self, session: Session, on: Occasion, amount: int) -> None:
        pay(_posting(session, on), amount)

    def give_back(self, session: Session, on: Occasion, amount: int) -> None:
        give_back_to(_posting(session, on), on.sale_id, amount)

    def reverse(self, session: Session, on: Occasion, posted: str) -> None:
        _posting(session, on).reverse(rows_of(session, posted))


def _posting(session: Session, on: Occasion) -> Posting:
    return Posting(session, settings(session), on.customer_id, on.operation_id, on.at, sale_id=on.sale_id)


def register() -> None:
    """Let payments by stored value move the ledger."""
    PURSES[MethodKind.STORED] = StoredPurse()
