"""Customers whom taking an import back put in the archive: they come out again when another file names them."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models.customers import Customer
from app.storage.bulk import BulkRows, update_rows

_ANY = text("SELECT 1 FROM import_batches WHERE undone_at IS NOT NULL LIMIT 1")
_PUT_AWAY = text(
    "SELECT c.id, c.archived_at FROM customers c JOIN import_batches b ON b.id = c.batch_id "
    "WHERE c.archived_at = b.undone_at"
)


class PutAway:
    """Knows them by the moment: the archive has them since their import was taken back."""

    def __init__(self, session: Session, batch: int) -> None:
        self._connection, self._batch = session.connection(), batch
        found = self._connection.execute(_ANY).first() and self._connection.execute(_PUT_AWAY)
        self._since: dict[int, str] = {number: since for number, since in found} if found else {}  # noqa: C416
        self.met: set[int] = set()

    def meet(self, customer_id: int) -> None:
        """The running import names this customer."""
        if customer_id in self._since:
            self.met.add(customer_id)

    def show(self, changes: BulkRows) -> None:
        """Take whom it named out of the archive; `changes` keeps how that is taken back."""
        for number in sorted(self.met):
            said = f'{{"archived_at": ["{self._since[number]}", null]}}'
            changes.add(self._batch, Customer.__tablename__, number, said)
        update_rows(self._connection, Customer, ("archived_at",), [(None, number) for number in sorted(self.met)])
