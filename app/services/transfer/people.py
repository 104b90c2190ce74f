"""Who is known already: by the number of the old system, else by name and phone together, never by one alone."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.phones import normalise
from app.domain.pinyin import sort_key
from app.models.customers import Customer, CustomerPhone
from app.services.transfer.who_and_when import Buyer
from app.storage.bulk import BulkRows

_EXTERNAL = text(
    "SELECT c.external_id, coalesce(m.id, c.id) FROM customers c LEFT JOIN customers m ON m.id = c.merged_into "
    "WHERE c.external_id IS NOT NULL"
)
_PAIRS = text(
    "SELECT c.name, coalesce(p.e164, p.digits, ''), coalesce(m.id, c.id) FROM customers c "
    "LEFT JOIN customer_phones p ON p.customer_id = c.id LEFT JOIN customers m ON m.id = c.merged_into "
    "WHERE p.id IS NOT NULL OR c.external_id IS NULL ORDER BY c.id DESC"
)


def by_external_id(session: Session) -> dict[str, int]:
    """Number of the old system → who answers for it."""
    return {row[0]: row[1] for row in session.connection().execute(_EXTERNAL)}


def by_name_and_phone(session: Session) -> dict[tuple[str, str], int]:
    """Name and phone (as a key; "" for none) → the first who has both."""
    return {(name, phone): found for name, phone, found in session.connection().execute(_PAIRS)}


class Buyers:
    """The customers of a file of sales: found, or made the first time they buy."""

    def __init__(self, session: Session, batch: int, at: str, region: str) -> None:
        connection = session.connection()
        self._batch, self._at, self._region = batch, at, region
        self._external, self._pairs = by_external_id(session), by_name_and_phone(session)
        self._found: dict[Buyer, int] = {}
        columns = ("external_id", "name", "sort_key", "company", "gender", "wechat", "birth_lunar", "birth_leap")
        more = ("source", "note", "preferred_channel", "do_not_contact", "created_at", "batch_id", "version")
        self.customers = BulkRows(connection, Customer, columns + more)
        self.phones = BulkRows(connection, CustomerPhone, ("customer_id", "label", "typed", "e164", "digits"))

    def id_of(self, buyer: Buyer) -> int:
        """The customer this buyer is; a new one when nobody is known by that number, or by that name and phone."""
        found = self._found.get(buyer)
        if found is None:
            found = self._found[buyer] = self._known(buyer) or self._made(buyer)
        return found

    def flush(self) -> None:
        self.customers.flush()
        self.phones.flush()

    def written(self) -> Iterable[BulkRows]:
        return self.customers, self.phones

    def _known(self, buyer: Buyer) -> int | None:
        if buyer.external_id:
            return self._external.get(buyer.external_id)
        return self._pairs.get((self._name_of(buyer), buyer.phone))

    def _made(self, buyer: Buyer) -> int:
        name = self._name_of(buyer)
        number = self.customers.add(
            buyer.external_id or None, name, sort_key(name), *[""] * 3, 0, 0, *[""] * 3, 0, self._at, self._batch, 1
        )
        if buyer.external_id:
            self._external[buyer.external_id] = number
        if buyer.phone:
            phone = normalise(buyer.phone, self._region)
            self.phones.add(number, "", phone.digits, phone.e164, phone.digits)
        return number

    def _name_of(self, buyer: Buyer) -> str:
        return buyer.name or buyer.external_id or normalise(buyer.phone, self._region).digits
