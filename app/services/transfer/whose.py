"""Whose a row of a log is: somebody known, or a new card for whom the file tells by number, or by name and phone."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.formats.values import Refused
from app.services.transfer.people import Buyers
from app.services.transfer.who_and_when import Buyer

_NAMES = text("SELECT name, id FROM customers WHERE merged_into IS NULL AND erased_at IS NULL ORDER BY id")
_PHONES = text(
    "SELECT coalesce(p.e164, p.digits), coalesce(c.merged_into, c.id) FROM customer_phones p "
    "JOIN customers c ON c.id = p.customer_id"
)


class Whose:
    """Finds the customer of a row. A name or a phone alone must mean exactly one, and makes nobody."""

    def __init__(self, session: Session, buyers: Buyers) -> None:
        self._buyers = buyers
        self._alone: dict[tuple[str, str], set[int]] = {}
        connection = session.connection()
        for name, number in connection.execute(_NAMES):
            self._alone.setdefault((name, ""), set()).add(number)
        for phone, number in connection.execute(_PHONES):
            self._alone.setdefault(("", phone), set()).add(number)

    def id_of(self, who: Buyer) -> int:
        """The customer. Raises Refused: who_unknown, who_unclear."""
        if who.external_id or (who.name and who.phone):
            return self._buyers.id_of(who)
        found = self._alone.get((who.name, who.phone), set())
        if len(found) == 1:
            return next(iter(found))
        raise Refused("who_unclear" if found else "who_unknown", who.name or who.phone)
