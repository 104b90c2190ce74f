"""By what a row is taken for somebody who is known, where a person would rather decide it for the whole file."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.formats.values import Refused
from app.services.transfer.cards import Card

_OWNERS = text(
    "SELECT coalesce(p.e164, p.digits), coalesce(c.merged_into, c.id) FROM customer_phones p "
    "JOIN customers c ON c.id = p.customer_id"
)


class KnownBy(StrEnum):
    AUTO = "auto"
    """By the number of the old system, else by name and phone together."""
    PHONE = "phone"
    """By a phone, where exactly one card has it: families share them."""
    NUMBER = "number"
    """By the number of the old system alone."""
    NEW = "new"
    """Not at all: every row is a new card."""


class Phones:
    """Who has which phone, the people of the running file included."""

    def __init__(self, session: Session) -> None:
        self._owners: dict[str, set[int]] = {}
        self._named: dict[int, str] = {}
        for phone, customer in session.connection().execute(_OWNERS):
            self._owners.setdefault(phone, set()).add(customer)

    def owners(self, card: Card) -> set[int]:
        return set().union(*(self._owners.get(phone.key, set()) for phone in card.phones))

    def owner(self, card: Card) -> int | None:
        """The only one who has any of the phones, None for nobody.

        Raises Refused: no_phone; phone_shared when several have them, or the file gave that card another name before.
        """
        if not card.phones:
            raise Refused("no_phone", "")
        owners = self.owners(card)
        if not owners:
            return None
        (first, *others) = owners
        if others or self._named.setdefault(first, card.name) != card.name:
            raise Refused("phone_shared", card.phones[0].typed)
        return first

    def give(self, card: Card, customer: int) -> None:
        """The file makes this customer."""
        self._named[customer] = card.name
        for phone in card.phones:
            self._owners.setdefault(phone.key, set()).add(customer)


def require_free(number: str, numbers: Mapping[str, int], holders: Iterable[int | None] = ()) -> None:
    """Raises Refused("number_taken") when somebody else has this number of the old system."""
    if number and number in numbers and numbers[number] not in set(holders):
        raise Refused("number_taken", number)
